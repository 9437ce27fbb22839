package io.meterlake.format.nem13;

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
 * Accumulated reads of Australia's National Electricity Market: NEM13 by AEMO's <i>Meter Data File Format Specification
 * NEM12 &amp; NEM13</i> (read at version 1.06 of 2017, chapter 5). The NMI is the meter and the NMISuffix the channel. A
 * 250 record is a previous and a current read of a register and the Quantity between them, of weeks or months: it goes to
 * {@link ReadingSink#registerPeriod} and never becomes readings of intervals. 550 records say nothing about values.
 *
 * <p>As for NEM12, the 100 and 900 records must be there, UpdateDateTime says when the values were last changed, and a
 * 250 record is taken in or rejected as a whole. That the Quantity is another number than the difference of the reads is
 * told ({@code RegisterPeriod.agreement}) and no reason to reject it: it counts a constant of the meter in.
 *
 * <p>Thread-safe.
 */
public final class Nem13Format implements MeterFormat {
    /** The first record's indicator and the field after it; blank lines and quotes may come first. */
    private static final Pattern FIRST_RECORD = Pattern.compile(
            "^(?:\\xEF\\xBB\\xBF)?[\\s,]*\"?(?:100\"?,\\s*\"?NEM13|[25]50\"?,[^,\\r\\n]*,).*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    @Override
    public String name() {
        return "nem13";
    }

    /** Also recognises NEM13 without its header, so that it is refused with the right words. */
    @Override
    public boolean recognises(byte[] head) {
        return FIRST_RECORD
                .matcher(new String(head, 0, Math.min(head.length, 1024), ISO_8859_1))
                .matches();
    }

    @Override
    public FileHeader read(MeterFile file, ReadingSink sink) throws IOException {
        try (InputStream in = file.open()) {
            return new Nem13Parser(file.name(), new DelimitedReader(in, file.name(), ','), sink).parse();
        }
    }
}
