package io.meterlake.format.mscons;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.meterlake.format.FileHeader;
import io.meterlake.format.MeterFile;
import io.meterlake.format.MeterFormat;
import io.meterlake.reading.ReadingSink;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Load profiles in UN/EDIFACT's MSCONS (D.96A to D.19B) as the German and Swiss markets use it: EDI@Energy's <i>MSCONS
 * Nachrichtenbeschreibung</i> 2.4c (24 October 2023; read beside 2.2g of 1 April 2016) and VDEW's <i>MSCONS
 * Anwendungshandbuch</i> 1.1a (19 May 2003) for the older layout, in ISO 9735's syntax.
 *
 * <p>The metering point of a LOC+172 is the meter, the OBIS code of a PIA+5 the channel, as the sender writes it. A QTY
 * has its period in DTM+163 and DTM+164; or, in the older layout, the LOC has the first start in DTM+163 and the length
 * in DTM+672, and the quantities follow one another. DTM+137 says when the values were last changed, without it the UNB.
 * A quantity of 23, 24 or 25 hours between two local midnights is one of a day, 1440 minutes.
 *
 * <p>{@link MsconsQualifier} says what becomes of the qualifiers. Rejected, never guessed: other qualifiers; states of
 * registers; periods of more than a day; times without an offset from UTC, unless a zone is given; what a message
 * withdraws without naming it. The values of a message that withdraws (BGM, function 1) and names them are
 * {@code withdrawn}.
 *
 * <p>A file is void if a control count or reference is wrong, if its end is missing, and if it is a test. Lines, where
 * readings and rejects name them, are segments, counted from 1 through the file with the UNA; so
 * {@code tr "'" "\n"} shows them.
 *
 * <p>Thread-safe.
 */
public final class MsconsFormat implements MeterFormat {
    /** A service string advice, or an interchange header with any delimiter; nothing else begins so. */
    private static final Pattern BEGINNING =
            Pattern.compile("^(?:\\xEF\\xBB\\xBF)?\\s*(?:UNA.{6}\\s*UNB|UNB[^A-Za-z0-9\\s]UNO[A-Z]).*", Pattern.DOTALL);

    private final Optional<ZoneId> zone;

    /** Takes the market's zone from the metering point's country. */
    public MsconsFormat() {
        this(Optional.empty());
    }

    private MsconsFormat(Optional<ZoneId> zone) {
        this.zone = zone;
    }

    /** Of a market of this zone, in which times without an offset are, too. */
    public static MsconsFormat inZone(ZoneId zone) {
        return new MsconsFormat(Optional.of(zone));
    }

    @Override
    public String name() {
        return "mscons";
    }

    /** Also recognises other messages of EDIFACT, so that they are refused with the right words. */
    @Override
    public boolean recognises(byte[] head) {
        return BEGINNING
                .matcher(new String(head, 0, Math.min(head.length, 1024), ISO_8859_1))
                .matches();
    }

    @Override
    public FileHeader read(MeterFile file, ReadingSink sink) throws IOException {
        try (InputStream in = file.open()) {
            return new MsconsParser(file.name(), new SegmentReader(in, file.name()), zone, sink).parse();
        }
    }
}
