/**
 * JSON as Meterlake writes it for people and for itself: the same bytes for the same values. Used by {@code run} and
 * {@code report}; knows of neither.
 */
@NullMarked
package io.meterlake.json;

import org.jspecify.annotations.NullMarked;
