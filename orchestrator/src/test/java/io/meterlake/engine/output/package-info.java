@NullMarked
package io.meterlake.engine.output;

import org.jspecify.annotations.NullMarked;
