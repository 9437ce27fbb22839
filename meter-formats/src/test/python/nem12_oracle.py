"""Compare what Meterlake reads from NEM12 files with what PyPI's nemreader reads, row by row.

usage: nem12_oracle.py FILE... -- COMMAND...

COMMAND FILE prints the canonical CSV of a file on stdout and ends with exit code 0; with 3 if it refused records, which
are then named on stderr. Example: nem12_oracle.py a.csv b.zip -- ./meterlake inspect

Compared are NMI, suffix, start (nemreader's is local to the market, UTC+10), interval length, value, unit (in any case)
and quality code, as a multiset, so that the order of days does not matter. Where Meterlake is stricter on purpose, the
difference is explained rather than hidden: a day that Meterlake refused with a reason counts as explained, and so does
a file that it refused as a whole. Nothing that Meterlake printed may be missing from nemreader's rows or differ.

The last line is `nem12-oracle: N passed, N failed`; the exit code is 1 if a file failed, and if there was none.
"""

import contextlib
import csv
import io
import logging
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

from nemreader import NEMFile

MARKET_OFFSET = timedelta(hours=10)
COLUMNS = "meter_id,channel,interval_start,interval_minutes,value,unit,quality,quality_code,recorded_at".split(",")
OK, DATA_REFUSED = 0, 3


def exact(number):
    """A float as the decimal that was in the file: the shortest one that gives this float."""
    return None if number is None else Decimal(repr(number)).normalize()


def oracle_rows(path):
    """What nemreader reads; it tells a zip by its content, but takes a path apart in no other way."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "file"  # A plain name, as nemreader hands the path to other libraries.
        shutil.copyfile(path, copy)
        data = NEMFile(str(copy), strict=True).nem_data()
    rows = Counter()
    for nmi, channels in data.readings.items():
        for suffix, readings in channels.items():
            for r in readings:
                start = (r.t_start - MARKET_OFFSET).replace(tzinfo=timezone.utc)
                minutes = int((r.t_end - r.t_start).total_seconds()) // 60
                rows[
                    (nmi, suffix, start, minutes, exact(r.read_value), r.uom.lower(), r.quality_method)
                ] += 1
    return rows


def our_rows(path, command):
    """What Meterlake reads, its exit code and its messages."""
    done = subprocess.run([*command, str(path)], capture_output=True, check=False)
    messages = done.stderr.decode()
    if done.returncode not in (OK, DATA_REFUSED):
        raise RuntimeError(f"exit code {done.returncode}: {messages.strip()}")
    rows = Counter()
    reader = csv.DictReader(io.StringIO(done.stdout.decode()))
    if reader.fieldnames is not None and reader.fieldnames != COLUMNS:
        raise RuntimeError(f"the header is {reader.fieldnames}")
    for row in reader:
        start = datetime.fromisoformat(row["interval_start"].replace("Z", "+00:00"))
        value = Decimal(row["value"]).normalize() if row["value"] else None
        rows[
            (
                row["meter_id"],
                row["channel"],
                start,
                int(row["interval_minutes"]),
                value,
                row["unit"].lower(),
                row["quality_code"],
            )
        ] += 1
    return rows, done.returncode, messages


def compare(path, command):
    """Problems of one file, and notes about differences that are meant."""
    ours, code, messages = our_rows(path, command)
    refused = [line for line in messages.splitlines() if re.search(r":\d+: ", line) or "Cannot read" in line]
    try:
        theirs = oracle_rows(path)
    except Exception as e:  # noqa: BLE001 - whatever it is, nemreader gives no rows to compare with
        if code == DATA_REFUSED:
            return [], [f"both refuse it (nemreader: {e})"]
        return [f"nemreader refuses it ({e}), and Meterlake does not"], []
    extra, lacking = ours - theirs, theirs - ours
    problems = [f"only Meterlake has {row} x{count}" for row, count in list(extra.items())[:5]]
    notes = []
    if lacking and code == DATA_REFUSED and refused:
        notes = [f"{sum(lacking.values())} of nemreader's rows are refused: {refused[0]}"]
    else:
        problems += [f"only nemreader has {row} x{count}" for row, count in list(lacking.items())[:5]]
    if not problems and not ours and not notes:
        if not refused:
            return ["neither has a row, and Meterlake does not say why"], []
        notes = [f"neither has a row: {refused[0]}"]
    return problems, notes


def main(arguments):
    if "--" not in arguments:
        print(__doc__, file=sys.stderr)
        return 2
    split = arguments.index("--")
    files, command = arguments[:split], arguments[split + 1 :]
    logging.disable(logging.CRITICAL)
    passed = failed = 0
    for file in files:
        problems, notes = ["it was not compared"], []
        with contextlib.suppress(KeyboardInterrupt):
            try:
                problems, notes = compare(Path(file), command)
            except (RuntimeError, ValueError, OSError) as e:
                problems = [str(e)]
        passed, failed = (passed, failed + 1) if problems else (passed + 1, failed)
        for note in notes:
            print(f"{file}: {note}")
        for problem in problems:
            print(f"{file}: FAILED: {problem}")
    print(f"nem12-oracle: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
