"""What the settlement DAGs share: a draft, a person's approval, the signature; for each settlement of a list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import task, task_group
from airflow.sdk.exceptions import AirflowSkipException

from meterlake_dags import config as configuration
from meterlake_dags.tasks import SIGNED, WRITER_POOL, meterlake, published

SETTLED = ("SIGNED", "SUPERSEDED")


def reports(config: configuration.Config, ti: Any) -> list[dict[str, Any]]:
    """All reports of the configured name, as `report list` tells them; the status in capitals."""
    listed = meterlake(config, ["report", "list", "--output", "json"], ti)["reports"]
    return [one | {"status": one["status"].upper()} for one in listed if one["report_name"] == config.report]


def of_run(listed: list[dict[str, Any]], period: str, run_type: str, statuses: tuple[str, ...]) -> list[dict[str, Any]]:
    """Those of one period and run type with one of the statuses."""
    return [
        one for one in listed if one["period"] == period and one["run_type"] == run_type and one["status"] in statuses
    ]


def newest_snapshot(config: configuration.Config, ti: Any) -> str | None:
    """The id of the newest snapshot; None if there is none."""
    listed = meterlake(config, ["snapshot", "list", "--output", "json"], ti)["snapshots"]
    return max((one["snapshot_id"] for one in listed), default=None)


def chain(config: configuration.Config):
    """A mapped task group: draft, approve, sign."""

    @task(pool=WRITER_POOL)
    def draft(settlement: dict[str, str], **context: Any) -> dict[str, Any]:
        """Makes the report, unless one of the same data waits for approval already."""
        ti = context["ti"]
        period, run_type = settlement["period"], settlement["run_type"]
        told = published(context).get("snapshot")
        drafts = of_run(reports(config, ti), period, run_type, ("DRAFT",))
        snapshot = told or newest_snapshot(config, ti)
        same = [one for one in drafts if one["snapshot_id"] == snapshot]
        if same:
            report_id = same[-1]["report_id"]
        else:
            pinned = ["--snapshot", told] if told else []
            wanted = [config.report, "--period", period, "--run-type", run_type, *pinned]
            report_id = meterlake(config, ["report", "run", *wanted, "--output", "json"], ti)["report_id"]
        return {"report_id": report_id, "period": period, "run_type": run_type}

    @task(pool=WRITER_POOL, outlets=[SIGNED])
    def sign(drafted: dict[str, Any], approval: dict[str, Any], **context: Any) -> str:
        """Signs it in the name of who approved. One that is signed already stays as it is."""
        # Airflow does not skip what follows a rejection in a mapped group.
        if approval.get("chosen_options") != [ApprovalOperator.APPROVE]:
            raise AirflowSkipException(f"{drafted['report_id']} was not approved and stays a draft")
        ti = context["ti"]
        report_id = drafted["report_id"]
        status = next(one["status"] for one in reports(config, ti) if one["report_id"] == report_id)
        if status not in SETTLED:
            user = approval.get("responded_by_user") or {}
            by = user.get("name") or user.get("id") or "airflow"
            meterlake(config, ["report", "sign", report_id, "--by", by], ti)
        context["outlet_events"][SIGNED].extra = {"report_id": report_id}
        return report_id

    @task_group(group_id="settle")
    def settle(settlement: dict[str, str]) -> None:
        drafted = draft(settlement)
        approve = ApprovalOperator(
            task_id="approve",
            subject="Sign {{ ti.xcom_pull(task_ids='settle.draft', map_indexes=ti.map_index)['report_id'] }}?",
            body="`meterlake report show "
            "{{ ti.xcom_pull(task_ids='settle.draft', map_indexes=ti.map_index)['report_id'] }}` says what it was"
            " made from, its sums, and where its files are. A rejection leaves it a draft.",
            response_timeout=timedelta(hours=config.approval_hours),
            execution_timeout=None,
            retries=0,
        )
        drafted >> approve
        sign(drafted, approve.output)

    return settle
