package io.meterlake.demo;

import static java.util.Objects.requireNonNull;

/**
 * A customer.
 *
 * @param number counted from 1 within the utility
 * @param id the metering point's id
 * @param shape how the load moves
 * @param dailyWattHours what the customer takes on a working day
 * @param wattPeak the size of the photovoltaic system; 0 if there is none
 * @param reactive whether reactive energy is metered as well
 */
record SampleMeter(int number, String id, LoadShape shape, long dailyWattHours, long wattPeak, boolean reactive) {
    SampleMeter {
        requireNonNull(id, "id is null");
        requireNonNull(shape, "shape is null");
    }

    boolean feedsIn() {
        return wattPeak > 0;
    }
}
