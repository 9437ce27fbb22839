"""`meterlake airflow up` again and again: what runs stays, what has ended is started, nothing listens for others."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import psutil
import pytest
from conftest import HOME
from local_airflow import Pages, kill, until, with_children

pytestmark = pytest.mark.night


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A project of its own, so that nothing of another Airflow is in it."""
    folder = tmp_path_factory.mktemp("airflow")
    (folder / "meterlake.yml").write_text("airflow.port: 0\n")
    yield folder
    airflow(folder, "down")


def airflow(folder: Path, *arguments: str, code: int = 0, config: bool = True) -> str:
    environment = dict(os.environ)
    if not config:
        del environment["AIRFLOW_METERLAKE_CONFIG"]
    command = [HOME / "meterlake", "airflow", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, text=True, capture_output=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def state(folder: Path) -> dict[str, str]:
    lines = (folder / ".meterlake/airflow/meterlake.properties").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if not line.startswith("#"))


def test_without_a_configuration_nothing_is_started(folder):
    if (HOME / "airflow-dags/meterlake-dags.yml").exists():
        pytest.skip("this checkout has a configuration")
    told = airflow(folder, "up", code=2, config=False)
    assert "Cannot start Airflow: the DAGs have no configuration" in told
    assert "Fix: Copy " in told


def test_it_is_up_and_a_second_up_finds_it(folder):
    told = airflow(folder, "up")
    assert told.count("healthy  (process") == 4, told
    before = state(folder)
    assert "Airflow is already up" in airflow(folder, "up")
    assert state(folder) == before


def test_the_dags_are_there_and_paused(folder):
    pages = Pages(f"http://127.0.0.1:{state(folder)['port']}")
    # A part is healthy before it has read its first file.
    wanted = {"meterlake_daily", "meterlake_monthly_settlement"}
    until(lambda: wanted <= {dag["dag_id"] for dag in pages.dags()}, "the DAGs are read", 5)
    dags = pages.dags()
    assert all(dag["is_paused"] for dag in dags)
    assert pages.call("GET", "/importErrors")["total_entries"] == 0
    assert pages.call("GET", "/pools/meterlake_writer")["slots"] == 1


def test_nothing_listens_for_other_machines(folder):
    pids = [int(value) for key, value in state(folder).items() if key.endswith(".pid")]
    listening = {
        connection.laddr.ip
        for process in with_children(pids)
        for connection in process.net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}


def test_a_part_that_was_killed_is_told_and_started_again_alone(folder):
    before = state(folder)
    secrets = (folder / ".meterlake/airflow/secrets.properties").read_text()
    scheduler = psutil.Process(int(before["scheduler.pid"]))
    workers = scheduler.children(recursive=True)
    assert workers, "the scheduler's workers outlive it"
    kill([scheduler])
    told = airflow(folder, "status", code=1)
    assert "scheduler      ended" in told
    assert "scheduler.log:" in told
    assert told.count("healthy  (process") == 3, told

    airflow(folder, "up")

    after = state(folder)
    assert {key for key in before if before[key] != after[key]} == {"scheduler.pid", "scheduler.started"}
    assert (folder / ".meterlake/airflow/secrets.properties").read_text() == secrets
    assert [one for one in workers if one.is_running() and one.status() != psutil.STATUS_ZOMBIE] == []


def test_down_ends_all_of_it(folder):
    running = with_children([int(value) for key, value in state(folder).items() if key.endswith(".pid")])
    assert "Airflow is stopped." in airflow(folder, "down")
    assert [one for one in running if one.is_running() and one.status() != psutil.STATUS_ZOMBIE] == []
    assert "No Airflow was running." in airflow(folder, "down")
    assert "No Airflow is running" in airflow(folder, "status", code=1)
