package io.meterlake.dashboard.metabase;

import io.meterlake.dashboard.ServerSettings.CachePolicy;
import io.meterlake.dashboard.ServerSettings.ReaderGroup;
import java.util.List;

/**
 * What has to be done so that the server is as the files say; nothing if it is. Immutable, made without side effects.
 *
 * @param release of the server
 * @param steps in the order in which they are done
 * @param notes what stays as it is and may surprise
 */
public record DashboardPlan(String release, List<Step> steps, List<String> notes) {
    /** One change of the server. */
    public sealed interface Step {
        /** A new server gets its first administrator. */
        record FirstUser(String email, String setupToken) implements Step {
            @Override
            public String toString() {
                return "FirstUser " + email;
            }
        }

        /** The connection to Trino is made. */
        record CreateConnection(TrinoConnection connection) implements Step {}

        /** The connection to Trino, which Meterlake made, leads elsewhere from now on. */
        record ChangeConnection(int id, TrinoConnection connection, List<Difference> differences) implements Step {}

        /** A collection, card or dashboard is made. */
        record Create(ObjectState wanted) implements Step {}

        /** One is changed back, or to what the file says now. */
        record Change(FoundObject found, ObjectState wanted, Cause cause, List<Difference> differences)
                implements Step {}

        /** A group of users is made. */
        record CreateGroup(String name) implements Step {}

        /** A group may read what the files name. */
        record Permit(ReaderGroup group, List<Difference> differences) implements Step {}

        /** The server keeps results by another policy. */
        record ChangeCache(CachePolicy policy, List<Difference> differences) implements Step {}

        /** One whose file is gone is put in the trash, from which people can take it back. */
        record Archive(FoundObject found) implements Step {}
    }

    /** Why an object is not as its file says. */
    public enum Cause {
        FILE_CHANGED("its file was changed"),
        EDITED_BY_HAND("it was edited by hand in Metabase"),
        BOTH("its file was changed, and it was edited by hand in Metabase"),
        UNFINISHED("an apply that made it did not end");

        private final String text;

        Cause(String text) {
            this.text = text;
        }

        /** For people. */
        public String text() {
            return text;
        }
    }

    public DashboardPlan {
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
    }

    /** Whether the server is as the files say. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }
}
