/**
 * Where a lake's files lie: on a disk of this machine, or in an object store that speaks S3. In: a {@link
 * java.nio.file.Path}, of the one or the other. Out: what {@code java.nio.file.Files} does not do for both: Parquet's
 * files, files that are replaced in one step and stay, locks between processes, and the names that Hudi, the metastore
 * and Trino know a place by. Next: {@code io.meterlake.lake}. See docs/decisions/0015-object-storage.md.
 */
@NullMarked
package io.meterlake.storage;

import org.jspecify.annotations.NullMarked;
