package io.meterlake.project;

import static io.meterlake.error.DidYouMean.question;
import static io.meterlake.project.ProjectErrorCode.INVALID_PROJECT;
import static io.meterlake.project.ProjectErrorCode.NO_PROJECT;

import io.meterlake.error.MeterlakeException;
import io.meterlake.project.ProjectFiles.Entry;
import io.meterlake.project.PropertyFile.Patch;
import io.meterlake.project.SourceFile.DeclaredSource;
import io.meterlake.project.UnitTestFile.FixtureFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a project from its folder. */
public final class ProjectLoader {
    private static final String HINT = "Mend the lines above, then run `meterlake parse` to see whether more is left.";

    private final Path folder;
    private final ProjectSettings settings;
    private final Problems problems;
    private final ProjectFiles files;
    private final Map<String, Patch> patches = new LinkedHashMap<>();
    private final TreeMap<String, Resource> resources = new TreeMap<>();
    private final Map<String, Location> refNames = new HashMap<>();
    private final TreeMap<String, Group> groups = new TreeMap<>();
    private final Set<String> modelStems = new HashSet<>();
    private final List<MacroFile> macros = new ArrayList<>();
    private final Map<String, FixtureFile> fixtures = new LinkedHashMap<>();
    private final List<Runnable> attachments = new ArrayList<>();

    private ProjectLoader(Path folder, ProjectSettings settings, Problems problems) {
        this.folder = folder;
        this.settings = settings;
        this.problems = problems;
        this.files = new ProjectFiles(folder, problems);
    }

    /**
     * Reads all files of a project.
     *
     * @param folder the folder that holds {@code dbt_project.yml}
     * @throws MeterlakeException with a numbered list of all that is wrong, each with its file and line
     */
    public static Project load(Path folder) {
        Path project = folder.toAbsolutePath().normalize();
        if (!ProjectSettings.isIn(project)) {
            throw new MeterlakeException(
                    NO_PROJECT,
                    "Cannot load the SQL project: there is no %s in %s".formatted(ProjectSettings.FILE_NAME, project),
                    "Set models.path in meterlake.yml to the folder of the SQL project.");
        }
        Problems problems = new Problems();
        Project loaded = ProjectSettings.read(project, problems)
                .map(settings -> new ProjectLoader(project, settings, problems).load())
                .orElse(null);
        problems.throwIfAny(INVALID_PROJECT, "Cannot load the SQL project", HINT);
        if (loaded == null) {
            throw new IllegalStateException("a project that cannot be read has a problem");
        }
        return loaded;
    }

    private Project load() {
        files.bytes(folder.resolve(ProjectSettings.FILE_NAME), ProjectSettings.FILE_NAME);
        Path selectors = folder.resolve(Project.SELECTORS_FILE);
        if (Files.isRegularFile(selectors)) {
            files.bytes(selectors, Project.SELECTORS_FILE);
        }
        refusePackages();
        ProjectSettings.Paths paths = settings.paths();
        List<Entry> models = files.in(paths.models());
        List<Entry> seeds = files.in(paths.seeds());
        List<Entry> analyses = files.in(paths.analyses());
        List<Entry> tests = files.in(paths.tests());
        List<Entry> macroFiles = files.in(paths.macros());
        models.forEach(entry -> modelStems.add(entry.stem()));
        tests.forEach(this::readFixture);
        List.of(models, seeds, analyses, tests, macroFiles).forEach(this::readProperties);
        models.forEach(this::readModel);
        seeds.forEach(this::readSeed);
        analyses.forEach(this::readAnalysis);
        tests.forEach(this::readTest);
        macroFiles.stream()
                .filter(entry -> entry.extension().equals("sql"))
                .forEach(entry -> macros.add(new MacroFile(entry.file(), files.text(entry))));
        refuseSnapshots(files.in(paths.snapshots()));
        attachments.forEach(Runnable::run);
        refuseUnusedPatches();
        resources.values().forEach(this::refuseUnknownGroup);
        return new Project(
                folder,
                settings.name(),
                settings.profile(),
                folder.resolve(paths.target()).normalize(),
                resolved(paths.cleanTargets()),
                resolved(paths.sources()),
                settings.vars(),
                resources,
                List.copyOf(groups.values()),
                settings.hooks(),
                macros,
                problems.warnings(),
                files.contents());
    }

    private List<Path> resolved(List<String> paths) {
        return paths.stream().map(path -> folder.resolve(path).normalize()).toList();
    }

    private void refusePackages() {
        for (String file : List.of("packages.yml", "dependencies.yml")) {
            Path path = folder.resolve(file);
            if (Files.isRegularFile(path)) {
                YamlReader.read(path, file, problems).ifPresent(content -> {
                    for (String key : List.of("packages", "projects")) {
                        if (content.has(key)) {
                            problems.add(content.location(key), key + ": packages are not supported yet");
                        }
                    }
                });
            }
        }
    }

    private void refuseSnapshots(List<Entry> entries) {
        entries.stream()
                .filter(entry -> entry.extension().equals("sql") || entry.isYaml())
                .forEach(entry -> problems.add(entry.location(), "snapshots (history tables) are not supported yet"));
    }

    private void readProperties(List<Entry> entries) {
        for (Entry entry : entries) {
            if (!entry.isYaml()) {
                continue;
            }
            YamlReader.read(files.bytes(entry), entry.file(), problems).ifPresent(file -> {
                for (Patch patch : PropertyFile.read(file, problems)) {
                    addPatch(patch, entry);
                }
                SourceFile sources = new SourceFile(entry.folders(), settings, problems);
                for (DeclaredSource source : sources.read(file)) {
                    add(source.table());
                    attach(source.tests(), source.table(), entry.folders());
                }
                ExposureFile others = new ExposureFile(entry.folders(), settings, problems);
                others.exposures(file).forEach(this::add);
                others.groups(file).forEach(this::addGroup);
                for (UnitTestFile.Declared test : new UnitTestFile(fixtures, problems).read(file)) {
                    attachments.add(() -> addUnitTest(test, entry.folders()));
                }
            });
        }
    }

    private void addPatch(Patch patch, Entry entry) {
        Patch earlier = patches.putIfAbsent(key(patch.type(), stem(patch)), patch);
        if (earlier != null) {
            problems.add(
                    patch.location(),
                    "%s %s is described twice; first in %s"
                            .formatted(patch.type().word(), patch.name(), earlier.location()));
            return;
        }
        attachments.add(() -> {
            Resource target = resources.get(id(patch.type(), patch.idName()));
            if (target != null) {
                addTests(patch.tests(), target, entry.folders());
            }
        });
    }

    /** The name of its file; that of the latest version may be without the version. */
    private String stem(Patch patch) {
        ModelVersion version = patch.properties().version();
        if (version != null && version.isLatest() && !modelStems.contains(patch.name())) {
            return version.model();
        }
        return patch.name();
    }

    private void attach(List<DeclaredTest> tests, Resource target, List<String> folders) {
        attachments.add(() -> addTests(tests, target, folders));
    }

    private void addTests(List<DeclaredTest> tests, Resource target, List<String> folders) {
        for (DeclaredTest declared : tests) {
            List<String> fqn = new ArrayList<>(List.of(settings.name()));
            fqn.addAll(folders);
            add(declared.attach(settings.name(), folders, target, settings.config(ResourceType.TEST, fqn)));
        }
    }

    private void readModel(Entry entry) {
        if (entry.extension().equals("py")) {
            problems.add(entry.location(), "Python models are not supported; write it as SQL");
        }
        if (entry.extension().equals("sql")) {
            Described it = describe(ResourceType.MODEL, entry);
            ModelVersion version = it.properties.version();
            claimName(entry.stem(), entry);
            if (version != null && version.isLatest() && !version.model().equals(entry.stem())) {
                claimName(version.model(), entry);
            }
            add(new SqlResource.Model(
                    it.id,
                    version == null ? entry.stem() : version.name(),
                    entry.location(),
                    it.fqn,
                    it.config,
                    it.description,
                    it.columns,
                    it.properties,
                    files.text(entry)));
        }
    }

    private void readAnalysis(Entry entry) {
        if (entry.extension().equals("sql")) {
            Described it = describe(ResourceType.ANALYSIS, entry);
            add(new SqlResource.Analysis(
                    it.id,
                    entry.stem(),
                    entry.location(),
                    it.fqn,
                    it.config,
                    it.description,
                    it.columns,
                    files.text(entry)));
        }
    }

    private void readTest(Entry entry) {
        if (!entry.extension().equals("sql") || isFixture(entry)) {
            return;
        }
        if (entry.folders().contains("generic")) {
            macros.add(new MacroFile(entry.file(), files.text(entry)));
            return;
        }
        Described it = describe(ResourceType.TEST, entry);
        add(new SqlResource.SingularTest(
                it.id,
                entry.stem(),
                entry.location(),
                it.fqn,
                it.config,
                it.description,
                it.columns,
                files.text(entry)));
    }

    private static boolean isFixture(Entry entry) {
        return !entry.folders().isEmpty() && entry.folders().getFirst().equals("fixtures");
    }

    private void readFixture(Entry entry) {
        if (!isFixture(entry) || !List.of("csv", "sql").contains(entry.extension())) {
            return;
        }
        FixtureFile earlier = fixtures.putIfAbsent(
                entry.stem(), new FixtureFile(entry.location(), entry.extension(), files.text(entry)));
        if (earlier != null) {
            problems.add(entry.location(), "the name %s is taken by %s".formatted(entry.stem(), earlier.location()));
        }
    }

    private void addUnitTest(UnitTestFile.Declared test, List<String> folders) {
        List<SqlResource.Model> tested = resources.values().stream()
                .filter(SqlResource.Model.class::isInstance)
                .map(SqlResource.Model.class::cast)
                .filter(model -> model.refName().equals(test.model()))
                .filter(model -> test.takes(model.properties().version()))
                .toList();
        if (tested.isEmpty()) {
            problems.add(
                    test.location(),
                    "unit test %s: there is no model %s%s"
                            .formatted(test.name(), test.model(), question(test.model(), names(ResourceType.MODEL))));
            return;
        }
        tested.forEach(model -> addUnitTest(test, model, folders));
    }

    private void addUnitTest(UnitTestFile.Declared test, SqlResource.Model tested, List<String> folders) {
        ModelVersion version = tested.properties().version();
        String suffix = version == null ? "" : "v" + version.version();
        List<String> fqn = new ArrayList<>(List.of(settings.name()));
        fqn.addAll(folders);
        fqn.add(test.model());
        fqn.add(suffix.isEmpty() ? test.name() : test.name() + "_" + suffix);
        String id = test.model() + "." + test.name();
        add(new UnitTest(
                id(ResourceType.UNIT_TEST, suffix.isEmpty() ? id : id + "." + suffix),
                test.name(),
                test.location(),
                fqn,
                ConfigLayers.merge(settings.config(ResourceType.UNIT_TEST, fqn), test.config()),
                test.description(),
                test.model(),
                tested.uniqueId(),
                test.given(),
                test.expect(),
                test.overrides()));
    }

    private void addGroup(Group group) {
        Group earlier = groups.putIfAbsent(group.name(), group);
        if (earlier != null) {
            problems.add(
                    group.location(),
                    "group %s is declared twice; first in %s".formatted(group.name(), earlier.location()));
        }
    }

    private void refuseUnknownGroup(Resource resource) {
        Object group = resource.config().get("group");
        if (group != null
                && !groups.containsKey(group.toString())
                && !group.toString().contains("{{")) {
            problems.add(
                    resource.location(),
                    "there is no group %s%s".formatted(group, question(group.toString(), groups.keySet())));
        }
    }

    private List<String> names(ResourceType type) {
        return resources.values().stream()
                .filter(resource -> resource.resourceType() == type)
                .map(Resource::name)
                .toList();
    }

    private void readSeed(Entry entry) {
        if (!entry.extension().equals("csv")) {
            return;
        }
        Described it = describe(ResourceType.SEED, entry);
        claimName(entry.stem(), entry);
        Map<String, String> types = new LinkedHashMap<>();
        if (it.config.get("column_types") instanceof Map<?, ?> written) {
            written.forEach((column, type) -> types.put(String.valueOf(column), String.valueOf(type)));
        }
        String delimiter = it.config.getOrDefault("delimiter", ",").toString();
        if (delimiter.length() != 1) {
            problems.add(entry.location(), "delimiter '%s' is not one character".formatted(delimiter));
            return;
        }
        byte[] bytes = files.bytes(entry);
        add(new Seed(
                it.id,
                entry.stem(),
                entry.location(),
                it.fqn,
                it.config,
                it.description,
                it.columns,
                types,
                delimiter.charAt(0),
                Checksum.of(bytes),
                files.text(entry, bytes)));
    }

    /** What the project's settings and a property file say about a file. */
    private record Described(
            String id,
            List<String> fqn,
            Map<String, Object> config,
            String description,
            List<Column> columns,
            ModelProperties properties) {}

    private Described describe(ResourceType type, Entry entry) {
        List<String> fqn = new ArrayList<>();
        fqn.add(settings.name());
        if (type == ResourceType.ANALYSIS) {
            // dbt's, whatever the folder is called.
            fqn.add("analysis");
        }
        fqn.addAll(entry.folders());
        @Nullable Patch patch = patches.get(key(type, entry.stem()));
        @Nullable
        ModelVersion version = patch == null ? null : patch.properties().version();
        fqn.addAll(version == null ? List.of(entry.stem()) : List.of(version.model(), "v" + version.version()));
        Map<String, Object> config = settings.config(type, fqn);
        return new Described(
                id(type, patch == null ? entry.stem() : patch.idName()),
                fqn,
                patch == null ? config : ConfigLayers.merge(config, patch.config()),
                patch == null ? "" : patch.description(),
                patch == null ? List.of() : patch.columns(),
                patch == null ? ModelProperties.NONE : patch.properties());
    }

    /** Models and seeds share the names that {@code ref} knows. */
    private void claimName(String name, Entry entry) {
        Location first = refNames.putIfAbsent(name, entry.location());
        if (first != null) {
            problems.add(
                    entry.location(),
                    "the name %s is taken by %s; models and seeds need names of their own".formatted(name, first));
        }
    }

    private void add(Resource resource) {
        Resource earlier = resources.putIfAbsent(resource.uniqueId(), resource);
        boolean nameWasClaimed =
                resource.resourceType() == ResourceType.MODEL || resource.resourceType() == ResourceType.SEED;
        if (earlier != null && !nameWasClaimed) {
            problems.add(
                    resource.location(),
                    "%s %s is declared twice; first in %s"
                            .formatted(resource.resourceType().word(), resource.name(), earlier.location()));
        }
    }

    private void refuseUnusedPatches() {
        for (Patch patch : patches.values()) {
            if (resources.containsKey(id(patch.type(), patch.idName()))) {
                continue;
            }
            problems.add(
                    patch.location(),
                    "there is no %s %s%s"
                            .formatted(patch.type().word(), patch.name(), question(patch.name(), names(patch.type()))));
        }
    }

    private String id(ResourceType type, String name) {
        return type.word() + "." + settings.name() + "." + name;
    }

    private static String key(ResourceType type, String name) {
        return type.word() + ":" + name;
    }
}
