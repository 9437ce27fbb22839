/**
 * Which data a report used. In: the completed instants of each input table and what was made of them. Out: rows of the
 * Hudi table {@code report_lineage}, each with the hash of the row before. Next: {@code io.meterlake.report}, which
 * writes a report's rows when its files are safe on disk.
 */
@NullMarked
package io.meterlake.lineage;

import org.jspecify.annotations.NullMarked;
