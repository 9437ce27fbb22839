package io.meterlake.format.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Optional;

/** The attributes of the start tag at hand, and the namespaces that they bind. Not thread-safe. */
final class XmlAttributes {
    /** More than any element of a meter file has; all are compared with each other. */
    static final int MOST = 64;

    private final XmlScanner scanner;
    private final XmlNamespaces namespaces;
    private final XmlName[] names = new XmlName[MOST];
    /** From where to where each value goes, counted from the token's beginning. */
    private final int[] values = new int[2 * MOST];

    private int count;
    private boolean hasReferences;

    XmlAttributes(XmlScanner scanner, XmlNamespaces namespaces) {
        this.scanner = scanner;
        this.namespaces = namespaces;
    }

    /** Forgets them. */
    void clear() {
        count = 0;
    }

    /** One without a prefix. */
    Optional<String> value(String wanted) {
        for (int i = 0; i < count; i++) {
            if (names[i].prefix.isEmpty() && names[i].local.equals(wanted)) {
                return Optional.of(value(i));
            }
        }
        return Optional.empty();
    }

    /** Reads them; the position of the {@code >} or {@code /} behind them. */
    int read(int nameEnd) throws IOException {
        hasReferences = false;
        int at = scanner.space(nameEnd);
        while (scanner.at(at) != '>' && scanner.at(at) != '/') {
            if (!XmlChars.isSpace(scanner.at(at - 1))) {
                throw scanner.wrong();
            }
            at = scanner.space(attribute(at));
        }
        bindNamespaces();
        check();
        return at;
    }

    private int attribute(int nameAt) throws IOException {
        int at = scanner.space(scanner.name(nameAt));
        XmlName name = scanner.name();
        if (scanner.at(at) != '=') {
            throw scanner.wrong();
        }
        at = scanner.space(at + 1);
        byte quote = scanner.at(at);
        if (quote != '"' && quote != '\'') {
            throw scanner.wrong();
        }
        int valueFrom = at + 1 - scanner.from();
        at = valueEnd(at + 1, quote);
        if (count == MOST) {
            throw scanner.tooMuch();
        }
        names[count] = name;
        values[2 * count] = valueFrom;
        values[2 * count + 1] = at - scanner.from();
        count++;
        return at + 1;
    }

    private int valueEnd(int valueFrom, byte quote) throws IOException {
        int at = valueFrom;
        while (true) {
            at = scanner.need(at, 1);
            byte b = scanner.at(at);
            if (b == quote) {
                return at;
            }
            if (b == '<') {
                throw scanner.wrong();
            }
            hasReferences |= b == '&';
            at = scanner.character(at);
        }
    }

    private String value(int attribute) {
        int from = values[2 * attribute];
        String raw = new String(scanner.bytes(), scanner.from() + from, values[2 * attribute + 1] - from, UTF_8);
        StringBuilder value = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '&') {
                int end = raw.indexOf(';', i);
                int codePoint = end < 0 ? -1 : XmlReferences.of(raw.substring(i + 1, end));
                if (codePoint < 0) {
                    throw scanner.wrong();
                }
                value.appendCodePoint(codePoint);
                i = end;
            } else if (c == '\n' || c == '\r' || c == '\t') {
                value.append(' ');
                i += c == '\r' && i + 1 < raw.length() && raw.charAt(i + 1) == '\n' ? 1 : 0;
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    private void bindNamespaces() {
        for (int i = 0; i < count; i++) {
            XmlName name = names[i];
            boolean isDefault = name.prefix.isEmpty() && name.local.equals("xmlns");
            if (isDefault || name.prefix.equals("xmlns")) {
                if (!namespaces.bind(isDefault ? "" : name.local, value(i), scanner.depth)) {
                    throw scanner.wrong();
                }
            } else if (hasReferences) {
                // They are looked at even if nobody asks for the value.
                value(i);
            }
        }
    }

    /** Two attributes of the same name, or of the same namespace and name, or of a prefix that is not bound. */
    private void check() {
        for (int i = 0; i < count; i++) {
            XmlName one = names[i];
            Optional<String> namespace = namespace(one);
            if (!one.isQualified || namespace.isEmpty()) {
                throw scanner.wrong();
            }
            for (int j = 0; j < i; j++) {
                if (names[j].local.equals(one.local) && namespace(names[j]).equals(namespace)) {
                    throw scanner.wrong();
                }
            }
        }
    }

    private Optional<String> namespace(XmlName name) {
        return name.prefix.isEmpty() || name.prefix.equals("xmlns")
                ? Optional.of(name.prefix)
                : namespaces.of(name.prefix);
    }
}
