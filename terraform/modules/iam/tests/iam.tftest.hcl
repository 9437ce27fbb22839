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
  image_repositories = ["meterlake/trino"]
  file_system_arn    = "arn:aws:elasticfilesystem:eu-central-1:123456789012:file-system/fs-1"
  kms_key_arn        = "arn:aws:kms:eu-central-1:123456789012:key/test"
  access_point_arns = {
    lake    = "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/lake"
    landing = "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/landing"
  }
  services = {
    trino    = { secret_arns = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:trino"], folders = ["lake"] }
    metabase = {}
  }
}

run "gives_each_service_its_own_and_no_more" {
  command = apply

  assert {
    condition     = join(",", keys(aws_iam_role_policy.mount)) == "trino"
    error_message = "A service mounts the lake that does not need it."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.mount["trino"].policy).Statement[0].Condition.StringEquals["elasticfilesystem:AccessPointArn"] == [var.access_point_arns["lake"]]
    error_message = "Trino mounts other folders than the lake."
  }

  assert {
    condition     = alltrue([for policy in aws_iam_role_policy.mount : [for statement in jsondecode(policy.policy).Statement : statement.Resource][0] == var.file_system_arn])
    error_message = "A service may mount other file systems."
  }

  assert {
    condition     = !anytrue([for statement in jsondecode(aws_iam_role_policy.execution["metabase"].policy).Statement : statement.Sid == "ReadItsSecrets"])
    error_message = "Metabase reads secrets that it was not given."
  }

  assert {
    condition     = alltrue(flatten([for policy in aws_iam_role_policy.execution : [for statement in jsondecode(policy.policy).Statement : statement.Resource != "*" || statement.Sid == "RegistryToken"]]))
    error_message = "A role may do something on everything."
  }

  assert {
    condition     = length(aws_iam_role_policy.task_logs) == 0
    error_message = "A service writes Airflow's logs that has none."
  }
}

run "refuses_secrets_by_pattern" {
  command = plan

  variables {
    services = { trino = { secret_arns = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:*"] } }
  }

  expect_failures = [var.services]
}
