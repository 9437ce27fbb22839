"""Writes meter readings as CSV, one file a day and files of corrections, the same for the same arguments.

usage: generate.py FOLDER [--meters N] [--days N] [--minutes N] [--values N] [--order interval|meter|shuffled]
                          [--twice PERCENT] [--every N] [--skip N] [--one-file]

The columns are meter_id, interval_start (UTC), kwh, quality and recorded_at. For each day there are day-DATE.csv and
correction-DATE.csv, which brings other values for every N-th meter, a day later. With --one-file all days are in
days.csv, and there is no correction.
"""
import argparse
from datetime import date, timedelta
from pathlib import Path

import duckdb

FIRST_DAY = date(2026, 1, 1)
ORDERS = {"interval": "i, m", "meter": "m, i", "shuffled": "hash(i, m, 7)"}


def rows(day: date, last: date, a: argparse.Namespace, every: int, salt: int) -> str:
    """The readings from one day to another as a query; `salt` makes other values of the same readings."""
    days = (last - day).days + 1
    recorded = last + timedelta(days=salt)
    start = f"timestamp '{day} 00:00:00' + to_minutes(({a.minutes} * i)::bigint)"
    plain = f"""select i, m, 1 as copy from range(0, {days * 1440 // a.minutes}) u(i), range(0, {a.meters}, {every}) t(m)"""
    # What comes twice comes with another value; the same time of recording, so that the later line wins.
    again = f"""select i, m, 2 as copy from ({plain}) where hash(i, m, 11) % 1000 < {int(a.twice * 10)}"""
    return f"""select format('M{{:08d}}', m) as meter_id,
             strftime({start}, '%Y-%m-%dT%H:%M:%SZ') as interval_start,
             (hash(m, {start}, copy, {salt}) % {a.values} / 1000)::decimal(18,3) as kwh,
             case when hash(m, i, 3) % 50 = 0 then 'E' else 'A' end as quality,
             '{recorded}T23:59:00Z' as recorded_at
      from ({plain} union all {again}) order by copy, {ORDERS[a.order]}"""


def write(file: Path, query: str) -> None:
    duckdb.sql("set enable_progress_bar = false")
    duckdb.sql(f"copy ({query}) to '{file}' (header)")


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder", type=Path)
    p.add_argument("--meters", type=int, default=50_000)
    p.add_argument("--days", type=int, default=2)
    p.add_argument("--minutes", type=int, default=15, help="length of an interval")
    p.add_argument("--values", type=int, default=2000, help="how many different values there are")
    p.add_argument("--order", choices=ORDERS, default="interval")
    p.add_argument("--twice", type=float, default=0, help="percent of the readings that come twice in a file")
    p.add_argument("--every", type=int, default=100, help="a correction has every N-th meter")
    p.add_argument("--skip", type=int, default=0, help="how many days to leave out before the first one")
    p.add_argument("--one-file", action="store_true")
    a = p.parse_args()
    a.folder.mkdir(parents=True, exist_ok=True)
    days = [FIRST_DAY + timedelta(days=a.skip + n) for n in range(a.days)]
    if a.one_file:
        write(a.folder / "days.csv", rows(days[0], days[-1], a, 1, 0))
        return
    for day in days:
        write(a.folder / f"day-{day}.csv", rows(day, day, a, 1, 0))
        write(a.folder / f"correction-{day}.csv", rows(day, day, a, a.every, 1))


if __name__ == "__main__":
    main()
