package io.meterlake.project;

/**
 * A file of macros and generic tests; what is in it shows when it is parsed as a template.
 *
 * @param file relative to the project folder
 */
public record MacroFile(String file, String text) {}
