package io.meterlake.format.cim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.meterlake.format.FileHeader;
import io.meterlake.format.MeterFile;
import io.meterlake.format.MeterFormat;
import io.meterlake.format.text.RejectsByLine;
import io.meterlake.reading.ReadingSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * Validated measure data of the Common Information Model as JSON: Energinet's schema
 * {@code Notify-Validated-measure-data-assembly-model} (2022), which says the same as the XML that {@link CimXmlFormat}
 * reads, by the same names. A code is an object with a {@code value}, or just the value.
 *
 * <p>The fields of an object may come in any order, and so the file is read twice, first for the header. Thread-safe.
 */
public final class CimJsonFormat implements MeterFormat {
    private static final Pattern BEGINNING = Pattern.compile(
            "^(?:\\xEF\\xBB\\xBF)?\\s*\\{\\s*\"[A-Za-z_]{1,100}_MarketDocument\"\\s*:.*", Pattern.DOTALL);

    @Override
    public String name() {
        return "cim-json";
    }

    /** Also recognises other documents of the market, so that they are refused with the right words. */
    @Override
    public boolean recognises(byte[] head) {
        return BEGINNING
                .matcher(new String(head, 0, Math.min(head.length, 4096), ISO_8859_1))
                .matches();
    }

    @Override
    public FileHeader read(MeterFile file, ReadingSink sink) throws IOException {
        RejectsByLine rejects = new RejectsByLine(sink);
        CimJsonParser parser = new CimJsonParser(file.name(), rejects);
        try (InputStream in = file.open()) {
            parser.readHeader(new JsonCursor(in, file.name()));
        }
        try (InputStream in = file.open()) {
            String sender = parser.readSeries(new JsonCursor(in, file.name()));
            rejects.finish();
            return new FileHeader(sender);
        }
    }
}
