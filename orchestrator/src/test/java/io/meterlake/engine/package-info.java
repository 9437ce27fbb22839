@NullMarked
package io.meterlake.engine;

import org.jspecify.annotations.NullMarked;
