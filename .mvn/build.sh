#!/usr/bin/env bash
# Builds Meterlake without its tests, shows how far it is, and prepares a fast start.
# usage: build.sh HOME JAVA_HOME
set -euo pipefail
home=$1
export JAVA_HOME=$2
build="$home/orchestrator/target/meterlake"
log="$home/.meterlake/build.log"
. "$home/.mvn/stamp.sh"
mkdir -p "$home/.meterlake"

if command -v flock >/dev/null 2>&1; then
  exec 9>"$home/.meterlake/build.lock"
  if ! flock -n 9; then
    echo "Waiting for another build of this checkout …"
    flock 9
    if is_built "$home" "$JAVA_HOME"; then exit 0; fi
  fi
fi

if ! command -v mvn >/dev/null 2>&1; then
  echo "Cannot build Meterlake: no Maven (mvn) on the PATH"
  echo "Fix: install Maven 3.8 or later (your system's maven package will do)."
  exit 2
fi

echo "Building Meterlake (the first time this fetches many libraries; log: .meterlake/build.log)"
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
# The stamp has the time of the start: what is saved while Maven runs may have come too late for it.
mkdir -p "$build/builds"
printf '%s\n' "$JAVA_HOME" >"$build/stamp.new"
: >"$log"
started=$SECONDS
if ! (cd "$home" && mvn -B -Dmaven.test.skip=true -Dspotless.check.skip=true -Dmdep.analyze.skip=true package 2>&1) | progress; then
  grep -E '^\[ERROR\]|Rule [0-9]+.* failed' "$log" | head -n 15
  echo "Cannot build Meterlake: Maven failed"
  echo "Fix: see .meterlake/build.log; if a library could not be fetched, check the network and run the command again."
  exit 1
fi

# Into a folder of its own, as a command that runs still reads the jars and options of the build before.
made=$(mktemp -d "$build/builds/$(date -u +%Y%m%dT%H%M%S).XXXXXX")
chmod 755 "$made"
class_path=''
IFS=: read -ra jars <<<"$home/orchestrator/target/orchestrator.jar:$(cat "$home/orchestrator/target/classpath")"
for jar in "${jars[@]}"; do
  case $jar in
    "$home"/*)
      cp "$jar" "$made/"
      jar="$made/$(basename "$jar")"
      ;;
  esac
  class_path="$class_path${class_path:+:}$jar"
done
{
  echo -XX:+UseSerialGC
  echo -Xmx2g
  echo --enable-native-access=ALL-UNNAMED
  echo --sun-misc-unsafe-memory-access=allow
  # Hudi measures objects with a library that else warns that it may not attach to its own process.
  echo -Djol.skipDynamicAttach=true
  echo -Djol.skipHotspotSAAttach=true
  printf -- '-cp "%s"\n' "$class_path"
} >"$made/java-options"

# Training runs: what they load starts from an ahead-of-time cache ever after. Commands that only look at the SQL project have
# one of their own, since all that is in a cache is loaded at each start. Nothing works less without them.
training=$(mktemp -d "$home/.meterlake/training.XXXXXX")
trap 'rm -rf "$training"' EXIT
train() {
  local options="$made/java-options$1" cache="$made/aot$1"
  shift
  mkdir "$training/$(basename "$cache")"
  if (cd "$training/$(basename "$cache")" && "$JAVA_HOME/bin/java" "@$options" -XX:AOTCacheOutput="$cache" \
    "-Dmeterlake.home=$home" -Dmeterlake.training=. "$@" io.meterlake.cli.Meterlake) >>"$log" 2>&1 && [ -f "$cache" ]; then
    printf -- '-XX:AOTCache="%s"\n-Xlog:aot=off\n-Xlog:cds=off\n' "$cache" >>"$options"
  else
    echo "  Could not make the cache for fast starts (see .meterlake/build.log); commands work, and start slower."
  fi
}
cp "$made/java-options" "$made/java-options-models"
train ''
train -models -Dmeterlake.training-models=true
cp "$made/java-options-models" "$build/java-options-models.new"
mv -f "$build/java-options-models.new" "$build/java-options-models"
cp "$made/java-options" "$build/java-options.new"
mv -f "$build/java-options.new" "$build/java-options"
mv -f "$build/stamp.new" "$build/stamp"
# A command that runs since before may still open a jar of its build; after a day none does.
find "$build/builds" -mindepth 1 -maxdepth 1 -type d ! -path "$made" -mmin +1440 -exec rm -rf {} +
echo "Built in $((SECONDS - started)) s"
