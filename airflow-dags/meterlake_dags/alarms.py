"""Alarms by webhook, as JSON that Slack and those like it take: `{"text": …}`.

The address is the password of an Airflow connection (or its host, if it is no secret). It is never logged.
"""

from __future__ import annotations

import json
import logging
import urllib.request
from typing import Any

from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowNotFoundException

from meterlake_dags import config
from meterlake_dags.command import Outcome

log = logging.getLogger(__name__)
_TIMEOUT_SECONDS = 10
_HOOK_VARIABLE = "METERLAKE_NOTIFY_WEBHOOK_URL"


class CommandFailed(AirflowException):
    """A command failed, and may do better when it is tried again."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.describe())
        self.outcome = outcome


class CommandStopped(AirflowFailException):
    """A command failed, and is not tried again."""

    def __init__(self, outcome: Outcome, more: str = "") -> None:
        super().__init__(outcome.describe() + more)
        self.outcome = outcome


def hook() -> dict[str, str]:
    """What a command's environment needs to send alarms where Airflow does: the one webhook goes before what
    notify.webhook.url says. Empty without a connection; then that setting stands."""
    url = _url()
    return {_HOOK_VARIABLE: url} if url.startswith(("http://", "https://")) else {}


def failed(context: Any) -> None:
    """Callback of a task that has failed for good. What a command has told, or `meterlake alarms` tells in a few
    minutes, is not told again."""
    exception = context.get("exception")
    if isinstance(exception, CommandFailed | CommandStopped) and is_told(exception.outcome):
        log.info("The command tells of it by itself")
        return
    send(text(context))


def is_told(outcome: Outcome) -> bool:
    """Whether the command itself tells: if it got as far as its settings; and if it was killed, whoever finds that."""
    killed = outcome.exit_code < 0 or outcome.exit_code > 128
    # One that was asked for JSON and gave none did not start. `report sign` is never asked.
    started = outcome.document is not None or "json" not in outcome.arguments
    return killed or (started and outcome.error_code != "INVALID_CONFIG")


def text(context: Any) -> str:
    """What failed, why, and where to look."""
    ti = context["task_instance"]
    index = f"[{ti.map_index}]" if getattr(ti, "map_index", -1) >= 0 else ""
    return "\n".join(
        (
            f"Meterlake: {ti.dag_id}.{ti.task_id}{index} failed in run {ti.run_id}",
            str(context.get("exception") or "no reason given")[:1500],
            f"Log: {getattr(ti, 'log_url', '') or 'see Airflow'}",
            "Runbook: docs/runbook.md#failed-run",
        )
    )


def send(message: str) -> None:
    """Sends it; an alarm that cannot be sent is a warning in the log, and never a failure of its own."""
    url = _url()
    if not url:
        log.warning("No alarm is sent: there is no connection of the name that alarm_connection says")
        return
    try:
        request = urllib.request.Request(  # noqa: S310
            url,
            data=json.dumps({"text": message}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS):  # noqa: S310
            pass
    except Exception as e:  # noqa: BLE001
        # Its message may hold the address, which is a secret.
        log.warning("Cannot send an alarm: %s", type(e).__name__)


def _url() -> str:
    """The address; empty if it is not known."""
    try:
        connection = BaseHook.get_connection(config.load().alarm_connection)
    except AirflowNotFoundException:
        return ""
    except Exception as e:  # noqa: BLE001
        log.warning("Cannot look for the alarms' connection: %s", type(e).__name__)
        return ""
    return connection.password or connection.host or ""
