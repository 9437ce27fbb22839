package io.meterlake.compile.template;

import com.hubspot.jinjava.tree.Node;

/**
 * A parsed template. Thread-safe: rendering does not change it.
 *
 * @param file the project's file, for messages
 */
public record Template(String file, Node root) {}
