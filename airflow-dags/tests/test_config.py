from pathlib import Path

import pytest
import yaml

from meterlake_dags.config import parse
from meterlake_dags.errors import ConfigError

EXAMPLE = Path(__file__).parent.parent / "meterlake-dags.example.yml"


def document():
    return yaml.safe_load(EXAMPLE.read_text())


def refused(changed):
    with pytest.raises(ConfigError) as e:
        parse(changed, EXAMPLE)
    return str(e.value)


def test_the_example_is_read_and_its_paths_start_at_its_folder():
    config = parse(document(), EXAMPLE)
    assert config.command == EXAMPLE.resolve().parent / "../meterlake"
    assert [one.name for one in config.utilities] == ["stadtwerke-nord", "southern-grid"]


def test_all_that_is_wrong_is_told_at_once_with_a_fix():
    wrong = document()
    wrong["time_zon"] = wrong.pop("time_zone")
    wrong["retries"] = -1
    wrong["utilities"][0]["pattern"] = "{night}.csv"
    wrong["run_types"][0]["due_days"] = 31
    del wrong["utilities"][1]["folder"]
    message = refused(wrong)
    for part in (
        "unknown key 'time_zon', did you mean 'time_zone'?",
        "'time_zone' is missing",
        "retries: '-1' is no whole number of 0 or more",
        "{night}.csv",
        "due within 27 days",
        "'folder' is missing",
        "Fix:",
    ):
        assert part in message


def test_a_utility_that_stands_twice_is_refused():
    wrong = document()
    wrong["utilities"].append(wrong["utilities"][0])
    assert "'stadtwerke-nord' stands twice" in refused(wrong)


def test_an_empty_file_is_refused():
    assert "a mapping is expected" in refused(None)


def test_files_that_are_being_uploaded_are_left_alone(tmp_path):
    one = document()
    one["utilities"][0]["folder"] = str(tmp_path)
    one["utilities"][0]["pattern"] = "*{day}*"
    utility = parse(one, EXAMPLE).utilities[0]
    from datetime import date

    for name in ("a_2026-01-25.csv", "a_2026-01-25.csv.part", ".a_2026-01-25.csv", "a_2026-01-26.csv"):
        (tmp_path / name).write_text("")
    assert [path.name for path in utility.files(date(2026, 1, 25))] == ["a_2026-01-25.csv"]
    assert [path.name for path in utility.before(date(2026, 1, 27), 7)] == ["a_2026-01-25.csv", "a_2026-01-26.csv"]
    assert [path.name for path in utility.before(date(2026, 1, 26), 7)] == ["a_2026-01-25.csv"]
    assert utility.before(date(2026, 2, 2), 7) == [tmp_path / "a_2026-01-26.csv"]
