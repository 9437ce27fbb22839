@NullMarked
package io.meterlake.cli;

import org.jspecify.annotations.NullMarked;
