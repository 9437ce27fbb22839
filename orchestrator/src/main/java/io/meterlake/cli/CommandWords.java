package io.meterlake.cli;

import io.meterlake.config.Setting;
import io.meterlake.log.Secrets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A command line as it may stand in a log. */
final class CommandWords {
    private CommandWords() {}

    /** The same words, with stars for the values of secret settings and for who logs in in an address. */
    static List<String> withoutSecrets(List<String> words) {
        List<String> shown = new ArrayList<>();
        for (String word : words) {
            shown.add(hidden(Secrets.hidden(word)));
        }
        return shown;
    }

    private static String hidden(String word) {
        return Arrays.stream(Setting.values())
                .filter(Setting::isSecret)
                .map(setting -> setting.key() + "=")
                .filter(word::contains)
                .findFirst()
                .map(secret -> word.substring(0, word.indexOf(secret) + secret.length()) + Secrets.HIDDEN)
                .orElse(word);
    }
}
