@NullMarked
package io.meterlake.compile;

import org.jspecify.annotations.NullMarked;
