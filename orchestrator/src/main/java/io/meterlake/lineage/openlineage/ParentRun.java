package io.meterlake.lineage.openlineage;

import java.util.Optional;
import java.util.UUID;

/**
 * The run that started this command, such as a task of Airflow's, as OpenLineage's integrations hand it on: {@code
 * namespace/job/run id}.
 *
 * @param runId a UUID
 */
public record ParentRun(String jobNamespace, String job, UUID runId) {
    /** The environment variable with the run that started this one. */
    public static final String PARENT = "OPENLINEAGE_PARENT_ID";

    /** The environment variable with the one that all began with, such as a run of a DAG. */
    public static final String ROOT = "OPENLINEAGE_ROOT_PARENT_ID";

    /** Reads one; empty if it is not written so. Namespaces may have slashes of their own, as {@code http://host}. */
    public static Optional<ParentRun> parse(String text) {
        int beforeRun = text.lastIndexOf('/');
        int beforeJob = text.lastIndexOf('/', beforeRun - 1);
        if (beforeJob < 1 || beforeJob + 1 == beforeRun) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ParentRun(
                    text.substring(0, beforeJob),
                    text.substring(beforeJob + 1, beforeRun),
                    UUID.fromString(text.substring(beforeRun + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
