"""Every week: what nobody needs goes, and what reports were made from is checked."""

from __future__ import annotations

from typing import Any

from airflow.sdk import DAG, CronTriggerTimetable, TriggerRule, task

from meterlake_dags import config as configuration
from meterlake_dags.settling import SETTLED, reports
from meterlake_dags.tasks import WRITER_POOL, meterlake, settings

config = configuration.load()

with DAG(
    dag_id="meterlake_maintenance",
    schedule=CronTriggerTimetable("0 13 * * SAT", timezone=config.time_zone.key),
    doc_md=__doc__,
    **settings(config),
) as dag:

    @task(pool=WRITER_POOL)
    def retention(**context: Any) -> None:
        """Drops what the policy no longer keeps."""
        meterlake(config, ["retention", "apply", "--clean", "--output", "json"], context["ti"])

    @task(trigger_rule=TriggerRule.ALL_DONE)
    def lineage(**context: Any) -> None:
        """Checks the chain of lineage rows."""
        meterlake(config, ["lineage", "verify", "--output", "json"], context["ti"])

    @task(trigger_rule=TriggerRule.ALL_DONE)
    def snapshots_of_reports(**context: Any) -> list[str]:
        """The snapshots that signed reports were made from."""
        listed = reports(config, context["ti"])
        return sorted({one["snapshot_id"] for one in listed if one["status"] in SETTLED})

    @task
    def snapshot_verify(snapshot: str, **context: Any) -> None:
        """Checks that every file of a snapshot is there and as it was."""
        meterlake(config, ["snapshot", "verify", snapshot, "--output", "json"], context["ti"])

    cleaned = retention()
    checked = lineage()
    pinned = snapshots_of_reports()
    cleaned >> [checked, pinned]
    snapshot_verify.expand(snapshot=pinned)
