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

override_resource {
  target = module.platform.module.database.aws_db_instance.this
  values = {
    master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds", kms_key_id = "test", secret_status = "active" }]
  }
}

# With the variables of terraform.tfvars.example.
run "fits_together" {
  command = apply

  assert {
    condition     = output.platform.landing_bucket != output.platform.archive_bucket && output.platform.trino_url == "http://trino.meterlake-staging.internal:8080"
    error_message = "The parts of the deployment do not fit together."
  }

  assert {
    condition     = length(output.platform.secrets_to_fill) == 4
    error_message = "The secrets to fill are not told."
  }
}

run "refuses_zones_of_another_region" {
  command = plan

  variables {
    region = "eu-west-1"
  }

  expect_failures = [var.availability_zones]
}
