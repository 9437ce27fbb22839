import os
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import SECRET

from meterlake_dags import alarms, command, config
from meterlake_dags.command import Verdict


def program(tmp_path, body):
    path = tmp_path / "meterlake"
    path.write_text("#!/bin/sh\n" + body)
    path.chmod(0o755)
    return replace(config.load(), command=path, project=tmp_path, settings={"lake.path": "/data/lake"})


@pytest.mark.parametrize(
    ("exit_code", "verdict"),
    [
        (0, Verdict.DONE),
        (1, Verdict.RETRY),
        (2, Verdict.FAIL_NOW),
        (3, Verdict.FAIL_NOW),
        (4, Verdict.STOP),
        (5, Verdict.FAIL_NOW),
        (6, Verdict.FAIL_NOW),
        (143, Verdict.RETRY),
        (-9, Verdict.RETRY),
    ],
)
def test_each_exit_code_has_its_verdict(exit_code, verdict):
    assert command.verdict(exit_code) is verdict


def test_stdout_is_the_document_and_stderr_the_log(tmp_path):
    lines = []
    told = program(tmp_path, 'echo working >&2; echo \'{"error": {"message": "Cannot", "fix": "Mend"}}\'; exit 3')
    outcome = command.run(told, ["ingest"], lines.append)
    assert outcome.exit_code == 3
    assert lines == ["meterlake ingest", "working"]
    assert outcome.describe() == "meterlake ingest ended with 3\nCannot\nFix: Mend"


def test_the_command_gets_settings_and_none_of_airflows_secrets(tmp_path, monkeypatch):
    monkeypatch.setenv("AIRFLOW_CONN_OTHER", "secret")
    outcome = command.run(program(tmp_path, 'echo "\\"$METERLAKE_LAKE_PATH $AIRFLOW_CONN_OTHER\\""'), [], print)
    assert outcome.document == "/data/lake "


def test_a_command_whose_task_is_killed_is_ended_too(tmp_path):
    pid_file = tmp_path / "pid"
    told = program(tmp_path, f"echo $$ > {pid_file}.new; mv {pid_file}.new {pid_file}; exec sleep 600")

    def interrupt():
        while not pid_file.exists():
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    # A shell starts what runs in the background with SIGINT ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        threading.Thread(target=interrupt, daemon=True).start()
        with pytest.raises(KeyboardInterrupt):
            command.run(told, [], lambda _: None)
    finally:
        signal.signal(signal.SIGINT, before)
    assert not Path(f"/proc/{pid_file.read_text().strip()}").exists()


@pytest.mark.parametrize(
    ("exit_code", "document", "told"),
    [
        (3, {"files": []}, True),
        (4, {"error": {"code": "COMMIT_UNKNOWN", "message": "Cannot", "fix": "Look"}}, True),
        (-9, None, True),
        (143, None, True),
        (2, {"error": {"code": "INVALID_CONFIG", "message": "Cannot", "fix": "Mend"}}, False),
        (1, None, False),
    ],
)
def test_a_task_is_silent_about_what_the_command_tells(exit_code, document, told, monkeypatch):
    sent = []
    monkeypatch.setattr(alarms, "send", sent.append)
    failure = alarms.CommandStopped(command.Outcome(("ingest", "--output", "json"), exit_code, document, ()))
    ti = SimpleNamespace(dag_id="d", task_id="t", map_index=-1, run_id="r", log_url="")
    alarms.failed({"exception": failure, "task_instance": ti})
    assert bool(sent) is not told


def test_a_command_is_handed_the_one_webhook(monkeypatch, tmp_path):
    told = program(tmp_path, 'echo "\\"$METERLAKE_NOTIFY_WEBHOOK_URL\\""')
    told = replace(told, settings={"notify.webhook.url": "https://of.the.settings"})
    assert command.run(told, [], print, alarms.hook()).document.endswith(SECRET)
