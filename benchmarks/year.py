"""One meter's year in Trino: from the Hudi table, from a snapshot of it, and from the snapshot by meter."""
import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

import ours
import report
import trino

DAYS_A_PROCESS = 5
WARM_UP = 20
RUNS = 15
COLUMNS = "count(*), sum(value), min(interval_start), max(interval_start), count(quality)"


def year(a: argparse.Namespace, work: Path, stack: ours.Stack, generate: Callable[..., None]) -> list[report.Row]:
    """Ingests `--year-days` days, gathers a snapshot, and asks for random meters, in turn by each of the ways."""
    lake = stack.lake("year")
    for first in range(0, a.year_days, DAYS_A_PROCESS):
        generate(work / "year", a, "--skip", str(first), "--days", str(min(DAYS_A_PROCESS, a.year_days - first)))
        files = sorted((work / "year").glob("day-*.csv"))
        lake.ingest(files)
        for file in [*files, *(work / "year").glob("correction-*.csv")]:
            file.unlink()
    options = ["--set", f"lake.path={lake.folder}", "--set", f"lake.database={lake.name}", "--output", "json"]
    snapshot = json.loads(stack.command("snapshot", "create", *options))["snapshot_id"]
    started = time.monotonic()
    gathered = json.loads(stack.command("snapshot", "gather", snapshot, *options))
    gathering = time.monotonic() - started
    ways = {
        "the Hudi table": f"hudi.{lake.name}.meter_readings",
        "a snapshot": f"hive.snap_{snapshot}.meter_readings",
        "a snapshot, by meter": gathered["relation"],
    }
    base = [str(file) for file in (lake.folder / "meter_readings").glob("*/*.parquet")]
    answers: dict[str, list[trino.Answer]] = {way: [] for way in ways}
    floor = []
    server = trino.Trino(stack.work)
    meters = random.Random(1)
    for run in range(WARM_UP + RUNS):
        where = f"where meter_id = 'M{meters.randrange(a.meters):08d}'"
        found = {way: server.ask(f"select {COLUMNS} from {table} {where}") for way, table in ways.items()}
        counted = {(answer.rows[0][0], answer.rows[0][1]) for answer in found.values()}
        if len(counted) != 1 or counted.pop()[0] != a.year_days * 96:
            sys.exit(f"The ways differ for {where}: {found}")
        if run >= WARM_UP:
            for way, answer in found.items():
                answers[way].append(answer)
            before = time.monotonic()
            duckdb.execute(f"select {COLUMNS} from read_parquet(?) {where}", [base]).fetchall()
            floor.append(time.monotonic() - before)
    rows = [
        report.Row(f"{a.year_days} days of one meter from {way}", [x.wall for x in all_], floor, [x.cpu for x in all_])
        for way, all_ in answers.items()
    ]
    size = float(subprocess.run(["du", "-sm", lake.folder / ".gathered"], check=True, capture_output=True, text=True).stdout.split()[0])
    return [
        *rows,
        report.Row(f"gathering {gathered['months']} months ({len(gathered['months_anew'])} anew), cold process", [gathering], []),
        report.Row("MB of gathered months", [size], []),
    ]
