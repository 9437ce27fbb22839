/**
 * A result as text: CSV, one JSON document or a table. In: typed rows. Out: characters. Next: the console, or a report's
 * file.
 */
@NullMarked
package io.meterlake.engine.output;

import org.jspecify.annotations.NullMarked;
