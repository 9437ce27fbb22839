"""The daily DAG in the real Airflow, when a command ends without knowing whether its commit took effect."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from conftest import CONFIG, DAGS, HOME

UNKNOWN = """#!/bin/sh
echo "$1" >> calls
echo '{"error": {"code": "COMMIT_UNKNOWN", "message": "Cannot tell", "fix": "Look"}}'
exit 4
"""


def test_after_an_unknown_commit_nothing_is_tried_again_and_nothing_is_built(airflow, alarms, tmp_path, monkeypatch):
    from airflow.dag_processing.dagbag import DagBag

    (tmp_path / "meterlake").write_text(UNKNOWN)
    (tmp_path / "meterlake").chmod(0o755)
    (tmp_path / "nem12_2026-03-10.csv").write_text("")
    waiting_for = CONFIG.index("  - name: stadtwerke-nord"), CONFIG.index("  - name: southern-grid")
    told = CONFIG[: waiting_for[0]] + CONFIG[waiting_for[1] :]
    told = told.replace(f"{HOME}/meterlake", str(tmp_path / "meterlake"))
    lines = [
        f"    folder: {tmp_path}"
        if one.startswith("    folder:")
        else f"project: {tmp_path}"
        if "project:" in one
        else one
        for one in told.splitlines()
    ]
    (tmp_path / "dags.yml").write_text("\n".join(lines))
    monkeypatch.setenv("AIRFLOW_METERLAKE_CONFIG", str(tmp_path / "dags.yml"))

    daily = DagBag(str(DAGS)).dags["meterlake_daily"]
    run = daily.test(logical_date=datetime(2026, 3, 11, 6, tzinfo=ZoneInfo("Europe/Berlin")))

    found = {ti.task_id: (str(ti.state), ti.try_number) for ti in run.get_task_instances()}
    assert found["utility.ingest"] == ("failed", 1), found
    assert found["build"] == ("failed", 1), found
    assert found["complete"][0] == "upstream_failed"
    assert found["gather"][0] == found["dashboards"][0] == "skipped"
    assert (tmp_path / "calls").read_text() == "ingest\n"
    said = [one["text"] for one in alarms if "Cannot build: it is not known" in one["text"]]
    assert len(said) == 1, "the command tells of its commit, and the task of the build that did not start"
