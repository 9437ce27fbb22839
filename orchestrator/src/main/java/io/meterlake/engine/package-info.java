/**
 * Trino over JDBC. In: one SQL statement. Out: typed rows pushed into a {@link io.meterlake.engine.RowSink}, and the
 * query id. Trino's quirks are constants of {@link io.meterlake.engine.TrinoDialect}. Next: {@code io.meterlake.run} and
 * {@code io.meterlake.report}.
 */
@NullMarked
package io.meterlake.engine;

import org.jspecify.annotations.NullMarked;
