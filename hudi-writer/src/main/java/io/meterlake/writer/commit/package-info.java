/**
 * Makes the readings of files visible, all at once or not at all, by Hudi's protocol; keeps what they replaced, and the
 * ledger of files. In: sorted readings and rejects. Out: a completed instant, rows in {@code reading_changes}, and one for
 * each file in {@code ingested_files}. What a crash leaves half-done is taken back or completed by
 * {@link io.meterlake.writer.commit.Recovery}. Next: the models read it.
 */
@NullMarked
package io.meterlake.writer.commit;

import org.jspecify.annotations.NullMarked;
