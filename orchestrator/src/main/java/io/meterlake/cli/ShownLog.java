package io.meterlake.cli;

import io.meterlake.config.Setting;
import io.meterlake.error.MeterlakeException;
import io.meterlake.log.JsonLog;
import io.meterlake.log.LogSink;
import java.util.List;
import java.util.Map;

/** How messages are shown on stderr: as text or as JSON. */
final class ShownLog {
    private static final String OPTION = "--log-format";

    private ShownLog() {}

    /** Lines of JSON on stderr. */
    static LogSink json(CommandContext context, String runId) {
        return new JsonLog(context.console().err(), context.clock(), runId);
    }

    /** For a command line that is wrong, and whose options are not known therefore. */
    static LogSink ofWrong(CommandContext context, String... arguments) {
        List<String> words = List.of(arguments);
        int option = words.indexOf(OPTION);
        boolean wanted = words.contains(OPTION + "=json")
                || (option >= 0
                        && option + 1 < words.size()
                        && words.get(option + 1).equals("json"));
        return wanted || isSetToJson(context, Map.of())
                ? json(context, "")
                : context.console().log();
    }

    /** Whether the settings say so; what is wrong with them is told elsewhere. */
    static boolean isSetToJson(CommandContext context, Map<String, String> flags) {
        try {
            return context.config(flags).text(Setting.LOG_FORMAT).equals("json");
        } catch (MeterlakeException e) {
            return "json".equals(flags.get(Setting.LOG_FORMAT.key()));
        }
    }
}
