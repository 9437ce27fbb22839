"""Runs ./meterlake on lakes of their own, and compares what DuckDB reads from their base files with the input."""
import json
import multiprocessing
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent
METERLAKE = HERE.parent / "meterlake"
TYPES = {"meter_id": "varchar", "interval_start": "timestamp", "kwh": "decimal(18,6)", "quality": "varchar", "recorded_at": "timestamp"}


@dataclass(frozen=True)
class File:
    """What became of one file: all its stages, from its opening to its row in the ledger."""

    seconds: float
    parsing: float
    rows: int
    bytes: int


@dataclass(frozen=True)
class Run:
    """One process: seconds by the clock and of processors, the most memory it held, and its files."""

    wall: float
    cpu: float
    peak_mb: float
    files: list[File]


class Stack:
    """The embedded stack, in a folder and on ports of its own."""

    def __init__(self, work: Path, java_options: str) -> None:
        self.work = work
        self.environment = {**os.environ, "METERLAKE_JAVA_OPTS": java_options}
        (work / "meterlake.yml").write_text("stack:\n  trino-port: 0\n  metastore-port: 0\nlake:\n  buckets: 1\n")

    def __enter__(self) -> "Stack":
        self.command("stack", "up")
        return self

    def __exit__(self, *_: object) -> None:
        self.command("stack", "down")

    def command(self, *words: object) -> str:
        done = subprocess.run([METERLAKE, *words], cwd=self.work, env=self.environment, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            sys.exit(f"{words} ended with {done.returncode}: {done.stdout}")
        return done.stdout

    def lake(self, name: str) -> "Lake":
        return Lake(self, name)


class Lake:
    def __init__(self, stack: Stack, name: str) -> None:
        self.stack = stack
        self.name = name
        self.folder = stack.work / name

    def ingest(self, files: list[Path], mapping: Path | None = HERE / "mapping.yml") -> Run:
        # wait4 tells of this one process only; RUSAGE_CHILDREN would keep the greatest memory of all before it.
        command = ["ingest", "--set", f"lake.path={self.folder}", "--set", f"lake.database={self.name}"]
        command += ["--mapping", mapping] if mapping else []
        command += ["--output", "json", *files]
        started = time.monotonic()
        process = subprocess.Popen([METERLAKE, *command], cwd=self.stack.work, env=self.stack.environment, stdout=subprocess.PIPE)
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"the ingest ended with {process.returncode}: {out.decode()}")
        told = [
            File(sum(f["stage_seconds"].values()), f["stage_seconds"]["read"], f["rows_read"], f["bytes_written"])
            for f in json.loads(out)["files"]
        ]
        return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, told)

    def verify(self, files: list[Path], corrections: list[Path]) -> None:
        """Compares the count, the distinct keys and the exact sum with those of the newest of each reading in the files."""
        # In a process of its own: a process that is started from one that was large counts as large itself.
        process = multiprocessing.get_context("spawn").Process(target=compare, args=(self.folder, [*files, *corrections]))
        process.start()
        process.join()
        if process.exitcode:
            sys.exit(process.exitcode)


def compare(lake: Path, files: list[Path]) -> None:
    db = duckdb.connect()
    reads = [
        f"select *, {n} as file, row_number() over () as line from read_csv('{f}', header=true, columns={TYPES})"
        for n, f in enumerate(files)
    ]
    expected = db.execute(
        "select count(*), count(*), sum(kwh) from (select meter_id, interval_start, arg_max(kwh, (recorded_at, file, line)) as kwh"
        f" from ({' union all '.join(reads)}) group by all)"
    ).fetchone()
    require(lake, expected)


def require(lake: Path, expected: tuple) -> None:
    """Ends the run if the newest base files do not hold this count of rows, of distinct keys, and this exact sum."""
    newest: dict[tuple[Path, str], Path] = {}
    for path in (lake / "meter_readings").glob("*/*.parquet"):
        key = (path.parent, path.name.split("_")[0])
        newest[key] = max(newest.get(key, path), path, key=lambda p: p.name.split("_")[2])
    actual = duckdb.execute(
        "select count(*), count(distinct (meter_id, channel, interval_start_us)), sum(value) from read_parquet(?)",
        [[str(p) for p in newest.values()]],
    ).fetchone()
    if actual != expected:
        sys.exit(f"The lake is wrong: {lake.name} has {actual} (rows, keys, sum), the files have {expected}.")
