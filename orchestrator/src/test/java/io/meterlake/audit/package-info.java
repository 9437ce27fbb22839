@NullMarked
package io.meterlake.audit;

import org.jspecify.annotations.NullMarked;
