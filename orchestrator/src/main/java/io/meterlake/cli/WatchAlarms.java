package io.meterlake.cli;

import io.meterlake.alarm.Alarm;
import io.meterlake.alarm.Incident;
import io.meterlake.alarm.Incidents;
import io.meterlake.alarm.OpenIncident;
import io.meterlake.log.Field;
import io.meterlake.log.LogEvent;
import io.meterlake.log.LogLevel;
import io.meterlake.log.LogSink;
import java.util.List;

/**
 * Tells at once what goes wrong in an ingest that does not end: each file that is refused, and a lake that cannot be
 * reached until it can. Used by the ingest's thread only.
 */
final class WatchAlarms implements LogSink {
    private static final String SUBJECT = "ingest --watch ";

    private final Incidents incidents;
    private boolean isDown;
    private boolean isOver;

    WatchAlarms(Incidents incidents) {
        this.incidents = incidents;
    }

    /** The ingest ends now, and what ends it is told of the whole command. */
    void end() {
        isOver = true;
    }

    @Override
    public void write(LogEvent event) {
        if (isOver) {
            return;
        }
        String code = event.text(Field.CODE).orElse("");
        if (event.level() == LogLevel.ERROR) {
            isDown |= !code.isEmpty();
            incidents.update(List.of(incident(event, code)), open -> false);
        } else if (isDown && event.text(Field.FILE).isPresent()) {
            isDown = false;
            incidents.update(List.of(), WatchAlarms::isOfLake);
        }
    }

    private static Incident incident(LogEvent event, String code) {
        String subject = SUBJECT + (code.isEmpty() ? event.text(Field.FILE).orElse("") : code);
        return new Incident(
                Alarm.FAILED_RUN,
                subject,
                SUBJECT + "goes on, but\n" + event.message(),
                event.text(Field.FIX).orElse(""));
    }

    /** Codes are upper case; files have their whole path. */
    private static boolean isOfLake(OpenIncident open) {
        return open.incident().alarm() == Alarm.FAILED_RUN
                && open.incident().subject().matches(SUBJECT + "[A-Z_]+");
    }
}
