"""Days and months of the market.

Airflow hands over instants. Since Airflow 3 a `@monthly` run is about a point in time: its data interval starts *and*
ends at the logical date, so "the month of data_interval_start" is the month that has just begun. All that is asked for
here is therefore derived from the end of the interval, in the market's zone: right for a point and for an interval.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from meterlake_dags.errors import ConfigError

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The market's day at an instant, which must have a zone."""
    if instant.tzinfo is None:
        raise ValueError(f"Cannot tell the day of {instant}: it has no zone")
    return instant.astimezone(zone).date()


def reading_day(instant: datetime, zone: ZoneInfo) -> date:
    """The last day that was over at an instant: the one whose readings arrive."""
    return local_date(instant, zone) - timedelta(days=1)


def month_before(day: date) -> str:
    """The last month that was over on a day, as `2026-01`: on the first of February that is January."""
    return f"{day.replace(day=1) - timedelta(days=1):%Y-%m}"


def month(text: str) -> str:
    """A month that a person typed."""
    if not _MONTH.fullmatch(text):
        raise ConfigError(f"Cannot settle period '{text}': it is no month", "Write it as 2026-01.")
    return text


def first_day_after(period: str) -> date:
    """The first day after a month."""
    year, number = int(period[:4]), int(period[5:])
    return date(year + number // 12, number % 12 + 1, 1)


@dataclass(frozen=True)
class RunType:
    """A settlement run of the market, due so many days after the month's end (0: on the first of the next)."""

    name: str
    due_days: int

    def is_due(self, period: str, day: date) -> bool:
        """Whether it may be made on that day of the market."""
        return day >= first_day_after(period) + timedelta(days=self.due_days)


def next_run_type(run_types: tuple[RunType, ...], done: str, period: str, day: date) -> RunType | None:
    """The first one after `done` that is due on a day; None while none is, or if `done` is the last or unknown."""
    names = [one.name for one in run_types]
    later = run_types[names.index(done) + 1 :] if done in names else ()
    return next((one for one in later if one.is_due(period, day)), None)
