#!/usr/bin/env bash
# terraform/: OpenTofu's fmt, validate and test against a stub of the AWS provider that knows its arguments, checkov, and
# that mistakes are found. Needs Go, Node.js with npm, and Python; what is built and fetched is kept in .meterlake/.
. .ci/suites/common.sh
. terraform/checks/tools.sh

missing=0
need go "install Go $(sed -n 's/^go //p' terraform/checks/tofu/go.mod) or later: OpenTofu and the stub provider are compiled with it." || missing=1
need node "install Node.js 18 or later." || missing=1
need npm "install npm: the AWS provider's arguments come from one of its packages." || missing=1
[ "$missing" -eq 0 ] || exit 1

environment=$(python_environment infra terraform/checks/requirements.txt) || exit 1
tofu=$(build tofu terraform/checks/tofu github.com/opentofu/opentofu/cmd/tofu) || exit 1
stub=$(build terraform-provider-aws terraform/checks/stub-provider .) || exit 1
arguments=$(aws_arguments) || exit 1
tofu=$tofu/tofu

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/provider"
cp "$stub/terraform-provider-aws" "$scratch/provider/"
cat >"$scratch/tofurc" <<RC
provider_installation {
  dev_overrides { "hashicorp/aws" = "$scratch/provider" }
  direct {}
}
RC
export TF_CLI_CONFIG_FILE=$scratch/tofurc CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1 NO_COLOR=1
# Whatever the caller has set must not reach a provider or fill a variable.
for name in $(compgen -e | grep -E '^(TF_VAR_|AWS_)'); do unset "$name"; done

# The tests run in a copy: they leave nothing behind.
cp -R terraform "$scratch/terraform"
described() { node terraform/checks/described.mjs terraform; }
schema() { node terraform/checks/schema.mjs "$arguments" "$1" >"$scratch/provider/schema.json"; }

# validate FOLDER: with its modules, against the stub.
validate() {
  (cd "$1" && export TF_DATA_DIR=$1/.data && "$tofu" get -no-color >/dev/null && "$tofu" validate -no-color)
}

# tests FOLDER: counts its runs.
tests() {
  local folder=$scratch/terraform/$1 log=$results/infra-${1//\//-}.log line variables=()
  [ -f "$folder/terraform.tfvars.example" ] && cp "$folder/terraform.tfvars.example" "$scratch/example.tfvars" &&
    variables=(-var-file="$scratch/example.tfvars")
  (cd "$folder" && export TF_DATA_DIR=$folder/.data && "$tofu" test -no-color "${variables[@]}") >"$log" 2>&1
  local status=$?
  line=$(grep -E '^(Success|Failure)! [0-9]+ passed, [0-9]+ failed' "$log" | tail -n 1)
  local good bad
  good=$(sed -E 's/^[^0-9]*([0-9]+) passed.*/\1/' <<<"$line")
  bad=$(sed -E 's/.* ([0-9]+) failed.*/\1/' <<<"$line")
  # A run that was skipped since another failed, or what was left behind, shows in the status alone.
  [ "$status" -eq 0 ] && ! grep -q 'errored_test.tfstate' "$log" && [ "${good:-0}" -gt 0 ] || [ "${bad:-0}" -gt 0 ] || bad=1
  passed=$((passed + ${good:-0}))
  failed=$((failed + ${bad:-0}))
  if [ "${bad:-0}" -eq 0 ]; then
    echo "  ok    tests of $1: $good"
  else
    echo "  FAIL  tests of $1: ${good:-0} passed, $bad failed"
    tail -n 40 "$log" | sed 's/^/        /'
  fi
}

scan() { "$environment/bin/checkov" --config-file "$checks/checkov.yml" --skip-download --quiet --compact "$@"; }

# finds TEXT COMMAND…: the command fails, and says the text.
finds() {
  local text=$1 output
  shift
  if output=$("$@" 2>&1); then
    echo "It found nothing."
    return 1
  fi
  grep -qF "$text" <<<"$output" || {
    printf '%s\n' "It says something else than '$text':" "$output"
    return 1
  }
}

# mistaken NAME FOLDER FILE FROM TO: a copy of terraform/ in which a line of a file is changed; prints the folder.
mistaken() {
  local copy=$scratch/$1
  cp -R terraform "$copy"
  FROM=$4 TO=$5 node -e '
    const { readFileSync, writeFileSync } = require("fs");
    const text = readFileSync(process.argv[1], "utf8");
    if (!text.includes(process.env.FROM)) throw new Error(`no ${process.env.FROM} in ${process.argv[1]}`);
    writeFileSync(process.argv[1], text.replace(process.env.FROM, process.env.TO));' "$copy/$2/$3" || return 1
  printf '%s\n' "$copy/$2"
}

# The settings that tasks get are settings of the command, and the texts that alarms look for are written by the DAGs.
settings_exist() {
  local known name
  known=$(grep -oE '"[a-z-]+(\.[a-z-]+)+"' orchestrator/src/main/java/io/meterlake/config/Setting.java | tr -d '"' | tr 'a-z.-' 'A-Z__')
  for name in $(grep -oE '\bMETERLAKE_[A-Z_]+' terraform/modules/services/main.tf | sort -u); do
    grep -qxF "${name#METERLAKE_}" <<<"$known" || { echo "$name is no setting of the command" && return 1; }
  done
}
written() { grep -qF -- "$2" "airflow-dags/$1" || { echo "airflow-dags/$1 no longer says: $2" && return 1; }; }
alarm_texts_exist() {
  written dags/meterlake_daily.py '"Late: ' &&
    written dags/meterlake_daily.py '"Cannot build: ' &&
    written dags/meterlake_daily.py '["build", "--output", "json"]' &&
    written dags/meterlake_maintenance.py '["lineage", "verify", ' &&
    written dags/meterlake_maintenance.py '["snapshot", "verify", ' &&
    written meterlake_dags/command.py 'log("meterlake " + " ".join(arguments))' &&
    written meterlake_dags/command.py 'f"meterlake {'"' '"'.join(self.arguments[:3])} ended with {self.exit_code}"'
}

expect "the provider has every resource that is used" schema "$scratch/terraform"
expect "the files are formatted" "$tofu" fmt -check -recursive -diff terraform
expect "modules are whole; variables and outputs are typed and described" described
for folder in terraform/{modules,environments,examples}/*; do
  expect "${folder#terraform/} is valid" validate "$scratch/$folder"
done
for folder in terraform/{modules,environments}/*; do
  [ -d "$folder/tests" ] && tests "${folder#terraform/}"
done
expect "the settings that tasks get exist" settings_exist
expect "the texts that alarms look for are written" alarm_texts_exist
expect "checkov finds nothing to mend" scan -d terraform/environments/production -d terraform/examples

typo=$(mistaken typo modules/storage main.tf 'block_public_policy ' 'block_pubic_policy ')
expect "a typo in an argument is found" finds 'An argument named "block_pubic_policy" is not expected here' validate "$typo"
wrong=$(mistaken wrong modules/database main.tf 'multi_az               = var.multi_az' 'multi_az               = "sometimes"')
expect "an argument of another type is found" finds 'a bool is required' validate "$wrong"
missing=$(mistaken missing environments/staging main.tf '  hosts              = var.hosts' '')
expect "a missing variable is found" finds 'The argument "hosts" is required' validate "$missing"
public=$(mistaken public modules/storage main.tf 'restrict_public_buckets = true' 'restrict_public_buckets = false')
public_test() { (cd "$public" && TF_DATA_DIR=$public/.data "$tofu" test -no-color); }
expect "a bucket that can be made public is found by its test" finds 'The bucket can be made public' public_test
expect "a bucket that can be made public is found by checkov" finds 'CKV_AWS_56' scan -d "$public"
none=$(mistaken none modules/storage main.tf 'aws_s3_bucket_ownership_controls' 'aws_s3_bucket_owner')
expect "a resource that the provider has not is found" finds 'no such resource' schema "${none%/modules/storage}"
close_suite infra
