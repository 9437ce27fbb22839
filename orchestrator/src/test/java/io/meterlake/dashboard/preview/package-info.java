/** Tests of the preview. */
@NullMarked
package io.meterlake.dashboard.preview;

import org.jspecify.annotations.NullMarked;
