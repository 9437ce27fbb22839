package io.meterlake.format.espi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses by which the entries of a feed name each other. Only compared, never fetched. */
final class Href {
    private static final Pattern SERVER = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://[^/]*");
    private static final Pattern SLASHES = Pattern.compile("/+$");

    private Href() {}

    /** Without the server, which some senders write in some of the links only, and without a slash at the end. */
    static String of(String sent) {
        String path = SERVER.matcher(sent).replaceFirst("");
        return SLASHES.matcher(path).replaceFirst("");
    }

    /** The server's name, empty if the address has none. */
    static String server(String sent) {
        Matcher matcher = SERVER.matcher(sent);
        return matcher.find() ? matcher.group().substring(matcher.group().indexOf("://") + 3) : "";
    }

    /**
     * The address of what holds a collection or one of its resources: {@code …/MeterReading/1} for
     * {@code …/MeterReading/1/IntervalBlock} and {@code …/MeterReading/1/IntervalBlock/173}; the address itself if it
     * names no such collection.
     */
    static String holder(String href, String collection) {
        int at = href.lastIndexOf("/" + collection);
        int end = at + collection.length() + 1;
        boolean isWhole = at > 0 && (end == href.length() || href.charAt(end) == '/');
        return isWhole ? href.substring(0, at) : href;
    }
}
