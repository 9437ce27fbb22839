package io.meterlake.demo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files of a week, a folder for each utility, in the order in which they would arrive: day by day, and the
 * corrections last. The same week gives the same bytes on every machine with the same JDK; a file that is there
 * already with these bytes is left alone. Immutable and thread-safe.
 */
public final class SampleDelivery {
    private final SampleWeek week;
    private final List<SampleUtility> utilities;

    public SampleDelivery(SampleWeek week) {
        this.week = requireNonNull(week, "week is null");
        this.utilities = List.of(new StadtwerkeNord(week), new SouthernGrid(week));
    }

    /**
     * Writes what is not there yet. A file appears whole or not at all.
     *
     * @return all files, in the order of their arrival
     * @throws IOException if a file can't be written; those before it are good
     */
    public List<SampleFile> writeTo(Path folder) throws IOException {
        List<SampleFile> files = new ArrayList<>();
        for (LocalDate day : week.dates()) {
            for (SampleUtility utility : utilities) {
                Optional<byte[]> content = utility.delivery(day);
                if (content.isPresent()) {
                    Path file = write(folder, utility, utility.deliveryName(day), content.get());
                    files.add(new SampleFile(file, utility.name(), mapping(folder, utility), false));
                }
            }
        }
        for (SampleUtility utility : utilities) {
            Optional<byte[]> content = utility.correction();
            if (content.isPresent()) {
                Path file = write(folder, utility, utility.correctionName(), content.get());
                files.add(new SampleFile(file, utility.name(), mapping(folder, utility), true));
            }
        }
        return List.copyOf(files);
    }

    private static @Nullable Path mapping(Path folder, SampleUtility utility) throws IOException {
        Optional<byte[]> content = utility.mapping();
        return content.isEmpty() ? null : write(folder, utility, "mapping.yml", content.get());
    }

    private static Path write(Path folder, SampleUtility utility, String name, byte[] content) throws IOException {
        Path file = folder.resolve(utility.name()).resolve(name);
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
            replace(file, content);
        }
        return file;
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path parent = requireNonNull(file.getParent(), "a sample file is in a folder");
        Files.createDirectories(parent);
        Path unfinished = parent.resolve("." + file.getFileName() + ".unfinished");
        try {
            Files.write(unfinished, content);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
