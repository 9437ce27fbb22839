package io.meterlake.dashboard;

/** A folder of Metabase. The slug is its name within the files. */
public record Collection(String slug, String name, String description) {}
