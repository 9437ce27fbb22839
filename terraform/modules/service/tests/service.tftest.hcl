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
  service            = "trino"
  image              = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/meterlake/trino:483-1"
  containers         = [{ name = "trino", port = 8080 }]
  cpu                = 1024
  memory_mb          = 4096
  mounts             = { lake = "/lake" }
  file_system_id     = "fs-1"
  access_point_ids   = { lake = "fsap-1" }
  cluster_arn        = "arn:aws:ecs:eu-central-1:123456789012:cluster/test"
  cluster_name       = "test"
  namespace_id       = "ns-1"
  subnet_ids         = ["subnet-a", "subnet-b"]
  security_group_id  = "sg-trino"
  execution_role_arn = "arn:aws:iam::123456789012:role/start"
  task_role_arn      = "arn:aws:iam::123456789012:role/run"
  kms_key_arn        = "arn:aws:kms:eu-central-1:123456789012:key/test"
}

run "runs_without_a_public_address_and_mounts_by_tls" {
  command = apply

  assert {
    condition     = !aws_ecs_service.this.network_configuration[0].assign_public_ip
    error_message = "Tasks get a public address."
  }

  assert {
    condition     = one(aws_ecs_task_definition.this.volume).efs_volume_configuration[0].transit_encryption == "ENABLED"
    error_message = "The lake is mounted without TLS."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].mountPoints[0].containerPath == "/lake"
    error_message = "The lake is not at /lake."
  }
}

run "stops_the_old_one_before_the_new_one_starts" {
  command = apply

  variables {
    alone = true
  }

  assert {
    condition     = aws_ecs_service.this.deployment_maximum_percent == 100 && aws_ecs_service.this.deployment_minimum_healthy_percent == 0
    error_message = "Two of a service that must be alone can run at once."
  }
}

run "scales_between_its_limits" {
  command = apply

  variables {
    scaling = { min = 2, max = 6 }
  }

  assert {
    condition     = aws_appautoscaling_target.this[0].min_capacity == 2 && aws_appautoscaling_target.this[0].max_capacity == 6
    error_message = "The limits are not those that were given."
  }
}

run "refuses_an_image_without_a_version" {
  command = plan

  variables {
    image = "meterlake/trino"
  }

  expect_failures = [var.image]
}

run "refuses_the_latest_image" {
  command = plan

  variables {
    image = "meterlake/trino:latest"
  }

  expect_failures = [var.image]
}

run "refuses_a_secret_in_the_environment" {
  command = plan

  variables {
    environment = { TRINO_SHARED_SECRET = "hunter2" }
  }

  expect_failures = [var.environment]
}

run "refuses_two_of_what_must_be_alone" {
  command = plan

  variables {
    alone   = true
    scaling = { min = 1, max = 2 }
  }

  expect_failures = [var.alone]
}

run "refuses_memory_that_fargate_has_not" {
  command = plan

  variables {
    memory_mb = 1024
  }

  expect_failures = [var.memory_mb]
}
