#!/usr/bin/env bash
# The DAGs in a real Airflow: ruff, their shape, and the daily and the monthly run on a real stack.
# usage: dags.sh [night]   (night: the tests of that mark instead, for which all of Airflow runs)
. .ci/suites/common.sh
suite=${1:-dags}
environment=$(python_environment dags airflow-dags/requirements.txt) || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ -z "${JAVA_HOME:-}" ]; then
  JAVA_HOME=$(. .mvn/find-java.sh && find_java_home) || exit 2
  export JAVA_HOME
fi
./meterlake --version >/dev/null || exit 1
chosen='not night'
[ "$suite" = dags ] || chosen=$suite

lint() { (cd airflow-dags && "$environment/bin/ruff" check --no-cache . && "$environment/bin/ruff" format --no-cache --check .); }
tests() {
  (cd airflow-dags && "$environment/bin/python" -m pytest -q -p no:cacheprovider --junit-xml="$scratch/junit.xml" -m "$chosen" tests) \
    >"$results/$suite.log" 2>&1
}
count() { sed -n "s/.*<testsuite [^>]*$1=\"\([0-9]*\)\".*/\1/p" "$scratch/junit.xml"; }

[ "$suite" != dags ] || expect "ruff finds nothing to mend" lint
started=$SECONDS
if tests; then
  echo "  ok    pytest ($((SECONDS - started)) s)"
else
  grep -E '^(FAILED|ERROR|E  )' "$results/$suite.log" | head -n 40
  echo "The whole log: .meterlake/check/$suite.log"
  [ -s "$scratch/junit.xml" ] || failed=$((failed + 1))
fi
if [ -s "$scratch/junit.xml" ]; then
  bad=$(($(count failures) + $(count errors)))
  passed=$((passed + $(count tests) - bad - $(count skipped)))
  failed=$((failed + bad))
fi
close_suite "$suite"
