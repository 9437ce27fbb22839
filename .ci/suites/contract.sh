#!/usr/bin/env bash
# Whether Metabase's own command line takes the query of each card: `mb query --dry-run`, which needs no server. Needs npm.
. .ci/suites/common.sh
log="$results/contract.log"
queries=orchestrator/target/metabase-queries

if ! command -v npm >/dev/null 2>&1; then
  echo "  skipped: there is no npm on the PATH; Node.js has it"
  echo "contract: 0 passed, 0 failed, skipped: no npm" >"$results/contract"
  exit 0
fi
tools="$PWD/.meterlake/node/contract-$({ node --version; cat .ci/metabase/package-lock.json; } | cksum | cut -d' ' -f1)"
if [ ! -f "$tools/complete" ]; then
  rm -rf "$tools"
  mkdir -p "$tools"
  cp .ci/metabase/package.json .ci/metabase/package-lock.json "$tools/"
  (cd "$tools" && npm ci --ignore-scripts --no-audit --no-fund) >"$log" 2>&1 && touch "$tools/complete" || {
    tail -n 20 "$log"
    exit 1
  }
fi

# The suite java has written them already, if it ran since the last change.
written() {
  [ -d "$queries" ] && [ -z "$(find metabase ./*/src -type f -newer "$queries" -print -quit)" ]
}
if ! written; then
  rm -rf "$queries"
  mvn -B -ntp -pl orchestrator -am -Dtest=QueriesForMetabaseTest -Dsurefire.failIfNoSpecifiedTests=false \
    -Dspotless.check.skip=true -Dmdep.analyze.skip=true test >"$log" 2>&1 || {
    grep -E '^\[ERROR\]' "$log" | head -n 20
    echo "The whole log: .meterlake/check/contract.log"
    exit 1
  }
fi

mb() {
  "$tools/node_modules/.bin/mb" query --dry-run --json --file "$1" </dev/null
}

refuses() {
  ! mb "$1"
}

for card in metabase/cards/*.yml; do
  name=$(basename "$card" .yml)
  expect "Metabase takes the query of card $name" mb "$queries/$name.json"
done
# That it looks at all.
sed 's/"type":"dimension"/"type":"nonsense"/' "$queries/completeness.json" >"$queries/wrong"
expect "and refuses a template tag of a type that it does not know" refuses "$queries/wrong"
close_suite contract
