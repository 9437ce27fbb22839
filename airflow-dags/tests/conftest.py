"""A real Airflow in a folder of its own, and a real stack with an empty lake and the demo's sample files."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
DAGS = HERE.parent / "dags"
HOME = HERE.parent.parent
_scratch = tempfile.TemporaryDirectory(prefix="meterlake-dags-")
SCRATCH = Path(_scratch.name)


class _Webhook(BaseHTTPRequestHandler):
    received: list[dict] = []

    def do_POST(self) -> None:
        self.received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_) -> None:
        pass


_webhook = HTTPServer(("127.0.0.1", 0), _Webhook)
threading.Thread(target=_webhook.serve_forever, daemon=True).start()
SECRET = "hook-s3cret"

CONFIG = f"""
command: {HOME}/meterlake
project: {SCRATCH}/project
time_zone: Europe/Berlin
retries: 2
retry_seconds: 1
utilities:
  - name: stadtwerke-nord
    folder: {SCRATCH}/landing/stadtwerke-nord
    pattern: 'lastgang_{{day}}.csv.gz'
    mapping: {SCRATCH}/landing/stadtwerke-nord/mapping.yml
  - name: southern-grid
    folder: {SCRATCH}/landing/southern-grid
    pattern: 'nem12_{{day}}.csv'
run_types:
  - {{name: initial, due_days: 4}}
  - {{name: first-correction, due_days: 60}}
"""
(SCRATCH / "project").mkdir()
(SCRATCH / "meterlake-dags.yml").write_text(CONFIG)
(SCRATCH / "project/meterlake.yml").write_text(
    f"models.path: {HOME}/sql-models\nretention.policy: {HOME}/retention.yml\n"
    "airflow.port: 0\nstack.trino-port: 0\nstack.metastore-port: 0\nstack.trino-heap-mb: 1536\n"
)
os.environ.update(
    {
        "AIRFLOW_HOME": str(SCRATCH / "airflow"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
        "AIRFLOW_METERLAKE_CONFIG": str(SCRATCH / "meterlake-dags.yml"),
        "AIRFLOW_CONN_METERLAKE_ALARMS": json.dumps(
            {"conn_type": "http", "password": f"http://127.0.0.1:{_webhook.server_port}/{SECRET}"}
        ),
        "PYTHONPATH": str(HERE.parent),
    }
)
sys.path.insert(0, str(HERE.parent))


def samples(folder: Path, *days: str) -> None:
    """Writes the demo's files into a folder: of its week, or of a first day and a number of days."""
    class_path = re.search(r'-cp "(.*)"', (HOME / "orchestrator/target/meterlake/java-options").read_text()).group(1)
    java = Path(os.environ["JAVA_HOME"], "bin/java")
    subprocess.run([java, "-cp", class_path, HERE / "Samples.java", folder, *days], check=True)


@pytest.fixture(scope="session")
def alarms():
    """What was sent to the webhook."""
    return _Webhook.received


@pytest.fixture(scope="session")
def airflow():
    """The database and the pool."""
    command = [sys.executable, "-m", "airflow"]
    subprocess.run([*command, "db", "migrate"], check=True, capture_output=True)
    subprocess.run([*command, "pools", "set", "meterlake_writer", "1", "one writer"], check=True, capture_output=True)


@pytest.fixture(scope="session")
def bag(airflow):
    """All DAGs as Airflow reads them."""
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(DAGS))


@pytest.fixture(scope="session")
def lake():
    """Calls of the real command on a running stack; it goes down in the end."""

    def meterlake(*arguments: str, codes: tuple[int, ...] = (0,)) -> str:
        done = subprocess.run(
            [HOME / "meterlake", *arguments], cwd=SCRATCH / "project", text=True, capture_output=True, check=False
        )
        assert done.returncode in codes, done.stdout + done.stderr
        return done.stdout

    meterlake("--version")
    samples(SCRATCH / "landing")
    meterlake("stack", "up")
    try:
        yield meterlake
    finally:
        meterlake("stack", "down")
