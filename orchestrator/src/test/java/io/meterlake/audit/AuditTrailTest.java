package io.meterlake.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meterlake.audit.AuditEntry.Event;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down stays findable, and nothing can be taken out of it unseen. */
class AuditTrailTest {
    private static final Instant JANUARY = Instant.parse("2026-01-31T23:59:59Z");
    private static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");

    @TempDir
    private Path folder;

    private AuditTrail trail() {
        return new AuditTrail(folder.resolve("audit"));
    }

    private Path file(String month) {
        return folder.resolve("audit").resolve("audit-" + month + ".jsonl");
    }

    private static AuditEntry entry(Instant time, String... words) {
        return new AuditEntry(
                0,
                time,
                Event.ENDED,
                "anna",
                "desk",
                12,
                "meterlake",
                words[0],
                List.of(words),
                0,
                null,
                null,
                0,
                List.of("report settlement \"1\"\n"),
                "");
    }

    private AuditCheck check() {
        return trail().check(Optional.empty());
    }

    private void change(String month, String before, String after) throws IOException {
        String text = Files.readString(file(month));
        assertThat(text).contains(before);
        Files.writeString(file(month), text.replace(before, after));
    }

    @Test
    void isOneChainOverTheMonths() {
        trail().append(entry(JANUARY, "ingest", "a.csv"));
        trail().append(entry(FEBRUARY, "report sign"));
        // A clock that was set back.
        trail().append(entry(JANUARY, "snapshot drop"));

        assertThat(file("2026-01")).exists();
        assertThat(trail().entries())
                .extracting(AuditEntry::number, AuditEntry::command)
                .containsExactly(tuple(1L, "ingest"), tuple(2L, "report sign"), tuple(3L, "snapshot drop"));
        assertThat(trail().entries().getFirst().objects()).containsExactly("report settlement \"1\"\n");
        assertThat(check().problems()).isEmpty();
        assertThat(check().entries()).isEqualTo(3);
    }

    @Test
    void seesAChangedEntry() throws IOException {
        IntStream.range(0, 5).forEach(i -> trail().append(entry(JANUARY, "ingest", "file-" + i)));
        change("2026-01", "file-2", "file-9");
        assertThat(check().problems()).singleElement().asString().startsWith("audit-2026-01.jsonl:3: entry 3 is not");
    }

    @Test
    void seesAnEntryThatWasTakenOut() throws IOException {
        IntStream.range(0, 5).forEach(i -> trail().append(entry(JANUARY, "ingest", "file-" + i)));
        List<String> lines = new ArrayList<>(Files.readAllLines(file("2026-01")));
        lines.remove(2);
        Files.write(file("2026-01"), lines);
        assertThat(check().problems()).singleElement().asString().contains("before entry 4 is gone");
    }

    @Test
    void seesAMonthThatWasTakenOut() throws IOException {
        trail().append(entry(JANUARY, "ingest"));
        trail().append(entry(FEBRUARY, "ingest"));
        Files.delete(file("2026-01"));
        assertThat(check().problems()).singleElement().asString().contains("before entry 2 is gone");
    }

    @Test
    void seesAChangedEntryWhoseHashWasMadeAnew() throws IOException {
        IntStream.range(0, 3).forEach(i -> trail().append(entry(JANUARY, "ingest", "file-" + i)));
        List<String> lines = new ArrayList<>(Files.readAllLines(file("2026-01")));
        AuditLine second = AuditLine.parse(lines.get(1)).orElseThrow();
        AuditEntry forged = entry(JANUARY, "ingest", "forged")
                .linked(second.entry().number(), second.entry().previousHash());
        lines.set(1, AuditLine.of(forged).text());
        Files.write(file("2026-01"), lines);
        assertThat(check().problems()).singleElement().asString().contains("before entry 3 is gone or was changed");
    }

    @Test
    void seesEntriesCutOffFromTheEndByAMarkNotedBefore() throws IOException {
        IntStream.range(0, 3).forEach(i -> trail().append(entry(JANUARY, "ingest", "file-" + i)));
        Optional<AuditCheck.Mark> noted = check().last();
        assertThat(noted).isPresent();
        assertThat(AuditCheck.Mark.parse(noted.get().toString())).isEqualTo(noted);
        trail().append(entry(JANUARY, "ingest", "later"));
        assertThat(trail().check(noted).problems()).isEmpty();

        List<String> lines = Files.readAllLines(file("2026-01"));
        Files.write(file("2026-01"), lines.subList(0, 2));
        assertThat(check().problems()).isEmpty();
        assertThat(trail().check(noted).problems()).singleElement().asString().startsWith("entry 3 with the hash");
    }

    @Test
    void goesOnBehindALineThatWasCutOff() throws IOException {
        trail().append(entry(JANUARY, "ingest", "first"));
        byte[] torn = "{\"number\":2,\"time\":\"2026-01-31T".getBytes(UTF_8);
        Files.write(file("2026-01"), torn, StandardOpenOption.APPEND);
        trail().append(entry(JANUARY, "ingest", "second"));

        assertThat(trail().entries()).extracting(AuditEntry::number).containsExactly(1L, 2L);
        assertThat(check().problems()).isEmpty();
        assertThat(check().cutOff()).containsExactly("audit-2026-01.jsonl:2");
    }

    @Test
    void doesNotTakeALineForCutOffThatIsNot() throws IOException {
        IntStream.range(0, 2).forEach(i -> trail().append(entry(JANUARY, "ingest", "file-" + i)));
        change("2026-01", "{\"number\":2,", "{\"number\":two,");
        assertThat(check().problems()).singleElement().asString().startsWith("audit-2026-01.jsonl:2: this is no entry");
    }

    @Test
    void readsWhatALaterVersionWrote() throws IOException, NoSuchAlgorithmException {
        trail().append(entry(JANUARY, "ingest"));
        String line = Files.readString(file("2026-01"));
        String object = line.replaceFirst(",\"hash\":.*\n", ",\"session\":\"s1\"}");
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(object.getBytes(UTF_8)));
        Files.writeString(file("2026-01"), object.substring(0, object.length() - 1) + ",\"hash\":\"" + hash + "\"}\n");
        trail().append(entry(JANUARY, "ingest"));
        assertThat(check().problems()).isEmpty();
        assertThat(check().entries()).isEqualTo(2);
    }

    @Test
    void findsTheEndBehindALongEntry() {
        String[] words =
                IntStream.range(0, 20_000).mapToObj(i -> "file-" + i + ".csv").toArray(String[]::new);
        trail().append(entry(JANUARY, "ingest"));
        trail().append(entry(JANUARY, words));
        trail().append(entry(JANUARY, "ingest"));
        assertThat(check().entries()).isEqualTo(3);
        assertThat(check().problems()).isEmpty();
    }

    @Test
    void staysOneChainWhenManyAddToIt() {
        IntStream.range(0, 60).parallel().forEach(i -> trail().append(entry(JANUARY, "ingest", "file-" + i)));
        assertThat(check().entries()).isEqualTo(60);
        assertThat(check().problems()).isEmpty();
    }

    @Test
    void refusesWhatItCannotWriteDown() throws IOException {
        Files.writeString(folder.resolve("audit"), "not a folder");
        assertThatThrownBy(() -> trail().append(entry(JANUARY, "ingest")))
                .isInstanceOfSatisfying(
                        MeterlakeException.class,
                        e -> assertThat(e.code()).isEqualTo(AuditErrorCode.AUDIT_NOT_WRITTEN));
    }
}
