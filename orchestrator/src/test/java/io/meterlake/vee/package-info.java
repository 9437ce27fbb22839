/** Tests of {@code io.meterlake.vee}. */
@NullMarked
package io.meterlake.vee;

import org.jspecify.annotations.NullMarked;
