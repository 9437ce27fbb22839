"""Joins the command's OpenLineage events with Airflow's: its runs name the task that started them as their parent."""

from __future__ import annotations

import logging
from typing import Any

from airflow.providers.openlineage import conf
from airflow.providers.openlineage.plugins import macros

log = logging.getLogger(__name__)

# The names are OpenLineage's own, and the same for all that a scheduler starts.
_PARENT, _ROOT = "OPENLINEAGE_PARENT_ID", "OPENLINEAGE_ROOT_PARENT_ID"


def ancestry(ti: Any) -> dict[str, str]:
    """What a command's environment needs to name its task, and the run of its DAG; empty if Airflow sends no events."""
    if conf.is_disabled():
        return {}
    try:
        return {_PARENT: macros.lineage_parent_id(ti), _ROOT: macros.lineage_root_parent_id(ti)}
    except Exception as e:  # noqa: BLE001
        # Lineage that is not joined is worth less than the night.
        log.warning("Cannot name this task in OpenLineage events of the command: %s: %s", type(e).__name__, e)
        return {}
