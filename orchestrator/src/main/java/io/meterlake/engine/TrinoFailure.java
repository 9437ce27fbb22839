package io.meterlake.engine;

import static io.meterlake.engine.EngineErrorCode.ENGINE_FAILED;
import static io.meterlake.engine.EngineErrorCode.QUERY_FAILED;

import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in Meterlake's words why a statement failed. */
final class TrinoFailure {
    /** Trino's StandardErrorCode: user errors come first, then internal, resource and external ones. */
    private static final int FIRST_CODE_AFTER_USER_ERRORS = 0x1_0000;

    private static final Pattern QUERY_FAILED_TEXT =
            Pattern.compile("Query failed \\(#(\\w+)\\): (.*)", Pattern.DOTALL);

    /** Where in the SQL, as Trino begins what it says of it. */
    private static final Pattern LOCATION = Pattern.compile("^line \\d+:\\d+: ");

    /** Of io.trino.spi.StandardErrorCode. */
    private static final int PERMISSION_DENIED = 4;

    private static final int NOT_SUPPORTED = 13;

    private static final Pattern NO_TABLE = Pattern.compile("Table '([^'.]+\\.[^'.]+)\\.[^']+' does not exist");
    private static final Pattern NO_SCHEMA = Pattern.compile("Schema '[^']+' does not exist");

    /** As the Hive connector says it where a table is to be made. */
    private static final Pattern TARGET_EXISTS = Pattern.compile("Target directory for table '.*' already exists");

    private static final Pattern FILE_GONE = Pattern.compile(
            "(?:\\.parquet\\b.*(?:does not exist|not found))|non-?existent path",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern SNAPSHOT = Pattern.compile("\\bsnap_([0-9]{17})(?:__|\\b)");

    private TrinoFailure() {}

    /** @param sql what was to be run; it may name a snapshot */
    static EngineException of(SQLException failure, TrinoSettings settings, String sql, @Nullable String queryId) {
        if (causedBy(failure, ConnectException.class)
                || causedBy(failure, UnknownHostException.class)
                || causedBy(failure, SocketException.class)) {
            return EngineException.stackDown("nobody answers at " + settings.url(), failure);
        }
        Optional<String> unsafe = certificate(failure);
        if (unsafe.isPresent()) {
            return EngineException.accessRefused(
                    "Cannot trust Trino at %s: %s".formatted(settings.url(), unsafe.get()),
                    "Name the certificate of Trino or its authority in trino.authority, or have an expired one renewed.",
                    failure);
        }
        if (failure.getMessage() != null && failure.getMessage().contains("Authentication failed")) {
            return EngineException.accessRefused(
                    "Cannot log in to Trino at %s as %s with %s: %s"
                            .formatted(
                                    settings.url(),
                                    settings.user(),
                                    settings.access().login(),
                                    failure.getMessage()),
                    "Set trino.user, and trino.password or a trino.token that has not expired.",
                    failure);
        }
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        Matcher matcher = QUERY_FAILED_TEXT.matcher(text);
        String reason = matcher.matches() ? matcher.group(2) : text;
        String id = matcher.matches() ? matcher.group(1) : queryId;
        String message =
                id == null ? "Cannot run the query: " + reason : "Cannot run the query: " + reason + " (" + id + ")";
        // Code 0 is GENERIC_USER_ERROR for Trino, and what the driver's own failures have.
        boolean refused = matcher.matches() && failure.getErrorCode() < FIRST_CODE_AFTER_USER_ERRORS;
        return refused
                ? new EngineException(
                        QUERY_FAILED, message, reason, fix(reason, failure.getErrorCode(), settings), id, failure)
                : new EngineException(ENGINE_FAILED, message, reason, behind(reason, sql), id, failure);
    }

    /** What to do about a failure of what lies behind Trino. */
    private static String behind(String reason, String sql) {
        if (TARGET_EXISTS.matcher(reason).find()) {
            return "The metastore does not know the table whose files lie there, as after it was lost: move the folder"
                    + " aside (do not delete it: reports may read it) and run the command again.";
        }
        if (FILE_GONE.matcher(reason).find()) {
            Matcher snapshot = SNAPSHOT.matcher(sql + " " + reason);
            return snapshot.find()
                    ? "`./meterlake snapshot verify %s` names all files of the snapshot that are gone; bring them back from a backup."
                            .formatted(snapshot.group(1))
                    : "`./meterlake doctor` names files that are gone, and `./meterlake snapshot verify ID` those of a"
                            + " snapshot; bring them back from a backup.";
        }
        return "Try again; if it stays, `./meterlake stack status` names the log of Trino.";
    }

    private static String fix(String reason, int code, TrinoSettings settings) {
        Matcher table = NO_TABLE.matcher(reason);
        if (table.find()) {
            return "See which there are: ./meterlake query \"show tables from %s\"".formatted(table.group(1));
        }
        Matcher schema = NO_SCHEMA.matcher(reason);
        if (schema.find()) {
            return "See which there are: ./meterlake query \"show schemas from hive\" (models) or \"… from hudi\" (the lake).";
        }
        if (LOCATION.matcher(reason).find()) {
            return "Mend the SQL at the line and column named above.";
        }
        if (code == PERMISSION_DENIED && !settings.access().equals(TrinoAccess.NONE)) {
            return "Ask for the right, or run it as another trino.user: Trino's access rules say what %s may."
                    .formatted(settings.user());
        }
        if (code == NOT_SUPPORTED || code == PERMISSION_DENIED) {
            return "Tables are written by `./meterlake ingest`, `seed` and `run` only; here they can be read.";
        }
        return "Mend the SQL, or the values it reads, as the message says.";
    }

    /** What is wrong with the server's certificate, if that is the reason. */
    private static Optional<String> certificate(SQLException failure) {
        if (!causedBy(failure, SSLException.class)) {
            return Optional.empty();
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Optional.of(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
