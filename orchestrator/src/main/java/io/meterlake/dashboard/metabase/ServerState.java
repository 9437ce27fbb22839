package io.meterlake.dashboard.metabase;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a server has that concerns us.
 *
 * @param release as it names itself
 * @param setupToken there if the server is new and has no user
 * @param connection the one of our name
 * @param fields of the tables that the cards filter by
 * @param objects those that Meterlake made, archived ones included
 * @param handMade what people made within our collections
 * @param sameNames a note for each name of ours that an object has which Meterlake did not make
 * @param access who may read, as far as the files name it
 * @param notes what a person may want to look at
 */
record ServerState(
        String release,
        Optional<String> setupToken,
        Optional<Connection> connection,
        Fields fields,
        Map<ObjectKey, FoundObject> objects,
        List<HandMade> handMade,
        Map<ObjectKey, String> sameNames,
        ServerAccess access,
        List<String> notes) {
    /**
     * A connection of our name.
     *
     * @param details nothing if they are not shown to us
     * @param ours whether its description says that Meterlake made it
     */
    record Connection(int id, Optional<TrinoConnection> details, boolean ours) {}

    ServerState {
        objects = Map.copyOf(objects);
        handMade = List.copyOf(handMade);
        sameNames = Map.copyOf(sameNames);
        notes = List.copyOf(notes);
    }
}
