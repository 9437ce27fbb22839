package io.meterlake.format.xml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.format.UnreadableFileException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings documents into UTF-8, in which nearly all of them are. */
final class XmlEncoding {
    private static final int HEAD = 256;
    private static final Pattern DECLARED =
            Pattern.compile("^<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)[\"']");

    private XmlEncoding() {}

    /**
     * The bytes of a document in UTF-8, without a byte order mark.
     *
     * @throws UnreadableFileException it names an encoding that is not known
     */
    static InputStream utf8(InputStream in, String fileName) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 32 * 1024);
        buffered.mark(HEAD);
        byte[] head = buffered.readNBytes(HEAD);
        buffered.reset();
        // The mark goes before what the document says of itself.
        boolean hasMark =
                head.length >= 3 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB && head[2] == (byte) 0xBF;
        Charset charset = hasMark ? UTF_8 : charset(head, fileName);
        if (!charset.equals(UTF_8) && !charset.equals(US_ASCII)) {
            return new Transcoded(buffered, charset, fileName);
        }
        buffered.skipNBytes(hasMark ? 3 : 0);
        return buffered;
    }

    private static Charset charset(byte[] head, String fileName) {
        if (head.length >= 2) {
            int two = (head[0] & 0xFF) << 8 | (head[1] & 0xFF);
            switch (two) {
                case 0xFEFF, 0xFFFE -> {
                    return UTF_16;
                }
                case '<' -> {
                    return UTF_16BE;
                }
                case '<' << 8 -> {
                    return UTF_16LE;
                }
                default -> {
                    // A byte a letter, as far as the declaration goes.
                }
            }
        }
        Matcher declared = DECLARED.matcher(new String(head, ISO_8859_1));
        if (!declared.find()) {
            return UTF_8;
        }
        try {
            return Charset.forName(declared.group(1));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw undecodable(fileName, 1);
        }
    }

    static UnreadableFileException undecodable(String fileName, long line) {
        return new UnreadableFileException(
                "Cannot read %s: near line %d it has bytes that are not of its encoding".formatted(fileName, line),
                "Ask the sender for the file in UTF-8.");
    }

    /** A document in another encoding. */
    private static final class Transcoded extends InputStream {
        private final InputStreamReader reader;
        private final String fileName;
        private final char[] characters = new char[8192];
        private byte[] bytes = new byte[0];
        private int at;
        private int kept;
        private long line = 1;

        Transcoded(InputStream in, Charset charset, String fileName) {
            this.reader = new InputStreamReader(in, charset.newDecoder());
            this.fileName = fileName;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (at == bytes.length && !decode()) {
                return -1;
            }
            int count = Math.min(length, bytes.length - at);
            System.arraycopy(bytes, at, target, offset, count);
            at += count;
            return count;
        }

        private boolean decode() throws IOException {
            int count;
            try {
                count = reader.read(characters, kept, characters.length - kept);
            } catch (CharacterCodingException e) {
                throw undecodable(fileName, line);
            }
            if (count < 0) {
                return false;
            }
            int end = kept + count;
            // The two halves of a character beyond 16 bits go together.
            kept = Character.isHighSurrogate(characters[end - 1]) ? 1 : 0;
            String text = new String(characters, 0, end - kept);
            line += text.chars().filter(c -> c == '\n').count();
            bytes = text.getBytes(UTF_8);
            at = 0;
            characters[0] = characters[end - 1];
            return bytes.length > 0 || decode();
        }
    }
}
