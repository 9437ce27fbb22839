package io.meterlake.format.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** A name of elements or attributes, as it is written. There is one object for each name of a document. */
final class XmlName {
    final byte[] bytes;
    final String prefix;
    final String local;
    /** Whether it begins as names do. */
    final boolean isName;
    /** Whether it has at most one colon, with a name on either side. */
    final boolean isQualified;

    private XmlName(byte[] bytes) {
        this.bytes = bytes;
        String text = new String(bytes, UTF_8);
        int colon = text.indexOf(':');
        this.prefix = colon < 0 ? "" : text.substring(0, colon);
        this.local = text.substring(colon + 1);
        this.isName = isName(text);
        this.isQualified = isName(local) && local.indexOf(':') < 0 && colon != 0;
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && XmlChars.isNameStart(text.codePointAt(0));
    }

    /** Whether these bytes are the name: shorter than what would make a method for long arrays worth its call. */
    boolean is(byte[] source, int from) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != source[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** The names of a document, found by their bytes. */
    static final class Table {
        private XmlName[] names = new XmlName[256];
        private int[] hashes = new int[256];
        private int size;

        /** How many different names there were. */
        int size() {
            return size;
        }

        /** @param hash of the bytes, by {@link #hash} */
        XmlName of(byte[] source, int from, int length, int hash) {
            int slot = hash & (names.length - 1);
            while (names[slot] != null) {
                XmlName name = names[slot];
                if (hashes[slot] == hash && name.bytes.length == length && name.is(source, from)) {
                    return name;
                }
                slot = (slot + 1) & (names.length - 1);
            }
            XmlName name = new XmlName(Arrays.copyOfRange(source, from, from + length));
            names[slot] = name;
            hashes[slot] = hash;
            if (++size * 2 > names.length) {
                grow();
            }
            return name;
        }

        /** The hash of the bytes so far, and one more. */
        static int hash(int before, byte next) {
            return before * 31 + next;
        }

        private void grow() {
            XmlName[] oldNames = names;
            int[] oldHashes = hashes;
            names = new XmlName[2 * oldNames.length];
            hashes = new int[names.length];
            for (int i = 0; i < oldNames.length; i++) {
                if (oldNames[i] != null) {
                    int slot = oldHashes[i] & (names.length - 1);
                    while (names[slot] != null) {
                        slot = (slot + 1) & (names.length - 1);
                    }
                    names[slot] = oldNames[i];
                    hashes[slot] = oldHashes[i];
                }
            }
        }
    }
}
