package io.meterlake.cli;

import io.meterlake.config.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A command line as it may stand in a log. */
final class CommandWords {
    private static final String HIDDEN = "***";

    /** A user and password in an address, and what a query may carry. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]+(?=@)");

    private CommandWords() {}

    /** The same words, with stars for the values of secret settings and for who logs in in an address. */
    static List<String> withoutSecrets(List<String> words) {
        List<String> shown = new ArrayList<>();
        for (String word : words) {
            shown.add(hidden(USER_INFO.matcher(word).replaceAll(HIDDEN)));
        }
        return shown;
    }

    private static String hidden(String word) {
        return Arrays.stream(Setting.values())
                .filter(Setting::isSecret)
                .map(setting -> setting.key() + "=")
                .filter(word::contains)
                .findFirst()
                .map(secret -> word.substring(0, word.indexOf(secret) + secret.length()) + HIDDEN)
                .orElse(word);
    }
}
