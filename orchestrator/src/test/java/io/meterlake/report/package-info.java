@NullMarked
package io.meterlake.report;

import org.jspecify.annotations.NullMarked;
