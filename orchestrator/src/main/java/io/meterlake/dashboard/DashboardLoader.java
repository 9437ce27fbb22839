package io.meterlake.dashboard;

import static io.meterlake.dashboard.DashboardErrorCode.INVALID_DASHBOARDS;
import static io.meterlake.error.DidYouMean.question;

import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Location;
import io.meterlake.project.Problems;
import io.meterlake.project.YamlMapping;
import io.meterlake.project.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the folder {@code metabase/}: {@code collections.yml}, {@code cards/*.yml} each with its {@code .sql} beside it,
 * {@code dashboards/*.yml}, and {@code server.yml} if it is there. Collects all that is wrong, each with file and line.
 */
public final class DashboardLoader {
    private static final List<String> COLLECTION = List.of("slug", "name", "description");

    private final Path folder;
    private final Problems problems = new Problems();

    private DashboardLoader(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads a folder.
     *
     * @throws MeterlakeException {@code INVALID_DASHBOARDS} with all that is wrong
     */
    public static Dashboards load(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new MeterlakeException(
                    INVALID_DASHBOARDS,
                    "Cannot load the dashboards: there is no folder " + folder,
                    "Name the folder with --path, such as Meterlake's own metabase/.");
        }
        DashboardLoader loader = new DashboardLoader(folder);
        Dashboards dashboards = loader.load();
        loader.problems.throwIfAny(
                INVALID_DASHBOARDS,
                "Cannot load the dashboards in " + folder,
                "Mend the lines above; docs/dashboards.md tells what can be written.");
        return dashboards;
    }

    private Dashboards load() {
        List<Collection> collections = collections();
        List<String> slugs = collections.stream().map(Collection::slug).toList();
        List<Card> cards = new ArrayList<>();
        CardFile cardFile = new CardFile(folder, slugs, problems);
        for (String file : files("cards")) {
            read(file).flatMap(root -> cardFile.card(file, root)).ifPresent(cards::add);
        }
        List<Dashboard> dashboards = new ArrayList<>();
        DashboardFile dashboardFile = new DashboardFile(slugs, cards, problems);
        for (String file : files("dashboards")) {
            read(file).flatMap(root -> dashboardFile.dashboard(file, root)).ifPresent(dashboards::add);
        }
        ServerSettings server = Files.isRegularFile(folder.resolve(ServerFile.NAME))
                ? read(ServerFile.NAME)
                        .map(new ServerFile(slugs, problems)::settings)
                        .orElse(ServerSettings.NONE)
                : ServerSettings.NONE;
        return new Dashboards(collections, cards, dashboards, server);
    }

    private List<Collection> collections() {
        String file = "collections.yml";
        if (!Files.isRegularFile(folder.resolve(file))) {
            problems.add(Location.of(file), "there is no such file");
            return List.of();
        }
        List<Collection> collections = new ArrayList<>();
        read(file).ifPresent(root -> {
            root.refuseUnknownKeys("the file", List.of("collections"));
            for (YamlMapping one : root.mappings("collections")) {
                one.refuseUnknownKeys("a collection", COLLECTION);
                one.required("slug")
                        .flatMap(slug -> one.required("name")
                                .map(name -> new Collection(
                                        slug,
                                        name,
                                        one.text("description").orElse("").strip())))
                        .ifPresent(collections::add);
            }
        });
        return collections;
    }

    private Optional<YamlMapping> read(String file) {
        return YamlReader.read(folder.resolve(file), file, problems);
    }

    private List<String> files(String name) {
        if (!Files.isDirectory(folder.resolve(name))) {
            problems.add(Location.of(name), "there is no such folder");
            return List.of();
        }
        try (Stream<Path> list = Files.list(folder.resolve(name))) {
            return list.map(path -> name + "/" + path.getFileName())
                    .filter(path -> path.endsWith(".yml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder.resolve(name), e);
        }
    }

    /** The file's name without folder and ending. */
    static String slug(String file) {
        return file.substring(file.indexOf('/') + 1, file.length() - ".yml".length());
    }

    /** The name under a key that must be there, empty if it is not; adds a problem if it leads nowhere. */
    static String reference(
            Problems problems, YamlMapping from, String key, String what, java.util.Collection<String> known) {
        String name = from.required(key).orElse("");
        if (!name.isEmpty() && !known.contains(name)) {
            problems.add(from.location(key), "there is no " + what + " " + name + question(name, known));
        }
        return name;
    }
}
