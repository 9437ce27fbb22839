@NullMarked
package io.meterlake.run;

import org.jspecify.annotations.NullMarked;
