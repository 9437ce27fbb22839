package io.meterlake.compile;

/** Finds its way around comments and strings in SQL, as far as putting queries into each other needs it. */
final class SqlText {
    private SqlText() {}

    /** Where to put further common table expressions: after {@code with} or {@code with recursive}; -1 without one. */
    static int afterLeadingWith(String sql) {
        int with = skipBlanks(sql, 0);
        if (!isWord(sql, with, "with")) {
            return -1;
        }
        int after = with + "with".length();
        int next = skipBlanks(sql, after);
        return isWord(sql, next, "recursive") ? next + "recursive".length() : after;
    }

    /** Without the semicolon at the end; comments after it are left out as well. */
    static String withoutSemicolon(String sql) {
        String text = sql.strip();
        if (text.indexOf(';') < 0) {
            return text;
        }
        int end = endOfStatement(text);
        return text.substring(0, end).strip();
    }

    /** Whether there is anything but blanks, comments and semicolons. */
    static boolean isEmpty(String sql) {
        return skipBlanks(sql, 0) >= sql.length();
    }

    /** The place of the first of the semicolons that only blanks, comments and semicolons follow. */
    private static int endOfStatement(String sql) {
        int end = sql.length();
        boolean ended = false;
        int i = 0;
        while (i < sql.length()) {
            int next = skipBlanks(sql, i);
            if (next > i) {
                i = next;
                continue;
            }
            char c = sql.charAt(i);
            if (c == ';') {
                end = ended ? end : i;
                ended = true;
                i++;
                continue;
            }
            ended = false;
            end = sql.length();
            i = c == '\'' || c == '"' ? afterQuoted(sql, i) : i + 1;
        }
        return end;
    }

    private static int afterQuoted(String sql, int start) {
        int close = sql.indexOf(sql.charAt(start), start + 1);
        return close < 0 ? sql.length() : close + 1;
    }

    /** The first place from here on that is neither blank nor comment. */
    private static int skipBlanks(String sql, int start) {
        int i = start;
        while (i < sql.length()) {
            if (Character.isWhitespace(sql.charAt(i))) {
                i++;
            } else if (sql.startsWith("--", i)) {
                int end = sql.indexOf('\n', i);
                i = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", i)) {
                int end = sql.indexOf("*/", i + 2);
                i = end < 0 ? sql.length() : end + 2;
            } else {
                return i;
            }
        }
        return i;
    }

    private static boolean isWord(String sql, int start, String word) {
        int end = start + word.length();
        return sql.regionMatches(true, start, word, 0, word.length())
                && (end == sql.length() || !isNamePart(sql.charAt(end)));
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
