@NullMarked
package io.meterlake.storage;

import org.jspecify.annotations.NullMarked;
