@NullMarked
package io.meterlake.devstack;

import org.jspecify.annotations.NullMarked;
