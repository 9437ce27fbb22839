package io.meterlake.project;

import java.util.List;
import java.util.Map;

/** A file of SQL with templates in it. */
public sealed interface SqlResource extends Resource
        permits SqlResource.Model, SqlResource.Analysis, SqlResource.SingularTest {
    /** The file's text as it is. */
    String rawSql();

    /** A SELECT that becomes a view or a table, or is pasted into its readers. */
    record Model(
            String uniqueId,
            String name,
            Location location,
            List<String> fqn,
            Map<String, Object> config,
            String description,
            List<Column> columns,
            ModelProperties properties,
            String rawSql)
            implements SqlResource {
        public Model {
            fqn = List.copyOf(fqn);
            config = Yaml.copyOf(config);
            columns = List.copyOf(columns);
        }

        @Override
        public ResourceType resourceType() {
            return ResourceType.MODEL;
        }

        /** That of all its versions, if there are any. */
        @Override
        public String refName() {
            ModelVersion version = properties.version();
            return version == null ? name : version.model();
        }
    }

    /** A SELECT that is compiled but never built; with {@code meta.report} it is a report. */
    record Analysis(
            String uniqueId,
            String name,
            Location location,
            List<String> fqn,
            Map<String, Object> config,
            String description,
            List<Column> columns,
            String rawSql)
            implements SqlResource {
        public Analysis {
            fqn = List.copyOf(fqn);
            config = Yaml.copyOf(config);
            columns = List.copyOf(columns);
        }

        @Override
        public ResourceType resourceType() {
            return ResourceType.ANALYSIS;
        }
    }

    /** A SELECT whose rows are faults. */
    record SingularTest(
            String uniqueId,
            String name,
            Location location,
            List<String> fqn,
            Map<String, Object> config,
            String description,
            List<Column> columns,
            String rawSql)
            implements SqlResource {
        public SingularTest {
            fqn = List.copyOf(fqn);
            config = Yaml.copyOf(config);
            columns = List.copyOf(columns);
        }

        @Override
        public ResourceType resourceType() {
            return ResourceType.TEST;
        }
    }
}
