"""The settlement of the month that has ended: made when data are published, signed when a person approves."""

from __future__ import annotations

from typing import Any

from airflow.sdk import DAG, Param, task

from meterlake_dags import calendar, settling
from meterlake_dags import config as configuration
from meterlake_dags.tasks import PUBLISHED, market_day, published, settings

config = configuration.load()

with DAG(
    dag_id="meterlake_monthly_settlement",
    schedule=[PUBLISHED],
    params={
        "period": Param(None, type=["null", "string"], description="a month such as 2026-01; the one that has ended"),
        "run_type": Param(None, type=["null", "string"], description="the first of the calendar unless told"),
    },
    doc_md=__doc__,
    **settings(config),
) as dag:

    @task
    def due(**context: Any) -> list[dict[str, str]]:
        """What is to be settled: one month, or nothing if it is not due yet or signed already.

        A run that a person starts, for a past month by its logical date or by `period`, waits for no due day.
        """
        told = context["params"].get("period")
        day = market_day(config, context)
        period = calendar.month(told) if told else calendar.month_before(day)
        run_type = context["params"].get("run_type") or config.run_types[0].name
        by_data = bool(published(context))
        if by_data and not config.run_types[0].is_due(period, day):
            return []
        listed = settling.reports(config, context["ti"])
        if settling.of_run(listed, period, run_type, settling.SETTLED):
            return []
        return [{"period": period, "run_type": run_type}]

    settling.chain(config).expand(settlement=due())
