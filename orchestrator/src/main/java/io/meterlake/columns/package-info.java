/**
 * Which columns a column is made from. In come compiled models; their SQL is read by Trino's own parser; out goes, for
 * each column, what it takes from which column and how, in the words of OpenLineage. Nothing is asked of a server.
 */
@NullMarked
package io.meterlake.columns;

import org.jspecify.annotations.NullMarked;
