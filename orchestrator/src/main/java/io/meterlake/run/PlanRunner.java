package io.meterlake.run;

import io.meterlake.engine.EngineException;
import io.meterlake.engine.Trino;
import io.meterlake.engine.TrinoDialect;
import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Relation;
import io.meterlake.project.Seed;
import io.meterlake.project.SeedTable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does what a plan says: each work as soon as all that it needs is done, several at a time. A work that fails takes
 * those that need it along as skipped; the others go on.
 */
public final class PlanRunner {
    private final Trino trino;
    private final Function<Seed, SeedTable> seedReader;
    private final TableFilling tables;
    private final int threads;
    private final Clock clock;
    private final UnitTestRunner unitTests;
    private final ContractCheck contracts;

    /**
     * @param threads works at the same time, at least 1
     * @param clock measures
     */
    public PlanRunner(Trino trino, Function<Seed, SeedTable> seedReader, int threads, Clock clock) {
        this(trino, seedReader, new CarryOver(trino, CarryOver.Sharing.NONE), threads, clock);
    }

    PlanRunner(Trino trino, Function<Seed, SeedTable> seedReader, CarryOver carryOver, int threads, Clock clock) {
        this.trino = trino;
        this.tables = new TableFilling(trino, carryOver);
        this.seedReader = seedReader;
        this.threads = Math.max(1, threads);
        this.clock = clock;
        this.unitTests = new UnitTestRunner(trino);
        this.contracts = new ContractCheck(trino);
    }

    /**
     * Runs a plan. What fails inside is in the result.
     *
     * @throws EngineException if Trino cannot be reached or the schemas cannot be made
     */
    public RunResult run(Plan plan, RunListener listener) {
        return resume(plan, Map.of(), listener);
    }

    /** The same, less the works of which it is known what became of them; by id. */
    RunResult resume(Plan plan, Map<String, WorkResult> done, RunListener listener) {
        Instant started = clock.instant();
        createSchemas(plan);
        listener.started(plan, threads);
        List<WorkResult> results = new Execution(plan, listener).run(done);
        return new RunResult(results, started, clock.instant());
    }

    private void createSchemas(Plan plan) {
        TreeSet<String> schemas = new TreeSet<>();
        for (Work work : plan.works()) {
            Optional<Relation> built = switch (work) {
                case Work.LoadSeed seed -> Optional.of(seed.relation());
                case Work.BuildView view -> Optional.of(view.relation());
                case Work.BuildTable table -> Optional.of(table.relation());
                case Work.RunTest _, Work.RunUnitTest _ -> Optional.empty();
            };
            built.ifPresent(relation -> schemas.add(
                    TrinoDialect.quoted(relation.catalog()) + "." + TrinoDialect.quoted(relation.schema())));
        }
        schemas.forEach(schema -> trino.execute("create schema if not exists " + schema));
    }

    /** One run's state; used by the coordinating thread only. */
    private final class Execution {
        private final RunListener listener;
        private final int total;
        private final List<Work> waiting;
        private final Map<String, WorkStatus> statuses = new HashMap<>();
        private final List<WorkResult> results = new ArrayList<>();

        Execution(Plan plan, RunListener listener) {
            this.listener = listener;
            this.total = plan.works().size();
            this.waiting = new ArrayList<>(plan.works());
        }

        List<WorkResult> run(Map<String, WorkResult> done) {
            for (Work work : List.copyOf(waiting)) {
                WorkResult earlier = done.get(work.id());
                if (earlier != null) {
                    waiting.remove(work);
                    record(earlier);
                }
            }
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                CompletionService<WorkResult> running = new ExecutorCompletionService<>(executor);
                int active = 0;
                while (active > 0 || !waiting.isEmpty()) {
                    skipHopeless();
                    while (active < threads) {
                        Work next = takeReady();
                        if (next == null) {
                            break;
                        }
                        running.submit(() -> perform(next));
                        active++;
                    }
                    if (active > 0) {
                        record(running.take().get());
                        active--;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Cannot finish the run: it was interrupted", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a work reports its failures as results", e);
            }
            return results;
        }

        private @Nullable Work takeReady() {
            for (int i = 0; i < waiting.size(); i++) {
                Work work = waiting.get(i);
                boolean ready = work.after().stream()
                        .allMatch(id -> statuses.containsKey(id)
                                && Objects.requireNonNull(statuses.get(id)).letsOthersGoOn());
                if (ready) {
                    return waiting.remove(i);
                }
            }
            return null;
        }

        private void skipHopeless() {
            boolean found = true;
            while (found) {
                found = false;
                for (int i = 0; i < waiting.size(); i++) {
                    Work work = waiting.get(i);
                    Optional<String> culprit = work.after().stream()
                            .filter(id -> {
                                WorkStatus status = statuses.get(id);
                                return status != null && !status.letsOthersGoOn();
                            })
                            .sorted()
                            .findFirst();
                    if (culprit.isPresent()) {
                        waiting.remove(i);
                        Instant now = clock.instant();
                        String message = "needs " + culprit.get();
                        record(new WorkResult(work, WorkStatus.SKIPPED, message, List.of(), null, null, now, now));
                        found = true;
                        break;
                    }
                }
            }
        }

        private void record(WorkResult result) {
            statuses.put(result.work().id(), result.status());
            results.add(result);
            listener.ended(results.size(), total, result);
        }
    }

    private WorkResult perform(Work work) {
        Instant started = clock.instant();
        try {
            return switch (work) {
                case Work.LoadSeed seed -> {
                    SeedLoader.Loaded loaded = new SeedLoader(trino, seedReader).load(seed);
                    String message = loaded.changed() ? "" : "unchanged";
                    yield new WorkResult(
                            work,
                            WorkStatus.SUCCESS,
                            message,
                            loaded.queryIds(),
                            loaded.rows(),
                            null,
                            started,
                            clock.instant());
                }
                case Work.BuildView view -> {
                    String sql = TrinoDialect.REPLACE_VIEW + view.relation().sql() + " as\n"
                            + contracts.ofView(view, view.contract(), view.sql());
                    List<String> queryIds = List.of(trino.execute(sql).queryId());
                    yield new WorkResult(work, WorkStatus.SUCCESS, "", queryIds, null, null, started, clock.instant());
                }
                case Work.BuildTable table -> {
                    TableFilling.Filled filled =
                            tables.fill(table, contracts.ofTable(table, table.contract(), table.sql()));
                    contracts.refuseNulls(table, table.contract(), table.relation());
                    yield new WorkResult(
                            work,
                            WorkStatus.SUCCESS,
                            table.carried().told(),
                            filled.queryIds(),
                            filled.rows(),
                            null,
                            started,
                            clock.instant());
                }
                case Work.RunTest test -> {
                    TestRunner.Outcome outcome = new TestRunner(trino).run(test);
                    yield new WorkResult(
                            work,
                            outcome.status(),
                            "",
                            List.of(outcome.queryId()),
                            null,
                            outcome.failures(),
                            started,
                            clock.instant());
                }
                case Work.RunUnitTest test -> {
                    UnitTestRunner.Outcome outcome = unitTests.run(test);
                    yield new WorkResult(
                            work,
                            outcome.difference().isEmpty() ? WorkStatus.PASS : WorkStatus.FAIL,
                            outcome.difference(),
                            outcome.queryIds(),
                            null,
                            outcome.failures(),
                            started,
                            clock.instant());
                }
            };
        } catch (EngineException e) {
            List<String> queryIds = Optional.ofNullable(e.queryId()).stream().toList();
            return new WorkResult(
                    work, WorkStatus.ERROR, e.reason(), queryIds, null, null, started, clock.instant(), e);
        } catch (MeterlakeException e) {
            String message = e.getMessage() == null ? e.code().name() : e.getMessage();
            return new WorkResult(work, WorkStatus.ERROR, message, List.of(), null, null, started, clock.instant(), e);
        } catch (RuntimeException e) {
            return new WorkResult(
                    work, WorkStatus.ERROR, e.toString(), List.of(), null, null, started, clock.instant(), e);
        }
    }
}
