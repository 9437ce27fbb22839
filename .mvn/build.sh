#!/usr/bin/env bash
# Builds Meterlake without its tests, shows how far it is, and prepares a fast start.
# usage: build.sh HOME JAVA_HOME
set -euo pipefail
home=$1
export JAVA_HOME=$2
build="$home/orchestrator/target/meterlake"
log="$home/.meterlake/build.log"
mkdir -p "$home/.meterlake"

if command -v flock >/dev/null 2>&1; then
  exec 9>"$home/.meterlake/build.lock"
  flock -n 9 || { echo "Waiting for another build of this checkout …"; flock 9; }
fi

if ! command -v mvn >/dev/null 2>&1; then
  echo "Cannot build Meterlake: no Maven (mvn) on the PATH"
  echo "Fix: install Maven 3.8 or later (your system's maven package will do)."
  exit 2
fi

echo "Building Meterlake (the first time this fetches about 500 MB of libraries; log: .meterlake/build.log)"
progress() {
  local line downloads=0
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$log"
    case $line in
      *'] Building '*'['*) printf '  %s\n' "${line#*Building }" | sed 's/ 0\.1\.0-SNAPSHOT */ /' ;;
      Downloaded\ from*)
        downloads=$((downloads + 1))
        if [ $((downloads % 100)) -eq 0 ]; then echo "    $downloads files fetched"; fi
        ;;
    esac
  done
}
: >"$log"
started=$SECONDS
if ! (cd "$home" && mvn -B -Dmaven.test.skip=true -Dspotless.check.skip=true -Dmdep.analyze.skip=true package 2>&1) | progress; then
  grep -E '^\[ERROR\]|Rule [0-9]+.* failed' "$log" | head -n 15
  echo "Cannot build Meterlake: Maven failed"
  echo "Fix: see .meterlake/build.log; if a library could not be fetched, check the network and run the command again."
  exit 1
fi

mkdir -p "$build"
class_path="$home/orchestrator/target/orchestrator.jar:$(cat "$home/orchestrator/target/classpath")"
{
  echo -XX:+UseSerialGC
  echo -Xmx2g
  echo --enable-native-access=ALL-UNNAMED
  echo --sun-misc-unsafe-memory-access=allow
  # Hudi measures objects with a library that else warns that it may not attach to its own process.
  echo -Djol.skipDynamicAttach=true
  echo -Djol.skipHotspotSAAttach=true
  printf -- '-cp "%s"\n' "$class_path"
} >"$build/java-options"

# A training run: what it loads starts from an ahead-of-time cache ever after.
rm -f "$build/aot"
if (cd "$home" && "$JAVA_HOME/bin/java" "@$build/java-options" -XX:AOTCacheOutput="$build/aot" \
  "-Dmeterlake.home=$home" io.meterlake.cli.Meterlake ls) >>"$log" 2>&1 && [ -f "$build/aot" ]; then
  printf -- '-XX:AOTCache="%s"\n-Xlog:aot=off\n-Xlog:cds=off\n' "$build/aot" >>"$build/java-options"
fi
printf '%s\n' "$JAVA_HOME" >"$build/stamp"
echo "Built in $((SECONDS - started)) s"
