/**
 * The {@code meterlake} command: one thin class a command. In: arguments. Out: results on stdout, log and progress on
 * stderr, an exit code. Commands hold no logic; they call the packages of the journey and print.
 */
@NullMarked
package io.meterlake.cli;

import org.jspecify.annotations.NullMarked;
