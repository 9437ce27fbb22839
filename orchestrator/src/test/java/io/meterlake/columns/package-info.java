@NullMarked
package io.meterlake.columns;

import org.jspecify.annotations.NullMarked;
