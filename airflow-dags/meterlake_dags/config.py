"""The configuration: one YAML file, checked as a whole, with every problem told at once."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from meterlake_dags.calendar import RunType
from meterlake_dags.errors import ConfigError

FILE_VARIABLE = "AIRFLOW_METERLAKE_CONFIG"


@dataclass(frozen=True)
class Utility:
    """Who sends files, and what the files are called: `{day}` is the day of the readings, `{delivery}` the next."""

    name: str
    folder: Path
    pattern: str
    mapping: Path | None = None
    extra_pattern: str | None = None
    expected_files: int = 1
    expected_by: time = time(9, 0)

    def _matches(self, pattern: str, day: date) -> list[Path]:
        named = pattern.format(day=day, delivery=day + timedelta(days=1))
        # What is hidden or still being uploaded is left alone, as `meterlake ingest` does with folders.
        return sorted(
            path
            for path in self.folder.glob(named)
            if path.is_file() and not path.name.startswith(".") and path.suffix != ".part"
        )

    def expected(self, day: date) -> list[Path]:
        """The files with the readings of a day, by name."""
        return self._matches(self.pattern, day)

    def files(self, day: date) -> list[Path]:
        """All that arrives with the readings of a day: first these, then extras such as corrections."""
        extras = self._matches(self.extra_pattern, day) if self.extra_pattern else []
        files = self.expected(day)
        return files + [path for path in extras if path not in files]

    def before(self, day: date, days: int) -> list[Path]:
        """The files of so many days before a day, and none of that day's own: the earliest first, each once."""
        earlier = (day - timedelta(days=back) for back in range(days, 0, -1))
        own = self.expected(day)
        return [path for path in dict.fromkeys(path for one in earlier for path in self.files(one)) if path not in own]

    def deadline(self, day: date, zone: ZoneInfo) -> datetime:
        """When the files of a day are late: on the next day, in the market's zone."""
        return datetime.combine(day + timedelta(days=1), self.expected_by, tzinfo=zone)


@dataclass(frozen=True)
class Config:
    """All of the file. Folders are absolute."""

    command: Path
    project: Path
    time_zone: ZoneInfo
    daily_at: time
    utilities: tuple[Utility, ...]
    run_types: tuple[RunType, ...]
    report: str = "settlement"
    start_date: date = date(2026, 1, 1)
    retries: int = 3
    retry_seconds: int = 60
    poke_seconds: int = 300
    timeout_minutes: int = 120
    approval_hours: int = 120
    overdue_days: int = 7
    alarm_connection: str = "meterlake_alarms"
    settings: Mapping[str, str] = field(default_factory=dict)

    def utility(self, name: str) -> Utility:
        """The one of that name."""
        return next(one for one in self.utilities if one.name == name)


def config_file() -> Path:
    """Where the configuration lies: what the environment says, or beside this package."""
    named = os.environ.get(FILE_VARIABLE)
    return Path(named) if named else Path(__file__).resolve().parent.parent / "meterlake-dags.yml"


def load() -> Config:
    """The configuration; read again only when the file has changed."""
    file = config_file()
    try:
        changed = file.stat().st_mtime_ns
    except OSError as e:
        raise ConfigError(
            f"Cannot read the configuration {file}: {e.strerror}",
            f"Copy meterlake-dags.example.yml there, or name another file in {FILE_VARIABLE}.",
        ) from e
    return _load(file, changed)


@lru_cache(maxsize=4)
def _load(file: Path, _changed: int) -> Config:
    try:
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as e:
        raise ConfigError(f"Cannot read the configuration {file}: {e}", "Mend the YAML.") from e
    return parse(document, file)


def parse(document: Any, file: Path) -> Config:
    """Checks a document; relative paths start at the file's folder."""
    problems: list[str] = []
    base = file.resolve().parent
    top = _Section(document, "the file", _keys(Config), problems)
    utilities = tuple(_utility(one, i, base, problems) for i, one in enumerate(top.items("utilities")))
    run_types = tuple(_run_type(one, i, problems) for i, one in enumerate(top.items("run_types")))
    for what, names in (("utilities", [u.name for u in utilities]), ("run_types", [r.name for r in run_types])):
        if not names:
            problems.append(f"{what}: name at least one")
        problems.extend(f"{what}: '{name}' stands twice" for name in sorted({n for n in names if names.count(n) > 1}))
    if run_types and run_types[0].due_days > 27:
        problems.append("run_types: the first one must be due within 27 days, before the next month has ended")
    if [r.due_days for r in run_types] != sorted(r.due_days for r in run_types):
        problems.append("run_types: write them in the order in which they are due")
    settings = top.raw.get("settings") or {}
    if not isinstance(settings, dict):
        problems.append("settings: write a mapping such as lake.path: /data/lake")
        settings = {}
    zone = top.zone("time_zone")
    config = dict(
        command=top.path("command", base),
        project=top.path("project", base),
        time_zone=zone,
        daily_at=top.time("daily_at", time(6, 0)),
        utilities=utilities,
        run_types=run_types,
        report=top.text("report", Config.report),
        start_date=top.date("start_date", Config.start_date),
        alarm_connection=top.text("alarm_connection", Config.alarm_connection),
        settings={str(key): str(value) for key, value in settings.items()},
        **{
            key: top.number(key, getattr(Config, key), least)
            for key, least in (
                ("retries", 0),
                ("retry_seconds", 1),
                ("poke_seconds", 1),
                ("timeout_minutes", 1),
                ("approval_hours", 1),
                ("overdue_days", 0),
            )
        },
    )
    if problems:
        listed = "\n".join(f"  {i}. {problem}" for i, problem in enumerate(problems, 1))
        raise ConfigError(f"Cannot use the configuration {file}:\n{listed}", "Mend these; README.md lists the keys.")
    return Config(**config)


def _utility(document: Any, index: int, base: Path, problems: list[str]) -> Utility:
    one = _Section(document, f"utilities[{index}]", _keys(Utility), problems)
    patterns = {key: one.text(key, None if key == "extra_pattern" else ...) for key in ("pattern", "extra_pattern")}
    for key, pattern in patterns.items():
        try:
            (pattern or "").format(day=date(2026, 1, 1), delivery=date(2026, 1, 2))
        except (LookupError, ValueError, AttributeError) as e:
            problems.append(f"{one.where}.{key}: '{pattern}' is no pattern ({e}); there are {{day}}, {{delivery}}")
    return Utility(
        name=one.text("name", ...),
        folder=one.path("folder", base),
        mapping=one.path("mapping", base) if one.raw.get("mapping") else None,
        expected_files=one.number("expected_files", Utility.expected_files, 0),
        expected_by=one.time("expected_by", Utility.expected_by),
        **patterns,
    )


def _run_type(document: Any, index: int, problems: list[str]) -> RunType:
    one = _Section(document, f"run_types[{index}]", _keys(RunType), problems)
    return RunType(one.text("name", ...), one.number("due_days", ..., 0))


def _keys(record: type) -> list[str]:
    return [one.name for one in fields(record)]


class _Section:
    """A mapping of the file, which collects what is wrong with it."""

    def __init__(self, raw: Any, where: str, known: list[str], problems: list[str]) -> None:
        self.where, self._problems = where, problems
        if not isinstance(raw, dict):
            problems.append(f"{where}: a mapping is expected")
            raw = {}
        self.raw = raw
        for key in raw:
            if key not in known:
                near = difflib.get_close_matches(str(key), known, 1)
                problems.append(f"{where}: unknown key '{key}'" + (f", did you mean '{near[0]}'?" if near else ""))

    def _value(self, key: str, default: Any) -> Any:
        value = self.raw.get(key)
        if value is not None:
            return value
        if default is ...:
            self._problems.append(f"{self.where}: '{key}' is missing")
            return None
        return default

    def _wrong(self, key: str, what: str) -> None:
        self._problems.append(f"{self.where}.{key}: '{self.raw.get(key)}' is no {what}")

    def items(self, key: str) -> list[Any]:
        value = self._value(key, [])
        if not isinstance(value, list):
            self._wrong(key, "list")
            return []
        return value

    def text(self, key: str, default: Any) -> Any:
        value = self._value(key, default)
        return value if value is None else str(value)

    def path(self, key: str, base: Path) -> Path:
        return base / (self.text(key, ...) or "")

    def number(self, key: str, default: Any, least: int) -> int:
        value = self._value(key, default)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < least):
            self._wrong(key, f"whole number of {least} or more")
            return least
        return least if value is None else value

    def time(self, key: str, default: time) -> time:
        value = self._value(key, default)
        if isinstance(value, time):
            return value
        try:
            return datetime.strptime(str(value), "%H:%M").time()
        except ValueError:
            self._wrong(key, "time; write it in quotes, as '06:00'")
            return default

    def date(self, key: str, default: date) -> date:
        value = self._value(key, default)
        if not isinstance(value, date) or isinstance(value, datetime):
            self._wrong(key, "day such as 2026-01-01")
            return default
        return value

    def zone(self, key: str) -> ZoneInfo:
        value = self._value(key, ...)
        try:
            return ZoneInfo(str(value or "UTC"))
        except (LookupError, ValueError, OSError):
            self._wrong(key, "time zone such as Europe/Berlin")
            return ZoneInfo("UTC")
