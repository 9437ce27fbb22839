package io.meterlake.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterlake.testing.GuardedTrino;
import io.meterlake.testing.SharedStack;
import io.meterlake.testing.TestCertificate;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Trino that asks for a token over TLS, and the access rules of docs/trino-access: each role tries what it must not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TrinoAccessTest {
    private static final String RUNNER = "meterlake";
    private static final String ANALYST = "analyst_ana";
    private static final String PARTNER = "partner_nordlicht";

    private GuardedTrino server;
    private String marts;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        marts = SharedStack.get().newSchema("marts");
        String rules = Files.readString(Path.of("../docs/trino-access/rules.json"));
        assertThat(rules).contains("\"marts\"").contains("\"marts|");
        server = GuardedTrino.start(
                folder, rules.replace("\"marts\"", '"' + marts + '"').replace("\"marts|", '"' + marts + '|'));
        Trino runner = server.as(RUNNER);
        runner.execute(
                "create table %s.int_settlement_days as select * from (values ('nordlicht', 1.5), ('suedwind', 2.5)) t (partner_id, energy_kwh)"
                        .formatted(schema()));
        runner.execute("create view %1$s.fct_settlement as select * from %1$s.int_settlement_days".formatted(schema()));
        runner.execute("create table %s.stg_rejected_readings as select 'raw' as raw_text".formatted(schema()));
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private String schema() {
        return "hive." + marts;
    }

    @Test
    void theRunnerSeesAllPartners() {
        assertThat(server.as(RUNNER).rows(settlement()).firstColumn()).containsExactly("nordlicht", "suedwind");
    }

    @Test
    void aPartnerSeesItsOwnRowsOnly() {
        assertThat(server.as(PARTNER).rows(settlement()).firstColumn()).containsExactly("nordlicht");
        assertThat(server.as(PARTNER)
                        .rows("select partner_id from %s.fct_settlement where partner_id = 'suedwind'"
                                .formatted(schema()))
                        .firstColumn())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from %s.int_settlement_days",
                "select * from %s.stg_rejected_readings",
                "create view %s.mine as select 1 as one",
                "insert into %s.int_settlement_days values ('nordlicht', 9.0)",
                "drop view %s.fct_settlement",
            })
    void aPartnerMayNot(String statement) {
        refuses(server.as(PARTNER), statement.formatted(schema()));
    }

    @Test
    void anAnalystReadsMarts() {
        assertThat(server.as(ANALYST).rows(settlement()).firstColumn()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from %s.stg_rejected_readings",
                "create table %s.mine as select 1 as one",
                "delete from %s.int_settlement_days",
                "drop table %s.int_settlement_days",
                "drop view %s.fct_settlement",
                "create or replace view %s.fct_settlement as select 1 as one",
            })
    void anAnalystMayNot(String statement) {
        refuses(server.as(ANALYST), statement.formatted(schema()));
    }

    @Test
    void whoHasNoRoleSeesNothing() {
        refuses(server.as("stranger"), settlement());
    }

    @Test
    void aTokenIsNoProofOfAnotherName() {
        String token = GuardedTrino.token(ANALYST, Instant.now().plusSeconds(600));
        EngineException refused = catchThrowableOfType(
                EngineException.class, () -> server.as(RUNNER, token).rows("select 1"));
        assertThat(refused).hasMessageContaining("Access Denied").hasMessageContaining(ANALYST);
    }

    @Test
    void anExpiredOrForgedTokenIsRefusedAndNotShown() {
        for (String token : List.of(GuardedTrino.token(RUNNER, Instant.now().minusSeconds(60)), "a.b.c")) {
            EngineException refused = catchThrowableOfType(
                    EngineException.class, () -> server.as(RUNNER, token).rows("select 1"));
            assertThat(refused.code()).isEqualTo(EngineErrorCode.ACCESS_REFUSED);
            assertThat(refused).hasMessageContaining("Cannot log in to Trino").hasMessageNotContaining(token);
            assertThat(refused.hint()).contains("trino.token");
        }
    }

    @Test
    void aPasswordIsRefusedWhereATokenIsAskedFor() {
        EngineException refused = catchThrowableOfType(
                EngineException.class,
                () -> at(new TrinoAccess.Login.Password("guessed"), Optional.of(server.certificate()))
                        .rows("select 1"));
        assertThat(refused.code()).isEqualTo(EngineErrorCode.ACCESS_REFUSED);
        assertThat(refused).hasMessageContaining("with a password").hasMessageNotContaining("guessed");
    }

    @Test
    void nobodyLogsInWithoutAProof() {
        EngineException refused = catchThrowableOfType(
                EngineException.class,
                () -> at(new TrinoAccess.Login.None(), Optional.of(server.certificate()))
                        .rows("select 1"));
        assertThat(refused.code()).isEqualTo(EngineErrorCode.ACCESS_REFUSED);
    }

    @Test
    void aServerWhoseCertificateNobodyKnowsGetsNoToken() {
        EngineException refused = catchThrowableOfType(
                EngineException.class,
                () -> at(new TrinoAccess.Login.Token("secret"), Optional.empty())
                        .rows("select 1"));
        assertThat(refused.code()).isEqualTo(EngineErrorCode.ACCESS_REFUSED);
        assertThat(refused.hint()).contains("trino.authority");
    }

    @Test
    void anExpiredCertificateIsRefused(@TempDir Path folder) throws Exception {
        TestCertificate expired =
                TestCertificate.make(folder, "expired", List.of("-startdate", "-10d", "-validity", "5"));
        EngineException refused = catchThrowableOfType(
                EngineException.class, () -> TrinoAccess.trusting(new TrinoAccess.Login.None(), expired.pem()));
        assertThat(refused.code()).isEqualTo(EngineErrorCode.ACCESS_REFUSED);
        assertThat(refused).hasMessageContaining(expired.pem().toString()).hasMessageContaining("it has expired");
    }

    @Test
    void aFileWithoutCertificatesIsRefused(@TempDir Path folder) throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        for (Path file : List.of(empty, folder.resolve("none.pem"))) {
            EngineException refused = catchThrowableOfType(
                    EngineException.class, () -> TrinoAccess.trusting(new TrinoAccess.Login.None(), file));
            assertThat(refused.code()).isEqualTo(EngineErrorCode.ACCESS_REFUSED);
            assertThat(refused).hasMessageContaining(file.toString());
        }
    }

    @Test
    void aQueryIsEndedByWhoBeganIt() {
        assertThat(server.as(RUNNER).end("20260101_000000_00000_aaaaa")).isTrue();
        assertThat(server.as(RUNNER, "a.b.c").end("20260101_000000_00000_aaaaa"))
                .isFalse();
    }

    @Test
    void nothingSecretIsSentInTheClear() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrinoSettings(
                        URI.create("http://127.0.0.1:8080"),
                        RUNNER,
                        new TrinoAccess(new TrinoAccess.Login.Token("secret"), Optional.empty()),
                        List.of()))
                .withMessageContaining("Cannot send a token to http://127.0.0.1:8080")
                .withMessageNotContaining("secret");
    }

    private String settlement() {
        return "select partner_id from %s.fct_settlement order by 1".formatted(schema());
    }

    private Trino at(TrinoAccess.Login login, Optional<Path> authority) {
        return new Trino(new TrinoSettings(server.uri(), RUNNER, new TrinoAccess(login, authority), List.of()));
    }

    private static void refuses(Trino trino, String statement) {
        EngineException refused = catchThrowableOfType(EngineException.class, () -> trino.execute(statement));
        assertThat(refused).as(statement).isNotNull();
        assertThat(refused.reason()).as(statement).startsWith("Access Denied");
    }
}
