package io.meterlake;

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
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows between the packages, and what no code of this module may do. */
class ArchitectureTest {
    private static final String FORMAT = "io.meterlake.format";
    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> location.contains("/meter-formats/"))
            .importPackages("io.meterlake");

    @Test
    void goesOnlyForwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.meterlake..")
                .layer("error")
                .definedBy("io.meterlake.error..")
                .layer("reading")
                .definedBy("io.meterlake.reading..")
                .layer("format")
                .definedBy(FORMAT)
                .layer("file")
                .definedBy(FORMAT + ".file..")
                .layer("text")
                .definedBy(FORMAT + ".text..")
                .layer("csv")
                .definedBy(FORMAT + ".csv..")
                .layer("nem12")
                .definedBy(FORMAT + ".nem12..")
                .layer("nem13")
                .definedBy(FORMAT + ".nem13..")
                .layer("mdff")
                .definedBy(FORMAT + ".mdff..")
                .layer("mscons")
                .definedBy(FORMAT + ".mscons..")
                .layer("xml")
                .definedBy(FORMAT + ".xml..")
                .layer("measure")
                .definedBy(FORMAT + ".measure..")
                .layer("espi")
                .definedBy(FORMAT + ".espi..")
                .layer("cim")
                .definedBy(FORMAT + ".cim..")
                .layer("ebix")
                .definedBy(FORMAT + ".ebix..")
                .layer("inspect")
                .definedBy("io.meterlake.inspect..")
                .whereLayer("inspect")
                .mayNotBeAccessedByAnyLayer()
                // A format is found by its service entry; its own words for columns are those of inspect.
                .whereLayer("nem12")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("nem13")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("mdff")
                .mayOnlyBeAccessedByLayers("nem12", "nem13")
                .whereLayer("mscons")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("espi")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cim")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("ebix")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("csv")
                .mayOnlyBeAccessedByLayers("inspect")
                .whereLayer("file")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("text")
                .mayOnlyBeAccessedByLayers("csv", "nem12", "nem13", "mdff", "mscons", "measure", "espi", "cim", "ebix")
                .whereLayer("xml")
                .mayOnlyBeAccessedByLayers("espi", "cim", "ebix")
                .whereLayer("measure")
                .mayOnlyBeAccessedByLayers("cim", "ebix")
                .whereLayer("format")
                .mayOnlyBeAccessedByLayers(
                        "file", "text", "csv", "nem12", "nem13", "mdff", "mscons", "xml", "measure", "espi", "cim",
                        "ebix", "inspect")
                .whereLayer("reading")
                .mayOnlyBeAccessedByLayers(
                        "format", "text", "csv", "nem12", "nem13", "mdff", "mscons", "measure", "espi", "cim", "ebix",
                        "inspect")
                .ensureAllClassesAreContainedInArchitecture()
                .check(MODULE);
    }

    @Test
    void goesInNoCircle() {
        slices().matching("io.meterlake.(**)").should().beFreeOfCycles().check(MODULE);
    }

    @Test
    void standsOnNothingButJavaAndReadersOfYamlJsonAndZstd() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "com.fasterxml.jackson.core..",
                        "org.jspecify.annotations..",
                        "org.yaml.snakeyaml..",
                        "com.github.luben.zstd..",
                        "io.meterlake.error..",
                        "io.meterlake.reading..",
                        "io.meterlake.format..",
                        "io.meterlake.inspect..")
                .check(MODULE);
        noClasses()
                .that()
                .resideOutsideOfPackage(FORMAT + ".csv..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.yaml..")
                .check(MODULE);
        noClasses()
                .that()
                .resideOutsideOfPackage(FORMAT + ".file..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.github..")
                .check(MODULE);
        noClasses()
                .that()
                .resideOutsideOfPackage(FORMAT + ".cim..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(MODULE);
    }

    @Test
    void readsNoClock() {
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
                .callMethod(ZoneId.class, "systemDefault")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(MODULE);
    }

    @Test
    void keepsNoEnergyInFloatingPoint() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(double.class, float.class, Double.class, Float.class)
                .check(MODULE);
    }

    @Test
    void saysOfEveryPackageWhereNullMayBe() {
        assertThat(MODULE.stream().map(JavaClass::getPackage).distinct())
                .hasSizeGreaterThan(7)
                .allSatisfy(javaPackage -> assertThat(javaPackage.isAnnotatedWith(NullMarked.class))
                        .as("%s is @NullMarked", javaPackage.getName())
                        .isTrue());
    }
}
