package io.meterlake.dashboard.metabase;

/** Names one object on both sides: the slug is the file's name. */
public record ObjectKey(Kind kind, String slug) {
    @Override
    public String toString() {
        return kind.word() + " " + slug;
    }
}
