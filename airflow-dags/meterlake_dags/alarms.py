"""Alarms by webhook, as JSON that Slack and those like it take: `{"text": …}`.

The address is the password of an Airflow connection (or its host, if it is no secret). It is never logged.
"""

from __future__ import annotations

import json
import logging
import urllib.request
from typing import Any

from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowNotFoundException

from meterlake_dags import config

log = logging.getLogger(__name__)
_TIMEOUT_SECONDS = 10


def failed(context: Any) -> None:
    """Callback of a task that has failed for good."""
    send(text(context))


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
    try:
        connection = BaseHook.get_connection(config.load().alarm_connection)
    except AirflowNotFoundException:
        log.warning("No alarm is sent: there is no connection of the name that alarm_connection says")
        return
    except Exception as e:  # noqa: BLE001
        log.warning("Cannot send an alarm: %s", type(e).__name__)
        return
    try:
        request = urllib.request.Request(  # noqa: S310
            connection.password or connection.host or "",
            data=json.dumps({"text": message}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS):  # noqa: S310
            pass
    except Exception as e:  # noqa: BLE001
        # Its message may hold the address, which is a secret.
        log.warning("Cannot send an alarm: %s", type(e).__name__)
