#!/usr/bin/env bash
# The command as a user meets it: help, bad input, and a machine that lacks something.
. .ci/suites/common.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
./meterlake --version >/dev/null || exit 1

# ends STATUS TEXT COMMAND…: the command ends with that status, and says that text on stdout or stderr.
ends() {
  local status=$1 text=$2 output actual
  shift 2
  output=$("$@" 2>&1 </dev/null)
  actual=$?
  printf '%s\n' "$output" | tail -n 20
  echo "(ended with $actual)"
  [ "$actual" -eq "$status" ] && case $output in *"$text"*) ;; *) false ;; esac
}

shell_scripts_parse() {
  local script
  for script in meterlake check .mvn/*.sh .ci/run .ci/suites/*.sh; do
    bash -n "$script" || return 1
  done
}

# Nothing but the tools of the shell: no Java, no Maven, no home with one.
without_java() {
  mkdir -p "$scratch/bin"
  local tool
  for tool in bash dirname readlink sed cat find; do
    ln -sf "$(command -v "$tool")" "$scratch/bin/$tool"
  done
  env -i PATH="$scratch/bin" HOME="$scratch" METERLAKE_JAVA_SEARCH="$scratch/none" ./meterlake --version
}

# The launcher's own answer, without starting Java: which compilers are for an ingest of these files.
compilers_for() {
  (
    eval "$(sed -n '/^kib_to_read() {$/,/^}$/p; /^compile_for() {$/,/^}$/p' meterlake)"
    home=.
    options=()
    compile_for "$(kib_to_read "$@")"
    case "${options[*]-}" in
      *TieredStopAtLevel=1*) echo first ;;
      *short-ingest.json*) echo both-for-some ;;
      '') echo both ;;
    esac
  )
}

uses() {
  [ "$(compilers_for "${@:2}")" = "$1" ]
}

is_silent() {
  [ -z "$("$@" 2>/dev/null)" ]
}

# compiles_up_to LEVEL COMMAND…: Java says itself which of its compilers it uses.
compiles_up_to() {
  local level=$1
  shift
  METERLAKE_JAVA_OPTS=-XX:+PrintFlagsFinal "$@" 2>/dev/null | grep -E "TieredStopAtLevel += $level "
}

printf '100,NEM12,202601010000,MDP,RET\n200,NMI1,E1,1,E1,N1,M1,kWh,30,\n300,20260101,1,2,3,A,,,20260102000000,\n900\n' \
  >"$scratch/short-day.csv"
printf 'meter_id,channel,interval_start,interval_minutes,unit,quality,quality_code,recorded_at\n' >"$scratch/no-value.csv"
printf 'some text that compresses' | gzip -c | head -c 20 >"$scratch/cut.csv.gz"
mkdir "$scratch/delivered"
head -c 320000000 /dev/zero >"$scratch/large.csv"
head -c 31000000 /dev/zero >"$scratch/delivered/medium.csv"
cp "$scratch/delivered/medium.csv" "$scratch/medium.csv.gz"

expect "the scripts are bash" shell_scripts_parse
expect "help names the verbs and nouns" ends 0 "ingest" ./meterlake --help
expect "an unknown command is a usage error" ends 2 "Cannot read the command line" ./meterlake ingst
expect "an unknown setting is named" ends 2 "did you mean" ./meterlake --set lake.pth=x config show
expect "a machine without JDK 25 is told how to get one" ends 2 "install a JDK 25" without_java
expect "the folder that was searched for a JDK is named" ends 2 "in $scratch/none (METERLAKE_JAVA_SEARCH)" without_java
expect "stdout holds the help" ends 0 "--debug" sh -c './meterlake --help 2>/dev/null'
expect "a full disk is told" ends 1 "Cannot write the result" sh -c './meterlake config show >/dev/full'
expect "a stack that is down is named, with the fix" ends 1 "stack up" \
  ./meterlake --set "stack.path=$scratch/none" query "select 1"
expect "a missing file is named" ends 2 "there is no such file" ./meterlake inspect "$scratch/none.csv"
expect "a day with too few values is rejected with its line" ends 3 "short-day.csv:3" \
  ./meterlake inspect "$scratch/short-day.csv"
expect "a CSV that lacks a column names it" ends 3 "value" ./meterlake inspect "$scratch/no-value.csv"
expect "a truncated gzip is told" ends 3 "cut.csv.gz" ./meterlake inspect --format csv "$scratch/cut.csv.gz"
expect "a day of a small utility uses the first compiler" uses first --mapping north.yml "$scratch/short-day.csv"
expect "a file of 31 MB uses both for what pays" uses both-for-some "$scratch/delivered/medium.csv"
expect "one of 320 MB uses both" uses both "$scratch/large.csv"
expect "so do both together" uses both "$scratch/short-day.csv" "$scratch/large.csv"
expect "so does a compressed one of 31 MB" uses both "$scratch/medium.csv.gz"
expect "so does a folder of 31 MB, whose files may be compressed" uses both "$scratch/delivered"
expect "so does what stays" uses both --watch "$scratch/short-day.csv"
expect "so does what names no file" uses both "$scratch/none.csv"
expect "Java takes the first compiler" compiles_up_to 1 ./meterlake inspect "$scratch/short-day.csv"
expect "Java takes both" compiles_up_to 4 ./meterlake inspect "$scratch/none.csv"
expect "Java takes both for what pays" ends 2 "no format recognises it" ./meterlake inspect "$scratch/delivered/medium.csv"
expect "and says nothing of its own on stdout" is_silent ./meterlake inspect "$scratch/delivered/medium.csv"
expect "parse counts the models" ends 0 "models" ./meterlake parse
close_suite command
