package io.meterlake.run;

import static io.meterlake.run.IncrementalProject.only;
import static io.meterlake.run.IncrementalProject.reading;
import static io.meterlake.run.IncrementalProject.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.compile.Days;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.run.RunRecord.Status;
import io.meterlake.snapshot.Snapshot;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incremental models over a real lake, metastore and Trino. */
class IncrementalRunTest {
    private static final String DAILY = """
            {{ config(materialized='incremental', incremental_strategy='microbatch', event_time='reading_date',
                      batch_size='day', begin='2026-01-01', lookback=0,
                      properties={'partitioned_by': "array['reading_date']"}) }}
            select meter_id, sum(value) as kwh, reading_date
            from {{ source('lake', 'meter_readings') }}
            group by meter_id, reading_date
            """;

    @TempDir
    private Path folder;

    private IncrementalProject shop;

    @BeforeEach
    void open() {
        shop = new IncrementalProject(folder);
        shop.deliver(reading("2026-01-10", "M1", 10), reading("2026-01-11", "M1", 11), reading("2026-01-12", "M1", 12));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void appendsWhatTheSqlGivesToTheEarlierRows() {
        shop.project.model("files", """
                {{ config(materialized='incremental') }}
                select rows_read, '{{ this.schema }}' as begun_at
                from {{ source('lake', 'ingested_files') }}
                {% if is_incremental() %}
                where rows_read not in (select rows_read from {{ this }})
                {% endif %}
                """);
        RunResult first = shop.build();
        String built = "snap_" + shop.records().all().getFirst().snapshotId() + "__" + shop.schema;
        assertThat(told(first, "files")).isEqualTo("all of it: nothing is published");
        assertThat(shop.rows("files")).containsExactly("[3, %s]".formatted(built));

        shop.deliver(reading("2026-01-13", "M1", 1));
        assertThat(told(shop.build(), "files")).isEqualTo("added");
        assertThat(shop.rows("files"))
                .as("this is the published build, by its own name")
                .containsExactly("[1, %s]".formatted(built), "[3, %s]".formatted(built));
        assertThat(shop.rowsOf(shop.built(shop.records().all().getFirst(), "files")))
                .as("a build never changes")
                .hasSize(1);
        assertThat(shop.trino
                        .rows("select count(*) from hive.%s.files".formatted(shop.schema))
                        .firstColumn())
                .containsExactly("2");
    }

    @Test
    void appendsToPartitionsThatBothHave() {
        shop.project.model("files", """
                {{ config(materialized='incremental', incremental_strategy='append',
                          properties={'partitioned_by': "array['utility']"}) }}
                select rows_read, utility || ': a/b%' as utility from {{ source('lake', 'ingested_files') }}
                {% if is_incremental() %}where rows_read not in (select rows_read from {{ this }}){% endif %}
                """);
        shop.build();
        shop.deliver(reading("2026-01-13", "M1", 1));
        shop.build();
        shop.build();
        assertThat(shop.rows("files")).containsExactly("[1, north: a/b%]", "[3, north: a/b%]");
    }

    @Test
    void replacesThePartitionsThatTheSqlGivesRowsOf() {
        shop.project.model("daily", """
                {{ config(materialized='incremental', incremental_strategy='insert_overwrite',
                          properties={'partitioned_by': "array['reading_date']"}) }}
                select meter_id, value, reading_date from {{ source('lake', 'meter_readings') }}
                {% if is_incremental() %}where reading_date >= date '2026-01-12'{% endif %}
                """);
        shop.build();
        shop.deliver(
                reading("2026-01-10", "M1", 100), reading("2026-01-12", "M1", 120), reading("2026-01-13", "M1", 13));
        assertThat(told(shop.build(), "daily")).isEqualTo("partitions replaced");
        assertThat(shop.rows("daily"))
                .as("the author's SQL does not see the correction of the 10th")
                .containsExactly(
                        "[M1, 10.000000, 2026-01-10]",
                        "[M1, 11.000000, 2026-01-11]",
                        "[M1, 120.000000, 2026-01-12]",
                        "[M1, 13.000000, 2026-01-13]");
    }

    @Test
    void buildsTheDaysWhoseFilesChangedHoweverOld() {
        shop.project.model("daily", DAILY);
        assertThat(told(shop.build(), "daily")).isEqualTo("all of it: nothing is published");
        shop.deliver(reading("2026-01-10", "M2", 5), reading("2026-01-14", "M1", 14));
        RunResult result = shop.build();
        assertThat(told(result, "daily")).isEqualTo("2 days from 2026-01-10");
        assertThat(result.results().getFirst().rows())
                .as("rows that the SQL made")
                .isEqualTo(3);
        assertThat(shop.rows("daily"))
                .containsExactly(
                        "[M1, 10.000000, 2026-01-10]",
                        "[M1, 11.000000, 2026-01-11]",
                        "[M1, 12.000000, 2026-01-12]",
                        "[M1, 14.000000, 2026-01-14]",
                        "[M2, 5.000000, 2026-01-10]");
        assertThat(told(shop.build(), "daily")).isEqualTo("nothing changed");
        assertThat(shop.rows("daily")).hasSize(5);
    }

    @Test
    void buildsAllWhenItIsAskedToOrTheSqlOrAMacroChanged() {
        shop.project.file("macros/scaled.sql", "{% macro scaled(column) %}{{ column }} * 1{% endmacro %}");
        String sql = DAILY.replace("sum(value)", "sum({{ scaled('value') }})");
        shop.project.model("daily", sql);
        shop.build();
        shop.deliver(reading("2026-01-14", "M1", 14));
        assertThat(told(shop.build(new Rebuild(true, Days.ALL)), "daily")).isEqualTo("all of it: full refresh");
        shop.project.file("macros/scaled.sql", "{% macro scaled(column) %}{{ column }} * 2{% endmacro %}");
        assertThat(told(shop.build(), "daily")).isEqualTo("all of it: its SQL or settings changed");
        assertThat(shop.rows("daily")).contains("[M1, 28.000000, 2026-01-14]");
        shop.project.model("daily", sql + "having count(*) > 0");
        assertThat(told(shop.build(), "daily")).isEqualTo("all of it: its SQL or settings changed");
        shop.project.model("daily", sql.replace("lookback=0", "lookback=2") + "having count(*) > 0");
        assertThat(told(shop.build(), "daily")).isEqualTo("all of it: its SQL or settings changed");
        assertThat(told(shop.build(), "daily")).isEqualTo("nothing changed");
    }

    @Test
    void refusesToBuildAllWhereFullRefreshIsFalse() {
        String sql = DAILY.replace("lookback=0", "lookback=0, full_refresh=false");
        shop.project.model("daily", sql);
        shop.build();
        assertThat(told(shop.build(new Rebuild(true, Days.ALL)), "daily"))
                .as("as dbt: the setting goes before the option")
                .isEqualTo("nothing changed");
        shop.project.model("daily", sql + "having count(*) > 0");
        assertThatThrownBy(() -> shop.build())
                .isInstanceOf(MeterlakeException.class)
                .hasMessageContaining("Cannot build daily: its SQL or settings changed")
                .hasMessageContaining("models/daily.sql");
        assertThat(shop.rows("daily")).hasSize(3);
        assertThat(shop.records().all().getLast().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void beginsAtWhatIsPublishedWhenARunFailed() {
        shop.project.model("daily", DAILY).file("tests/small.sql", """
                select kwh from {{ ref('daily') }} where kwh > 1000
                """);
        shop.build();
        shop.deliver(reading("2026-01-11", "M1", 5000));
        assertThat(shop.run(Rebuild.CHANGED, new RunListener() {}).exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(shop.rows("daily")).contains("[M1, 11.000000, 2026-01-11]");
        assertThat(shop.rowsOfLastRun("daily")).contains("[M1, 5000.000000, 2026-01-11]");
        shop.deliver(reading("2026-01-11", "M1", 50), reading("2026-01-14", "M1", 14));
        assertThat(told(shop.build(), "daily"))
                .as("the days since the published build, not since the failed one")
                .isEqualTo("2 days from 2026-01-11");
        assertThat(shop.rows("daily")).contains("[M1, 50.000000, 2026-01-11]", "[M1, 14.000000, 2026-01-14]");
    }

    @Test
    void aRunThatWasKilledIsGoneOnWith() {
        shop.project.model("daily", DAILY).model("totals", """
                {{ config(materialized='table') }}
                select sum(kwh) as kwh from {{ ref('daily') }}
                """);
        shop.build();
        RunRecord published = shop.records().all().getLast();
        shop.deliver(reading("2026-01-12", "M1", 20));
        assertThatThrownBy(() -> shop.run(Rebuild.CHANGED, new Killed("daily"))).isInstanceOf(Killed.Kill.class);
        RunRecord cutOff = shop.records().all().getLast();
        assertThat(cutOff.status()).isEqualTo(Status.RUNNING);
        assertThat(shop.rows("daily")).contains("[M1, 12.000000, 2026-01-12]");
        assertThat(shop.resume().exitCode()).isEqualTo(ExitCode.OK);
        assertThat(shop.rows("totals")).containsExactly("[41.000000]");
        assertThat(shop.records().all())
                .extracting(RunRecord::snapshotId)
                .containsExactly(published.snapshotId(), cutOff.snapshotId());
    }

    /** The table is there with the rows of its SQL alone, as a kill before the others came leaves it. */
    @Test
    void halfATableIsTakenForNone() {
        shop.project.model("daily", DAILY);
        shop.build();
        shop.deliver(reading("2026-01-12", "M1", 20));
        AtomicReference<String> half = new AtomicReference<>("");
        assertThatThrownBy(() -> shop.run(Rebuild.CHANGED, new RunListener() {
                    @Override
                    public void started(Plan plan, int threads) {
                        half.set(shop.built(shop.records().all().getLast(), "daily"));
                        shop.trino.execute(
                                "create table %s as select 'M9' as meter_id, decimal '1' as kwh, date '2026-01-12' as reading_date"
                                        .formatted(half.get()));
                        throw new Killed.Kill();
                    }
                }))
                .isInstanceOf(Killed.Kill.class);
        assertThat(shop.rowsOf(half.get())).hasSize(1);
        assertThat(shop.resume().exitCode()).isEqualTo(ExitCode.OK);
        assertThat(shop.rows("daily"))
                .containsExactly(
                        "[M1, 10.000000, 2026-01-10]", "[M1, 11.000000, 2026-01-11]", "[M1, 20.000000, 2026-01-12]");
    }

    @Test
    void laterBuildsOutliveTheSnapshotsOfEarlierOnes() {
        shop.project.model("daily", DAILY);
        shop.build();
        shop.deliver(reading("2026-01-14", "M1", 14));
        shop.build();
        shop.deliver(reading("2026-01-15", "M1", 15));
        shop.build();
        List<String> rows = shop.rows("daily");
        List<Snapshot> snapshots = shop.snapshots().list();
        shop.snapshots().drop(snapshots.get(0).id());
        shop.snapshots().drop(snapshots.get(1).id());
        assertThat(shop.rows("daily")).isEqualTo(rows).hasSize(5);
        assertThat(shop.trino
                        .rows("show schemas from hive like 'snap\\_%s%%' escape '\\'"
                                .formatted(snapshots.getFirst().id()))
                        .rows())
                .isEmpty();
        shop.deliver(reading("2026-01-10", "M1", 100));
        assertThat(told(shop.build(), "daily")).isEqualTo("1 day from 2026-01-10");
        assertThat(shop.rows("daily")).hasSize(5).contains("[M1, 100.000000, 2026-01-10]");
    }

    @Test
    void whatHasNoDaysAndChangedChangesAllDays() {
        shop.project
                .file("seeds/prices.csv", "meter_id,price\nM1,2\n")
                .model(
                        "daily",
                        DAILY.replace("sum(value)", "sum(value * (select max(price) from {{ ref('prices') }}))"));
        shop.build();
        assertThat(told(shop.build(), "daily")).isEqualTo("nothing changed");
        shop.project.file("seeds/prices.csv", "meter_id,price\nM1,3\n");
        assertThat(told(shop.build(), "daily")).isEqualTo("all of it: inputs without days changed");
        assertThat(shop.rows("daily")).contains("[M1, 30.000000, 2026-01-10]");
    }

    @Test
    void daysThatWereAskedForLeaveTheOtherChangedOnesForLater() {
        shop.project.model("daily", DAILY);
        shop.build();
        shop.deliver(reading("2026-01-10", "M1", 100), reading("2026-01-12", "M1", 120));
        Days asked = Days.between(LocalDate.parse("2026-01-11"), LocalDate.parse("2026-01-13"));
        assertThat(told(shop.build(new Rebuild(false, asked)), "daily")).isEqualTo("2 days from 2026-01-11");
        assertThat(shop.rows("daily"))
                .containsExactly(
                        "[M1, 10.000000, 2026-01-10]", "[M1, 11.000000, 2026-01-11]", "[M1, 120.000000, 2026-01-12]");
        assertThat(told(shop.build(), "daily")).isEqualTo("1 day from 2026-01-10");
        assertThat(shop.rows("daily")).contains("[M1, 100.000000, 2026-01-10]");
    }

    @Test
    void refusesSomeDaysWithoutABuildForTheOthers() {
        shop.project.model("daily", DAILY);
        Days asked = Days.between(LocalDate.parse("2026-01-11"), LocalDate.parse("2026-01-13"));
        assertThatThrownBy(() -> shop.build(new Rebuild(false, asked)))
                .isInstanceOf(MeterlakeException.class)
                .hasMessageContaining("Cannot build only some days of daily")
                .hasMessageContaining("nothing is published");
    }

    @Test
    void refusesAnEarlierBuildWithOtherColumns() {
        shop.project
                .model("energy", "select meter_id, value from {{ source('lake', 'meter_readings') }}")
                .model("files", """
                        {{ config(materialized='incremental') }}
                        select * from {{ ref('energy') }}
                        """);
        shop.build();
        shop.project.model("energy", "select meter_id, value, unit from {{ source('lake', 'meter_readings') }}");
        RunResult result = shop.run(Rebuild.CHANGED, new RunListener() {});
        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(told(result, "files"))
                .contains("Cannot take rows of hive.snap_")
                .contains("unit varchar");
        assertThat(shop.rows("files")).hasSize(3);
        assertThat(told(shop.build(new Rebuild(true, Days.ALL)), "files")).isEqualTo("all of it: full refresh");
    }

    @Test
    void aPartOfTheProjectIsBuiltFromItsOwnPublishedBuild() {
        shop.project.model("daily", DAILY).model("other", "select 1 as x");
        shop.build();
        shop.deliver(reading("2026-01-14", "M1", 14));
        shop.run(only("other"), Rebuild.CHANGED, new RunListener() {});
        shop.deliver(reading("2026-01-15", "M1", 15));
        RunResult result = shop.run(only("daily"), Rebuild.CHANGED, new RunListener() {});
        assertThat(told(result, "daily")).isEqualTo("2 days from 2026-01-14");
        assertThat(shop.rows("daily")).hasSize(5);
    }

    /** More than Trino writes to in one statement. */
    @Test
    void buildsManyDaysAndCarriesThem() {
        List<IncrementalProject.Reading> readings = new ArrayList<>();
        for (int day = 0; day < 130; day++) {
            readings.add(
                    new IncrementalProject.Reading(LocalDate.parse("2026-01-13").plusDays(day), "M1", 1));
        }
        shop.deliver(readings);
        shop.project.model("daily", DAILY);
        assertThat(shop.build().results().getFirst().queryIds())
                .as("statements")
                .hasSize(3);
        assertThat(shop.rows("daily")).hasSize(133);
        shop.deliver(readings.stream()
                .map(one -> new IncrementalProject.Reading(one.day(), "M2", 2))
                .toList());
        RunResult result = shop.build();
        assertThat(told(result, "daily")).isEqualTo("130 days from 2026-01-13");
        assertThat(shop.rows("daily")).hasSize(263).doesNotHaveDuplicates();
    }

    /** Ends a run the moment after a work is done, as kill -9 may. */
    private record Killed(String model) implements RunListener {
        private static final class Kill extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }

        @Override
        public void ended(int position, int total, WorkResult result) {
            if (result.work().id().endsWith("." + model)) {
                throw new Kill();
            }
        }
    }
}
