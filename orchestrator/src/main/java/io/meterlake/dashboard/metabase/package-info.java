/**
 * Dashboards on a Metabase server. In: {@link io.meterlake.dashboard.Dashboards} and what the server holds. Between: a
 * {@link io.meterlake.dashboard.metabase.DashboardPlan}, made without side effects. Out: the server as the files say.
 *
 * <p>What it made is recognised by a line in the description ({@link io.meterlake.dashboard.metabase.Marker}); nothing
 * else is ever changed. The API is that of Metabase 0.50 to 0.6x, see docs/dashboards.md for what it was checked against.
 */
@NullMarked
package io.meterlake.dashboard.metabase;

import org.jspecify.annotations.NullMarked;
