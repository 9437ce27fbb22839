package io.meterlake.format;

import static java.util.stream.Collectors.joining;

import io.meterlake.error.DidYouMean;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * The formats that are at hand, and which of them a file has. A jar brings a format by naming its class in
 * {@code META-INF/services/io.meterlake.format.MeterFormat}. Immutable and thread-safe.
 */
public final class MeterFormats {
    private static final int HEAD_BYTES = 64 * 1024;

    private final List<MeterFormat> formats;

    private MeterFormats(List<MeterFormat> formats) {
        Set<String> names = new HashSet<>();
        for (MeterFormat format : formats) {
            if (!names.add(format.name())) {
                throw new IllegalArgumentException("two formats are called " + format.name());
            }
        }
        this.formats = List.copyOf(formats);
    }

    /** All formats on the class path. */
    public static MeterFormats installed() {
        List<MeterFormat> found = new ArrayList<>();
        ServiceLoader.load(MeterFormat.class, MeterFormat.class.getClassLoader())
                .forEach(found::add);
        return new MeterFormats(found);
    }

    /** These formats, and one more, such as a CSV with a mapping; asked before the others. */
    public MeterFormats with(MeterFormat format) {
        List<MeterFormat> more = new ArrayList<>();
        more.add(format);
        more.addAll(formats);
        return new MeterFormats(more);
    }

    /** These formats, of which the one with this one's name makes way for it. */
    public MeterFormats replacing(MeterFormat format) {
        return new MeterFormats(formats.stream()
                .map(present -> present.name().equals(format.name()) ? format : present)
                .toList());
    }

    /** The names that {@link #named} takes. */
    public List<String> names() {
        return formats.stream().map(MeterFormat::name).sorted().toList();
    }

    /**
     * The format of a name, such as {@code --format} gives it.
     *
     * @throws MeterlakeException {@code UNKNOWN_FORMAT} if there is none
     */
    public MeterFormat named(String name) {
        return formats.stream()
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new MeterlakeException(
                        FormatErrorCode.UNKNOWN_FORMAT,
                        "Cannot read files as '%s': there is no such format%s"
                                .formatted(name, DidYouMean.question(name, names())),
                        "Choose one of: %s.".formatted(String.join(", ", names()))));
    }

    /**
     * The format of a file, by what it begins with.
     *
     * @throws UnreadableFileException if the file is empty, or its compressed form is damaged at the very start
     * @throws MeterlakeException {@code UNKNOWN_FORMAT} if no format, or more than one, recognises the file
     */
    public MeterFormat detect(MeterFile file) throws IOException {
        byte[] head = head(file);
        if (head.length == 0) {
            throw new UnreadableFileException(
                    "Cannot read %s: it is empty".formatted(file.name()), "Ask the sender to send the file again.");
        }
        List<MeterFormat> fitting =
                formats.stream().filter(format -> format.recognises(head)).toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        String known = String.join(", ", names());
        if (fitting.isEmpty()) {
            throw new MeterlakeException(
                    FormatErrorCode.UNKNOWN_FORMAT,
                    "Cannot read %s: no format recognises it; it begins with '%s'"
                            .formatted(file.name(), beginning(head)),
                    "Name its format with --format (%s), or describe a CSV file by a mapping.".formatted(known));
        }
        throw new MeterlakeException(
                FormatErrorCode.UNKNOWN_FORMAT,
                "Cannot read %s: more than one format recognises it: %s"
                        .formatted(
                                file.name(),
                                fitting.stream().map(MeterFormat::name).collect(joining(", "))),
                "Name its format with --format.");
    }

    private static byte[] head(MeterFile file) throws IOException {
        try (InputStream in = file.open()) {
            return in.readNBytes(HEAD_BYTES);
        }
    }

    /** The first printable characters, so that a page of HTML or an Excel file shows itself. */
    private static String beginning(byte[] head) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < head.length && text.length() < 40; i++) {
            int b = head[i];
            text.append(b >= ' ' && b < 127 ? (char) b : '·');
        }
        return text.toString();
    }
}
