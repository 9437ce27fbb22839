package io.meterlake.writer.validate.plausibility;

/** What of a reading cannot be true: the field, the reason with the value, and how to mend it. */
record Fault(String field, String reason, String hint) {}
