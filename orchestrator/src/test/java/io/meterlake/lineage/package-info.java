@NullMarked
package io.meterlake.lineage;

import org.jspecify.annotations.NullMarked;
