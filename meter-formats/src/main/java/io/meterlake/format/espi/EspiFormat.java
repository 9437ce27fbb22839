package io.meterlake.format.espi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.meterlake.format.FileHeader;
import io.meterlake.format.MeterFile;
import io.meterlake.format.MeterFormat;
import io.meterlake.format.text.RejectsByLine;
import io.meterlake.format.xml.XmlCursor;
import io.meterlake.reading.ReadingSink;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Green Button: NAESB REQ.21 <i>Energy Services Provider Interface</i> as an Atom feed (schema {@code espi.xsd} of the
 * Green Button Alliance, version 4.0; namespace {@code http://naesb.org/espi}). The usage point's UUID is the meter,
 * and the direction of flow the channel: {@code import} for forward (1), {@code export} for reverse (19).
 *
 * <p>Values are kept in the unit of measure itself (Wh, VArh, VAh), after multiplying by the power of ten, exactly. The
 * {@code updated} of the block's entry, or else of the feed, says when a value was last changed. LocalTimeParameters
 * say the zone whose days are the market's; the zone is assumed to be UTC where a feed has none. Readings without a
 * timePeriod follow each other from the start of their block, as the schema says.
 *
 * <p>Refused with a reason, and never taken as kWh: gas, water and other services, units that are no electric energy,
 * cumulative registers (accumulationBehaviour 1, 2, 3, 9, 13, 14), demands, averages and extremes, values that are
 * normalized for the weather, intervals of more than a day (bills), and blocks whose links lead nowhere. A file that is
 * not well-formed up to its end is void.
 *
 * <p>The file is read twice, first to know all links: entries may come in any order, and the readings are left out then. Thread-safe.
 */
public final class EspiFormat implements MeterFormat {
    private static final int WIDEST = 4;

    @Override
    public String name() {
        return "espi";
    }

    /** An Atom feed or entry in which ESPI's namespace is named. */
    @Override
    public boolean recognises(byte[] head) {
        XmlCursor.Root root = XmlCursor.rootOf(head);
        boolean isFeed = root.name().equals("feed") || root.name().equals("entry");
        // Without the zeros UTF-16 reads as what it says.
        return isFeed && new String(head, ISO_8859_1).replace("\0", "").contains("naesb.org/espi");
    }

    @Override
    public FileHeader read(MeterFile file, ReadingSink sink) throws IOException {
        FeedIndex index;
        try (InputStream in = file.open()) {
            BufferedInputStream buffered = new BufferedInputStream(in);
            InputStream skimmed = isWide(buffered) ? buffered : new WithoutReadings(buffered);
            index = FeedIndex.read(new XmlCursor(skimmed, file.name()), file.name());
        }
        FeedMeanings meanings = new FeedMeanings(index);
        RejectsByLine rejects = new RejectsByLine(sink);
        try (InputStream in = file.open()) {
            XmlCursor xml = new XmlCursor(in, file.name());
            Feed.walk(xml, file.name(), new FeedReadings(file.name(), index, meanings, xml, rejects));
        }
        rejects.finish();
        return new FileHeader(index.sender);
    }

    /** Whether characters have more than a byte, so that there are zeros in the first ones. */
    private static boolean isWide(BufferedInputStream in) throws IOException {
        in.mark(WIDEST);
        byte[] first = in.readNBytes(WIDEST);
        in.reset();
        for (byte b : first) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }
}
