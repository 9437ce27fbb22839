package io.meterlake.writer;

import io.meterlake.format.FileHeader;
import io.meterlake.format.MeterFile;
import io.meterlake.format.MeterFormat;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Reject;

/** Understands nothing: as the right format does with a wrong mapping. */
final class RejectingFormat implements MeterFormat {
    @Override
    public String name() {
        return "rejecting";
    }

    @Override
    public boolean recognises(byte[] head) {
        return true;
    }

    @Override
    public FileHeader read(MeterFile file, ReadingSink sink) {
        sink.reject(new Reject(1, "", "not understood", "Correct the mapping", "…"));
        return new FileHeader("");
    }
}
