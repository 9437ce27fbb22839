@NullMarked
package io.meterlake.snapshot;

import org.jspecify.annotations.NullMarked;
