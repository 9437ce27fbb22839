package io.meterlake.format.mdff;

import io.meterlake.format.text.DelimitedReader;

/** What is asked of any record of the files. */
public final class MdffRecord {
    /** A hint for what is lost. */
    public static final String ASK_AGAIN = "The file is cut off or damaged: ask the sender to send it again.";

    /** What is wrong with a record that has too many fields: its indicator and how many it may have. */
    public static final String TOO_LONG = "there is more behind the fields of a %d record, of which there are %d";

    private MdffRecord() {}

    /** A record with more fields than it can have is one that has lost its line end, with the next one behind it. */
    public static boolean isTooLong(DelimitedReader record, int fields) {
        for (int field = fields; field < record.fields(); field++) {
            if (!record.isEmpty(field)) {
                return true;
            }
        }
        return false;
    }
}
