from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from meterlake_dags.calendar import (
    RunType,
    first_day_after,
    local_date,
    month,
    month_before,
    next_run_type,
    reading_day,
)
from meterlake_dags.errors import ConfigError

BERLIN = ZoneInfo("Europe/Berlin")
BRISBANE = ZoneInfo("Australia/Brisbane")


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("instant", "zone", "expected"),
    [
        (utc(2026, 2, 1), ZoneInfo("UTC"), "2026-01"),
        (utc(2026, 1, 31, 23), BERLIN, "2026-01"),
        (utc(2026, 1, 31, 22, 59), BERLIN, "2025-12"),
        (utc(2026, 6, 30, 22), BERLIN, "2026-06"),
        (utc(2026, 6, 30, 21, 59), BERLIN, "2026-05"),
        (utc(2026, 1, 31, 14), BRISBANE, "2026-01"),
        (utc(2026, 1, 1), BERLIN, "2025-12"),
        (utc(2024, 3, 1), BERLIN, "2024-02"),
    ],
)
def test_the_month_that_has_ended_is_the_markets(instant, zone, expected):
    assert month_before(local_date(instant, zone)) == expected


def test_the_day_of_the_readings_is_the_last_whole_one_also_when_the_clock_changes():
    assert reading_day(utc(2026, 3, 29, 22), BERLIN) == date(2026, 3, 29)
    assert reading_day(utc(2026, 3, 29, 21, 59), BERLIN) == date(2026, 3, 28)
    assert reading_day(utc(2026, 10, 25, 23), BERLIN) == date(2026, 10, 25)


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no zone"):
        local_date(datetime(2026, 1, 1), BERLIN)


def test_a_month_is_followed_by_the_first_of_the_next():
    assert first_day_after("2026-12") == date(2027, 1, 1)
    assert first_day_after("2026-01") == date(2026, 2, 1)


def test_the_next_run_type_is_the_first_later_one_that_is_due():
    types = (RunType("initial", 4), RunType("correction", 60), RunType("final", 240))
    assert next_run_type(types, "initial", "2026-01", date(2026, 4, 1)) is None
    assert next_run_type(types, "initial", "2026-01", date(2026, 4, 2)).name == "correction"
    assert next_run_type(types, "correction", "2026-01", date(2026, 4, 2)) is None
    assert next_run_type(types, "final", "2026-01", date(2030, 1, 1)) is None
    assert next_run_type(types, "of another market", "2026-01", date(2030, 1, 1)) is None


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "January", "2026-01; drop", "2026-01-01"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ConfigError, match="it is no month"):
        month(text)
