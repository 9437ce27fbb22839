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
  name = "meterlake-test"
}

run "lets_in_the_account_and_three_services" {
  command = apply

  assert {
    condition     = aws_kms_key.this.enable_key_rotation
    error_message = "The key stays the same for ever."
  }

  assert {
    condition     = alltrue([for statement in jsondecode(aws_kms_key.this.policy).Statement : try(statement.Principal.AWS, "") == "arn:aws:iam::123456789012:root" || can(statement.Principal.Service) && can(statement.Condition)])
    error_message = "Somebody of another account may use the key, or a service without a condition."
  }
}

run "refuses_to_delete_at_once" {
  command = plan

  variables {
    deletion_window_days = 1
  }

  expect_failures = [var.deletion_window_days]
}
