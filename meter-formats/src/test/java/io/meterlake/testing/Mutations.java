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

    private Mutations() {}

    /** A file with one damage: cut off, bytes changed, a part lost, doubled or moved, or something spliced in. */
    public static byte[] mutate(byte[] whole, Random random) {
        int at = random.nextInt(whole.length);
        int length = 1 + random.nextInt(Math.min(200, whole.length - at));
        return switch (random.nextInt(7)) {
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

    private static byte[] join(byte[] whole, int to, byte[] between, int from) {
        byte[] joined = Arrays.copyOf(whole, to + between.length + whole.length - from);
        System.arraycopy(between, 0, joined, to, between.length);
        System.arraycopy(whole, from, joined, to + between.length, whole.length - from);
        return joined;
    }
}
