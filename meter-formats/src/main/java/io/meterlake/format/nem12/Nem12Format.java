package io.meterlake.format.nem12;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.meterlake.format.FileHeader;
import io.meterlake.format.MeterFile;
import io.meterlake.format.MeterFormat;
import io.meterlake.format.text.DelimitedReader;
import io.meterlake.reading.ReadingSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * Interval data of Australia's National Electricity Market: NEM12 by AEMO's <i>Meter Data File Format Specification
 * NEM12 &amp; NEM13</i> (read at version 1.06 of 2017; 5-minute intervals came with version 2). The NMI is the meter
 * and the NMISuffix the channel; {@code E…} is from the grid to the customer, {@code B…} the other way.
 *
 * <p>A 300 record, with its 400 records, is taken in or refused as a whole, because senders resend whole days.
 * UpdateDateTime says when the values were last changed; without it MSATSLoadDateTime does, or else the DateTime of the
 * file's header. A value of quality N stays as it was sent, and its quality is {@code missing}.
 *
 * <p>More tolerant than the specification: any interval length that divides a day; empty and unknown units; a 300
 * record that ends after its QualityMethod; 400 records in any order, and after a 300 record whose quality is not V
 * (they then overrule it for the intervals they name); several files one behind the other, with or without their own
 * 100 records; leading blank lines; trailing commas.
 *
 * <p>Less tolerant than PyPI's {@code nemreader}, because money follows from the values: the 100 and the 900 record
 * must be there, so that a truncated file is noticed; a 300 record needs the exact number of values, a QualityMethod
 * and well-formed times; a value must be a plain decimal that fits; where the quality is V, the 400 records must name
 * each interval exactly once; a QualityMethod must be one.
 *
 * <p>Thread-safe.
 */
public final class Nem12Format implements MeterFormat {
    /** The first record's indicator and the field after it; blank lines and quotes may come first. */
    private static final Pattern FIRST_RECORD = Pattern.compile(
            "^(?:\\xEF\\xBB\\xBF)?[\\s,]*\"?(?:100\"?,(?!\\s*\"?NEM13)|[23]00\"?,[^,\\r\\n]*,).*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    @Override
    public String name() {
        return "nem12";
    }

    /** Also recognises NEM12 without its header, and unknown headers, so that they are refused with the right words. */
    @Override
    public boolean recognises(byte[] head) {
        return FIRST_RECORD
                .matcher(new String(head, 0, Math.min(head.length, 1024), ISO_8859_1))
                .matches();
    }

    @Override
    public FileHeader read(MeterFile file, ReadingSink sink) throws IOException {
        try (InputStream in = file.open()) {
            return new Nem12Parser(file.name(), new DelimitedReader(in, file.name(), ','), sink).parse();
        }
    }
}
