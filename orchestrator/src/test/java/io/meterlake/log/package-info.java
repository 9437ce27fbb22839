/** Tests of the logs of runs. */
@NullMarked
package io.meterlake.log;

import org.jspecify.annotations.NullMarked;
