/** What tests of several packages need: the suite's metastore, and a look at it that does not go through our code. */
@NullMarked
package io.meterlake.testing;

import org.jspecify.annotations.NullMarked;
