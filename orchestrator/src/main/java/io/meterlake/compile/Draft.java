package io.meterlake.compile;

import io.meterlake.project.Resource;

/**
 * A rendered node before anything is pasted into it.
 *
 * @param sql the rendered text, without a semicolon
 * @param raw the template
 */
record Draft(Resource resource, String raw, String sql, Recording recording) {}
