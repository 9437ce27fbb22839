"""An Airflow as `meterlake airflow up` starts it: its pages' API, and the processes that it is made of."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import psutil

T = TypeVar("T")


def until(condition: Callable[[], T | None], what: str, minutes: float = 10) -> T:
    """Waits until the condition gives something, and gives that."""
    deadline = time.monotonic() + minutes * 60
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < deadline, f"after {minutes} minutes still not: {what}"
        time.sleep(0.5)


class Pages:
    """The API of Airflow's pages, as the pages themselves use it."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._token = self._send("GET", "/auth/token", None, {})["access_token"]

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
        request = urllib.request.Request(
            self._address + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **headers},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or "null")

    def call(self, method: str, path: str, body: Any = None) -> Any:
        return self._send(method, "/api/v2" + path, body, {"Authorization": f"Bearer {self._token}"})

    def dags(self) -> list[dict[str, Any]]:
        return self.call("GET", "/dags?exclude_stale=false")["dags"]

    def switch_on(self, *dag_ids: str) -> None:
        """Switches DAGs on, once their files have been read."""
        until(lambda: {*dag_ids} <= {dag["dag_id"] for dag in self.dags()}, "the DAGs are read")
        for dag_id in dag_ids:
            self.call("PATCH", f"/dags/{dag_id}?update_mask=is_paused", {"is_paused": False})

    def runs(self, dag_id: str) -> list[dict[str, Any]]:
        return self.call("GET", f"/dags/{dag_id}/dagRuns")["dag_runs"]

    def states(self, dag_id: str, run_id: str) -> dict[tuple[str, int], str]:
        """The state of each task of a run, by its id and index."""
        listed = self.call("GET", f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances")["task_instances"]
        return {(one["task_id"], one["map_index"]): one["state"] for one in listed}

    def clear(self, dag_id: str, run_id: str, *tasks: tuple[str, int]) -> None:
        """Clears tasks, each by its id and index, with those downstream, as the button of the page does unless told."""
        body = {
            "dry_run": False,
            "dag_run_id": run_id,
            "task_ids": [list(one) for one in tasks],
            "include_downstream": True,
            "only_failed": False,
            "reset_dag_runs": True,
        }
        self.call("POST", f"/dags/{dag_id}/clearTaskInstances", body)

    def finished(self, dag_id: str, run_id: str) -> str | None:
        state = self.call("GET", f"/dags/{dag_id}/dagRuns/{run_id}")["state"]
        return state if state in ("success", "failed") else None


def recorded(file: Path) -> list[int]:
    """The process ids that a state file of Meterlake's names."""
    entries = (line.split("=", 1) for line in file.read_text().splitlines() if ".pid=" in line)
    return [int(pid) for _, pid in entries]


def with_children(pids: list[int]) -> list[psutil.Process]:
    """These processes and all that they started."""
    found: dict[int, psutil.Process] = {}
    for pid in pids:
        process = psutil.Process(pid)
        found |= {one.pid: one for one in [process, *process.children(recursive=True)]}
    return list(found.values())


def kill(processes: list[psutil.Process]) -> None:
    """As a loss of power ends them: without a chance to do anything about it."""
    for process in processes:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(processes, timeout=30)
