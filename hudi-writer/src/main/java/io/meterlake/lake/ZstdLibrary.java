package io.meterlake.lake;

import com.github.luben.zstd.util.Native;
import io.meterlake.error.MeterlakeException;

/** Zstandard's native library, which comes in a jar and is unpacked into the folder for temporary files. */
final class ZstdLibrary {
    private ZstdLibrary() {}

    /**
     * Loads it, before anything is read or written that it is needed for.
     *
     * @throws MeterlakeException {@code LAKE_STORAGE} if it cannot be unpacked or loaded
     */
    static void load() {
        try {
            Native.load();
        } catch (LinkageError e) {
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_STORAGE,
                    "Cannot load the library that compresses base files: " + e.getMessage(),
                    "Give the folder for temporary files, " + System.getProperty("java.io.tmpdir")
                            + ", a megabyte of room, and let it hold programs (no noexec); or name another one:"
                            + " METERLAKE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
                    e);
        }
    }
}
