/**
 * The readings of a snapshot by meter: files of a month in which all of a meter's readings lie together, made of the
 * snapshot's base files, so that a query for one meter's year opens a dozen of files instead of one a day. In: a
 * {@link io.meterlake.snapshot.Snapshot}. Out: the view {@code readings_by_meter} in its database, whose rows are those
 * of its {@code meter_readings}. All of it is derived and can be made again. Next: dashboards and analysts.
 */
@NullMarked
package io.meterlake.gather;

import org.jspecify.annotations.NullMarked;
