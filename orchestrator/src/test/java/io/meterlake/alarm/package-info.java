/** Tests of {@code io.meterlake.alarm}. */
@NullMarked
package io.meterlake.alarm;

import org.jspecify.annotations.NullMarked;
