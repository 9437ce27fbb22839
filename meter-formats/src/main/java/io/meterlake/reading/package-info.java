/**
 * The domain: what one reading of a meter is, whatever file it came in. In: nothing. Out: the types that
 * {@link io.meterlake.format} produces and the writer consumes. Next: {@code io.meterlake.format}.
 */
@NullMarked
package io.meterlake.reading;

import org.jspecify.annotations.NullMarked;
