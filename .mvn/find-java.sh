# shellcheck shell=bash
# find_java_home: prints the home of a JDK 25 or later, or says on stderr how to get one and returns 1.

# The major version that a Java home's release file names, without starting a JVM; nothing where there is no JDK.
java_major() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_java_home() {
  local candidate major on_path='' where='the usual folders'
  if command -v javac >/dev/null 2>&1; then
    on_path=$(command -v javac)
    if command -v readlink >/dev/null 2>&1; then
      on_path=$(readlink -f "$on_path" 2>/dev/null || printf '%s' "$on_path")
    fi
    on_path=${on_path%/bin/javac}
  fi
  # A folder of JDKs in METERLAKE_JAVA_SEARCH takes the place of the usual ones.
  if [ -n "${METERLAKE_JAVA_SEARCH:-}" ]; then
    where="$METERLAKE_JAVA_SEARCH (METERLAKE_JAVA_SEARCH)"
    set -- "$METERLAKE_JAVA_SEARCH"/*
  else
    set -- /usr/lib/jvm/* /opt/java/* /opt/jdk* /usr/java/* \
      "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home \
      "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home
  fi
  for candidate in "${JAVA_HOME:-}" "$on_path" "$@"; do
    [ -n "$candidate" ] || continue
    major=$(java_major "$candidate")
    if [ -n "$major" ] && [ "$major" -ge 25 ]; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  {
    echo "Cannot run Meterlake: no JDK 25 or later was found in JAVA_HOME (${JAVA_HOME:-not set}), on the PATH or in $where"
    echo "Fix: install a JDK 25 (for example Eclipse Temurin 25, or your system's openjdk-25-jdk package) and set JAVA_HOME to its folder."
  } >&2
  return 1
}
