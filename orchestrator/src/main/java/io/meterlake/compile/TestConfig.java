package io.meterlake.compile;

import java.util.OptionalLong;

/**
 * When a test fails. With {@code failures} = the value of {@link #failCalc} over the test's rows: with severity error
 * the test fails if {@code failures <errorIf>}, and otherwise warns if {@code failures <warnIf>}; with severity warn it
 * can only warn.
 *
 * @param failCalc SQL over the test's rows, {@code count(*)} unless told
 * @param warnIf a comparison such as {@code != 0} or {@code > 10}
 * @param errorIf a comparison
 * @param limit how many failing rows at most are looked at
 */
public record TestConfig(Severity severity, String failCalc, String warnIf, String errorIf, OptionalLong limit) {
    /** What a failure means. */
    public enum Severity {
        WARN,
        ERROR
    }
}
