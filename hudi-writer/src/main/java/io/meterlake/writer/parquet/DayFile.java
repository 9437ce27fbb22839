package io.meterlake.writer.parquet;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.LocalDate;

/** A base file and the day whose readings it holds. */
public record DayFile(LocalDate day, Path path) {
    public DayFile {
        requireNonNull(day, "day is null");
        requireNonNull(path, "path is null");
    }
}
