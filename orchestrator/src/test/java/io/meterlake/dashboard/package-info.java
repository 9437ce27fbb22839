/** Tests of the dashboards. */
@NullMarked
package io.meterlake.dashboard;

import org.jspecify.annotations.NullMarked;
