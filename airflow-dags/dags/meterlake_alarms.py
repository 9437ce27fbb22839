"""Every few minutes: what no other task can tell, such as a command that was killed or a night without a build."""

from __future__ import annotations

from typing import Any

from airflow.sdk import DAG, CronTriggerTimetable, task

from meterlake_dags import config as configuration
from meterlake_dags.tasks import look, settings

config = configuration.load()

with DAG(
    dag_id="meterlake_alarms",
    schedule=CronTriggerTimetable("*/10 * * * *", timezone=config.time_zone.key),
    doc_md=__doc__,
    **settings(config),
) as dag:
    # The next run is near, and looks again.
    @task(retries=0)
    def alarms(**context: Any) -> list[str]:
        """Succeeds whatever it finds: the command tells each incident once. Fails if the lake cannot be read."""
        return look(config, context["ti"])

    alarms()
