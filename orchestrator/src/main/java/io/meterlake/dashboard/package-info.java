/**
 * Dashboards as files. In: the folder {@code metabase/}. Out: immutable {@link io.meterlake.dashboard.Dashboards}, whose
 * fields have Metabase's names, and {@link io.meterlake.dashboard.BoundQuery}: a card's SQL with its parameters as bound
 * values. Next: {@code io.meterlake.dashboard.preview}, which shows them on a local page, and
 * {@code io.meterlake.dashboard.metabase}, which brings them to a Metabase server.
 */
@NullMarked
package io.meterlake.dashboard;

import org.jspecify.annotations.NullMarked;
