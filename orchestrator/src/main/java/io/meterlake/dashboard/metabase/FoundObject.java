package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An object on the server that Meterlake made.
 *
 * @param appliedFingerprint of the state that was applied last
 * @param archived whether it is in the trash
 * @param raw as the server gave it
 */
public record FoundObject(int id, ObjectState state, String appliedFingerprint, boolean archived, JsonNode raw) {
    ObjectKey key() {
        return state.key();
    }

    /** Whether somebody changed it since it was applied. */
    boolean editedByHand() {
        return !appliedFingerprint.equals(state.fingerprint());
    }
}
