package io.meterlake.format.nem12;

import io.meterlake.reading.ReadingSink;

/**
 * What a 300 record says.
 *
 * @param series the handle of its series
 * @param startMicros the start of its day
 * @param scaled a value for each interval; owned by this object
 * @param varies whether its quality is V
 * @param grade the handle of its grade; of no meaning if the quality varies
 * @param recordedAtMicros its update time
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and a day of readings is not copied for a nicety.
record NemValues(int series, long startMicros, long[] scaled, boolean varies, int grade, long recordedAtMicros) {
    static final NemValues NONE = new NemValues(0, 0, new long[0], false, 0, ReadingSink.NO_TIME);
}
