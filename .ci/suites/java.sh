#!/usr/bin/env bash
# Formatting, static analysis, declared dependencies and every JUnit test, those on the real stack included.
. .ci/suites/common.sh
find . -path '*/target/surefire-reports/*' -name 'TEST-*.xml' -delete 2>/dev/null
log="$results/java.log"
temporary=$(fast_folder) || exit 1
trap 'rm -rf "$temporary"' EXIT
mvn -B -ntp -fae "-Dtest.processes=$(test_processes)" "-Dtest.temporary-folder=$temporary" verify >"$log" 2>&1
status=$?
grep -E 'Tests run:|BUILD|Reactor Summary|SUCCESS \[|FAILURE \[' "$log" | sed 's/^\[INFO\] //'
if [ "$status" -ne 0 ]; then
  grep -E '^\[ERROR\]' "$log" | head -n 60
  echo "The whole log: .meterlake/check/java.log"
fi

count() {
  find . -path '*/target/surefire-reports/TEST-*.xml' -exec grep -ho "<testsuite [^>]*" {} + |
    sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'
}
tests=$(count tests)
skipped=$(count skipped)
failed=$(($(count failures) + $(count errors)))
passed=$((tests - failed - skipped))
# A build that fails outside of a test (formatting, a warning) is a failure as well.
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
[ "$tests" -gt 0 ] || failed=1
echo "java: $passed passed, $failed failed, $skipped skipped" >"$results/java"
exit "$status"
