/**
 * Green Button: NAESB's ESPI as Atom XML. In: a {@link io.meterlake.format.MeterFile}, which is read twice, as the
 * links that say what a block of readings means may come behind it. Out: readings. Next: the writer, by way of
 * {@link io.meterlake.reading.ReadingSink}.
 */
@NullMarked
package io.meterlake.format.espi;

import org.jspecify.annotations.NullMarked;
