"""Runs the meterlake command: stdout is the result, stderr goes to the task's log line by line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any

from meterlake_dags.config import Config

OK, FAILED, USAGE, DATA, UNKNOWN, DIFFERS, GONE = range(7)
NOTHING: Mapping[str, str] = MappingProxyType({})
_KILL_AFTER_SECONDS = 30
# What is Airflow's, its secrets first, is nothing that the command needs to know.
_WITHHELD = ("AIRFLOW", "_AIRFLOW", "PYTHON", "VIRTUAL_ENV")


class Verdict(Enum):
    """What a scheduler does about an exit code."""

    DONE = "done"
    FAIL_NOW = "fail now"
    STOP = "stop"
    RETRY = "retry"


def verdict(exit_code: int) -> Verdict:
    """4 stops everything; 2, 3, 5 and 6 are the same the next time; all else, signals included, may pass."""
    if exit_code == OK:
        return Verdict.DONE
    if exit_code == UNKNOWN:
        return Verdict.STOP
    return Verdict.FAIL_NOW if exit_code in (USAGE, DATA, DIFFERS, GONE) else Verdict.RETRY


@dataclass(frozen=True)
class Outcome:
    """What a command did: its exit code, its JSON document if it printed one, and its last lines of stderr."""

    arguments: tuple[str, ...]
    exit_code: int
    document: Any
    last_lines: tuple[str, ...]

    @property
    def error(self) -> Mapping[str, Any]:
        """What its document says of a failure; empty if it says nothing."""
        return (self.document.get("error") if isinstance(self.document, dict) else None) or {}

    @property
    def error_code(self) -> str:
        """The name of what went wrong, such as INVALID_CONFIG; empty if it was not told."""
        return str(self.error.get("code", ""))

    def describe(self) -> str:
        """For a person: the command, how it ended and why."""
        error = self.error
        said = [error.get("message", ""), "Fix: " + error.get("fix", "")] if error else self.last_lines[-4:]
        return "\n".join([f"meterlake {' '.join(self.arguments[:3])} ended with {self.exit_code}", *said])


def environment(config: Config, base: Mapping[str, str]) -> dict[str, str]:
    """The command's environment: what this process has without what is Airflow's, and the configured settings."""
    kept = {name: value for name, value in base.items() if not name.startswith(_WITHHELD)}
    for key, value in config.settings.items():
        kept["METERLAKE_" + key.upper().replace(".", "_").replace("-", "_")] = value
    return kept


def run(
    config: Config, arguments: Sequence[str], log: Callable[[str], None], more: Mapping[str, str] = NOTHING
) -> Outcome:
    """Runs it in the project's folder, with `more` in its environment, until it ends. If this task is killed or times
    out, the command is ended as well: first by SIGTERM, so that what it has begun is whole."""
    log("meterlake " + " ".join(arguments))
    process = subprocess.Popen(  # noqa: S603
        [str(config.command), *arguments],
        cwd=config.project,
        env=environment(config, os.environ) | more,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    lines: list[str] = []

    def follow() -> None:
        for line in process.stderr:
            text = line.rstrip()
            lines.append(text)
            del lines[:-20]
            log(text)

    follower = threading.Thread(target=follow, daemon=True)
    follower.start()
    try:
        printed = process.stdout.read()
        exit_code = process.wait()
    except BaseException:
        _end(process)
        raise
    finally:
        follower.join(timeout=5)
    return Outcome(tuple(arguments), exit_code, _document(printed), tuple(lines))


def _end(process: subprocess.Popen) -> None:
    for sent in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sent)
            process.wait(timeout=_KILL_AFTER_SECONDS)
            return
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def _document(printed: str) -> Any:
    try:
        return json.loads(printed)
    except ValueError:
        return None
