package io.meterlake.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages files as accidents and attackers do: seeded, so that a failure can be repeated. */
public final class Mutations {
    private static final List<String> SPLICES = List.of(
            "<",
            ">",
            "&",
            "\"",
            "\u0000",
            "<!--",
            "]]>",
            "<![CDATA[",
            "<!DOCTYPE x [<!ENTITY a 'b'>]>",
            "<!DOCTYPE x [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>",
            "<a>".repeat(3000),
            "[".repeat(3000),
            "&a;",
            "9".repeat(30),
            "1e999",
            "-",
            "1900-01-01T00:00:00Z",
            "{",
            "}",
            "[",
            "]",
            ",",
            "null",
            "\r",
            "é",
            "NaN",
            "P1Y",
            "xmlns=\"urn:x\"");

    private static final String SEPARATORS = "\n,+:' ><\"";

    private Mutations() {}

    /**
     * A file with one damage: cut off, bytes changed, a part lost, doubled or moved, something spliced in, fields swapped, a
     * year of 1900, or line ends of carriage returns only.
     */
    public static byte[] mutate(byte[] whole, Random random) {
        int at = random.nextInt(whole.length);
        int length = 1 + random.nextInt(Math.min(200, whole.length - at));
        return switch (random.nextInt(10)) {
            case 0 -> Arrays.copyOf(whole, at);
            case 1 -> {
                byte[] changed = whole.clone();
                for (int i = 0; i <= random.nextInt(4); i++) {
                    changed[random.nextInt(whole.length)] = (byte) random.nextInt(256);
                }
                yield changed;
            }
            case 2 -> join(whole, at, new byte[0], at + length);
            case 3 -> join(whole, at + length, Arrays.copyOfRange(whole, at, at + length), at + length);
            case 4 ->
                join(whole, at, SPLICES.get(random.nextInt(SPLICES.size())).getBytes(UTF_8), at);
            case 5 -> digits(whole, random);
            case 6 -> swapped(whole, at, (byte) SEPARATORS.charAt(random.nextInt(SEPARATORS.length())));
            case 7 -> nineteenHundred(whole, at);
            // Rarely: it is the same each time.
            case 8 -> random.nextInt(20) == 0 ? carriageReturns(whole) : digits(whole, random);
            default -> {
                int other = random.nextInt(whole.length);
                int end = Math.min(whole.length, other + length);
                yield join(whole, at, Arrays.copyOfRange(whole, other, end), at + length);
            }
        };
    }

    /** Changes a digit, which keeps the form of a file. */
    private static byte[] digits(byte[] whole, Random random) {
        byte[] changed = whole.clone();
        for (int i = random.nextInt(whole.length); i < whole.length; i++) {
            if (changed[i] >= '0' && changed[i] <= '9') {
                changed[i] = (byte) ('0' + random.nextInt(10));
                return changed;
            }
        }
        return changed;
    }

    /** Swaps the two fields that come next; the same if there are none. */
    private static byte[] swapped(byte[] whole, int at, byte separator) {
        int first = next(whole, at, separator);
        int second = next(whole, first + 1, separator);
        int third = next(whole, second + 1, separator);
        if (third == whole.length) {
            return whole.clone();
        }
        byte[] both = join(
                Arrays.copyOfRange(whole, second, third),
                third - second,
                Arrays.copyOfRange(whole, first, second),
                third - second);
        return join(whole, first, both, third);
    }

    private static int next(byte[] whole, int from, byte wanted) {
        int at = Math.min(from, whole.length);
        while (at < whole.length && whole[at] != wanted) {
            at++;
        }
        return at;
    }

    /** Makes the next year of this century 1900; the same if there is none. */
    private static byte[] nineteenHundred(byte[] whole, int from) {
        byte[] changed = whole.clone();
        for (int i = from; i + 3 < whole.length; i++) {
            if (whole[i] == '2' && whole[i + 1] == '0' && Character.isDigit(whole[i + 2])) {
                System.arraycopy("1900".getBytes(UTF_8), 0, changed, i, 4);
                return changed;
            }
        }
        return changed;
    }

    private static byte[] carriageReturns(byte[] whole) {
        byte[] changed = whole.clone();
        for (int i = 0; i < changed.length; i++) {
            changed[i] = changed[i] == '\n' ? (byte) '\r' : changed[i];
        }
        return changed;
    }

    private static byte[] join(byte[] whole, int to, byte[] between, int from) {
        byte[] joined = Arrays.copyOf(whole, to + between.length + whole.length - from);
        System.arraycopy(between, 0, joined, to, between.length);
        System.arraycopy(whole, from, joined, to + between.length, whole.length - from);
        return joined;
    }
}
