package io.meterlake.format.mscons;

/** Segment tags and other short codes as numbers, a byte a character, so that a switch finds them without an object. */
final class Tag {
    static final int UNB = ('U' << 16) | ('N' << 8) | 'B';
    static final int UNG = ('U' << 16) | ('N' << 8) | 'G';
    static final int UNH = ('U' << 16) | ('N' << 8) | 'H';
    static final int UNT = ('U' << 16) | ('N' << 8) | 'T';
    static final int UNE = ('U' << 16) | ('N' << 8) | 'E';
    static final int UNZ = ('U' << 16) | ('N' << 8) | 'Z';
    static final int UNS = ('U' << 16) | ('N' << 8) | 'S';
    static final int BGM = ('B' << 16) | ('G' << 8) | 'M';
    static final int DTM = ('D' << 16) | ('T' << 8) | 'M';
    static final int RFF = ('R' << 16) | ('F' << 8) | 'F';
    static final int NAD = ('N' << 16) | ('A' << 8) | 'D';
    static final int CTA = ('C' << 16) | ('T' << 8) | 'A';
    static final int COM = ('C' << 16) | ('O' << 8) | 'M';
    static final int LOC = ('L' << 16) | ('O' << 8) | 'C';
    static final int LIN = ('L' << 16) | ('I' << 8) | 'N';
    static final int PIA = ('P' << 16) | ('I' << 8) | 'A';
    static final int QTY = ('Q' << 16) | ('T' << 8) | 'Y';
    static final int STS = ('S' << 16) | ('T' << 8) | 'S';
    static final int CCI = ('C' << 16) | ('C' << 8) | 'I';
    static final int CAV = ('C' << 16) | ('A' << 8) | 'V';
    static final int MEA = ('M' << 16) | ('E' << 8) | 'A';
    static final int IMD = ('I' << 16) | ('M' << 8) | 'D';
    static final int PRI = ('P' << 16) | ('R' << 8) | 'I';
    static final int MOA = ('M' << 16) | ('O' << 8) | 'A';
    static final int CUX = ('C' << 16) | ('U' << 8) | 'X';
    static final int CNT = ('C' << 16) | ('N' << 8) | 'T';
    static final int FTX = ('F' << 16) | ('T' << 8) | 'X';
    static final int PCD = ('P' << 16) | ('C' << 8) | 'D';

    private Tag() {}

    /** A text of at most four ASCII characters. */
    static int of(String text) {
        int code = 0;
        for (int i = 0; i < text.length(); i++) {
            code = (code << 8) | text.charAt(i);
        }
        return code;
    }
}
