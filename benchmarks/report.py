"""The figures as a table of Markdown."""
import argparse
import os
import platform
import statistics
from dataclasses import dataclass, field
from datetime import datetime, timezone


@dataclass(frozen=True)
class Row:
    """What was measured: ours and the floor's figures, and our seconds of processors where they are known."""

    name: str
    ours: list[float]
    floor: list[float]
    cpu: list[float] = field(default_factory=list)


def table(rows: list[Row], a: argparse.Namespace, load: float) -> str:
    lines = [
        f"{datetime.now(timezone.utc):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} processors ({platform.machine()}), load before {load:.2f},"
        f" after {os.getloadavg()[0]:.2f}; `{a.java_options}`; {a.meters} meters, order {a.order}, {a.twice} % twice,"
        f" {a.values} values. Seconds unless said otherwise: median (least–most).",
        "",
        "| | ours | processors | DuckDB's floor | ours / floor |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        ratio = f"{statistics.median(row.ours) / statistics.median(row.floor):.2f}" if row.floor else "–"
        lines.append(f"| {row.name} | {figure(row.ours)} | {figure(row.cpu)} | {figure(row.floor)} | {ratio} |")
    return "\n".join(lines)


def figure(values: list[float]) -> str:
    if not values:
        return "–"
    if len(values) == 1:
        return f"{values[0]:.2f}"
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"
