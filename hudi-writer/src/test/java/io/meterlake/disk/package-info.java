@NullMarked
package io.meterlake.disk;

import org.jspecify.annotations.NullMarked;
