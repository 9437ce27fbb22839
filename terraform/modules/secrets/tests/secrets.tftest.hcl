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
  name        = "meterlake-test"
  account_id  = "123456789012"
  kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/test"
  secrets     = { metabase = { description = "Metabase.", keys = ["database_password", "encryption_key"] } }
}

run "makes_secrets_without_values" {
  command = apply

  assert {
    condition     = aws_secretsmanager_secret.this["metabase"].kms_key_id == var.kms_key_arn
    error_message = "The secret is not encrypted with the deployment's key."
  }

  assert {
    condition     = jsonencode(output.to_fill) == jsonencode({ "meterlake-test/metabase" = ["database_password", "encryption_key"] })
    error_message = "Nobody is told what to fill in."
  }

  assert {
    condition     = aws_secretsmanager_secret_policy.this["metabase"].block_public_policy
    error_message = "The secret's policy could be made public."
  }
}

run "refuses_a_secret_without_keys" {
  command = plan

  variables {
    secrets = { empty = { description = "Nothing.", keys = [] } }
  }

  expect_failures = [var.secrets]
}
