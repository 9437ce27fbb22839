package io.meterlake.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Real files beside the project; where they are absent, tests skip and say so. */
public final class SampleFiles {
    private SampleFiles() {}

    /** All files of a folder of the samples, except licences. */
    public static List<Path> in(String folder) throws IOException {
        Path samples = root().resolve("shared/samples").resolve(folder);
        assumeTrue(
                Files.isDirectory(samples), "no sample files at ../shared/samples/" + folder + " beside the project");
        try (Stream<Path> files = Files.list(samples)) {
            List<Path> found = files.filter(
                            file -> !file.getFileName().toString().startsWith("LICENSE"))
                    .sorted()
                    .toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    /** The folder beside which the project lies: tests run in a module's folder. */
    private static Path root() {
        Path module = Path.of("").toAbsolutePath();
        for (Path folder = module; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("shared/samples"))) {
                return folder;
            }
        }
        return module;
    }
}
