/** A strict stand-in for a Metabase server, and what Meterlake does with one. */
@NullMarked
package io.meterlake.dashboard.metabase;

import org.jspecify.annotations.NullMarked;
