/** Tests of {@code io.meterlake.metrics}. */
@NullMarked
package io.meterlake.metrics;

import org.jspecify.annotations.NullMarked;
