package io.meterlake.log;

import java.util.regex.Pattern;

/** Takes out of texts what no log may show. */
public final class Secrets {
    /** What stands for one. */
    public static final String HIDDEN = "***";

    /** A user and password in an address. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]+(?=@)");

    private Secrets() {}

    /** The same text, with stars for who logs in in an address. */
    public static String hidden(String text) {
        return text.contains("://") ? USER_INFO.matcher(text).replaceAll(HIDDEN) : text;
    }
}
