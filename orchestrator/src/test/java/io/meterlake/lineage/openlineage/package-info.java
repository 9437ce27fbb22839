/** Tests of the OpenLineage events. */
@org.jspecify.annotations.NullMarked
package io.meterlake.lineage.openlineage;
