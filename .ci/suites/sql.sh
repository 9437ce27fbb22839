#!/usr/bin/env bash
# The SQL project: sqlfluff, dbt's own parser and Meterlake's, and what others read of the project.
. .ci/suites/common.sh
environment=$(python_environment sql sql-models/requirements.txt) || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

lint() { (cd sql-models && "$environment/bin/sqlfluff" lint --disable-progress-bar .); }
dbt_parses() {
  DBT_SEND_ANONYMOUS_USAGE_STATS=false "$environment/bin/dbt" --no-use-colors parse \
    --project-dir sql-models --profiles-dir sql-models --target-path "$scratch/target" --log-path "$scratch/logs"
}

expect "sqlfluff finds nothing to mend" lint
expect "dbt parses the project" dbt_parses
expect "meterlake parses the project" ./meterlake parse
expect "the manifest is dbt's, and its readers find what they index" \
  "$environment/bin/python" .ci/suites/read_artifacts.py manifest sql-models/target "$scratch/target/manifest.json"
close_suite sql
