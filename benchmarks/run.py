"""Measures the writer beside its peers, on the same files, in one run; says whether the lake holds what the files say.

usage: run.py [--peers FOLDER] [--cases day,large,formats,year,curve] [--meters N] [--days N] [--rounds N] [--order …] [--twice PERCENT]
              [--values N] [--format-meters N] [--year-days N] [--curve-beside FILE] [--java-options TEXT] [--work FOLDER] [--write]

--peers (or BENCH_PEERS) names the folder with duckdb_floor.py, the floor; without it only ours is measured.
--write puts the table into results/ as well. Needs requirements.txt and a built ./meterlake.
"""
import argparse
import os
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

import curve
import formats
import ours
import report
import year

HERE = Path(__file__).resolve().parent


def arguments() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--peers", type=Path, default=os.environ.get("BENCH_PEERS"))
    p.add_argument("--cases", default="day")
    p.add_argument("--meters", type=int, default=50_000)
    p.add_argument("--days", type=int, default=6, help="days that one process takes in; the first is left out")
    p.add_argument("--rounds", type=int, default=3, help="cold processes of each kind")
    p.add_argument("--order", default="interval")
    p.add_argument("--twice", default="0")
    p.add_argument("--values", default="2000")
    p.add_argument("--format-meters", type=int, default=1_000, help="meters in each file of the case `formats`, of seven days")
    p.add_argument("--year-days", type=int, default=365, help="days that the case `year` takes in")
    p.add_argument("--curve-beside", type=Path, help="another form of the curve's SQL, for the case `curve`")
    p.add_argument("--java-options", default="-Xmx1g")
    p.add_argument("--work", type=Path)
    p.add_argument("--write", action="store_true")
    return p.parse_args()


def generate(folder: Path, a: argparse.Namespace, *more: str) -> None:
    command = [sys.executable, HERE / "generate.py", folder, "--meters", str(a.meters), "--order", a.order]
    subprocess.run([*command, "--twice", a.twice, "--values", a.values, *more], check=True)


def floor(peers: Path, day: Path, correction: Path) -> dict[str, float]:
    """What the floor's script prints, by its own names, in seconds."""
    out = subprocess.run([sys.executable, peers / "duckdb_floor.py", day, correction], check=True, capture_output=True, text=True)
    lines = [line.split(":") for line in out.stdout.splitlines()]
    return {name: float(seconds.split()[0]) for name, seconds in lines}


def standard(a: argparse.Namespace, work: Path, stack: ours.Stack) -> list[report.Row]:
    """New days and their corrections: one process for all, and a process for each file."""
    generate(work / "days", a, "--days", str(a.days))
    days = sorted((work / "days").glob("day-*.csv"))
    corrections = sorted((work / "days").glob("correction-*.csv"))
    warm = stack.lake("warm")
    outcomes = warm.ingest([f for pair in zip(days, corrections) for f in pair]).files
    warm.verify(days, corrections)
    cold = stack.lake("cold")
    rounds = range(min(a.rounds, a.days))
    cold_days = [cold.ingest([days[n]]) for n in rounds]
    cold_corrections = [cold.ingest([corrections[n]]) for n in rounds]
    cold.verify([days[n] for n in rounds], [corrections[n] for n in rounds])
    peer = [floor(a.peers, days[n], corrections[n]) for n in rounds] if a.peers else []
    day_floor = [p["new day"] for p in peer]
    correction_floor = [p["correction"] for p in peer]
    return [
        report.Row("new day, resident", [f.seconds for f in outcomes[2::2]], day_floor),
        report.Row("correction, resident", [f.seconds for f in outcomes[3::2]], correction_floor),
        report.Row("new day, whole cold process", [c.wall for c in cold_days], day_floor, [c.cpu for c in cold_days]),
        report.Row("correction, whole cold process", [c.wall for c in cold_corrections], correction_floor, [c.cpu for c in cold_corrections]),
        report.Row("MB of a new day", [f.bytes / 1e6 for f in outcomes[0::2]], []),
    ]


def large(a: argparse.Namespace, work: Path, stack: ours.Stack) -> list[report.Row]:
    """Ten days in one file, in a process of its own; the floor is ten times that of a day, which it holds in memory."""
    generate(work / "large", a, "--days", "1")
    day, correction = (next((work / "large").glob(f"{kind}-*.csv")) for kind in ("day", "correction"))
    floors = [10 * floor(a.peers, day, correction)["new day"] for _ in range(a.rounds)] if a.peers else []
    generate(work / "large", a, "--days", "10", "--one-file")
    file = work / "large" / "days.csv"
    lake = stack.lake("large")
    run = lake.ingest([file])
    lake.verify([file], [])
    file.unlink()
    return [
        report.Row("ten days in one file, whole cold process", [run.wall], floors, [run.cpu]),
        report.Row("the same, million rows a second", [run.files[0].rows / run.wall / 1e6], []),
        report.Row("the same, MB resident at the most", [run.peak_mb], []),
    ]


def main() -> None:
    a = arguments()
    cases = {"day": standard, "large": large, "formats": formats.formats, "year": lambda a, work, stack: year.year(a, work, stack, generate),
             "curve": lambda a, work, stack: curve.curve(a, stack.work)}
    with tempfile.TemporaryDirectory(dir=a.work) as folder:
        work = Path(folder)
        load = os.getloadavg()[0]
        rows = []
        with ours.Stack(work, a.java_options) as stack:
            for case in a.cases.split(","):
                rows += cases[case](a, work, stack)
                text = report.table(rows, a, load)
                print(text, flush=True)
    if a.write:
        now = datetime.now(timezone.utc)
        (HERE / "results" / f"{now:%Y-%m-%d-%H%M}.md").write_text(text + "\n")


if __name__ == "__main__":
    main()
