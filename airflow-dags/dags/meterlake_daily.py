"""Every night: each utility's files of the day into the lake, then the models, their tests, and publishing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import DAG, CronTriggerTimetable, PokeReturnValue, TriggerRule, task, task_group
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from airflow.sdk.timezone import utcnow

from meterlake_dags import calendar, command
from meterlake_dags import config as configuration
from meterlake_dags.config import Utility
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
                "Fix: ask the utility; when the files are there, clear this task with those downstream, or leave"
                " them to the next night. See docs/runbook.md#late-file."
            )
        return PokeReturnValue(is_done=False)

    def take_in(utility: Utility, files: list[str], ti: Any) -> list[dict[str, Any]]:
        """Takes files in, each as one commit, and gives what became of them. What is in already changes nothing."""
        if not files:
            return []
        mapping = ["--mapping", str(utility.mapping)] if utility.mapping else []
        arguments = ["ingest", "--utility", utility.name, *mapping, "--output", "json", *files]
        told = ("file", "status", "commit", "rows_new", "rows_changed", "rows_rejected")
        return [{key: one[key] for key in told} for one in meterlake(config, arguments, ti)["files"]]

    @task(pool=WRITER_POOL)
    def ingest(found: dict[str, Any], **context: Any) -> list[dict[str, Any]]:
        """Takes the day's files in."""
        return take_in(config.utility(found["utility"]), found["files"], context["ti"])

    @task(pool=WRITER_POOL)
    def overdue(name: str, **context: Any) -> list[dict[str, Any]]:
        """Takes in the files of the days before that came too late for their own night. Those that were refused are not
        tried again: that was told, and the same would come out."""
        utility = config.utility(name)
        there = utility.before(calendar.reading_day(moment(context), config.time_zone), config.overdue_days)
        if not there:
            return []
        asked = ["ingest", "status", "--utility", name, "--last", "0", "--output", "json"]
        known = {(one["file"], one["size_bytes"]) for one in meterlake(config, asked, context["ti"])["files"]}
        new = [str(path) for path in there if (path.name, path.stat().st_size) not in known]
        return take_in(utility, new, context["ti"])

    @task_group(group_id="utility")
    def utility(name: str) -> None:
        ingest(find(name))
        overdue(name)

    # One that is late or sent broken files holds up nobody else's.
    @task(trigger_rule=TriggerRule.ALL_DONE, outlets=[PUBLISHED], pool=WRITER_POOL)
    def build(**context: Any) -> str:
        """Pins a snapshot, builds and tests the models, and publishes them."""
        ti = context["ti"]
        every = list(range(len(config.utilities)))
        codes = [
            code
            for writer in ("utility.overdue", "utility.ingest")
            for code in ti.xcom_pull(task_ids=writer, key=EXIT_CODE, map_indexes=every) or []
        ]
        if command.UNKNOWN in codes:
            raise AirflowFailException(
                "Cannot build: it is not known whether an ingest's commit took effect\n"
                "Fix: run `meterlake doctor`, clear the task that ended with 4, and then this one."
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
