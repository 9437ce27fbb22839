package io.meterlake.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.run.IncrementalProject.Reading;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in whatever order, a microbatch model is row for row what its SQL gives over all days. */
class IncrementalEqualsFullTest {
    private static final int ROUNDS = 4;
    private static final int DAYS = 9;
    private static final LocalDate FIRST = LocalDate.parse("2026-01-01");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void incrementalBuildsEqualFullOnes(long seed) {
        Random random = new Random(seed);
        try (IncrementalProject shop = new IncrementalProject(folder)) {
            writeModels(shop);
            shop.deliver(delivery(random, 12));
            int increments = 0;
            for (int round = 0; round < ROUNDS; round++) {
                if (random.nextInt(4) > 0) {
                    shop.deliver(delivery(random, 1 + random.nextInt(3)));
                }
                if (random.nextInt(4) == 0) {
                    shop.deliver(delivery(random, 1));
                }
                if (random.nextInt(6) == 0) {
                    shop.project.file("seeds/prices.csv", "meter_id,price\nM0,%d\n".formatted(random.nextInt(9)));
                }
                RunResult result = shop.build();
                increments += IncrementalProject.told(result, "daily").startsWith("all") ? 0 : 1;
                for (String model : List.of("daily", "priced", "ranked")) {
                    assertThat(shop.rows(model))
                            .as("%s in round %d of seed %d", model, round, seed)
                            .isNotEmpty()
                            .isEqualTo(shop.rows(model + "_full"));
                }
            }
            assertThat(increments).as("builds that were no full ones").isPositive();
        }
    }

    /** Some readings of days that are new, or were delivered long ago, some of them with the value that is there. */
    private static List<Reading> delivery(Random random, int size) {
        TreeMap<String, Reading> readings = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            LocalDate day = FIRST.plusDays(random.nextInt(DAYS));
            String meter = "M" + random.nextInt(3);
            readings.put(day + meter, new Reading(day, meter, random.nextInt(4)));
        }
        return new ArrayList<>(readings.values());
    }

    /** Each model twice, once as a table: directly on the source, through a view and a seed, and one day from another. */
    private static void writeModels(IncrementalProject shop) {
        shop.project
                .file("seeds/prices.csv", "meter_id,price\nM0,2\n")
                .file("models/_models.yml", """
                        version: 2
                        models:
                          - {name: readings, config: {event_time: reading_date}}
                          - {name: daily, config: {event_time: reading_date}}
                        """)
                .model("readings", """
                        select meter_id, value, reading_date from {{ source('lake', 'meter_readings') }} where value > 0
                        """);
        model(shop, "daily", 1, """
                with days as (
                    select meter_id, sum(value) as kwh, reading_date from {{ ref('readings') }} group by 1, 3
                )
                select d.meter_id, d.kwh, d.kwh - p.kwh as more_kwh, d.reading_date
                from days d
                left join days p on p.meter_id = d.meter_id and p.reading_date = d.reading_date - interval '1' day
                """);
        model(shop, "priced", 0, """
                select d.meter_id, d.kwh * p.price as price, d.more_kwh, d.reading_date
                from {{ ref('daily') }} d
                left join {{ ref('prices') }} p on p.meter_id = d.meter_id
                """);
        model(shop, "ranked", 0, """
                select meter_id, rank() over (partition by reading_date order by value, meter_id) as place, reading_date
                from {{ source('lake', 'meter_readings') }}
                """);
    }

    private static void model(IncrementalProject shop, String name, int lookback, String sql) {
        shop.project.model(name, """
                {{ config(materialized='incremental', incremental_strategy='microbatch', event_time='reading_date',
                          batch_size='day', begin='2026-01-01', lookback=%d,
                          properties={'partitioned_by': "array['reading_date']"}) }}
                """.formatted(lookback) + sql);
        shop.project.model(name + "_full", "{{ config(materialized='table') }}\n" + sql);
    }
}
