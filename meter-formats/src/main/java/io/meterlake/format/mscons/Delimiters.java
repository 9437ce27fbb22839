package io.meterlake.format.mscons;

/**
 * The characters with a meaning of their own (ISO 9735, service string advice UNA).
 *
 * @param release makes the next character an ordinary one; a space if there is none
 */
record Delimiters(byte component, byte element, byte decimal, byte release, byte terminator) {
    /** What goes without a UNA. */
    static final Delimiters STANDARD = new Delimiters((byte) ':', (byte) '+', (byte) '.', (byte) '?', (byte) '\'');

    /** What a UNA says: its six characters, of which the fifth is reserved. */
    static Delimiters of(byte[] bytes, int from) {
        return new Delimiters(bytes[from], bytes[from + 1], bytes[from + 2], bytes[from + 3], bytes[from + 5]);
    }

    boolean areUsable() {
        byte[] separating = {component, element, terminator, release};
        for (int i = 0; i < separating.length; i++) {
            byte one = separating[i];
            boolean ofText = (one >= '0' && one <= '9') || (one >= 'A' && one <= 'Z') || (one >= 'a' && one <= 'z');
            if (ofText || (one == ' ' && i < separating.length - 1)) {
                return false;
            }
            for (int j = 0; j < i; j++) {
                if (separating[j] == one) {
                    return false;
                }
            }
        }
        return true;
    }
}
