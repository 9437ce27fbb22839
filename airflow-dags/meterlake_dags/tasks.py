"""What tasks do with Airflow: the command's exit codes as Airflow's failures, and defaults of all DAGs."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from airflow.sdk import Asset

from meterlake_dags import alarms, calendar, command, lineage
from meterlake_dags.config import Config

log = logging.getLogger(__name__)

PUBLISHED = Asset(name="meterlake_published", uri="x-meterlake://lake/published")
SIGNED = Asset(name="meterlake_signed_reports", uri="x-meterlake://lake/signed-reports")
WRITER_POOL = "meterlake_writer"
EXIT_CODE = "exit_code"
# Late files are told by the task that waits for them, and not by the command as well.
_NO_DELIVERIES = {"METERLAKE_ALARMS_DELIVERIES": "no-deliveries.yml"}


def settings(config: Config) -> dict[str, Any]:
    """Of every DAG: one run at a time, from the start date on, with what all its tasks have."""
    return {
        "start_date": datetime.combine(config.start_date, time(), tzinfo=config.time_zone),
        "catchup": False,
        "max_active_runs": 1,
        "default_args": _defaults(config),
        "tags": ["meterlake"],
    }


def _defaults(config: Config) -> dict[str, Any]:
    """Of every task: backoff, a time limit, the alarm."""
    return {
        "retries": config.retries,
        "retry_delay": timedelta(seconds=config.retry_seconds),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=30),
        "execution_timeout": timedelta(minutes=config.timeout_minutes),
        "on_failure_callback": alarms.failed,
    }


def meterlake(config: Config, arguments: Sequence[str], ti: Any) -> Any:
    """Runs the command and gives its JSON document. The command tells of its failures itself, by the webhook of the
    alarms' connection.

    Raises CommandStopped, which is not retried, where the same would come out again or where nobody knows whether a
    commit took effect; CommandFailed where a retry may help.
    """
    outcome = command.run(config, arguments, log.info, alarms.hook() | lineage.ancestry(ti))
    verdict = command.verdict(outcome.exit_code)
    if verdict is command.Verdict.DONE:
        return outcome.document
    # Downstream tasks see it: after a 4 nothing else may write.
    ti.xcom_push(key=EXIT_CODE, value=outcome.exit_code)
    if verdict is command.Verdict.RETRY:
        raise alarms.CommandFailed(outcome)
    if verdict is command.Verdict.STOP:
        raise alarms.CommandStopped(
            outcome,
            "\nIt is not known whether a commit took effect; nothing is retried. Fix: run `meterlake doctor`, and"
            " clear the task when it finds nothing.",
        )
    raise alarms.CommandStopped(outcome)


def look(config: Config, ti: Any) -> list[str]:
    """Lets the command look for incidents and send what nobody was told of; gives the names of those that go on."""
    outcome = command.run(config, ["alarms", "--output", "json"], log.info, alarms.hook() | _NO_DELIVERIES)
    if outcome.exit_code not in (command.OK, command.DATA) or not isinstance(outcome.document, dict):
        raise alarms.CommandFailed(outcome)
    going_on = outcome.document["alarms"]
    for one in going_on:
        log.warning("%s since %s: %s\nFix: %s", one["alarm"], one["since"], one["text"], one["fix"])
    return [one["alarm"] for one in going_on]


def moment(context: Any) -> datetime:
    """The instant that a run is about: the end of its data interval, its logical date, or, for a run that an asset
    triggered, when it was due."""
    run = context["dag_run"]
    return run.data_interval_end or run.logical_date or run.run_after


def market_day(config: Config, context: Any) -> date:
    """The market's day of a run: that of the data that triggered it, or of its own moment."""
    told = published(context).get("delivery_day")
    return date.fromisoformat(told) if told else calendar.local_date(moment(context), config.time_zone)


def published(context: Any) -> dict[str, Any]:
    """What the newest event of the published data says: snapshot, delivery_day; empty without such an event."""
    events = (context.get("triggering_asset_events") or {}).get(PUBLISHED) or []
    return dict(events[-1].extra or {}) if events else {}
