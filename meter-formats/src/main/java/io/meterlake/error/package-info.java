/**
 * How Meterlake fails: one unchecked exception with a code, a reason, a fix and the exit code that the process ends
 * with. Every other package may use this one; it uses none.
 */
@NullMarked
package io.meterlake.error;

import org.jspecify.annotations.NullMarked;
