/**
 * Reports and the proof of what they were made from. In: a report's definition, a period, Trino and the lake's
 * timelines. Out: files under {@code reports.path} and, once these are safe, rows of {@code report_lineage}. A report is
 * one query, with every model pasted in, so that it reads one state of the lake.
 */
@NullMarked
package io.meterlake.report;

import org.jspecify.annotations.NullMarked;
