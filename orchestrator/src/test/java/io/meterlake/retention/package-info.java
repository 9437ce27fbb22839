@NullMarked
package io.meterlake.retention;

import org.jspecify.annotations.NullMarked;
