"""A night with the whole of Airflow: files come on time, late, broken, and as a correction of a settled month. In the
middle of it everything is killed. In the morning everything that could be done is done, and nothing twice."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from conftest import HOME, SCRATCH, SECRET, samples
from local_airflow import Pages, kill, recorded, until, with_children

pytestmark = pytest.mark.night

PROJECT = SCRATCH / "project"
LANDING = SCRATCH / "night"
EVENTS = SCRATCH / "openlineage.jsonl"
# The scheduler begins the night of the day that it is, so the files are of yesterday.
TODAY = datetime.datetime.now(ZoneInfo("Europe/Berlin")).date()
DAY = TODAY - datetime.timedelta(days=1)
# The month that is settled in this night, and the one before it, which was settled and is corrected.
LAST_MONTH = TODAY.replace(day=1) - datetime.timedelta(days=1)
SETTLED_MONTH = LAST_MONTH.replace(day=1) - datetime.timedelta(days=1)
DAILY = "meterlake_daily"
SETTLEMENTS = ("meterlake_monthly_settlement", "meterlake_resettlement")

CONFIG = f"""
command: {HOME}/meterlake
project: {PROJECT}
time_zone: Europe/Berlin
daily_at: '00:00'
retries: 2
retry_seconds: 1
utilities:
  - name: southern-grid
    folder: {LANDING}/southern-grid
    pattern: 'nem12_{{day}}.csv'
    extra_pattern: 'nem12_corrections_*.csv'
    expected_by: '00:00'
  - name: stadtwerke-nord
    folder: {LANDING}/stadtwerke-nord
    pattern: 'lastgang_{{day}}.csv.gz'
    mapping: {SCRATCH}/settled/stadtwerke-nord/mapping.yml
    expected_by: '00:00'
  - name: westwind
    folder: {LANDING}/westwind
    pattern: 'nem12_{{day}}.csv'
    expected_by: '00:00'
run_types:
  - {{name: initial, due_days: 0}}
  - {{name: first-correction, due_days: 27}}
"""
# A day of three half-hours.
BROKEN = f"""100,NEM12,{TODAY:%Y%m%d}0000,MDP,RET
200,NMI1,E1,1,E1,N1,M1,kWh,30,
300,{DAY:%Y%m%d},1,2,3,A,,,{TODAY:%Y%m%d}000000,
900
"""


def rows(lake, sql: str) -> list[list[str]]:
    return [line.split(",") for line in lake("query", "--output", "csv", sql).splitlines()[1:]]


def document(lake, *arguments: str, codes: tuple[int, ...] = (0,)):
    return json.loads(lake(*arguments, "--output", "json", codes=codes))


def snapshots(lake) -> set[str]:
    return {one["snapshot_id"] for one in document(lake, "snapshot", "list")["snapshots"]}


def airflow(*arguments: str, code: int = 0) -> str:
    """A call of `meterlake airflow`, as a person makes it."""
    transport = json.dumps({"type": "file", "log_file_path": str(EVENTS), "append": True})
    more = {
        "AIRFLOW_METERLAKE_CONFIG": str(SCRATCH / "night-dags.yml"),
        "AIRFLOW__OPENLINEAGE__TRANSPORT": transport,
        "METERLAKE_LINEAGE_OPENLINEAGE_FILE": str(EVENTS),
        # Found sooner than on a machine that has other things to do.
        "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "10",
    }
    command = [HOME / "meterlake", "airflow", *arguments]
    done = subprocess.run(command, cwd=PROJECT, env=os.environ | more, text=True, capture_output=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def pages(told: str) -> Pages:
    """Those of the Airflow that `up` told of."""
    return Pages(next(line.split()[1] for line in told.splitlines() if line.startswith("pages")))


def once(lake) -> None:
    """Each file is in the ledger once, and each reading in the table."""
    twice = "select file_checksum, count(*) from hudi.lake.ingested_files group by 1 having count(*) > 1"
    assert rows(lake, twice) == []
    new = "(select sum(rows_new) from hudi.lake.ingested_files)"
    keys = "count(distinct (meter_id, channel, interval_start))"
    counted = rows(lake, f"select count(*), {keys}, {new} from hudi.lake.meter_readings")[0]
    assert counted[0] == counted[1] == counted[2], counted


@dataclass(frozen=True)
class Evening:
    """What there was before the night."""

    signed: str
    snapshots: set[str]


@pytest.fixture(scope="module")
def evening(lake) -> Evening:
    """A month is in the lake and settled; a day of the next one is in; the files of the night have landed."""
    settled = SCRATCH / "settled"
    samples(settled, str(SETTLED_MONTH.replace(day=10)), "7")
    last = SCRATCH / "last"
    samples(last, str(LAST_MONTH.replace(day=10)), "1")
    mapping = ["--mapping", str(settled / "stadtwerke-nord/mapping.yml")]
    for folder in (settled, last):
        nord = sorted(map(str, (folder / "stadtwerke-nord").glob("lastgang_*")))
        south = sorted(map(str, (folder / "southern-grid").glob("nem12_20*")))
        # The samples have some lines that are refused.
        lake("ingest", "--utility", "stadtwerke-nord", *mapping, *nord, codes=(0, 3))
        lake("ingest", "--utility", "southern-grid", *south, codes=(0, 3))
    lake("build")
    wanted = ["settlement", "--period", f"{SETTLED_MONTH:%Y-%m}", "--run-type", "initial"]
    signed = document(lake, "report", "run", *wanted)["report_id"]
    lake("report", "sign", signed, "--by", "R. Clerk")

    night = SCRATCH / "samples-of-the-night"
    samples(night, str(DAY), "1")
    for utility in ("southern-grid", "stadtwerke-nord", "westwind"):
        (LANDING / utility).mkdir(parents=True)
    shutil.copy(night / f"southern-grid/nem12_{DAY}.csv", LANDING / "southern-grid")
    before = SCRATCH / "samples-of-the-night-before"
    samples(before, str(DAY - datetime.timedelta(days=1)), "1")
    (late,) = (before / "stadtwerke-nord").glob("lastgang_*")
    shutil.copy(late, LANDING / "stadtwerke-nord")
    (correction,) = (settled / "southern-grid").glob("nem12_corrections_*")
    shutil.copy(correction, LANDING / "southern-grid")
    (LANDING / f"westwind/nem12_{DAY}.csv").write_text(BROKEN)
    (SCRATCH / "night-dags.yml").write_text(CONFIG)
    return Evening(signed, snapshots(lake))


def half_built() -> bool:
    """Whether the night's build is in the middle of its models."""
    logs = PROJECT / ".meterlake/runs/logs"
    newest = max(logs.glob("*-build.jsonl"), key=lambda log: log.name)
    lines = [json.loads(line) for line in newest.read_text().splitlines() if line.endswith("}")]
    return sum("node" in line for line in lines) >= 2 and lines[-1].get("event") != "ended"


@pytest.fixture(scope="module")
def morning(evening, lake, alarms):
    """The night: begun, killed in the middle of the build, begun again, and over."""
    known = len(list((PROJECT / ".meterlake/runs/logs").glob("*-build.jsonl")))
    try:
        night = pages(airflow("up"))
        night.switch_on(DAILY, *SETTLEMENTS)
        run = until(lambda: night.runs(DAILY), "the scheduler begins the night")[0]["dag_run_id"]
        logs = PROJECT / ".meterlake/runs/logs"
        until(lambda: len(list(logs.glob("*-build.jsonl"))) > known and half_built(), "the build is half-way")
        killed = with_children(
            recorded(PROJECT / ".meterlake/airflow/meterlake.properties")
            + recorded(PROJECT / ".meterlake/stack/stack.properties")
        )
        commands = [" ".join(process.cmdline()) for process in killed]
        kill(killed)
        told = airflow("status", code=1)

        lake("stack", "up")
        again = airflow("up")
        night = pages(again)
        state = until(lambda: night.finished(DAILY, run), "the night is over", 12)
        waiting = until(lambda: approvals(night), "two reports wait for a person", 6)
        yield SimpleNamespace(
            pages=night, run=run, state=state, killed=commands, status=told, again=again, waiting=waiting, alarms=alarms
        )
    finally:
        airflow("down")


def approvals(night: Pages) -> dict[str, str] | None:
    """The run of each settlement DAG that waits for a person; None as long as one does not."""
    found = {}
    for dag_id in SETTLEMENTS:
        for run in night.runs(dag_id):
            if night.states(dag_id, run["dag_run_id"]).get(("settle.approve", 0)) == "awaiting_input":
                found[dag_id] = run["dag_run_id"]
    return found if len(found) == len(SETTLEMENTS) else None


def test_everything_was_killed_in_the_middle_of_the_build(morning):
    assert any("io.meterlake.cli.Meterlake build" in one for one in morning.killed), morning.killed
    assert morning.status.count("ended  (process") == 4
    assert "`./meterlake airflow up` starts what has ended." in morning.status
    assert "already up" not in morning.again


def test_a_second_up_finds_it(morning):
    assert "Airflow is already up" in airflow("up")


def test_the_night_is_completed_and_fails_for_who_was_late_and_who_sent_a_broken_file(morning):
    found = morning.pages.states(DAILY, morning.run)
    assert morning.state == "failed", found
    assert found["utility.ingest", 0] == "success", found
    assert found["utility.find", 1] == "failed", found
    assert found["utility.overdue", 1] == "success", found
    assert found["utility.ingest", 2] == "failed", found
    assert found["build", -1] == found["gather", -1] == "success", found
    assert found["dashboards", -1] == "skipped", found
    assert found["complete", -1] == "upstream_failed", found


def test_views_are_built_from_what_is_there(morning, lake):
    of_day = f"from hive.marts.fct_readings where reading_date = date '{DAY}'"
    assert rows(lake, f"select distinct utility {of_day}") == [["southern-grid"]]
    assert int(rows(lake, f"select count(distinct meter_id) {of_day}")[0][0]) > 30
    corrected = rows(lake, "select count(*) from hive.marts.fct_reading_changes")
    assert int(corrected[0][0]) > 0


def test_what_was_late_for_the_night_before_is_there(morning, lake):
    of_day = f"from hive.marts.fct_readings where reading_date = date '{DAY - datetime.timedelta(days=1)}'"
    assert rows(lake, f"select distinct utility {of_day}") == [["stadtwerke-nord"]]


def test_nothing_is_there_twice(morning, evening, lake):
    once(lake)
    assert len(snapshots(lake) - evening.snapshots) == 1, "what was killed is taken back"
    listed = document(lake, "report", "list")["reports"]
    made = sorted((one["period"], one["run_type"], one["status"]) for one in listed)
    assert made == [
        (f"{SETTLED_MONTH:%Y-%m}", "first-correction", "draft"),
        (f"{SETTLED_MONTH:%Y-%m}", "initial", "signed"),
        (f"{LAST_MONTH:%Y-%m}", "initial", "draft"),
    ]
    lake("lineage", "verify")


def test_whom_it_concerns_was_told_once(morning):
    told = [one["text"] for one in morning.alarms]
    late = f"Late: stadtwerke-nord has sent 0 of 1 files for {DAY}"
    waiting = [["waits for approval", f"{month:%Y-%m}"] for month in (SETTLED_MONTH, LAST_MONTH)]
    for words in ([late], ["westwind", "ended with 3"], *waiting):
        assert sum(all(word in one for word in words) for one in told) == 1, (words, told)
    assert SECRET not in "\n".join(told)


def test_the_impact_statement_names_the_touched_report(morning, evening, lake):
    impact = document(lake, "report", "impact")
    assert [one["report_id"] for one in impact["reports"] if one["touched"]] == [evening.signed]


def test_the_command_hangs_below_its_task_in_openlineage(morning):
    events = [json.loads(line) for line in EVENTS.read_text().splitlines()]
    by_run = {one["run"]["runId"]: one["job"]["name"] for one in events}
    parents = {
        (one["job"]["name"], by_run.get(one["run"]["facets"]["parent"]["run"]["runId"]))
        for one in events
        if one["producer"] == "urn:meterlake" and "parent" in one["run"]["facets"]
    }
    assert ("meterlake.build", f"{DAILY}.build") in parents, parents
    roots = {
        one["run"]["facets"]["parent"]["root"]["job"]["name"]
        for one in events
        if one["job"]["name"] == "meterlake.build"
    }
    assert DAILY in roots


def test_what_a_person_approves_on_the_pages_is_signed(morning, lake):
    dag_id = SETTLEMENTS[0]
    run = morning.waiting[dag_id]
    path = f"/dags/{dag_id}/dagRuns/{run}/taskInstances/settle.approve/0/hitlDetails"
    morning.pages.call("PATCH", path, {"chosen_options": ["Approve"], "params_input": {}})
    assert until(lambda: morning.pages.finished(dag_id, run), "the settlement is signed") == "success"
    listed = document(lake, "report", "list")["reports"]
    assert [one["status"] for one in listed if one["period"] == f"{LAST_MONTH:%Y-%m}"] == ["signed"]


def test_what_came_in_the_morning_is_taken_in_when_its_tasks_are_cleared(morning, lake):
    night = SCRATCH / "samples-of-the-night"
    (late,) = (night / "stadtwerke-nord").glob("lastgang_*")
    shutil.copy(late, LANDING / "stadtwerke-nord")
    mended = BROKEN.replace(",1,2,3,", "," + "1," * 48)
    (LANDING / f"westwind/nem12_{DAY}.csv").write_text(mended)
    told = len(morning.alarms)
    morning.pages.clear(DAILY, morning.run, ("utility.find", 1), ("utility.find", 2))

    assert until(lambda: morning.pages.finished(DAILY, morning.run), "the night is mended") == "success"
    of_day = f"from hive.marts.fct_readings where reading_date = date '{DAY}'"
    utilities = rows(lake, f"select distinct utility {of_day} order by 1")
    assert utilities == [["southern-grid"], ["stadtwerke-nord"], ["westwind"]]
    once(lake)
    assert [one for one in morning.alarms[told:] if "Late" in one["text"] or "ended with" in one["text"]] == []
    assert "failed-run" not in [one["alarm"] for one in document(lake, "alarms", codes=(0, 3))["alarms"]]


def test_nothing_is_left_running(morning):
    parts = recorded(PROJECT / ".meterlake/airflow/meterlake.properties")
    running = with_children(parts)
    assert airflow("down").strip() == "Airflow is stopped."
    assert [one for one in running if one.is_running() and one.status() != "zombie"] == []
    assert "No Airflow is running" in airflow("status", code=1)
    assert Path(PROJECT / ".meterlake/airflow/secrets.properties").stat().st_mode & 0o077 == 0
