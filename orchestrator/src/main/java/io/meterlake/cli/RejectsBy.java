package io.meterlake.cli;

/** By what rejected records are counted. */
enum RejectsBy {
    UTILITY,
    FILE,
    REASON,
    DAY;

    String of(RejectedRecord one) {
        return switch (this) {
            case UTILITY -> one.utility().isEmpty() ? "unknown" : one.utility();
            case FILE -> one.sourceFile();
            case REASON -> one.problem();
            case DAY -> one.receivedDate().toString();
        };
    }

    /** As in the documents. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
