@NullMarked
package io.meterlake.writer.validate.plausibility;

import org.jspecify.annotations.NullMarked;
