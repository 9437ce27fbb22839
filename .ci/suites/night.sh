#!/usr/bin/env bash
# A night with the whole of Airflow, in the middle of which everything is killed (airflow-dags/tests/test_night.py). Takes a
# quarter of an hour, so it runs when it is named.
exec bash .ci/suites/dags.sh night
