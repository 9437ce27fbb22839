"""The daily DAG in the real Airflow, when what follows publishing goes wrong, or has nothing to do."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from stand_in import daily_calling

PUBLISHES = """#!/bin/sh
echo "$*" >> calls
case "$1 $2" in
  "ingest "*) echo '{"files": []}' ;;
  "build "*) echo '{"snapshot": "20260311050000000"}' ;;
  "config show") echo '{"metabase.url": {"value": "METABASE", "origin": "meterlake.yml:1"}}' ;;
  *) echo '{"error": {"code": "SOME", "message": "Cannot", "fix": "Mend"}}'; exit 3 ;;
esac
"""


@pytest.mark.parametrize(("metabase", "dashboards"), [("http://127.0.0.1:3000", "failed"), ("", "skipped")])
def test_the_run_is_green_whatever_becomes_of_what_follows(airflow, tmp_path, monkeypatch, metabase, dashboards):
    daily = daily_calling(PUBLISHES.replace("METABASE", metabase), tmp_path, monkeypatch)
    run = daily.test(logical_date=datetime(2026, 3, 11, 6, tzinfo=ZoneInfo("Europe/Berlin")))

    found = {ti.task_id: str(ti.state) for ti in run.get_task_instances()}
    assert found["gather"] == "failed", found
    assert found["dashboards"] == dashboards, found
    assert found["complete"] == "success", found
    assert str(run.state) == "success"
    calls = (tmp_path / "calls").read_text().splitlines()
    assert "snapshot gather 20260311050000000 --output json" in calls
    assert ("dashboard sync --output json" in calls) is bool(metabase)
