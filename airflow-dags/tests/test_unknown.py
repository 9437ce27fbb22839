"""The daily DAG in the real Airflow, when a command ends without knowing whether its commit took effect."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from stand_in import daily_calling

UNKNOWN = """#!/bin/sh
echo "$1" >> calls
echo '{"error": {"code": "COMMIT_UNKNOWN", "message": "Cannot tell", "fix": "Look"}}'
exit 4
"""


def test_after_an_unknown_commit_nothing_is_tried_again_and_nothing_is_built(airflow, alarms, tmp_path, monkeypatch):
    daily = daily_calling(UNKNOWN, tmp_path, monkeypatch)
    run = daily.test(logical_date=datetime(2026, 3, 11, 6, tzinfo=ZoneInfo("Europe/Berlin")))

    found = {ti.task_id: (str(ti.state), ti.try_number) for ti in run.get_task_instances()}
    assert found["utility.ingest"] == ("failed", 1), found
    assert found["build"] == ("failed", 1), found
    assert found["complete"][0] == "upstream_failed"
    assert found["gather"][0] == found["dashboards"][0] == "skipped"
    assert (tmp_path / "calls").read_text() == "ingest\n"
    said = [one["text"] for one in alarms if "Cannot build: it is not known" in one["text"]]
    assert len(said) == 1, "the command tells of its commit, and the task of the build that did not start"
