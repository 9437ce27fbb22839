package io.meterlake.dashboard.metabase;

import com.fasterxml.jackson.databind.JsonNode;

/** What people made within a collection of ours, without our line in its description. */
record HandMade(Kind kind, int id, JsonNode raw) {
    @Override
    public String toString() {
        return "%s %d \"%s\"".formatted(kind.word(), id, raw.path("name").asText());
    }
}
