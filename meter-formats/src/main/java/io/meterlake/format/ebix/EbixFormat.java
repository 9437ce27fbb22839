package io.meterlake.format.ebix;

import io.meterlake.format.FileHeader;
import io.meterlake.format.MeterFile;
import io.meterlake.format.MeterFormat;
import io.meterlake.format.text.RejectsByLine;
import io.meterlake.format.xml.XmlCursor;
import io.meterlake.reading.ReadingSink;
import java.io.IOException;
import java.io.InputStream;

/**
 * Validated metered data of ebIX as XML: {@code DK_MeteredDataTimeSeries} (document type E66, RSM-012) by Energinet's
 * schema {@code un:unece:260:data:EEM-DK_MeteredDataTimeSeries:v3}.
 *
 * <p>A position counts intervals of the resolution from the start of its period, so days of 23 and 25 hours are what
 * they are. The metering point is the meter, and its type the channel: {@code consumption} for E17, {@code production}
 * for E18; the market's zone is Denmark's. The creation of the document says when the values were last changed.
 * Function 9 (original) and 5 (replacement) bring values, 1 (cancellation) takes the intervals of its period back.
 * QuantityMissing is {@code missing}; a quality that is not said is that of a measured value.
 *
 * <p>A document whose header does not follow the schema is void, and so is one that is not well-formed up to its end. A
 * series with an element that the schema does not have, a unit or product that is no electricity, or a resolution that
 * is no fixed number of minutes is refused as a whole, a point by itself.
 *
 * <p>Thread-safe.
 */
public final class EbixFormat implements MeterFormat {
    @Override
    public String name() {
        return "ebix";
    }

    /** Also recognises other documents of ebIX, so that they are refused with the right words. */
    @Override
    public boolean recognises(byte[] head) {
        XmlCursor.Root root = XmlCursor.rootOf(head);
        return root.namespace().startsWith("un:unece:260:data:EEM")
                || root.name().equals(EbixParser.DOCUMENT);
    }

    @Override
    public FileHeader read(MeterFile file, ReadingSink sink) throws IOException {
        RejectsByLine rejects = new RejectsByLine(sink);
        try (InputStream in = file.open()) {
            String sender = new EbixParser(new XmlCursor(in, file.name()), file.name(), rejects).parse();
            rejects.finish();
            return new FileHeader(sender);
        }
    }
}
