# shellcheck shell=bash
# The tools of ./check infra, made once and kept in .meterlake/terraform: OpenTofu and the stub of the AWS provider, both
# built with Go, and npm's package of the provider's arguments. Run from the project's folder.

checks=$PWD/terraform/checks
kept=$PWD/.meterlake/terraform
aws_package=@cdktf/provider-aws
aws_version=21.22.1
aws_sha256=d1446ab6ac6526c6fab4b28a5ebefdd90c0ce56203949925d35a4d286c05cbbf

# need COMMAND FIX: says what to install if there is no such command.
need() {
  command -v "$1" >/dev/null 2>&1 && return 0
  echo "Cannot run this suite: no $1 on the PATH" >&2
  echo "Fix: $2" >&2
  return 1
}

state_of() { { uname -sm; go version; cat "$@"; } | cksum | cut -d' ' -f1; }

# build NAME FOLDER PACKAGE: compiles a Go program once for each state of its sources, and prints the folder it is in.
build() {
  local name=$1 sources=$2 package=$3 folder
  folder=$kept/$name-$(state_of "$sources"/*) || return 1
  if [ ! -f "$folder/complete" ]; then
    echo "  compiling $name; it is kept in .meterlake/terraform" >&2
    rm -rf "$folder" && mkdir -p "$folder" &&
      (cd "$sources" && GOFLAGS='-buildvcs=false -mod=readonly' nice -n 10 go build -trimpath -ldflags '-s -w' -o "$folder/$name" "$package") >&2 &&
      touch "$folder/complete" || {
      echo "Cannot compile $name with $(go version)" >&2
      echo "Fix: install Go $(sed -n 's/^go //p' "$sources/go.mod") or later, and see that it reaches its module proxy." >&2
      return 1
    }
  fi
  printf '%s\n' "$folder"
}

# aws_arguments: fetches npm's package of the provider's arguments, and prints its folder.
aws_arguments() {
  local folder=$kept/provider-aws-$aws_version archive
  if [ ! -f "$folder/complete" ]; then
    echo "  fetching $aws_package $aws_version" >&2
    rm -rf "$folder" && mkdir -p "$folder" || return 1
    archive=$(cd "$folder" && npm pack --silent --ignore-scripts "$aws_package@$aws_version") || {
      echo "Cannot fetch $aws_package $aws_version" >&2
      echo "Fix: see that npm reaches its registry." >&2
      return 1
    }
    if [ "$(node -e 'process.stdout.write(require("crypto").createHash("sha256").update(require("fs").readFileSync(process.argv[1])).digest("hex"))' "$folder/$archive")" != "$aws_sha256" ]; then
      echo "Cannot use $aws_package $aws_version: its checksum is not the one in terraform/checks/tools.sh" >&2
      echo "Fix: find out why before you change the checksum there." >&2
      return 1
    fi
    tar -xzf "$folder/$archive" -C "$folder" && rm "$folder/$archive" && touch "$folder/complete" || return 1
  fi
  printf '%s\n' "$folder/package"
}
