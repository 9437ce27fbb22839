package io.meterlake.compile.determinism;

/** What the gate looks for. */
public enum Rule {
    CLOCK,
    RANDOM,
    SESSION,
    /** Only ever a warning: Meterlake's own sessions are in UTC. */
    SESSION_ZONE,
    FLOATING_SUM,
    APPROXIMATE,
    ANY_ROW,
    ROW_ORDER,
    TIES,
    LIMIT,
    SAMPLE,
    REPORT_ORDER,
    SYNTAX
}
