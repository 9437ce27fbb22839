@NullMarked
package io.meterlake.artifact;

import org.jspecify.annotations.NullMarked;
