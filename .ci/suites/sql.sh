#!/usr/bin/env bash
# The SQL project: sqlfluff, dbt's own parser, and Meterlake's.
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
close_suite sql
