/** What the tests of several packages share: files in memory and a view of readings that is easy to compare. */
@NullMarked
package io.meterlake.testing;

import org.jspecify.annotations.NullMarked;
