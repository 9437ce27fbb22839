/**
 * Where the lake, the stack and the models are. In: flags, environment, {@code meterlake.yml}. Out: one
 * {@link io.meterlake.config.Config} in which every value knows where it came from. Next: every command of
 * {@code io.meterlake.cli}.
 */
@NullMarked
package io.meterlake.config;

import org.jspecify.annotations.NullMarked;
