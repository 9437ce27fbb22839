#!/usr/bin/env bash
# A lake in a bucket, on a real S3 server: versitygw, built from its Go module. Needs a Go of its version or later.
. .ci/suites/common.sh
version=v1.8.0
gateway="$PWD/.meterlake/go/versitygw-$version"
if ! command -v go >/dev/null 2>&1; then
  echo "Cannot run this suite: no go on the PATH" >&2
  echo "Fix: install Go 1.25 or later." >&2
  echo "s3: 0 passed, 1 failed" >"$results/s3"
  exit 1
fi
if [ ! -x "$gateway/versitygw" ]; then
  expect "the S3 server is built" env GOBIN="$gateway" go install "github.com/versity/versitygw/cmd/versitygw@$version"
fi
export METERLAKE_TEST_S3_GATEWAY="$gateway/versitygw"
# Of a server on the loopback address that lives as long as the tests.
export AWS_ACCESS_KEY_ID=meterlake AWS_SECRET_ACCESS_KEY=only-for-tests
# The tests of locks and of a dying server, and with lakes in the bucket those of the whole writer that take little time.
expect "a lake in a bucket, locks and a server that dies" \
  mvn -B -ntp -q -pl hudi-writer -am -Dspotless.check.skip -Dmdep.analyze.skip -Dgroups=s3 \
  -Dsurefire.failIfNoSpecifiedTests=false -DfailIfNoTests=false test
METERLAKE_TEST_LAKES=s3 expect "the writer's and the snapshots' tests in a bucket" \
  mvn -B -ntp -q -pl hudi-writer -am -Dspotless.check.skip -Dmdep.analyze.skip \
  -Dtest='CrashTest,ForeignCommitTest,IngestTest,MissingFilesTest,RebucketTest,SavepointsTest,SnapshotsTest' \
  -Dsurefire.failIfNoSpecifiedTests=false test
close_suite s3
