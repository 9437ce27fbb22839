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
output=$("$environment/bin/python" "$folder/nem12_oracle.py" --command "./meterlake inspect" "$samples"/*)
status=$?
printf '%s\n' "$output" | grep -v passed, | tail -n 60
printf '%s\n' "$output" | grep -E '^nem12-oracle: ' | sed 's/nem12-oracle/nem12/' >"$results/nem12"
exit "$status"
