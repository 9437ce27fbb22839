"""The daily and the monthly DAG on a real stack with the real command, in the order of the night."""

from __future__ import annotations

import json
import shutil
import threading
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from conftest import SCRATCH, SECRET, samples

BERLIN = ZoneInfo("Europe/Berlin")
MORNING = datetime(2026, 1, 26, 6, tzinfo=BERLIN)


def states(run):
    return {(ti.task_id, ti.map_index): (str(ti.state), ti.try_number) for ti in run.get_task_instances()}


def readings(lake):
    return lake("query", "--output", "csv", "select count(*), sum(value) from hudi.lake.meter_readings")


def reports(lake):
    return json.loads(lake("report", "list", "--output", "json"))["reports"]


def files(lake):
    return lake("query", "--output", "csv", "select count(*) from hudi.lake.ingested_files where status = 'ingested'")


@pytest.fixture(scope="module")
def first_day(bag, lake):
    """The first night, for which a file of the day before it has come as well, too late for its own."""
    samples(SCRATCH / "late", "2026-01-24", "1")
    shutil.copy(SCRATCH / "late/southern-grid/nem12_2026-01-24.csv", SCRATCH / "landing/southern-grid")
    return bag.dags["meterlake_daily"].test(logical_date=MORNING)


def test_the_daily_run_takes_the_days_files_in_and_publishes(first_day, lake):
    assert str(first_day.state) == "success", states(first_day)
    days = lake(
        "query", "--output", "csv", "select distinct source_file from hudi.lake.meter_readings order by source_file"
    )
    assert "lastgang_2026-01-25" in days
    assert "nem12_2026-01-25" in days
    assert "2026-01-26" not in days
    assert (
        int(lake("query", "--output", "csv", "select count(*) from hive.marts.fct_meter_daily_energy").split()[1]) > 0
    )


def test_a_file_that_came_too_late_for_its_night_is_taken_in_by_the_next_one(first_day, lake):
    taken = lake(
        "query",
        "--output",
        "csv",
        "select count(*) from hudi.lake.ingested_files"
        " where source_file = 'nem12_2026-01-24.csv' and status = 'ingested'",
    )
    assert taken.split()[1] == "1"
    published = lake(
        "query",
        "--output",
        "csv",
        "select count(distinct meter_id) from hive.marts.fct_readings where reading_date = date '2026-01-24'",
    )
    assert int(published.split()[1]) > 30
    assert states(first_day)["utility.overdue", 0] == ("success", 1)


def test_the_same_day_again_changes_nothing(first_day, bag, lake):
    before, taken = readings(lake), files(lake)
    again = bag.dags["meterlake_daily"].test(logical_date=MORNING)
    assert str(again.state) == "success"
    assert (readings(lake), files(lake)) == (before, taken)


def test_a_broken_file_fails_at_once_a_late_one_is_told_and_the_rest_is_published(first_day, bag, lake, alarms):
    (SCRATCH / "landing/southern-grid/nem12_2026-02-10.csv").write_text(
        "100,NEM12,202602110000,MDP,RET\n200,NMI1,E1,1,E1,N1,M1,kWh,30,\n300,20260210,1,2,3,A,,,20260211000000,\n900\n"
    )
    run = bag.dags["meterlake_daily"].test(logical_date=datetime(2026, 2, 11, 6, tzinfo=BERLIN))
    found = states(run)
    assert found["utility.find", 0] == ("failed", 1)
    assert found["utility.ingest", 1] == ("failed", 1), "exit code 3 is not retried"
    assert found["build", -1] == ("success", 1)
    assert found["complete", -1][0] == "upstream_failed"
    assert str(run.state) == "failed"
    told = "\n".join(alarm["text"] for alarm in alarms)
    assert "Late: stadtwerke-nord has sent 0 of 1 files for 2026-02-10" in told
    assert told.count("ended with 3") == 1, "the command tells it, and the task does not tell it again"
    assert SECRET not in told


def answer(stop, choice):
    """Answers as the page Required Actions does, for whoever waits."""
    from airflow.models.hitl import HITLDetail
    from airflow.models.taskinstance import TaskInstance
    from airflow.models.trigger import handle_event_submit
    from airflow.triggers.base import TriggerEvent
    from airflow.utils.session import create_session
    from airflow.utils.state import TaskInstanceState
    from airflow.utils.timezone import utcnow

    while not stop.wait(1):
        with create_session() as session:
            waiting = session.query(TaskInstance).filter_by(state=TaskInstanceState.AWAITING_INPUT).first()
            detail = session.get(HITLDetail, waiting.id) if waiting else None
            if detail is None:
                continue
            detail.responded_by = {"id": "7", "name": "R. Clerk"}
            detail.responded_at = utcnow()
            detail.chosen_options = [choice]
            detail.params_input = {}
            session.flush()
            handle_event_submit(TriggerEvent(detail.as_resume_event_payload()), task_instance=waiting, session=session)


def settled(bag, choice, **run):
    """A run of the monthly settlement, with a clerk who chooses this."""
    stop = threading.Event()
    clerk = threading.Thread(target=answer, args=(stop, choice), daemon=True)
    clerk.start()
    try:
        return bag.dags["meterlake_monthly_settlement"].test(**run)
    finally:
        stop.set()
        clerk.join()


def test_a_past_month_is_filled_in_from_its_logical_date_and_signed_when_approved(first_day, bag, lake):
    # The first of February in Berlin is still January in UTC.
    run = settled(bag, "Approve", logical_date=datetime(2026, 2, 1, tzinfo=BERLIN))
    assert str(run.state) == "success", states(run)
    (report,) = reports(lake)
    assert (report["period"], report["run_type"], report["status"]) == ("2026-01", "initial", "signed")
    assert report["signature"]["by"] == "R. Clerk"


def test_a_month_that_is_signed_is_not_settled_again(bag, lake):
    before = reports(lake)
    run = bag.dags["meterlake_monthly_settlement"].test(
        logical_date=datetime(2026, 2, 1, 1, tzinfo=BERLIN), run_conf={"period": "2026-01"}
    )
    assert str(run.state) == "success"
    assert reports(lake) == before


def test_a_rejected_report_stays_a_draft(bag, lake):
    run = settled(
        bag,
        "Reject",
        logical_date=datetime(2026, 4, 3, tzinfo=BERLIN),
        run_conf={"period": "2026-01", "run_type": "first-correction"},
    )
    assert states(run)["settle.sign", 0][0] == "skipped", states(run)
    assert [(one["run_type"], one["status"]) for one in reports(lake)] == [
        ("initial", "signed"),
        ("first-correction", "draft"),
    ]


def test_what_no_correction_touches_is_not_settled_again(bag, lake):
    before = reports(lake)
    run = bag.dags["meterlake_resettlement"].test(logical_date=datetime(2026, 4, 2, tzinfo=BERLIN))
    assert str(run.state) == "success"
    assert reports(lake) == before


def test_the_upkeep_finds_nothing_wrong(bag, lake):
    run = bag.dags["meterlake_maintenance"].test(logical_date=datetime(2026, 2, 7, 13, tzinfo=BERLIN))
    assert str(run.state) == "success", states(run)


def test_the_look_for_alarms_tells_each_once_and_succeeds_whatever_it_finds(bag, lake, alarms):
    (SCRATCH / "project/deliveries.yml").write_text(
        "utilities:\n  southern-grid: {by: '09:00', time_zone: Europe/Berlin}\n"
    )
    before = len(alarms)
    runs = [bag.dags["meterlake_alarms"].test(logical_date=datetime(2026, 2, 7, 13, m, tzinfo=BERLIN)) for m in (0, 10)]
    assert [str(run.state) for run in runs] == ["success", "success"], states(runs[0])
    found = runs[0].get_task_instance("alarms").xcom_pull(task_ids="alarms")
    assert "failed-run" in found, "the broken file is still an incident"
    assert "late-file" not in found, "the task that waits for a file tells it"
    assert len(alarms) == before, "the ingest told it when it failed"
