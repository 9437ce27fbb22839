/**
 * The audit trail: who ran what and what came of it, in a chain of hashes. In: entries of {@code cli}. Out: lines of JSON in a
 * folder of their own, which Meterlake only ever adds to. Unlike the logs of {@code log} they are never deleted, and a
 * command that changes something does not begin before it is written down.
 */
@NullMarked
package io.meterlake.audit;

import org.jspecify.annotations.NullMarked;
