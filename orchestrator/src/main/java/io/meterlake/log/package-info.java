/**
 * What a command says while it works, and the log that is kept of it. In: {@link io.meterlake.log.LogEvent}s of
 * {@code cli}. Out: lines for a person, lines of JSON for a program, and one file a run that
 * {@link io.meterlake.log.RunLogs} finds again. Not to be mixed up with {@code io.meterlake.run}, whose records are the
 * journal of the builds. Next: {@code metrics} and {@code alarm}.
 */
@NullMarked
package io.meterlake.log;

import org.jspecify.annotations.NullMarked;
