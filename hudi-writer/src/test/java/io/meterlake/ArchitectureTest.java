package io.meterlake;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows of ARCHITECTURE.md, as far as this module goes, and what no code of it may do. */
class ArchitectureTest {
    private static final String WRITER = "io.meterlake.writer";
    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> location.contains("/hudi-writer/"))
            .importPackages("io.meterlake");

    @Test
    void looksAtTheWholeModule() {
        assertThat(MODULE.stream().map(JavaClass::getPackageName))
                .contains("io.meterlake.lake", WRITER, WRITER + ".parquet", WRITER + ".commit")
                .doesNotContain("io.meterlake.reading", "io.meterlake.testing");
    }

    @Test
    void goesOnlyForwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.meterlake..")
                .layer("ingest")
                .definedBy(WRITER)
                .layer("source")
                .definedBy(WRITER + ".source..")
                .layer("validate")
                .definedBy(WRITER + ".validate..")
                .layer("upsert")
                .definedBy(WRITER + ".upsert..")
                .layer("parquet")
                .definedBy(WRITER + ".parquet..")
                .layer("commit")
                .definedBy(WRITER + ".commit..")
                .layer("snapshot")
                .definedBy("io.meterlake.snapshot..")
                .layer("gather")
                .definedBy("io.meterlake.gather..")
                .layer("lake")
                .definedBy("io.meterlake.lake..")
                .layer("disk")
                .definedBy("io.meterlake.disk..")
                .layer("storage")
                .definedBy("io.meterlake.storage..")
                // What comes later in the journey knows what comes before, and never the other way round.
                .whereLayer("ingest")
                .mayNotBeAccessedByAnyLayer()
                // An ingest cleans: whether it may is asked first.
                .whereLayer("snapshot")
                .mayOnlyBeAccessedByLayers("ingest", "gather")
                .whereLayer("gather")
                .mayNotBeAccessedByAnyLayer()
                // A snapshot completes what a writer that was killed left of a commit.
                .whereLayer("commit")
                .mayOnlyBeAccessedByLayers("ingest", "snapshot")
                .whereLayer("parquet")
                .mayOnlyBeAccessedByLayers("ingest", "commit", "gather")
                .whereLayer("upsert")
                .mayOnlyBeAccessedByLayers("ingest", "validate", "commit", "parquet")
                .whereLayer("validate")
                .mayOnlyBeAccessedByLayers("ingest")
                .whereLayer("source")
                .mayOnlyBeAccessedByLayers("ingest")
                .whereLayer("disk")
                .mayOnlyBeAccessedByLayers("snapshot", "gather")
                .whereLayer("storage")
                .mayOnlyBeAccessedByLayers("ingest", "commit", "parquet", "snapshot", "gather", "lake", "disk")
                .whereLayer("lake")
                // Readings that are spilled can meet a full disk, and say so with the lake's error codes.
                .mayOnlyBeAccessedByLayers("ingest", "commit", "parquet", "source", "upsert", "snapshot", "gather")
                .ensureAllClassesAreContainedInArchitecture()
                .check(MODULE);
    }

    @Test
    void goesInNoCircle() {
        slices().matching("io.meterlake.(**)").should().beFreeOfCycles().check(MODULE);
    }

    @Test
    void decidesWithoutHudisTables() {
        noClasses()
                .that()
                .resideInAnyPackage(WRITER + ".upsert..", WRITER + ".validate..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.hadoop..", "org.apache.parquet..")
                .check(MODULE);
        noClasses()
                .that()
                .resideInAPackage(WRITER + ".validate..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio.file..", "io.meterlake.lake..")
                .check(MODULE);
        // What becomes of a reading is decided in memory.
        noClasses()
                .that()
                .haveSimpleNameStartingWith("Merge")
                .and()
                .doNotHaveSimpleName("MergedWindows")
                .and()
                .resideInAPackage(WRITER + ".upsert..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio.file..", "io.meterlake.lake..")
                .check(MODULE);
        // The one thing of Hudi's that it needs is the hash of a bucket.
        noClasses()
                .that()
                .resideInAnyPackage(WRITER + ".upsert..", WRITER + ".validate..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.hudi..")
                        .and(not(resideInAPackage("org.apache.hudi.index.bucket.."))))
                .check(MODULE);
    }

    @Test
    void knowsNothingOfModelsReportsAndServers() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.meterlake.cli..",
                        "io.meterlake.compile..",
                        "io.meterlake.config..",
                        "io.meterlake.demo..",
                        "io.meterlake.devstack..",
                        "io.meterlake.engine..",
                        "io.meterlake.lineage..",
                        "io.meterlake.project..",
                        "io.meterlake.report..",
                        "io.meterlake.run..")
                .check(MODULE);
        // And of the product's own packages only those that are named here, whatever the others are called.
        classes()
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("io.meterlake.."))
                        .or(resideInAnyPackage(
                                "io.meterlake.disk..",
                                "io.meterlake.error..",
                                "io.meterlake.format..",
                                "io.meterlake.gather..",
                                "io.meterlake.lake..",
                                "io.meterlake.reading..",
                                "io.meterlake.snapshot..",
                                "io.meterlake.storage..",
                                "io.meterlake.writer..")))
                .check(MODULE);
    }

    @Test
    void readsNoClockAndDrawsNoNumbersOfItsOwn() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now", ZoneId.class)
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now", ZoneId.class)
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now", ZoneId.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(Clock.class, "system", ZoneId.class)
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callMethod(ZoneId.class, "systemDefault")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, ThreadLocalRandom.class)
                .check(MODULE);
    }

    @Test
    void keepsNoEnergyInFloatingPoint() {
        noClasses()
                .that()
                .resideInAPackage(WRITER + "..")
                // It tells Hudi which fraction of the rows failed: none.
                .and()
                .doNotHaveSimpleName("BucketFilesWriter")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(double.class, float.class, Double.class, Float.class)
                .check(MODULE);
    }

    @Test
    void saysOfEveryPackageWhereNullMayBe() {
        assertThat(MODULE.stream().map(JavaClass::getPackage).distinct())
                .isNotEmpty()
                .allSatisfy(javaPackage -> assertThat(javaPackage.isAnnotatedWith(NullMarked.class))
                        .as("%s is @NullMarked", javaPackage.getName())
                        .isTrue());
    }
}
