package io.meterlake.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import io.meterlake.cli.Meterlake;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows of ARCHITECTURE.md and of the package-infos, and who may reach the world outside. */
final class ArchitectureTest {
    /**
     * Which of Meterlake's packages each package may use besides itself. A new package needs a row; a new arrow needs a
     * reason, and must not make a circle.
     */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("config", Set.of("error")),
            Map.entry("demo", Set.of()),
            Map.entry("project", Set.of("error")),
            Map.entry("compile.template", Set.of("error", "project")),
            Map.entry("compile", Set.of("error", "project", "compile.template")),
            Map.entry("engine", Set.of("error")),
            Map.entry("engine.output", Set.of("engine")),
            Map.entry("json", Set.of()),
            Map.entry("log", Set.of("error", "json")),
            Map.entry("audit", Set.of("error", "json", "disk")),
            Map.entry("airflow", Set.of("error", "json", "disk", "devstack")),
            Map.entry("metrics", Set.of("error", "lake", "snapshot", "lineage", "report", "log")),
            Map.entry("alarm", Set.of("error", "json", "disk", "project", "report", "lineage", "log", "metrics")),
            Map.entry("vee", Set.of("error", "project", "writer.validate.plausibility")),
            Map.entry(
                    "run",
                    Set.of("error", "json", "disk", "project", "compile", "engine", "lake", "snapshot", "gather")),
            Map.entry("columns", Set.of("error", "project", "compile")),
            Map.entry("freshness", Set.of("error", "project", "compile", "engine")),
            Map.entry(
                    "artifact",
                    Set.of(
                            "error",
                            "json",
                            "disk",
                            "project",
                            "compile",
                            "columns",
                            "engine",
                            "run",
                            "freshness",
                            "snapshot")),
            Map.entry("lineage", Set.of("error", "lake")),
            Map.entry("dashboard", Set.of("error", "project")),
            Map.entry("dashboard.preview", Set.of("error", "json", "engine", "dashboard")),
            Map.entry("dashboard.metabase", Set.of("error", "json", "project", "dashboard")),
            Map.entry("compile.determinism", Set.of("error", "project", "compile")),
            Map.entry(
                    "lineage.openlineage",
                    Set.of("error", "project", "compile", "columns", "run", "report", "lineage", "lake", "snapshot")),
            Map.entry(
                    "retention",
                    Set.of("error", "project", "engine", "run", "report", "lineage", "lake", "snapshot", "gather")),
            Map.entry(
                    "report",
                    Set.of(
                            "error",
                            "json",
                            "disk",
                            "project",
                            "compile",
                            "engine",
                            "engine.output",
                            "run",
                            "lineage",
                            "lake",
                            "snapshot")));

    private static final JavaClasses COMMAND = new ClassFileImporter()
            .importLocations(Set.of(Location.of(
                    Meterlake.class.getProtectionDomain().getCodeSource().getLocation())));

    static Set<String> packagesBelowTheCommand() {
        return ARROWS.keySet();
    }

    @ParameterizedTest
    @MethodSource("packagesBelowTheCommand")
    void arrowsOnlyGoForwards(String name) {
        String[] allowed = Stream.concat(Stream.of(name), ARROWS.getOrDefault(name, Set.of()).stream())
                .map(ArchitectureTest::full)
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(full(name))
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackage("io.meterlake..").or(resideInAnyPackage(allowed)))
                .check(COMMAND);
    }

    @Test
    void everyPackageHasItsPlace() {
        assertThat(COMMAND.stream().map(JavaClass::getPackageName).distinct())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(Stream.of("cli"), ARROWS.keySet().stream())
                        .map(ArchitectureTest::full)
                        .toList());
    }

    @Test
    void onlyTheCommandKnowsItsLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.meterlake.cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(COMMAND);
    }

    @Test
    void templatesAreTheOnlyPlaceThatKnowsJinjava() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.meterlake.compile.template")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.hubspot..", "jinjava..")
                .check(COMMAND);
    }

    @Test
    void onlyTheEngineSpeaksJdbc() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.meterlake.engine", "io.meterlake.engine.output")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "io.trino.jdbc..")
                .check(COMMAND);
    }

    @Test
    void onlyTheGateAndTheColumnsReadSqlWithTrinosParser() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.meterlake.compile.determinism", "io.meterlake.columns")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.trino.sql..", "io.trino.grammar..")
                .check(COMMAND);
    }

    @Test
    void nothingPrintsPastTheConsole() {
        noClasses()
                .should()
                .accessTargetWhere(describe("it prints on the process's streams", ArchitectureTest::prints))
                .check(COMMAND);
    }

    @Test
    void theRealClockIsMadeInMainOnly() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Meterlake.class.getName())
                .should()
                .accessTargetWhere(describe("it reads the clock or chance", ArchitectureTest::readsTheWorld))
                .check(COMMAND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io/trino/server/Server.class",
                "io/trino/server/TrinoServer.class",
                "io/trino/plugin/hudi/HudiPlugin.class",
                "io/trino/plugin/hive/HivePlugin.class",
                "org/apache/hadoop/hive/metastore/HiveMetaStore.class",
                "org/apache/derby/jdbc/EmbeddedDriver.class"
            })
    void noJarOfAServerIsOnTheCommandsClassPath(String file) {
        assertThat(Meterlake.class.getClassLoader().getResource(file)).isNull();
    }

    private static String full(String name) {
        return "io.meterlake." + name;
    }

    private static boolean prints(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return (owner.equals("java.lang.System") && Set.of("out", "err").contains(name))
                || (name.equals("printStackTrace")
                        && access.getTargetOwner().isAssignableTo(Throwable.class)
                        && access.getTarget().getFullName().endsWith("()"));
    }

    private static boolean readsTheWorld(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        boolean clockHandedIn = access.getTarget().getFullName().endsWith("(" + Clock.class.getName() + ")");
        return (owner.startsWith("java.time.") && name.equals("now") && !clockHandedIn)
                || (owner.equals("java.time.Clock")
                        && (name.startsWith("system") || (name.startsWith("tick") && !name.equals("tick"))))
                || (owner.equals("java.lang.System")
                        && Set.of("currentTimeMillis", "nanoTime").contains(name))
                || (owner.equals("java.util.Date")
                        && access.getTarget().getFullName().endsWith("<init>()"))
                || (owner.equals("java.util.Calendar") && name.equals("getInstance"))
                || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
                || (owner.equals("java.lang.Math") && name.equals("random"))
                || (owner.equals("java.util.Random")
                        && access.getTarget().getFullName().endsWith("<init>()"))
                || List.of("java.util.concurrent.ThreadLocalRandom", "java.security.SecureRandom")
                        .contains(owner);
    }
}
