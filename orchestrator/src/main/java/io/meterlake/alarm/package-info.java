/**
 * What somebody must hear of. In: the state of the lake, the logs of runs, and who delivers by when. Out:
 * {@link io.meterlake.alarm.Incident}s, each told once by a webhook. Next: {@code cli}; docs/runbook.md says what to do about
 * each.
 */
@NullMarked
package io.meterlake.alarm;

import org.jspecify.annotations.NullMarked;
