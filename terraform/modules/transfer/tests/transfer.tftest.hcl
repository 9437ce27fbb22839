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
  name               = "meterlake-test"
  landing_bucket_arn = "arn:aws:s3:::landing"
  archive_bucket_arn = "arn:aws:s3:::archive"
  file_system_arn    = "arn:aws:elasticfilesystem:eu-central-1:123456789012:file-system/fs-1"
  subnet_arn         = "arn:aws:ec2:eu-central-1:123456789012:subnet/subnet-a"
  security_group_id  = "sg-transfer"
  kms_key_arn        = "arn:aws:kms:eu-central-1:123456789012:key/test"
  access_point_arns = {
    landing = "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/landing"
    state   = "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/state"
  }
}

run "adds_and_deletes_nothing" {
  command = apply

  assert {
    condition     = alltrue([for task in aws_datasync_task.this : task.options[0].preserve_deleted_files == "PRESERVE"])
    error_message = "What goes at the source goes at the other end, too."
  }

  assert {
    condition     = !strcontains(aws_iam_role_policy.bucket.policy, "s3:Delete")
    error_message = "DataSync may delete objects."
  }

  assert {
    condition     = !anytrue([for statement in jsondecode(aws_iam_role_policy.bucket.policy).Statement : statement.Sid == "ReadLanding" && strcontains(jsonencode(statement.Action), "Put")])
    error_message = "DataSync may write into the landing bucket."
  }
}

run "refuses_to_copy_from_nowhere" {
  command = plan

  variables {
    access_point_arns = { landing = "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/landing" }
  }

  expect_failures = [var.access_point_arns]
}
