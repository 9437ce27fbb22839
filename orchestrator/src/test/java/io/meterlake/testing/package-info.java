/** What the tests share: one real stack for the suite, a console in memory, a clock that steps. */
@NullMarked
package io.meterlake.testing;

import org.jspecify.annotations.NullMarked;
