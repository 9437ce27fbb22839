package io.meterlake.compile.determinism;

/**
 * Something in a node's SQL.
 *
 * @param line in the rendered SQL, counted from 1
 * @param message what it is
 * @param instead what to write
 */
record Finding(Rule rule, int line, String message, String instead) {}
