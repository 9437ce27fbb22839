"""The dashboards' curve of a year in Trino: the card's SQL as it is, and beside it another form of it, in turn."""
import argparse
import re
import sys
from pathlib import Path

import report
import trino

CARD = Path(__file__).resolve().parent.parent / "metabase" / "cards" / "meter_curve.sql"
METERS = 50
WARM_UP = 8
RUNS = 9
# Case → meters, granularity, rows at most.
CASES = {"one meter's year in days": (1, "day", 2000), "one meter's year in quarters of an hour": (1, "auto", 400_000), "ten meters' year in quarters of an hour": (10, "auto", 400_000)}

READINGS = f"""
create table hive.marts.fct_readings_by_meter with (bucketed_by = array['meter_id'], bucket_count = 1, sorted_by = array['meter_id']) as
select
    concat('M', lpad(cast(m as varchar), 8, '0')) as meter_id, 'import' as channel, 'Europe/Berlin' as time_zone,
    cast(at as timestamp(6)) as interval_start_at, 15 as interval_minutes, 'active_energy' as quantity,
    cast((m * 7919 + i * 104729) % 1000 / 1000.0 as decimal(27, 9)) as energy_kwh, 'actual' as quality, true as is_usable,
    cast(at_timezone(with_timezone(at, 'UTC'), 'Europe/Berlin') as date) as reading_date
from unnest(sequence(0, {METERS - 1})) as meters (m)
cross join unnest(sequence(0, 364)) as days (d)
cross join unnest(sequence(0, 95)) as quarters (q)
cross join lateral (select d * 96 + q as i)
cross join lateral (select date_add('minute', 15 * i, timestamp '2024-12-31 23:00:00') as at)
"""
TABLES = [
    "create schema if not exists hive.marts",
    READINGS,
    "create table hive.marts.fct_ingested_files as select timestamp '2026-01-01 06:00:00.000000' as received_at",
    """create table hive.marts.fct_reading_versions as
    select *, true as is_known_from_certain, interval_start_at as known_from_at, interval_start_at as known_until_at
    from hive.marts.fct_readings_by_meter where false""",
]


def filled(sql: str, meters: list[str], granularity: str, limit: int) -> str:
    """The card's SQL for a year of these meters, its optional filters left out."""
    sql = re.sub(r"\[\[.*?\]\]", "", sql, flags=re.DOTALL)
    listed = ", ".join(f"'{meter}'" for meter in meters)
    values = {
        "meters": f"meter_id in ({listed})",
        "range": "reading_date between date '2025-01-01' and date '2025-12-31'",
        "granularity": f"'{granularity}'",
        "row_limit": str(limit),
    }
    return re.sub(r"\{\{(?:version_)?(\w+)\}\}", lambda tag: values[tag[1]], sql)


def curve(a: argparse.Namespace, work: Path) -> list[report.Row]:
    """Asks for random ranges of meters, and ends the run if the two forms differ in a single row."""
    server = trino.Trino(work)
    for table in TABLES:
        server.ask(table)
    forms = {"": CARD.read_text()} | ({f" ({a.curve_beside.name})": a.curve_beside.read_text()} if a.curve_beside else {})
    rows = []
    for case, (count, granularity, limit) in CASES.items():
        answers: dict[str, list[trino.Answer]] = {form: [] for form in forms}
        for run in range(WARM_UP + RUNS):
            meters = [f"M{(run * 7 + i) % METERS:08d}" for i in range(count)]
            found = {form: server.ask(filled(sql, meters, granularity, limit)) for form, sql in forms.items()}
            if len({str(sorted(map(str, answer.rows))) for answer in found.values()}) != 1:
                sys.exit(f"The forms differ for {meters}: {case}")
            for form, answer in found.items():
                answers[form] += [answer] if run >= WARM_UP else []
        rows += [report.Row(case + form, [x.wall for x in all_], [], [x.cpu for x in all_]) for form, all_ in answers.items()]
    return rows
