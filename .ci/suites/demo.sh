#!/usr/bin/env bash
# The demo, in a folder of its own and on free ports, twice: the whole journey on the real servers.
. .ci/suites/common.sh
environment=$(python_environment sql sql-models/requirements.txt) || exit 1
scratch=$(mktemp -d)
home=$PWD
target=$home/sql-models/target
cat >"$scratch/meterlake.yml" <<YAML
models.path: $home/sql-models
stack.trino-port: 0
stack.metastore-port: 0
YAML
lake() { (cd "$scratch" && "$home/meterlake" "$@"); }
trap 'lake stack down >/dev/null 2>&1; rm -rf "$scratch"' EXIT
./meterlake --version >/dev/null || exit 1

# answers EXPECTED SQL: the query gives exactly these CSV lines below its header.
answers() {
  local actual
  actual=$(lake query --output csv "$2" | tail -n +2) || return 1
  printf 'expected: %s\nactual:   %s\n' "$1" "$actual"
  [ "$actual" = "$1" ]
}
report_as_recorded() {
  local folder
  folder=$(find "$scratch/.meterlake/reports/settlement" -name settlement.csv -exec dirname {} \;)
  [ "$(printf '%s\n' "$folder" | wc -l)" -eq 1 ] || { echo "not one report: $folder"; return 1; }
  grep -F "$(sha256sum "$folder/settlement.csv" | cut -d' ' -f1)" "$folder/manifest.json"
}
# The query that README.md shows, as it stands there.
readme_query() {
  local sql
  sql=$(sed -n '/^.\/meterlake query "select reading_date/,/limit 5"/p' "$home/README.md" | sed '1s/^[^"]*"//; $s/"$//')
  lake query --output csv "$sql" | tail -n +2 | grep -c '^2026-01' | grep -qx 5
}
readings="select count(*), sum(value) from hudi.lake.meter_readings"

expect "the demo runs" lake demo
first=$(lake query --output csv "$readings")
expect "every interval is there exactly once" answers 0 \
  "select count(*) from (select 1 from hudi.lake.meter_readings group by meter_id, channel, interval_start having count(*) > 1)"
expect "all files are in the ledger" answers 16 "select count(*) from hudi.lake.ingested_files where status = 'ingested'"
expect "the rejected records have their lines" answers 5 "select count(*) from hudi.lake.rejected_readings where line > 0"
expect "the report has a lineage row" answers 1 "select count(*) from hudi.lake.report_lineage"
expect "the manifest has the report's checksum" report_as_recorded
expect "the README's query answers" readme_query
expect "the catalog is written" lake docs generate
expect "readers of dbt's artifacts load the run's results" "$environment/bin/python" .ci/suites/read_artifacts.py run "$target"
expect "readers of dbt's artifacts load the catalog" "$environment/bin/python" .ci/suites/read_artifacts.py catalog "$target"
expect "the demo runs again" lake demo
expect "the second run changes no reading" test "$first" = "$(lake query --output csv "$readings")"
expect "the second run makes no second report" report_as_recorded
expect "the lineage still has one row" answers 1 "select count(*) from hudi.lake.report_lineage"
# A later file corrects forty readings of the month that the report is about.
correction() {
  echo 'meter_id,channel,interval_start,interval_minutes,value,unit,quality,quality_code,recorded_at'
  lake query --output csv "select meter_id, channel, to_iso8601(with_timezone(interval_start, 'UTC')), interval_minutes,
      value + 1, unit, 'actual', null, '2026-06-01T00:00:00Z'
    from hudi.lake.meter_readings
    where unit = 'kWh' and quality = 'actual' and reading_date = date '2026-01-28'
    order by meter_id, channel, interval_start limit 40" | tail -n +2
}
report=settlement-2026-01-initial-001
expect "the report is signed" lake report sign "$report" --by check
lake report list --output json >"$scratch/reports.json" 2>&1
expect "the list of reports says that it is signed" grep -F '"status" : "signed"' "$scratch/reports.json"
correction >"$scratch/late.csv"
expect "a correction of the signed month comes in" lake ingest --utility late "$scratch/late.csv"
expect "the report is proven" lake report verify "$report"
expect "the report is made again, byte for byte" lake report reproduce "$report"
expect "the lineage is whole" lake lineage verify
lake report impact >"$scratch/impact" 2>&1
expect "the impact of the correction names the report" grep -F "$report" "$scratch/impact"
environment=$(python_environment metrics orchestrator/src/test/python/requirements.txt) || exit 1
# Prometheus' own parser, which keeps to the specification.
metrics() {
  lake metrics --file "$scratch/textfiles/meterlake.prom" &&
    "$environment/bin/python" orchestrator/src/test/python/openmetrics_check.py "$@" <"$scratch/textfiles/meterlake.prom"
}
expect "the metrics are OpenMetrics" metrics meterlake_ledger_rows meterlake_delivery_lateness_seconds \
  meterlake_table_commit_timestamp_seconds meterlake_snapshot_size_bytes meterlake_reports meterlake_lineage_intact \
  meterlake_run_last_success_timestamp_seconds
expect "no alarm is left" lake alarms
expect "the runs are found again" sh -c "cd '$scratch' && '$home/meterlake' runs list --command demo | grep -c ' ok ' | grep -qx 2"
expect "the stack stops" lake stack down
close_suite demo
