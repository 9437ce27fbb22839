"""The daily DAG with a script in the command's place, for endings that the real one has seldom."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import CONFIG, DAGS, HOME


def daily_calling(script: str, folder: Path, monkeypatch: pytest.MonkeyPatch):
    """The DAG of one utility, whose file of 2026-03-10 is there; the script runs in the folder."""
    from airflow.dag_processing.dagbag import DagBag

    (folder / "meterlake").write_text(script)
    (folder / "meterlake").chmod(0o755)
    (folder / "nem12_2026-03-10.csv").write_text("")
    waiting_for = CONFIG.index("  - name: stadtwerke-nord"), CONFIG.index("  - name: southern-grid")
    told = CONFIG[: waiting_for[0]] + CONFIG[waiting_for[1] :]
    told = told.replace(f"{HOME}/meterlake", str(folder / "meterlake"))
    lines = [
        f"    folder: {folder}" if one.startswith("    folder:") else f"project: {folder}" if "project:" in one else one
        for one in told.splitlines()
    ]
    (folder / "dags.yml").write_text("\n".join(lines))
    monkeypatch.setenv("AIRFLOW_METERLAKE_CONFIG", str(folder / "dags.yml"))
    return DagBag(str(DAGS)).dags["meterlake_daily"]
