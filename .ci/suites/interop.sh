#!/usr/bin/env bash
# The table in turns with Spark 3.5 and Hudi's bundle for it. Optional: it needs a JDK 17, and downloads half a gigabyte
# the first time, from the registries that pip and Maven are set up for. METERLAKE_SPARK_JAVA names the JDK.
. .ci/suites/common.sh
bundle=hudi-spark3.5-bundle_2.12
version=1.2.0

skip() {
  echo "  skipped: $1"
  echo "interop: 0 passed, 0 failed, skipped: $1" >"$results/interop"
  exit 0
}

java_17() {
  local candidate
  for candidate in "${METERLAKE_SPARK_JAVA:-}" /usr/lib/jvm/*17* /opt/java/*17* "${HOME:-/nonexistent}"/.sdkman/candidates/java/17*; do
    [ -x "$candidate/bin/java" ] && printf '%s\n' "$candidate" && return 0
  done
  return 1
}

spark_java=$(java_17) || skip "no JDK 17 for Spark 3.5 was found; METERLAKE_SPARK_JAVA can name one"
environment=$(python_environment interop hudi-writer/src/test/python/requirements.txt) || skip "pyspark could not be installed"
jar=$PWD/.meterlake/spark/$bundle-$version.jar
if [ ! -f "$jar" ]; then
  mvn -q -N dependency:copy "-Dartifact=org.apache.hudi:$bundle:$version" "-DoutputDirectory=${jar%/*}" >&2 ||
    skip "Maven could not get $bundle $version"
fi

scratch=$(mktemp -d)
export METERLAKE_STACK_PATH=$scratch/stack METERLAKE_STACK_TRINO_PORT=0 METERLAKE_STACK_METASTORE_PORT=0
export METERLAKE_LAKE_PATH=$scratch/lake METERLAKE_LAKE_BUCKETS=4
trap './meterlake stack down >/dev/null 2>&1; rm -rf "$scratch"' EXIT
./meterlake stack up >/dev/null || exit 1
JAVA_HOME=$spark_java SPARK_LOCAL_IP=127.0.0.1 "$environment/bin/python" hudi-writer/src/test/python/spark_interop.py \
  "$jar" "$scratch" -- env "JAVA_HOME=$JAVA_HOME" ./meterlake 2>"$results/interop.log" | tee "$results/interop.out"
status=${PIPESTATUS[0]}
[ "$status" -eq 0 ] || tail -n 40 "$results/interop.log"
grep -E '^spark-interop: ' "$results/interop.out" | sed 's/spark-interop/interop/' >"$results/interop"
exit "$status"
