"""Settles again what corrections touch: the next run type of the market's calendar, once it is due."""

from __future__ import annotations

from typing import Any

from airflow.sdk import DAG, task

from meterlake_dags import calendar, settling
from meterlake_dags import config as configuration
from meterlake_dags.tasks import PUBLISHED, WRITER_POOL, market_day, meterlake, settings

config = configuration.load()

with DAG(
    dag_id="meterlake_resettlement",
    schedule=[PUBLISHED],
    doc_md=__doc__,
    **settings(config),
) as dag:

    @task(pool=WRITER_POOL)
    def touched(**context: Any) -> list[dict[str, str]]:
        """The signed reports that corrections touch and whose next run type is due."""
        ti = context["ti"]
        listed = {one["report_id"]: one for one in settling.reports(config, ti)}
        if not any(one["status"] == "SIGNED" for one in listed.values()):
            return []
        impact = meterlake(config, ["report", "impact", "--output", "json"], ti)
        day = market_day(config, context)
        settlements = []
        for one in impact["reports"]:
            report = listed.get(one["report_id"])
            if not one["touched"] or report is None:
                continue
            following = calendar.next_run_type(config.run_types, report["run_type"], report["period"], day)
            if following:
                settlements.append({"period": report["period"], "run_type": following.name})
        return settlements

    settling.chain(config).expand(settlement=touched())
