package io.meterlake.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Every setting there is: its key in {@code meterlake.yml}, its default and what it means. The environment variable of
 * {@code lake.path} is {@code METERLAKE_LAKE_PATH}.
 */
public enum Setting {
    LAKE_PATH(
            "lake.path",
            ".meterlake/lake",
            Kind.PATH,
            "folder of the Hudi tables, or a place in a bucket: s3a://bucket/lake"),
    LAKE_S3_ENDPOINT(
            "lake.s3.endpoint",
            "",
            Kind.TEXT,
            "http://host:port or https://host of an object store that is not Amazon's; empty: Amazon's"),
    LAKE_S3_REGION("lake.s3.region", "", Kind.TEXT, "region of the bucket; empty: the one of the environment"),
    LAKE_DATABASE("lake.database", "lake", Kind.TEXT, "the metastore database of the Hudi tables"),
    LAKE_BUCKETS(
            "lake.buckets",
            "1",
            Kind.NUMBER,
            "files a day that a new lake spreads its meters over, 1 for each 250,000; `lake rebucket` changes it later"),
    LAKE_LOCK_WAIT_SECONDS(
            "lake.lock-wait-seconds", "60", Kind.NUMBER, "how long an ingest waits for another one to end"),
    LAKE_CLEANER(
            "lake.cleaner",
            "14 days",
            Kind.TEXT,
            "how long replaced files stay that no snapshot keeps: such as 14 days, 36 hours, 20 commits, 1 version"),
    METASTORE_URI(
            "metastore.uri", "", Kind.TEXT, "thrift://host:port of the Hive Metastore; empty: the embedded stack's"),
    METASTORE_WAIT_SECONDS(
            "metastore.wait-seconds", "60", Kind.NUMBER, "how long to wait for an answer of the Hive Metastore's"),
    TRINO_URL(
            "trino.url", "", Kind.TEXT, "http://host:port or https://host:port of Trino; empty: the embedded stack's"),
    TRINO_USER("trino.user", "meterlake", Kind.TEXT, "the user that queries run as"),
    TRINO_PASSWORD(
            "trino.password", "", Kind.SECRET, "the user's password, for a Trino at https. Not on a command line"),
    TRINO_TOKEN(
            "trino.token",
            "",
            Kind.SECRET,
            "JSON Web Token instead of a password, for a Trino at https. Not on a command line"),
    TRINO_AUTHORITY(
            "trino.authority",
            "",
            Kind.PATH,
            "PEM file with Trino's certificate or that of its authority; empty: the authorities that Java trusts"),
    STACK_PATH("stack.path", ".meterlake/stack", Kind.PATH, "state and logs of the embedded stack"),
    STACK_METASTORE_PORT("stack.metastore-port", "9083", Kind.NUMBER, "0: a free port"),
    STACK_TRINO_PORT("stack.trino-port", "8080", Kind.NUMBER, "0: a free port"),
    STACK_METASTORE_DATABASE(
            "stack.metastore-database",
            "",
            Kind.TEXT,
            "jdbc:postgresql://host:port/name that the metastore keeps what it knows in; empty: an embedded one"),
    STACK_METASTORE_DATABASE_USER("stack.metastore-database-user", "metastore", Kind.TEXT, "who logs in to it"),
    STACK_METASTORE_DATABASE_PASSWORD(
            "stack.metastore-database-password", "", Kind.SECRET, "the password for it. Not on a command line"),
    STACK_METASTORE_HEAP_MB("stack.metastore-heap-mb", "384", Kind.NUMBER, "heap of the metastore, MB"),
    STACK_TRINO_HEAP_MB("stack.trino-heap-mb", "2048", Kind.NUMBER, "heap of Trino, MB"),
    AIRFLOW_PATH("airflow.path", ".meterlake/airflow", Kind.PATH, "history, secrets and logs of the local Airflow"),
    AIRFLOW_PORT("airflow.port", "8081", Kind.NUMBER, "of the pages of `airflow up`; 0: a free port"),
    AIRFLOW_PYTHON(
            "airflow.python",
            "",
            Kind.PATH,
            "python of an environment with airflow-dags/requirements.txt; empty: `airflow up` makes one"),
    MODELS_PATH("models.path", "sql-models", Kind.PATH, "the SQL project (dbt layout)"),
    MODELS_THREADS("models.threads", "4", Kind.NUMBER, "models and tests that run at the same time"),
    RUNS_PATH("runs.path", ".meterlake/runs", Kind.PATH, "folder of the records of runs"),
    RUNS_LOGS_KEPT(
            "runs.logs-kept",
            "200",
            Kind.NUMBER,
            "logs of each command that are kept, the newest ones and the last success; 0: all"),
    AUDIT_PATH(
            "audit.path",
            ".meterlake/audit",
            Kind.PATH,
            "folder of the audit trail: who ran what and what came of it; nothing in it is ever deleted"),
    LOG_FORMAT("log.format", "text", Kind.TEXT, "how messages on stderr are written: text, or json for programs"),
    REPORTS_PATH("reports.path", ".meterlake/reports", Kind.PATH, "folder of the reports' files"),
    REPORTS_SIGNER(
            "reports.signer",
            "",
            Kind.TEXT,
            "in whose name reports are signed without --by; empty: --by must be given"),
    RETENTION_POLICY(
            "retention.policy", "retention.yml", Kind.PATH, "how long snapshots and what reports read are kept"),
    OPENLINEAGE_URL(
            "lineage.openlineage.url",
            "",
            Kind.TEXT,
            "http://host:port that OpenLineage events are posted to; empty: none"),
    OPENLINEAGE_FILE(
            "lineage.openlineage.file", "", Kind.PATH, "file that OpenLineage events are appended to; empty: none"),
    METABASE_URL("metabase.url", "", Kind.TEXT, "http://host:port of the Metabase that `dashboard apply` keeps"),
    METABASE_CREDENTIALS(
            "metabase.credentials",
            "",
            Kind.PATH,
            "file with an API key or a user and password; only its owner may read it"),
    METABASE_CONNECTION("metabase.connection", "Meterlake", Kind.TEXT, "name of the connection to Trino in Metabase"),
    METABASE_TRINO_URL(
            "metabase.trino-url",
            "",
            Kind.TEXT,
            "http://host:port of Trino as Metabase reaches it; empty: trino.url's"),
    ALARMS_DELIVERIES(
            "alarms.deliveries",
            "deliveries.yml",
            Kind.PATH,
            "file that says which utility delivers by when; without it no file is late"),
    NOTIFY_WEBHOOK_URL(
            "notify.webhook.url",
            "",
            Kind.SECRET,
            "https address that alarms are posted to, as Slack takes them; empty: none. Not on a command line");

    /** How a value is read. */
    public enum Kind {
        TEXT,
        NUMBER,
        /** Relative to the project folder unless absolute. */
        PATH,
        /** A text that no log and no command line shows. */
        SECRET
    }

    private final String key;
    private final String defaultValue;
    private final Kind kind;
    private final String meaning;

    Setting(String key, String defaultValue, Kind kind, String meaning) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.kind = kind;
        this.meaning = meaning;
    }

    /** The dotted key of the file and of {@code --set}. */
    public String key() {
        return key;
    }

    public String defaultValue() {
        return defaultValue;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether its value is for nobody else's eyes. */
    public boolean isSecret() {
        return kind == Kind.SECRET;
    }

    /** Whether it is the number of a port. */
    boolean isPort() {
        return key.endsWith("-port");
    }

    /** One line for {@code config show} and the docs. */
    public String meaning() {
        return meaning;
    }

    /** The name of the environment variable that sets it. */
    public String environmentVariable() {
        return "METERLAKE_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(Setting::key).toList();
    }
}
