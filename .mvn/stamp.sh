# shellcheck shell=bash
# is_built HOME JAVA_HOME: whether the command's build is of the sources as they are. A file that was added or deleted
# shows in the time of its folder.
is_built() {
  local home=$1 stamp="$1/orchestrator/target/meterlake/stamp"
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$2" ] &&
    [ -z "$(find "$home/pom.xml" "$home/meter-formats" "$home/hudi-writer" "$home/devstack" "$home/orchestrator" \
      \( -name target -o -path '*/src/test' \) -prune -o \( -type f -o -path '*/src/main*' \) -newer "$stamp" -print -quit)" ]
}
