@NullMarked
package io.meterlake.writer.validate;

import org.jspecify.annotations.NullMarked;
