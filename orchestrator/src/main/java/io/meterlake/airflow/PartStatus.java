package io.meterlake.airflow;

import java.nio.file.Path;

/**
 * How a part stands.
 *
 * @param pid its process, or that which it was; 0 if it was never started
 * @param log what it said
 */
public record PartStatus(AirflowPart part, long pid, How how, Path log) {
    /** What can be told of it. */
    public enum How {
        HEALTHY("healthy"),
        /** It runs, and gave no sign of life lately. */
        NOT_HEALTHY("runs, not healthy"),
        ENDED("ended");

        private final String word;

        How(String word) {
            this.word = word;
        }

        /** As it is written for people. */
        public String word() {
            return word;
        }
    }

    /** The end of its log, indented. */
    public String lastLines() {
        return AirflowFiles.lastLines(log);
    }
}
