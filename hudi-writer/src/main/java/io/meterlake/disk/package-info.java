/**
 * Small files that have to survive a crash of the machine. In: a path and a text. Out: a file that is whole, old or new,
 * at any moment. Next: {@code io.meterlake.snapshot} and the orchestrator, whose lists, journals and reports are such
 * files.
 */
@NullMarked
package io.meterlake.disk;

import org.jspecify.annotations.NullMarked;
