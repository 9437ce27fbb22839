package io.meterlake.reading;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;

/**
 * What a register advanced between two reads, weeks or months apart: accumulated energy, which is none of any interval
 * and never stands among interval readings.
 *
 * @param meterId the metering point's id as the sender writes it
 * @param channel the channel, as in {@link Series}
 * @param registerId the register of the meter
 * @param meterSerial the meter; a change of meters is no advance
 * @param unit the unit of the quantity
 * @param marketZone the zone whose local days are the market's days
 * @param flow which way the energy flows
 * @param previous the read at the period's begin
 * @param current the read at the period's end, which is exclusive
 * @param scaledQuantity the energy that the sender gives for the period × 10^{@link ReadingSink#VALUE_SCALE}, or
 *     {@link ReadingSink#NO_VALUE}; it counts a constant of the meter in, which reads do not
 * @param recordedAtMicros as for {@link ReadingSink#reading}
 * @param line the line in the file, counted from 1
 * @param rawText the record as it was sent
 */
public record RegisterPeriod(
        String meterId,
        String channel,
        String registerId,
        String meterSerial,
        String unit,
        ZoneId marketZone,
        Flow flow,
        RegisterRead previous,
        RegisterRead current,
        long scaledQuantity,
        long recordedAtMicros,
        long line,
        String rawText) {
    /** Which way energy flows, seen from the grid. */
    public enum Flow {
        /** To the customer. */
        TO_CUSTOMER,
        /** From the customer; such registers count up or down. */
        FROM_CUSTOMER
    }

    /** How the sender's quantity goes with the difference of the reads. */
    public enum Agreement {
        /** It is the difference. */
        AGREES,
        /** It is the difference if the register went through zero. */
        ROLLED_OVER,
        /** It is another number: the meter has a constant, was changed, or one of the numbers is wrong. */
        DIFFERS,
        /** There is no quantity, or a read is missing. */
        UNKNOWN
    }

    public RegisterPeriod {
        requireNonNull(meterId, "meterId is null");
        requireNonNull(channel, "channel is null");
        requireNonNull(registerId, "registerId is null");
        requireNonNull(meterSerial, "meterSerial is null");
        requireNonNull(unit, "unit is null");
        requireNonNull(marketZone, "marketZone is null");
        requireNonNull(flow, "flow is null");
        requireNonNull(rawText, "rawText is null");
        if (current.atMicros() <= previous.atMicros()) {
            throw new IllegalArgumentException("the current read is not after the previous one");
        }
    }

    /** How the quantity goes with the reads. */
    public Agreement agreement() {
        if (scaledQuantity == ReadingSink.NO_VALUE
                || previous.scaledValue() == ReadingSink.NO_VALUE
                || current.scaledValue() == ReadingSink.NO_VALUE) {
            return Agreement.UNKNOWN;
        }
        boolean eitherSign = flow == Flow.FROM_CUSTOMER;
        long difference = current.scaledValue() - previous.scaledValue();
        long turn = Math.max(previous.turn(), current.turn());
        if (equal(difference, eitherSign)) {
            return Agreement.AGREES;
        }
        boolean throughZero = equal(difference + turn, eitherSign) || (eitherSign && equal(difference - turn, true));
        return throughZero && difference != 0 ? Agreement.ROLLED_OVER : Agreement.DIFFERS;
    }

    private boolean equal(long difference, boolean eitherSign) {
        return scaledQuantity == difference || (eitherSign && scaledQuantity == -difference);
    }
}
