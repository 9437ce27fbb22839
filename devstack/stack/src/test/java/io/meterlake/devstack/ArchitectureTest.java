package io.meterlake.devstack;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the stack's starter and what runs inside its children may use. */
final class ArchitectureTest {
    private static final JavaClasses STACK = new ClassFileImporter()
            .importLocations(Set.of(Location.of(
                    DevStack.class.getProtectionDomain().getCodeSource().getLocation())));

    @Test
    void theStackKnowsNothingOfTheLake() {
        classes()
                .that()
                .resideInAPackage("io.meterlake.devstack")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations",
                        "io.meterlake.error",
                        "io.meterlake.devstack",
                        "io.meterlake.devstack.child")
                .check(STACK);
    }

    @Test
    void whatRunsInAChildNeedsNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage("io.meterlake.devstack.child")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations", "io.meterlake.devstack.child")
                .check(STACK);
    }

    @Test
    void onlyAChildPrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.meterlake.devstack.child")
                .should()
                .accessTargetWhere(describe("it prints on the process's streams", ArchitectureTest::prints))
                .check(STACK);
    }

    @Test
    void nobodyReadsTheTimeOfDay() {
        noClasses()
                .should()
                .accessTargetWhere(describe("it reads the clock", ArchitectureTest::readsTheClock))
                .check(STACK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io/trino/server/Server.class",
                "io/trino/plugin/hudi/HudiPlugin.class",
                "org/apache/hadoop/hive/metastore/HiveMetaStore.class",
                "org/apache/derby/jdbc/EmbeddedDriver.class"
            })
    void noJarOfAServerIsOnTheStartersClassPath(String file) {
        assertThat(DevStack.class.getClassLoader().getResource(file)).isNull();
    }

    private static boolean prints(JavaAccess<?> access) {
        String name = access.getTarget().getName();
        return (access.getTargetOwner().getName().equals("java.lang.System")
                        && Set.of("out", "err").contains(name))
                || (name.equals("printStackTrace")
                        && access.getTarget().getFullName().endsWith("()"));
    }

    /** How long something takes ({@code System.nanoTime}) is no time of day. */
    private static boolean readsTheClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return (owner.startsWith("java.time.") && name.equals("now"))
                || (owner.equals("java.time.Clock") && name.startsWith("system"))
                || (owner.equals("java.lang.System") && name.equals("currentTimeMillis"));
    }
}
