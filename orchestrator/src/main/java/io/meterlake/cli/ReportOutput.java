package io.meterlake.cli;

/** How report commands print. */
enum ReportOutput {
    TABLE,
    JSON
}
