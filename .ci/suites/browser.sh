#!/usr/bin/env bash
# What the dashboards show, on a stack for each class, and their page in a real Chromium: METERLAKE_TEST_CHROMIUM, the one on the PATH, or Debian's package,
# which is installed where that is possible. Pictures of the pages go to orchestrator/target/screenshots.
. .ci/suites/common.sh
log="$results/browser.log"

find_chromium() {
  local candidate
  for candidate in "${METERLAKE_TEST_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$candidate" ] && command -v "$candidate" && return 0
  done
  return 1
}

install_chromium() {
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
  echo "  installing Debian's chromium"
  { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends chromium; } >"$log" 2>&1
}

page=DashboardInBrowserTest
tests=$(grep -rl '@Tag("browser")' orchestrator/src/test/java | sed 's|.*/||; s|[.]java$||' | grep -vx "$page" | paste -sd, -)
if METERLAKE_TEST_CHROMIUM=$(find_chromium) || { install_chromium && METERLAKE_TEST_CHROMIUM=$(find_chromium); }; then
  export METERLAKE_TEST_CHROMIUM
  tests=$tests,$page
else
  echo "  skipped: the page itself, as there is no Chromium and it could not be installed; METERLAKE_TEST_CHROMIUM can name one"
fi
./meterlake --version >/dev/null || exit 1

reports=orchestrator/target/surefire-reports
rm -f $reports/TEST-*.xml
mvn -B -ntp -Pbrowser -pl orchestrator -am -Dtest="$tests" -DreuseForks=false -Dsurefire.failIfNoSpecifiedTests=false \
  -Dspotless.check.skip=true test >"$log" 2>&1
status=$?
if [ "$status" -ne 0 ]; then
  grep -E '^\[ERROR\]' "$log" | head -n 40
  echo "The whole log: .meterlake/check/browser.log"
fi
count() { cat $reports/TEST-*.xml 2>/dev/null | sed -n "s/^<testsuite .* $1=\"\([0-9]*\)\".*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'; }
failed=$(($(count failures) + $(count errors)))
passed=$(($(count tests) - failed - $(count skipped)))
# Without a single test, or with a build that failed outside of one, nothing was shown.
if [ "$passed" -eq 0 ] || [ "$status" -ne 0 ]; then [ "$failed" -gt 0 ] || failed=1; fi
close_suite browser
