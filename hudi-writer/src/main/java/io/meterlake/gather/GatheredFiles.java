package io.meterlake.gather;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.disk.DurableFile;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeFiles;
import io.meterlake.snapshot.PinnedFile;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotErrorCode;
import io.meterlake.storage.Storage;
import io.meterlake.writer.parquet.ByMeterFile;
import io.meterlake.writer.parquet.DayFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What lies on disk of gathered readings: files of a month's bucket in a folder of the lake, named after what they were
 * made of, and in the folder of each snapshot a list of those that it uses. For the holder of the lock of this work.
 */
final class GatheredFiles {
    private static final String LIST = "readings_by_meter.json";
    private static final String FOLDER = ".gathered";
    /** The digits of a bucket, with which the name of a base file begins. */
    private static final int BUCKET_DIGITS = 8;
    /** Another one when the same base files are to make another file. */
    private static final String LAYOUT = "1";

    private final Lake lake;
    private final Path folder;

    GatheredFiles(Lake lake) {
        this.lake = lake;
        this.folder = lake.config().root().resolve(FOLDER);
    }

    static LocalDate day(PinnedFile file) {
        return LocalDate.parse(file.partition().substring(file.partition().indexOf('=') + 1));
    }

    /** Makes the files of a month as far as they are not there, of those days whose base files can be taken. */
    GatheredMonth gather(YearMonth month, List<PinnedFile> pinned) {
        Map<LocalDate, List<PinnedFile>> days = pinned.stream()
                .filter(file -> YearMonth.from(day(file)).equals(month))
                .collect(Collectors.groupingBy(GatheredFiles::day, TreeMap::new, Collectors.toList()));
        try {
            Files.createDirectories(folder);
            Map<LocalDate, Set<String>> names = new TreeMap<>();
            Map<String, List<DayFile>> buckets = new TreeMap<>();
            for (Map.Entry<LocalDate, List<PinnedFile>> day : days.entrySet()) {
                if (canTake(day.getValue())) {
                    names.put(day.getKey(), names(day.getValue()));
                    day.getValue()
                            .forEach(file -> buckets.computeIfAbsent(bucket(file), bucket -> new ArrayList<>())
                                    .add(new DayFile(day.getKey(), path(file))));
                }
            }
            List<String> files = new ArrayList<>();
            for (Map.Entry<String, List<DayFile>> bucket : buckets.entrySet()) {
                files.add(write(month + "-" + bucket.getKey(), bucket.getValue()));
            }
            return new GatheredMonth(month, files, names);
        } catch (IOException e) {
            throw storage("gather the readings of " + month, e);
        }
    }

    static Set<String> names(List<PinnedFile> files) {
        return files.stream().map(PinnedFile::fileName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String bucket(PinnedFile file) {
        return file.fileName().substring(0, BUCKET_DIGITS);
    }

    /** Two files of one bucket are another program's doing. */
    private boolean canTake(List<PinnedFile> day) throws IOException {
        Set<String> buckets = new HashSet<>();
        for (PinnedFile file : day) {
            if (!buckets.add(bucket(file)) || !ByMeterFile.canTake(path(file))) {
                return false;
            }
        }
        return true;
    }

    private Path path(PinnedFile file) {
        return file.path(lake.config().root());
    }

    private String write(String prefix, List<DayFile> days) throws IOException {
        String made =
                days.stream().map(day -> day.path().getFileName().toString()).collect(Collectors.joining("\n"));
        String name = prefix + "-" + sha256(LAYOUT + "\n" + made).substring(0, 16) + ".parquet";
        Path file = folder.resolve(name);
        if (!LakeFiles.exists(file)) {
            Path unfinished = folder.resolve("." + name + ".unfinished");
            Files.deleteIfExists(unfinished);
            ByMeterFile.write(days, unfinished);
            DurableFile.force(unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            DurableFile.forceFolder(folder);
        }
        return name;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What a snapshot's gathered months are; empty if it has not been gathered. */
    Optional<List<GatheredMonth>> read(String snapshotId) {
        return read(lake.snapshotsFolder().resolve(snapshotId).resolve(LIST));
    }

    private static Optional<List<GatheredMonth>> read(Path list) {
        try {
            return Optional.of(GatheredList.parse(Files.readString(list)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw storage("read " + list, e);
        }
    }

    /** Whether no file of these months is lost. */
    boolean areThere(List<GatheredMonth> months) {
        return months.stream().allMatch(this::isThere);
    }

    private boolean isThere(GatheredMonth month) {
        return month.files().stream().allMatch(name -> LakeFiles.exists(folder.resolve(name)));
    }

    /** The files that these months have to have, by path below the lake. */
    static List<String> paths(List<GatheredMonth> months) {
        return months.stream()
                .flatMap(month -> month.files().stream())
                .sorted()
                .map(name -> FOLDER + "/" + name)
                .toList();
    }

    /** The sizes of the files of these months that are there, by path below the lake. */
    Map<String, Long> sizes(List<GatheredMonth> months) {
        Map<String, Long> sizes = new TreeMap<>();
        for (String path : paths(months)) {
            Path file = lake.config().root().resolve(path);
            try {
                sizes.put(path, Files.size(file));
            } catch (NoSuchFileException e) {
                // It has no size.
            } catch (IOException e) {
                throw storage("read " + file, e);
            }
        }
        return sizes;
    }

    /** Hexadecimal digits that are others for other files. */
    static String fingerprint(List<GatheredMonth> months) {
        return sha256(months.stream().flatMap(month -> month.files().stream()).collect(Collectors.joining("\n")))
                .substring(0, 16);
    }

    void write(Snapshot snapshot, List<GatheredMonth> months) {
        Path list = lake.snapshotsFolder().resolve(snapshot.id()).resolve(LIST);
        try {
            DurableFile.write(list, GatheredList.text(months));
        } catch (IOException e) {
            throw storage("write " + list, e);
        }
    }

    /** Writes the list of files that Trino reads, unless it is there. */
    void writeManifest(Path tableFolder, List<GatheredMonth> months) {
        String text = months.stream()
                .flatMap(month -> month.files().stream())
                .map(name -> Storage.of(folder).location(folder.resolve(name)) + "\n")
                .collect(Collectors.joining());
        try {
            Files.createDirectories(tableFolder);
            DurableFile.write(tableFolder.resolve("manifest"), text);
        } catch (IOException e) {
            throw storage("write the list of files in " + tableFolder, e);
        }
    }

    /** All months that any snapshot has gathered and whose files are there. */
    List<GatheredMonth> known() {
        return lists().stream()
                .flatMap(List::stream)
                .filter(this::isThere)
                .distinct()
                .sorted(Comparator.comparing(GatheredMonth::month))
                .toList();
    }

    private List<List<GatheredMonth>> lists() {
        try (Stream<Path> snapshots = Files.list(lake.snapshotsFolder())) {
            return snapshots
                    .filter(Files::isDirectory)
                    .flatMap(each -> read(each.resolve(LIST)).stream())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw storage("list the snapshots in " + lake.snapshotsFolder(), e);
        }
    }

    /** Deletes the files that no snapshot's list names, and what was being written when a process died. */
    void tidy() {
        Set<String> named = lists().stream()
                .flatMap(List::stream)
                .flatMap(month -> month.files().stream())
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!named.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw storage("delete what is not needed in " + folder, e);
        }
    }

    private static MeterlakeException storage(String action, IOException cause) {
        return new MeterlakeException(
                SnapshotErrorCode.SNAPSHOT_STORAGE,
                "Cannot " + action + ": " + cause,
                "Check that there is room on the disk and that you may read and write the lake's folder; all that was"
                        + " gathered is made again by `./meterlake snapshot gather`",
                cause);
    }
}
