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
  name                     = "meterlake-test"
  vpc_id                   = "vpc-test"
  subnet_ids               = ["subnet-a", "subnet-b"]
  security_group_ids       = { metastore = "sg-1", trino = "sg-2", trino-worker = "sg-3", airflow = "sg-4", airflow-scheduler = "sg-5", metabase = "sg-6" }
  execution_role_arns      = { metastore = "r1", trino = "r2", trino-worker = "r3", airflow = "r4", airflow-scheduler = "r5", metabase = "r6", database-setup = "r7" }
  task_role_arns           = { metastore = "r1", trino = "r2", trino-worker = "r3", airflow = "r4", airflow-scheduler = "r5", metabase = "r6", database-setup = "r7" }
  secret_arns              = { metastore = "s1", trino = "s2", airflow = "s3", metabase = "s4" }
  administrator_secret_arn = "s5"
  target_group_arns        = { airflow = "t1", metabase = "t2" }
  hosts                    = { airflow = "airflow.example.org", metabase = "metabase.example.org" }
  images                   = { metastore = "metastore:1", trino = "trino:1", airflow = "airflow:1", metabase = "metabase:1", database_setup = "postgres:17" }
  trino_workers            = { min = 2, max = 6 }
  file_system_id           = "fs-1"
  access_point_ids         = { lake = "p1", landing = "p2", state = "p3" }
  database_address         = "database.example.org"
  kms_key_arn              = "arn:aws:kms:eu-central-1:123456789012:key/test"
  sizes = {
    metastore         = { cpu = 512, memory_mb = 2048 }
    trino             = { cpu = 1024, memory_mb = 4096 }
    trino-worker      = { cpu = 1024, memory_mb = 4096 }
    airflow           = { cpu = 512, memory_mb = 2048 }
    airflow-scheduler = { cpu = 1024, memory_mb = 4096 }
    metabase          = { cpu = 512, memory_mb = 2048 }
  }
}

run "has_one_lake_at_one_path" {
  command = apply

  assert {
    condition     = local.meterlake_environment["METERLAKE_LAKE_PATH"] == "/lake" && alltrue([for name in ["metastore", "trino", "trino-worker", "airflow-scheduler"] : local.services[name].mounts["lake"] == "/lake"])
    error_message = "The lake is at another path for somebody; the metastore holds absolute ones."
  }

  assert {
    condition     = alltrue([for name in ["metastore", "trino", "airflow-scheduler", "metabase"] : local.services[name].alone])
    error_message = "Two writers, coordinators or owners of a schema could run at once."
  }

  assert {
    condition     = join(",", sort([for name, service in local.services : name if can(service.target)])) == "airflow,metabase"
    error_message = "People reach more than Airflow and Metabase; Trino and the metastore ask for no password yet."
  }
}

run "keeps_passwords_off_command_lines" {
  command = apply

  assert {
    condition     = !strcontains(jsonencode(jsondecode(aws_ecs_task_definition.database_setup.container_definitions)[0].command), "PASSWORD")
    error_message = "A password is on a command line."
  }
}

run "refuses_sizes_that_are_not_complete" {
  command = plan

  variables {
    sizes = { trino = { cpu = 1024, memory_mb = 4096 } }
  }

  expect_failures = [var.sizes]
}
