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
  name              = "meterlake-test-lake"
  subnet_ids        = ["subnet-a", "subnet-b"]
  security_group_id = "sg-lake"
  # A test takes away what it made.
  deletion_protection = false
  client_role_arns    = ["arn:aws:iam::123456789012:role/trino"]
  kms_key_arn         = "arn:aws:kms:eu-central-1:123456789012:key/test"
}

run "is_encrypted_and_mounted_by_role_and_tls" {
  command = apply

  assert {
    condition     = aws_efs_file_system.this.encrypted && aws_efs_file_system.this.kms_key_id == var.kms_key_arn
    error_message = "Files are not encrypted with the deployment's key."
  }

  assert {
    condition     = jsondecode(aws_efs_file_system_policy.this.policy).Statement[1].Principal.AWS == var.client_role_arns
    error_message = "Somebody else than the roles may mount it."
  }

  assert {
    condition     = !contains(jsondecode(aws_efs_file_system_policy.this.policy).Statement[1].Action, "elasticfilesystem:ClientRootAccess")
    error_message = "A client may be root."
  }

  assert {
    condition     = alltrue([for point in aws_efs_access_point.this : point.posix_user[0].uid == 10001])
    error_message = "A folder's files belong to another user."
  }
}

run "refuses_everybody" {
  command = plan

  variables {
    client_role_arns = ["*"]
  }

  expect_failures = [var.client_role_arns]
}

run "refuses_root" {
  command = plan

  variables {
    user_id = 0
  }

  expect_failures = [var.user_id]
}
