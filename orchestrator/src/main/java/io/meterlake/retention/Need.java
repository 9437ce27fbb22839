package io.meterlake.retention;

import io.meterlake.report.ReportStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Why a snapshot is kept. */
public sealed interface Need {
    /** A line for people. */
    String text();

    /** The policy keeps snapshots of its kind until then; empty: for good. */
    record Young(SnapshotKind kind, Optional<Instant> until) implements Need {
        @Override
        public String text() {
            return "kind '" + kind.word() + "' is kept " + Need.time(until);
        }
    }

    /** It is one of the newest of its kind. */
    record Newest(SnapshotKind kind, int atLeast) implements Need {
        @Override
        public String text() {
            return atLeast <= 1
                    ? "it is the newest of kind '" + kind.word() + "'"
                    : "it is one of the newest " + atLeast + " of kind '" + kind.word() + "'";
        }
    }

    /** A run goes on, or one was cut off that the next run looks after. */
    record InProgress() implements Need {
        @Override
        public String text() {
            return "its run goes on, or was cut off and the next run looks after it";
        }
    }

    /** Views outside of snapshots read it. */
    record Published(List<String> views) implements Need {
        public Published {
            views = List.copyOf(views);
        }

        @Override
        public String text() {
            return "read by the view" + (views.size() == 1 ? " " : "s ")
                    + String.join(", ", views.subList(0, Math.min(3, views.size())))
                    + (views.size() > 3 ? " and " + (views.size() - 3) + " more" : "");
        }
    }

    /** What was built from another kept snapshot reads it. */
    record ReadBy(String snapshotId) implements Need {
        @Override
        public String text() {
            return "read by what was built from " + snapshotId;
        }
    }

    /** A report was made from it. */
    record Report(String reportId, ReportStatus status, Optional<Instant> until) implements Need {
        @Override
        public String text() {
            return status.word() + " report " + reportId + ", kept " + Need.time(until);
        }
    }

    private static String time(Optional<Instant> until) {
        return until.map(end -> "until " + end).orElse("for good");
    }
}
