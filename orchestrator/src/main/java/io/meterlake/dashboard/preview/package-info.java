/**
 * A local page that shows the dashboards on a running Trino. In: {@link io.meterlake.dashboard.Dashboards} and parameters
 * from the page's address. Out: HTML and JSON over HTTP, on 127.0.0.1 only. Next: {@code io.meterlake.cli}.
 */
@NullMarked
package io.meterlake.dashboard.preview;

import org.jspecify.annotations.NullMarked;
