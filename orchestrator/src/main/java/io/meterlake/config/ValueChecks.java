package io.meterlake.config;

import io.meterlake.error.DidYouMean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrong with values: here and not where they are used, so that all of it is told at once. */
final class ValueChecks {
    /** The origin of what stands on the command line. */
    static final String FLAG = "flag";

    private static final List<String> LOG_FORMATS = List.of("text", "json");

    private final Map<Setting, Config.Value> values;
    private final Optional<Path> file;
    private final List<String> problems = new ArrayList<>();

    /** @param file the {@code meterlake.yml} that was read */
    ValueChecks(Map<Setting, Config.Value> values, Optional<Path> file) {
        this.values = values;
        this.file = file;
    }

    /** One line each. */
    List<String> problems() {
        values.forEach((setting, value) -> {
            number(setting, value);
            if (setting.isSecret()) {
                secret(setting, value);
            }
        });
        logFormat();
        webhook();
        return problems;
    }

    private void number(Setting setting, Config.Value value) {
        if (setting.kind() == Setting.Kind.NUMBER
                && Config.wholeNumber(value.text()).isEmpty()) {
            problems.add("%s: %s: '%s' is not a whole number of 0 or more, such as %s"
                    .formatted(value.origin(), setting.key(), value.text(), setting.defaultValue()));
        } else if (setting.isPort() && Config.wholeNumber(value.text()).getAsInt() > 65_535) {
            problems.add("%s: %s: %s is no port: the highest is 65535"
                    .formatted(value.origin(), setting.key(), value.text()));
        }
    }

    /** A command line is seen by all on the machine, and a file by all who may read it. */
    private void secret(Setting setting, Config.Value value) {
        if (value.origin().equals(setting.environmentVariable())) {
            return;
        }
        if (value.origin().equals(FLAG)) {
            problems.add("%s: %s is a secret and not for a command line; set %s"
                    .formatted(value.origin(), setting.key(), setting.environmentVariable()));
        } else if (file.filter(ValueChecks::othersMayRead).isPresent()) {
            problems.add("%s: %s is a secret, and others than the owner may read the file; chmod 600 it, or set %s"
                    .formatted(value.origin(), setting.key(), setting.environmentVariable()));
        }
    }

    private static boolean othersMayRead(Path file) {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return false;
        }
        try {
            return view.readAttributes().permissions().stream()
                    .anyMatch(one -> !one.name().startsWith("OWNER_"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the permissions of " + file, e);
        }
    }

    private void logFormat() {
        Config.Value format = values.get(Setting.LOG_FORMAT);
        if (format != null && !LOG_FORMATS.contains(format.text())) {
            problems.add("%s: %s: '%s' is neither %s%s"
                    .formatted(
                            format.origin(),
                            Setting.LOG_FORMAT.key(),
                            format.text(),
                            String.join(" nor ", LOG_FORMATS),
                            DidYouMean.question(format.text(), LOG_FORMATS)));
        }
    }

    /** Without its value, which is a secret. */
    private void webhook() {
        Config.Value value = values.get(Setting.NOTIFY_WEBHOOK_URL);
        if (value == null || value.text().isBlank()) {
            return;
        }
        try {
            URI url = new URI(value.text().strip());
            if (("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null) {
                return;
            }
        } catch (URISyntaxException e) {
            // Told below, since the exception's message holds the value.
        }
        problems.add("%s: %s: it is no http address".formatted(value.origin(), Setting.NOTIFY_WEBHOOK_URL.key()));
    }
}
