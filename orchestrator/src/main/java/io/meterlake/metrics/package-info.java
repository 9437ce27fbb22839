/**
 * How the lake stands, in numbers that a monitoring system keeps. In: the lake's tables, reports and the logs of runs. Out:
 * {@link io.meterlake.metrics.MetricFamily families} in OpenMetrics text. Next: {@code cli} writes them to a file or serves
 * them.
 */
@NullMarked
package io.meterlake.metrics;

import org.jspecify.annotations.NullMarked;
