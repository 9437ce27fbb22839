package io.meterlake.format.cim;

import io.meterlake.format.FileHeader;
import io.meterlake.format.MeterFile;
import io.meterlake.format.MeterFormat;
import io.meterlake.format.text.RejectsByLine;
import io.meterlake.format.xml.XmlCursor;
import io.meterlake.reading.ReadingSink;
import java.io.IOException;
import java.io.InputStream;

/**
 * Validated measure data of the Common Information Model as XML: {@code NotifyValidatedMeasureData_MarketDocument} of
 * ediel.org (schema {@code urn:ediel.org:measure:notifyvalidatedmeasuredata:0:1}, which Energinet's DataHub calls
 * RSM-012), and documents of that name in a namespace of IEC 62325, whose series are called TimeSeries.
 *
 * <p>A position counts intervals of the resolution from the start of its period, so days of 23 and 25 hours are what
 * they are. The metering point is the meter, and its type the channel: {@code consumption} for E17, {@code production}
 * for E18. The registration time of a series says when its values were last changed, or else the creation of the
 * document. A series whose status is cancelled (A09) or withdrawn (A13) takes its intervals back. Quality A02, or no
 * quantity, is {@code missing}; a quality that is not said is that of a measured value.
 *
 * <p>A document whose header does not follow the schema is void, and so is one that is not well-formed up to its end. A
 * series with an element that the schema does not have, a unit or product that is no electricity, a resolution that is
 * no fixed number of minutes (P1D, P1M) or a curve type other than A01 is refused as a whole, a point by itself.
 *
 * <p>Thread-safe.
 */
public final class CimXmlFormat implements MeterFormat {
    @Override
    public String name() {
        return "cim-xml";
    }

    /** Also recognises other documents of the market, so that they are refused with the right words. */
    @Override
    public boolean recognises(byte[] head) {
        return XmlCursor.rootOf(head).name().endsWith(CimNames.ANY_DOCUMENT);
    }

    @Override
    public FileHeader read(MeterFile file, ReadingSink sink) throws IOException {
        RejectsByLine rejects = new RejectsByLine(sink);
        try (InputStream in = file.open()) {
            String sender = new CimXmlParser(new XmlCursor(in, file.name()), file.name(), rejects).parse();
            rejects.finish();
            return new FileHeader(sender);
        }
    }
}
