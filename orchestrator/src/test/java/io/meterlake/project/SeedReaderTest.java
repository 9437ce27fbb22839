package io.meterlake.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterlake.error.MeterlakeException;
import io.meterlake.project.SeedTable.SeedColumn;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeedReaderTest {
    @TempDir
    private Path folder;

    private TestProject project;

    @BeforeEach
    void start() {
        project = new TestProject(folder);
    }

    private SeedTable read() {
        Project loaded = project.load();
        return SeedReader.read((Seed) loaded.resource("seed.shop.partners").orElseThrow());
    }

    private MeterlakeException refused() {
        return catchThrowableOfType(MeterlakeException.class, this::read);
    }

    @Test
    void readsQuotedFieldsAndTakesAnEmptyOneAsNull() {
        project.file("seeds/partners.csv", "\uFEFFid,name\r\n1,\"Nord, \"\"GmbH\"\"\nKiel\"\r\n\r\n2,\r\n");

        SeedTable table = read();

        assertThat(table.columns()).extracting(SeedColumn::name).containsExactly("id", "name");
        assertThat(table.rows()).containsExactly(List.of("1", "Nord, \"GmbH\"\nKiel"), Arrays.asList("2", null));
    }

    @Test
    void findsTypesThatLoseNothing() {
        project.file("seeds/partners.csv", """
                id,code,rate,small,long,power,since
                1,00123,12.50,.5,12345678901234567890,1e5,2026-01-01
                -20,4,-3,0.125,1,2,2026-01-02
                """);
        assertThat(read().columns())
                .containsExactly(
                        new SeedColumn("id", "integer"),
                        new SeedColumn("code", "varchar"),
                        new SeedColumn("rate", "decimal(4,2)"),
                        new SeedColumn("small", "decimal(3,3)"),
                        new SeedColumn("long", "decimal(20,0)"),
                        new SeedColumn("power", "varchar"),
                        new SeedColumn("since", "date"));
    }

    @Test
    void hasTheRowsOfItsChecksumWhateverIsSavedMeanwhile() {
        project.file("seeds/partners.csv", "id\n1\n");
        Seed seed = (Seed) project.load().resource("seed.shop.partners").orElseThrow();
        project.file("seeds/partners.csv", "id\n2\n");
        assertThat(SeedReader.read(seed).rows()).containsExactly(List.of("1"));
        assertThat(seed.checksum()).isEqualTo(Checksum.of("id\n1\n"));
    }

    @Test
    void takesTheDeclaredTypes() {
        project.file("seeds/partners.csv", "id;share\n1;0.5\n")
                .file(
                        "dbt_project.yml",
                        "name: shop\nseeds:\n  +delimiter: ';'\n  +column_types: {share: 'decimal(5,2)', id: varchar}\n");
        assertThat(read().columns())
                .containsExactly(new SeedColumn("id", "varchar"), new SeedColumn("share", "decimal(5,2)"));
    }

    @Test
    void namesEveryLineWithTooFewOrTooManyFields() {
        project.file("seeds/partners.csv", "id,name\n1\n2,\"two\nlines\"\n3,c,d\n");

        MeterlakeException refusal = refused();

        assertThat(refusal).hasMessage("""
                        Cannot read seed partners: 2 problems
                          1) seeds/partners.csv:2: 1 fields where the header has 2
                          2) seeds/partners.csv:5: 3 fields where the header has 2""");
        assertThat(refusal.hint()).isEqualTo("Mend the file at the lines above.");
    }

    @Test
    void namesTheLineWhereAQuoteIsOpened() {
        project.file("seeds/partners.csv", "id,name\n1,a\n2,\"b\n3,c\n");
        assertThat(refused())
                .hasMessage("Cannot read seed partners: seeds/partners.csv:3: a quote is opened and never closed");
    }

    @Test
    void refusesAFileWithoutAHeader() {
        project.file("seeds/partners.csv", "\n");
        assertThat(refused()).hasMessage("Cannot read seed partners: seeds/partners.csv:1: there is no header line");
    }

    @Test
    void refusesTwoColumnsOfOneName() {
        project.file("seeds/partners.csv", "id,id\n1,2\n");
        assertThat(refused()).hasMessage("Cannot read seed partners: seeds/partners.csv:1: column id is there twice");
    }

    @Test
    void refusesATypeForAColumnThatIsNotThere() {
        project.file("seeds/partners.csv", "id,name\n1,a\n")
                .file("dbt_project.yml", "name: shop\nseeds:\n  +column_types: {nmae: varchar}\n");
        assertThat(refused())
                .hasMessage("Cannot read seed partners: seeds/partners.csv:1: column_types names nmae, which the header"
                        + " has not; did you mean 'name'?");
    }
}
