package io.meterlake.retention;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which replaced base files are there because of which snapshots. Files that a reader of the lake sees count nowhere. */
final class FileShares {
    private final Map<String, Map<String, Long>> files;
    private final Set<String> live;
    private final Set<String> kept;
    private final Map<String, Integer> keptLists = new HashMap<>();
    private final Map<String, Integer> allLists = new HashMap<>();

    FileShares(RetentionFacts facts, Set<String> kept) {
        this.files = facts.files();
        this.live = facts.liveFiles();
        this.kept = kept;
        files.forEach((id, sizes) -> sizes.keySet().forEach(file -> {
            allLists.merge(file, 1, Integer::sum);
            if (kept.contains(id)) {
                keptLists.merge(file, 1, Integer::sum);
            }
        }));
    }

    /** The size of the files that only this one keeps alive: among those that are kept, or among all if it goes. */
    long ownBytes(String id) {
        Map<String, Integer> lists = kept.contains(id) ? keptLists : allLists;
        return files.getOrDefault(id, Map.of()).entrySet().stream()
                .filter(file -> !live.contains(file.getKey()) && lists.getOrDefault(file.getKey(), 0) == 1)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    long keptBytes() {
        return sum(true);
    }

    long freedBytes() {
        return sum(false);
    }

    private long sum(boolean ofKept) {
        Map<String, Long> sizes = new HashMap<>();
        files.values().forEach(sizes::putAll);
        return sizes.entrySet().stream()
                .filter(file -> !live.contains(file.getKey()) && keptLists.containsKey(file.getKey()) == ofKept)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
