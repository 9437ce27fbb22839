@NullMarked
package io.meterlake.project;

import org.jspecify.annotations.NullMarked;
