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
  target = module.database.aws_db_instance.this
  values = {
    master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds", kms_key_id = "test", secret_status = "active" }]
  }
}

variables {
  name               = "meterlake-test"
  tags               = { Deployment = "meterlake-test" }
  cidr               = "10.30.0.0/20"
  availability_zones = ["eu-central-1a", "eu-central-1b"]
  nat                = "none"
  people_cidrs       = ["10.0.0.0/8"]
  certificate_arn    = "arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
  hosts              = { airflow = "airflow.example.org", metabase = "metabase.example.org" }
  images             = { metastore = "metastore:1", trino = "trino:1", airflow = "airflow:1", metabase = "metabase:1", database_setup = "postgres:17" }
  image_repositories = ["meterlake/trino"]
  sizes = {
    metastore         = { cpu = 512, memory_mb = 2048 }
    trino             = { cpu = 1024, memory_mb = 4096 }
    trino-worker      = { cpu = 1024, memory_mb = 4096 }
    airflow           = { cpu = 512, memory_mb = 2048 }
    airflow-scheduler = { cpu = 1024, memory_mb = 4096 }
    metabase          = { cpu = 512, memory_mb = 2048 }
  }
  trino_workers      = { min = 1, max = 2 }
  database           = { instance_class = "db.t4g.small", allocated_storage_gb = 20, multi_az = false }
  backup_days        = 7
  log_retention_days = 30
  alarm_emails       = ["operator@example.org"]
  monthly_budget_usd = 100
}

run "lets_people_reach_airflow_and_metabase_only" {
  command = plan

  variables {
    nat = "single"
  }

  assert {
    condition     = join(",", sort([for one in local.connections : one.to if one.from == "load-balancer"])) == "airflow,metabase"
    error_message = "The load balancer reaches more than Airflow and Metabase; Trino and the metastore ask for no password."
  }

  assert {
    condition     = join(",", sort([for one in local.connections : one.from if one.to == "metastore"])) == "airflow-scheduler,trino,trino-worker"
    error_message = "Somebody reaches the metastore who need not; it asks for no password."
  }

  assert {
    condition     = !contains([for one in local.connections : one.from if one.to == "lake"], "metabase")
    error_message = "Metabase mounts the lake."
  }
}

run "refuses_a_network_without_any_way_to_images" {
  command = plan

  expect_failures = [var.interface_endpoints]
}

run "refuses_costs_that_nobody_counts" {
  command = plan

  variables {
    nat  = "single"
    tags = {}
  }

  expect_failures = [var.tags]
}

run "refuses_log_days_that_cloudwatch_has_not" {
  command = plan

  variables {
    nat                = "single"
    log_retention_days = 42
  }

  expect_failures = [var.log_retention_days]
}
