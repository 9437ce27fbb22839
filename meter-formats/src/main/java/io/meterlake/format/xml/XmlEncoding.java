package io.meterlake.format.xml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes documents in UTF-8, which is nearly all of them. The parser of the JDK would do, too, but it prints to stderr
 * what is wrong with bytes, whatever it is told.
 */
final class XmlEncoding {
    private static final int HEAD = 256;
    private static final Pattern DECLARED =
            Pattern.compile("^(?:\\xEF\\xBB\\xBF)?<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)[\"']");
    private static final Set<String> LIKE_UTF_8 = Set.of("utf-8", "utf8", "us-ascii", "ascii");

    private XmlEncoding() {}

    /** The characters of a document in UTF-8; empty if it is in another encoding. The stream is where it was. */
    static Optional<Reader> utf8(BufferedInputStream in) throws IOException {
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        boolean isWide = head.length >= 2 && (head[0] == 0 || head[1] == 0 || (head[0] & 0xFE) == 0xFE);
        Matcher declared = DECLARED.matcher(new String(head, ISO_8859_1));
        if (isWide || (declared.find() && !LIKE_UTF_8.contains(declared.group(1).toLowerCase(Locale.ROOT)))) {
            return Optional.empty();
        }
        boolean hasMark =
                head.length >= 3 && (head[0] & 0xFF) == 0xEF && (head[1] & 0xFF) == 0xBB && (head[2] & 0xFF) == 0xBF;
        in.skipNBytes(hasMark ? 3 : 0);
        return Optional.of(new InputStreamReader(in, UTF_8.newDecoder()));
    }

    /** A stream that can be looked into. */
    static BufferedInputStream buffered(InputStream in) {
        return new BufferedInputStream(in, 32 * 1024);
    }
}
