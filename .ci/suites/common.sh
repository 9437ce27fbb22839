# shellcheck shell=bash
# What the suites share: where results go, Python environments made from pinned requirements, counting.

results="$PWD/.meterlake/check"
mkdir -p "$results"

# python_environment NAME REQUIREMENTS: makes a virtual environment once for each state of the requirements file and
# prints its folder.
python_environment() { bash .mvn/python-environment.sh "$@"; }

# fast_folder: makes a temporary folder, in memory if this machine gives 4 GB for that, and prints it. What tests bring to the
# disk, thousands of small commits, takes most of their time else.
fast_folder() {
  if [ -w /dev/shm ] && [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -ge 4194304 ]; then
    mktemp -d /dev/shm/meterlake-check-XXXXXX
  else
    mktemp -d
  fi
}

# test_processes: how many processes of tests this machine can hold at a time: one a processor, and 8 GB of memory for each; two
# at the most, which is what is tried.
test_processes() {
  local memory processors
  memory=$(awk '/^MemTotal:/ { print int($2 / 8388608) }' /proc/meminfo 2>/dev/null) || memory=1
  processors=$(getconf _NPROCESSORS_ONLN 2>/dev/null) || processors=1
  [ "${memory:-1}" -ge 2 ] && [ "$processors" -ge 2 ] && echo 2 || echo 1
}

passed=0
failed=0

# expect DESCRIPTION COMMAND…: runs a command and counts whether it succeeded; its output is shown only if it did not.
expect() {
  local description=$1 output
  shift
  if output=$("$@" 2>&1); then
    passed=$((passed + 1))
    echo "  ok    $description"
  else
    failed=$((failed + 1))
    echo "  FAIL  $description"
    printf '%s\n' "$output" | tail -n 40 | sed 's/^/        /'
  fi
}

# close_suite NAME: writes the closing line and ends the suite with the right status.
close_suite() {
  echo "$1: $passed passed, $failed failed" >"$results/$1"
  [ "$failed" -eq 0 ]
  exit $?
}
