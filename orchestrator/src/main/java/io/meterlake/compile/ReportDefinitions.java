package io.meterlake.compile;

import static io.meterlake.error.DidYouMean.question;

import io.meterlake.compile.ReportDefinition.Details;
import io.meterlake.compile.ReportDefinition.PeriodKind;
import io.meterlake.compile.ReportDefinition.Totals;
import io.meterlake.project.Column;
import io.meterlake.project.Problems;
import io.meterlake.project.SqlResource;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what {@code config.meta.report} of an analysis says. */
final class ReportDefinitions {
    private static final List<String> KEYS =
            List.of("title", "period", "time_zone", "totals", "partner", "detail", "readings");

    private final SqlResource.Analysis analysis;
    private final Map<String, SqlResource.Model> models;
    private final Problems problems;

    private ReportDefinitions(SqlResource.Analysis analysis, Map<String, SqlResource.Model> models, Problems problems) {
        this.analysis = analysis;
        this.models = models;
        this.problems = problems;
    }

    /**
     * The report, if the analysis is one.
     *
     * @param models the project's models by name
     */
    static Optional<ReportDefinition> read(
            SqlResource.Analysis analysis,
            Map<String, SqlResource.Model> models,
            NodeConfig config,
            Problems problems) {
        Object report = config.meta().get("report");
        if (report == null) {
            return Optional.empty();
        }
        ReportDefinitions reader = new ReportDefinitions(analysis, models, problems);
        if (!(report instanceof Map<?, ?> settings)) {
            reader.problem("meta.report: expected a mapping with " + String.join(", ", KEYS));
            return Optional.empty();
        }
        return Optional.of(reader.read(settings));
    }

    private ReportDefinition read(Map<?, ?> settings) {
        for (Object key : settings.keySet()) {
            if (!KEYS.contains(String.valueOf(key))) {
                problem("meta.report: unknown key %s%s".formatted(key, question(String.valueOf(key), KEYS)));
            }
        }
        return new ReportDefinition(
                analysis.name(),
                analysis.uniqueId(),
                text(settings, "title").orElse(analysis.name()),
                analysis.description(),
                period(text(settings, "period").orElse("month")),
                timeZone(text(settings, "time_zone").orElse(ReportDefinition.MARKET)),
                Optional.ofNullable(settings.get("totals")).flatMap(this::totals),
                partner(settings),
                details(settings),
                analysis.columns(),
                analysis.location());
    }

    private PeriodKind period(String word) {
        for (PeriodKind kind : PeriodKind.values()) {
            if (kind.name().equalsIgnoreCase(word)) {
                return kind;
            }
        }
        List<String> words = Arrays.stream(PeriodKind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .toList();
        problem("meta.report: period '%s' does not exist%s; there are %s"
                .formatted(word, question(word, words), String.join(", ", words)));
        return PeriodKind.MONTH;
    }

    private String timeZone(String zone) {
        if (!zone.equals(ReportDefinition.MARKET)) {
            try {
                return ZoneId.of(zone).getId();
            } catch (DateTimeException e) {
                problem("meta.report: time_zone '%s' is neither market nor a zone such as Europe/Berlin"
                        .formatted(zone));
            }
        }
        return zone;
    }

    private Optional<String> partner(Map<?, ?> settings) {
        Optional<String> column = text(settings, "partner");
        List<String> known = columnNames();
        if (!known.isEmpty()) {
            column.ifPresent(name -> requireColumn("partner", name, known));
        }
        return column;
    }

    private Optional<Details> details(Map<?, ?> settings) {
        Optional<String> detail = text(settings, "detail");
        Optional<String> readings = text(settings, "readings");
        if (detail.isPresent() != readings.isPresent()) {
            problem("meta.report: detail and readings are needed both, or none of them");
            return Optional.empty();
        }
        Optional<String> detailId = detail.flatMap(name -> model("detail", name, ReportDefinition.DETAIL_COLUMNS));
        return readings.flatMap(name -> model("readings", name, ReportDefinition.READINGS_COLUMNS))
                .flatMap(readingsId -> detailId.map(id -> new Details(id, readingsId)));
    }

    /** The unique id of a model that has the columns, as far as its own are declared. */
    private Optional<String> model(String key, String name, List<String> needed) {
        SqlResource.Model model = models.get(name);
        if (model == null) {
            problem("meta.report: %s names the model %s, which does not exist%s"
                    .formatted(key, name, question(name, models.keySet())));
            return Optional.empty();
        }
        List<String> declared = model.columns().stream().map(Column::name).toList();
        List<String> missing =
                needed.stream().filter(column -> !declared.contains(column)).toList();
        if (!declared.isEmpty() && !missing.isEmpty()) {
            problem("meta.report: %s names the model %s, which has no %s"
                    .formatted(key, name, String.join(", ", missing)));
        }
        return Optional.of(model.uniqueId());
    }

    private List<String> columnNames() {
        return analysis.columns().stream().map(Column::name).toList();
    }

    private Optional<Totals> totals(Object written) {
        if (!(written instanceof Map<?, ?> settings) || text(settings, "sum").isEmpty()) {
            problem("meta.report: totals needs sum: <column> and may have group_by: [<column>, …]");
            return Optional.empty();
        }
        List<String> groupBy = settings.get("group_by") instanceof List<?> columns
                ? columns.stream().map(String::valueOf).toList()
                : text(settings, "group_by").map(List::of).orElse(List.of());
        String sum = text(settings, "sum").orElseThrow();
        List<String> known = columnNames();
        if (!known.isEmpty()) {
            for (String column : groupBy) {
                requireColumn("totals", column, known);
            }
            requireColumn("totals", sum, known);
        }
        return Optional.of(new Totals(groupBy, sum));
    }

    private void requireColumn(String key, String column, List<String> known) {
        if (!known.contains(column)) {
            problem("meta.report: %s names %s, which is not among the columns%s"
                    .formatted(key, column, question(column, known)));
        }
    }

    private static Optional<String> text(Map<?, ?> settings, String key) {
        return Optional.ofNullable(settings.get(key)).map(Object::toString);
    }

    private void problem(String message) {
        problems.add(analysis.location(), message);
    }
}
