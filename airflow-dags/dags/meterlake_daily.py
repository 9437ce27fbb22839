"""Every night: each utility's files of the day into the lake, then the models, their tests, and publishing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import DAG, CronTriggerTimetable, PokeReturnValue, TriggerRule, task, task_group
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from airflow.sdk.timezone import utcnow

from meterlake_dags import calendar, command
from meterlake_dags import config as configuration
from meterlake_dags.tasks import EXIT_CODE, PUBLISHED, WRITER_POOL, meterlake, moment, settings

config = configuration.load()

with DAG(
    dag_id="meterlake_daily",
    schedule=CronTriggerTimetable(
        f"{config.daily_at.minute} {config.daily_at.hour} * * *", timezone=config.time_zone.key
    ),
    doc_md=__doc__,
    **settings(config),
) as dag:

    @task.sensor(
        mode="reschedule",
        poke_interval=config.poke_seconds,
        timeout=timedelta(hours=24).total_seconds(),
        execution_timeout=timedelta(minutes=5),
    )
    def find(name: str, **context: Any) -> PokeReturnValue:
        """Waits for the day's files until they are late."""
        utility = config.utility(name)
        day = calendar.reading_day(moment(context), config.time_zone)
        there = utility.expected(day)
        if len(there) >= utility.expected_files:
            files = [str(path) for path in utility.files(day)]
            return PokeReturnValue(is_done=True, xcom_value={"utility": name, "files": files})
        if utcnow() >= utility.deadline(day, config.time_zone):
            raise AirflowFailException(
                f"Late: {name} has sent {len(there)} of {utility.expected_files} files for {day} to {utility.folder}\n"
                "Fix: ask the utility; when the files are there, clear this task. See docs/runbook.md#late-file."
            )
        return PokeReturnValue(is_done=False)

    @task(pool=WRITER_POOL)
    def ingest(found: dict[str, Any], **context: Any) -> list[dict[str, Any]]:
        """Takes the files in, each as one commit. What is in already changes nothing."""
        if not found["files"]:
            return []
        utility = config.utility(found["utility"])
        mapping = ["--mapping", str(utility.mapping)] if utility.mapping else []
        arguments = ["ingest", "--utility", utility.name, *mapping, "--output", "json", *found["files"]]
        told = ("file", "status", "commit", "rows_new", "rows_changed", "rows_rejected")
        return [{key: one[key] for key in told} for one in meterlake(config, arguments, context["ti"])["files"]]

    @task_group(group_id="utility")
    def utility(name: str) -> None:
        ingest(find(name))

    # One that is late or sent broken files holds up nobody else's.
    @task(trigger_rule=TriggerRule.ALL_DONE, outlets=[PUBLISHED], pool=WRITER_POOL)
    def build(**context: Any) -> str:
        """Pins a snapshot, builds and tests the models, and publishes them."""
        ti = context["ti"]
        every = range(len(config.utilities))
        codes = ti.xcom_pull(task_ids="utility.ingest", key=EXIT_CODE, map_indexes=list(every)) or []
        if command.UNKNOWN in codes:
            raise AirflowFailException(
                "Cannot build: it is not known whether an ingest's commit took effect\n"
                "Fix: run `meterlake doctor`, clear that ingest, and then this task."
            )
        document = meterlake(config, ["build", "--output", "json"], ti)
        day = calendar.local_date(moment(context), config.time_zone)
        context["outlet_events"][PUBLISHED].extra = {
            "snapshot": document["snapshot"],
            "delivery_day": day.isoformat(),
        }
        return document["snapshot"]

    def of_published(snapshot: str | None) -> str:
        """The snapshot that was published; what comes after publishing is skipped without one."""
        if snapshot is None:
            raise AirflowSkipException("Nothing was published")
        return snapshot

    @task
    def gather(snapshot: str | None, **context: Any) -> None:
        """Lays the snapshot's readings out by meter. Settled months are there already; no ingest waits."""
        meterlake(config, ["snapshot", "gather", of_published(snapshot), "--output", "json"], context["ti"])

    @task
    def dashboards(snapshot: str | None, **context: Any) -> None:
        """Has Metabase look for the build's tables and columns; skipped if the settings name no Metabase."""
        of_published(snapshot)
        in_force = meterlake(config, ["config", "show", "--output", "json"], context["ti"])
        if not in_force["metabase.url"]["value"].strip():
            raise AirflowSkipException("There is no Metabase: metabase.url is not set")
        meterlake(config, ["dashboard", "sync", "--output", "json"], context["ti"])

    @task(retries=0)
    def complete() -> None:
        """Succeeds only if all files came and went in and the models are published: the run's own state."""

    utilities = utility.expand(name=[one.name for one in config.utilities])
    built = build()
    utilities >> built
    # Readers have what was published whatever becomes of these: as teardowns they are red and alarm when they fail,
    # and the run is as `complete` says.
    for after in (gather(built), dashboards(built)):
        after.operator.as_teardown(on_failure_fail_dagrun=False)
    [utilities, built] >> complete()
