"""Asks the embedded Trino, and tells how long it took and what its processes used."""
import json
import os
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Answer:
    """Rows, seconds by the clock, and seconds of processors of Trino and the metastore while they were made."""

    rows: list[list[object]]
    wall: float
    cpu: float


class Trino:
    """The servers that a folder's `stack up` has started."""

    def __init__(self, folder: Path) -> None:
        lines = (folder / ".meterlake" / "stack" / "stack.properties").read_text().splitlines()
        self.state = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))

    def ask(self, sql: str) -> Answer:
        before = self.cpu()
        started = time.monotonic()
        answer = self.get(f"http://127.0.0.1:{self.state['trino.port']}/v1/statement", sql.encode())
        rows: list[list[object]] = []
        while True:
            rows += answer.get("data", [])
            if "error" in answer:
                raise RuntimeError(answer["error"]["message"])
            if "nextUri" not in answer:
                return Answer(rows, time.monotonic() - started, self.cpu() - before)
            answer = self.get(answer["nextUri"], None)

    def get(self, uri: str, body: bytes | None) -> dict:
        return json.load(urllib.request.urlopen(urllib.request.Request(uri, body, {"X-Trino-User": "benchmark"})))

    def cpu(self) -> float:
        """Seconds of processors of both servers since they started."""
        ticks = 0
        for server in ("trino", "metastore"):
            fields = Path(f"/proc/{self.state[server + '.pid']}/stat").read_text().rsplit(") ", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")
