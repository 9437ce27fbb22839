package io.meterlake.writer.commit;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.index.bucket.BucketIdentifier;

/** The base files that readers see, by partition and bucket. */
final class BucketFiles {
    private BucketFiles() {}

    static Map<String, Map<Integer, HoodieBaseFile>> latest(LakeTable table, Collection<String> partitions) {
        return latest(table, table.metaClient(), partitions);
    }

    /** The same, as a view of the table has it that was taken before. */
    static Map<String, Map<Integer, HoodieBaseFile>> latest(
            LakeTable table, HoodieTableMetaClient metaClient, Collection<String> partitions) {
        int buckets = LakeTable.buckets(metaClient);
        Map<String, Map<Integer, HoodieBaseFile>> files = new HashMap<>();
        table.latestBaseFiles(metaClient, partitions).forEach((partition, ofPartition) -> {
            Map<Integer, HoodieBaseFile> byBucket = new HashMap<>();
            for (HoodieBaseFile file : ofPartition) {
                HoodieBaseFile other = byBucket.put(bucket(table, buckets, partition, file), file);
                if (other != null) {
                    throw foreign(
                            table,
                            partition,
                            other.getFileName() + " and " + file.getFileName() + " are of the same bucket");
                }
            }
            files.put(partition, byBucket);
        });
        return files;
    }

    /** A file id without a bucket starts with eight digits of a UUID, which may be a number, too. */
    private static int bucket(LakeTable table, int buckets, String partition, HoodieBaseFile file) {
        int bucket = bucket(file.getFileId())
                .orElseThrow(() -> foreign(table, partition, file.getFileName() + " is of no bucket"));
        if (bucket < 0 || bucket >= buckets) {
            throw foreign(table, partition, file.getFileName() + " is of none of the " + buckets + " buckets");
        }
        return bucket;
    }

    /** The bucket that a file id names; empty if it names none. */
    static OptionalInt bucket(String fileId) {
        try {
            return OptionalInt.of(BucketIdentifier.bucketIdFromFileId(fileId));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    private static MeterlakeException foreign(LakeTable table, String partition, String reason) {
        return new MeterlakeException(
                LakeErrorCode.FOREIGN_TABLE,
                "Cannot write to " + table.definition().name() + ", " + partition + ": " + reason,
                "Another program inserted instead of upserting (Spark's insert and bulk_insert do not look for a row's"
                        + " bucket); roll its commit back");
    }
}
