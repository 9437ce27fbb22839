/**
 * The embedded stack: a real Hive Metastore and a real Trino as child processes. In: the class paths that Maven
 * resolved and a {@link io.meterlake.devstack.DevStackConfig}. Out: two URIs. The same code starts the stack of a
 * laptop and the fixture of the tests.
 */
@NullMarked
package io.meterlake.devstack;

import org.jspecify.annotations.NullMarked;
