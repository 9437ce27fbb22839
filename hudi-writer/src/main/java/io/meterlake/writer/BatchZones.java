package io.meterlake.writer;

import io.meterlake.lake.LakeTable;
import io.meterlake.reading.Series;
import io.meterlake.writer.commit.LakeZones;
import io.meterlake.writer.upsert.ChannelZones;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out whether the files of a batch say the zones in which the lake holds their channels. */
final class BatchZones {
    private final LakeTable table;
    private final LakeZones lakeZones;

    BatchZones(LakeTable table, int buckets) {
        this.table = table;
        this.lakeZones = new LakeZones(table, buckets);
    }

    /**
     * By number of the file, what the lake knows of the channels of those files that do not say the same. Mostly one look for
     * all files shows that there are none.
     */
    Map<Integer, ChannelZones> disagreeing(List<BatchFile.Read> files) {
        Set<Series> declared = new LinkedHashSet<>();
        BitSet utcDays = new BitSet();
        files.forEach(file -> {
            declared.addAll(file.declared());
            utcDays.or(file.utcDays());
        });
        ChannelZones ofAll = zones(declared, utcDays);
        Map<Integer, ChannelZones> disagreeing = new HashMap<>();
        for (BatchFile.Read file : files) {
            if (!ofAll.agreeWith(file.declared())) {
                // Only the days of the file itself count.
                ChannelZones own = files.size() == 1 ? ofAll : zones(file.declared(), file.utcDays());
                if (!own.agreeWith(file.declared())) {
                    disagreeing.put(file.readings().number(), own);
                }
            }
        }
        return disagreeing;
    }

    private ChannelZones zones(Set<Series> declared, BitSet utcDays) {
        if (declared.isEmpty()) {
            return ChannelZones.NONE;
        }
        try {
            return lakeZones.of(declared, utcDays);
        } catch (IOException e) {
            throw BatchIngest.tableNotReadable(table, e);
        }
    }
}
