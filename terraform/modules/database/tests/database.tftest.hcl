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
  name              = "meterlake-test"
  instance_class    = "db.t4g.small"
  multi_az          = false
  subnet_ids        = ["subnet-a", "subnet-b"]
  security_group_id = "sg-database"
  kms_key_arn       = "arn:aws:kms:eu-central-1:123456789012:key/test"
}

override_resource {
  target = aws_db_instance.this
  values = {
    master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds", kms_key_id = "test", secret_status = "active" }]
  }
}

run "is_private_encrypted_and_asks_for_tls" {
  command = apply

  assert {
    condition     = !aws_db_instance.this.publicly_accessible && aws_db_instance.this.storage_encrypted && aws_db_instance.this.kms_key_id == var.kms_key_arn
    error_message = "The server is public or not encrypted with the deployment's key."
  }

  assert {
    condition     = anytrue([for parameter in aws_db_parameter_group.this.parameter : parameter.name == "rds.force_ssl" && parameter.value == "1"])
    error_message = "The server takes connections without TLS."
  }

  assert {
    condition     = aws_db_instance.this.manage_master_user_password && aws_db_instance.this.password == null
    error_message = "The administrator's password stands in the state."
  }

  assert {
    condition     = !anytrue([for parameter in aws_db_parameter_group.this.parameter : parameter.name == "log_statement"])
    error_message = "The log gets the statements that set passwords."
  }
}

run "keeps_its_data_when_it_goes" {
  command = apply

  assert {
    condition     = aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot
    error_message = "The server can be deleted with its data."
  }
}

run "refuses_an_old_postgresql" {
  command = plan

  variables {
    engine_version = "9.6"
  }

  expect_failures = [var.engine_version]
}

run "refuses_to_keep_no_backups" {
  command = plan

  variables {
    backup_days = 0
  }

  expect_failures = [var.backup_days]
}
