@NullMarked
package io.meterlake.writer.commit;

import org.jspecify.annotations.NullMarked;
