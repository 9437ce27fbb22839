@NullMarked
package io.meterlake.demo;

import org.jspecify.annotations.NullMarked;
