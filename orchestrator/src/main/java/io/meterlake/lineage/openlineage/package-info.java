/**
 * OpenLineage events, for catalogs such as Marquez. In: what listeners of runs and reports hear. Out: one event a line to
 * a file, or to a server. Nothing of this can fail a run: what cannot be sent is a warning. Last of the journey.
 */
@NullMarked
package io.meterlake.lineage.openlineage;

import org.jspecify.annotations.NullMarked;
