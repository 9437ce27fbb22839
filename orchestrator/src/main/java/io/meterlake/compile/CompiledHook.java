package io.meterlake.compile;

import io.meterlake.project.Location;

/**
 * A statement that is executed around a run.
 *
 * @param location where the project writes it
 * @param sql for Trino, without a semicolon
 */
public record CompiledHook(Location location, String sql) {}
