/** Tests of the determinism gate. */
@org.jspecify.annotations.NullMarked
package io.meterlake.compile.determinism;
