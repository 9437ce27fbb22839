package io.meterlake.format.mscons;

import io.meterlake.reading.Quality;
import java.util.Optional;

/**
 * What kind of value a QTY holds: its qualifier, data element 6063, by EDI@Energy's <i>MSCONS Nachrichtenbeschreibung</i>
 * 2.4c of 24 October 2023; 46 by VDEW's <i>MSCONS Anwendungshandbuch</i> 1.1a of 19 May 2003, which Swiss senders used
 * longer. A qualifier that is not here is rejected: nothing tells what its value is.
 */
enum MsconsQualifier {
    /** Wahrer Wert. */
    TRUE_VALUE("220", Quality.ACTUAL),
    /** Liefermenge, the true value of messages by D.99A. */
    DELIVERED("46", Quality.ACTUAL),
    /** Ersatzwert. */
    SUBSTITUTE("67", Quality.SUBSTITUTED),
    /** Vorläufiger Wert. */
    PROVISIONAL("Z18", Quality.ESTIMATED),
    /** Vorschlagswert. */
    PROPOSED("201", Quality.ESTIMATED),
    /** Prognosewert. */
    FORECAST("187", Quality.ESTIMATED),
    /** Energiemenge summiert: the sender computed it, and does not say from measured values only. */
    SUMMED("79", Quality.ESTIMATED),
    /** Nicht verwendbarer Wert. */
    UNUSABLE("20", Quality.MISSING),
    /** Fehlender Wert. */
    LACKING("Z30", Quality.MISSING);

    private static final MsconsQualifier[] ALL = values();

    private final String code;
    private final int number;
    private final Quality quality;

    MsconsQualifier(String code, Quality quality) {
        this.code = code;
        this.number = Tag.of(code);
        this.quality = quality;
    }

    /** The qualifier of a code as {@link Tag#of} makes it; empty if it is none of these. */
    static Optional<MsconsQualifier> of(int number) {
        for (MsconsQualifier qualifier : ALL) {
            if (qualifier.number == number) {
                return Optional.of(qualifier);
            }
        }
        return Optional.empty();
    }

    /** The sender's code, kept beside our word. */
    String code() {
        return code;
    }

    /** Our word. */
    Quality quality() {
        return quality;
    }
}
