package io.meterlake.project;

/**
 * What the files of a project hold.
 *
 * @param sha256 of their names and bytes
 * @param readsEnvironment whether one of them names {@code env_var}, so that what the project is depends on the environment
 */
public record ProjectContents(String sha256, boolean readsEnvironment) {}
