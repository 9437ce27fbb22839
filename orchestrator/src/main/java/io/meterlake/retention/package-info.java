/**
 * What is kept and what goes. In: a policy in YAML, and what is there: snapshots, runs, reports, published views, seed
 * tables. Out: a plan that says for each snapshot why it is kept or dropped and how many bytes it keeps alive, and its
 * execution. Next: Hudi's cleaner, which deletes the files that no snapshot keeps any more.
 */
@NullMarked
package io.meterlake.retention;

import org.jspecify.annotations.NullMarked;
