package io.meterlake.format.xml;

/** What references stand for, those to characters by name or number, without a document type declaration. */
final class XmlReferences {
    /** No reference is longer, its {@code &} and {@code ;} included. */
    static final int LONGEST = 64;

    private static final int WRONG = -1;

    private XmlReferences() {}

    /**
     * The character that a reference stands for; negative if there is none.
     *
     * @param reference what is between {@code &} and {@code ;}
     */
    static int of(String reference) {
        return switch (reference) {
            case "lt" -> '<';
            case "gt" -> '>';
            case "amp" -> '&';
            case "apos" -> '\'';
            case "quot" -> '"';
            default ->
                reference.startsWith("#x")
                        ? number(reference.substring(2), 16)
                        : reference.startsWith("#") ? number(reference.substring(1), 10) : WRONG;
        };
    }

    private static int number(String digits, int radix) {
        int codePoint = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            codePoint = codePoint * radix + digit;
            if (digit < 0 || codePoint > Character.MAX_CODE_POINT) {
                return WRONG;
            }
        }
        return !digits.isEmpty() && XmlChars.isAllowed(codePoint) ? codePoint : WRONG;
    }
}
