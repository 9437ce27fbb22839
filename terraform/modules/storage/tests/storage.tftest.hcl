mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }
}

variables {
  name        = "meterlake-test-landing"
  kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/test"
}

run "is_private_versioned_and_encrypted" {
  command = apply

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "The bucket can be made public."
  }

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "The bucket keeps no versions."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "aws:kms"
    error_message = "Objects are not encrypted with the deployment's key."
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this.policy).Statement[0].Effect == "Deny" && length(jsondecode(aws_s3_bucket_policy.this.policy).Statement) == 1
    error_message = "The policy lets in more than TLS, or somebody by name."
  }
}

run "never_expires_a_current_object" {
  command = apply

  assert {
    condition     = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.this.rule : length(rule.expiration) == 0 && length(rule.transition) == 0])
    error_message = "A rule expires or moves current objects, which a snapshot may list."
  }

  assert {
    condition     = length(aws_s3_bucket_lifecycle_configuration.this.rule) == 2
    error_message = "There are other rules than for unfinished uploads and for noncurrent versions."
  }
}

run "lets_a_log_service_write_under_its_prefix_only" {
  command = apply

  variables {
    log_writers = { "logging.s3.amazonaws.com" = "s3" }
    account_id  = "123456789012"
  }

  assert {
    condition     = endswith(jsondecode(aws_s3_bucket_policy.this.policy).Statement[1].Resource, "/s3/*") && jsondecode(aws_s3_bucket_policy.this.policy).Statement[1].Action == "s3:PutObject"
    error_message = "The log service may do more than write under its prefix."
  }
}

run "refuses_log_writers_of_any_account" {
  command = plan

  variables {
    log_writers = { "logging.s3.amazonaws.com" = "s3" }
  }

  expect_failures = [var.account_id]
}

run "refuses_versions_that_go_within_days" {
  command = plan

  variables {
    noncurrent_days = 3
  }

  expect_failures = [var.noncurrent_days]
}

run "refuses_a_name_that_no_bucket_has" {
  command = plan

  variables {
    name = "Meterlake_Landing"
  }

  expect_failures = [var.name]
}
