#!/usr/bin/env bash
# Every NEM12 sample beside the project, read by `meterlake inspect` and by PyPI's nemreader, compared row by row.
. .ci/suites/common.sh
samples=../shared/samples/nem12
if [ ! -d "$samples" ]; then
  echo "  no samples at $samples: nothing to compare"
  echo "nem12: 0 passed, 0 failed, 1 skipped" >"$results/nem12"
  exit 0
fi
folder=meter-formats/src/test/python
environment=$(python_environment nem12 "$folder/requirements.txt") || exit 1
./meterlake --version >/dev/null || exit 1
find "$samples" -type f \( -iname '*.csv' -o -iname '*.zip' \) -print0 |
  sort -z | xargs -0 sh -c '"$0" "$@" -- ./meterlake inspect' \
  "$environment/bin/python" "$folder/nem12_oracle.py" >"$results/nem12.log" 2>&1
status=$?
grep -v '^nem12-oracle' "$results/nem12.log" | tail -n 60
grep -E '^nem12-oracle: ' "$results/nem12.log" | sed 's/nem12-oracle/nem12/' >"$results/nem12"
exit "$status"
