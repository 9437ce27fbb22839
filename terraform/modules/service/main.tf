# One service on Fargate: its log, its task definition, its name in the private DNS, and how many of it run.

locals {
  mount_points = [for folder, path in var.mounts : { sourceVolume = folder, containerPath = path, readOnly = false }]
  # What AWS would fill in stands here too, so that a plan shows no differences that are none.
  containers = [for container in var.containers : {
    name                   = container.name
    image                  = var.image
    essential              = true
    command                = container.command
    environment            = [for key, value in merge(var.environment, container.environment) : { name = key, value = value }]
    secrets                = [for key, from in var.secrets : { name = key, valueFrom = from }]
    portMappings           = container.port == null ? [] : [{ containerPort = container.port, protocol = "tcp" }]
    mountPoints            = local.mount_points
    readonlyRootFilesystem = false
    stopTimeout            = 120
    linuxParameters        = { initProcessEnabled = true }
    healthCheck = container.health_command == null ? null : {
      command     = ["CMD-SHELL", container.health_command]
      interval    = 30
      timeout     = 10
      retries     = 5
      startPeriod = 120
    }
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group"         = aws_cloudwatch_log_group.this.name
        "awslogs-region"        = data.aws_region.current.region
        "awslogs-stream-prefix" = container.name
      }
    }
  }]
}

data "aws_region" "current" {}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/${var.name}/${var.service}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

resource "aws_ecs_task_definition" "this" {
  family                   = "${var.name}-${var.service}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory_mb
  execution_role_arn       = var.execution_role_arn
  task_role_arn            = var.task_role_arn
  container_definitions    = jsonencode(local.containers)
  tags                     = var.tags

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.cpu_architecture
  }

  ephemeral_storage {
    size_in_gib = var.scratch_gb
  }

  dynamic "volume" {
    for_each = var.mounts

    content {
      name = volume.key

      efs_volume_configuration {
        file_system_id     = var.file_system_id
        transit_encryption = "ENABLED"

        authorization_config {
          access_point_id = var.access_point_ids[volume.key]
          iam             = "ENABLED"
        }
      }
    }
  }
}

resource "aws_service_discovery_service" "this" {
  count = var.namespace_id == null ? 0 : 1
  name  = var.service
  tags  = var.tags

  dns_config {
    namespace_id   = var.namespace_id
    routing_policy = "MULTIVALUE"

    dns_records {
      type = "A"
      ttl  = 10
    }
  }
}

resource "aws_ecs_service" "this" {
  name                   = var.service
  cluster                = var.cluster_arn
  task_definition        = aws_ecs_task_definition.this.arn
  desired_count          = var.count_of_tasks
  launch_type            = "FARGATE"
  platform_version       = "LATEST"
  propagate_tags         = "SERVICE"
  enable_execute_command = false
  tags                   = var.tags

  # One that must be alone is stopped before the next one starts; others are replaced one by one.
  deployment_minimum_healthy_percent = var.alone ? 0 : 100
  deployment_maximum_percent         = var.alone ? 100 : 200
  availability_zone_rebalancing      = var.alone ? "DISABLED" : "ENABLED"
  health_check_grace_period_seconds  = var.target_group_arn == null ? null : 180

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [var.security_group_id]
    assign_public_ip = false
  }

  dynamic "load_balancer" {
    for_each = var.target_group_arn == null ? [] : [var.target_group_arn]

    content {
      target_group_arn = load_balancer.value
      container_name   = var.containers[0].name
      container_port   = var.containers[0].port
    }
  }

  dynamic "service_registries" {
    for_each = aws_service_discovery_service.this

    content {
      registry_arn = service_registries.value.arn
    }
  }

  lifecycle {
    # Autoscaling changes it.
    ignore_changes = [desired_count]
  }
}

resource "aws_appautoscaling_target" "this" {
  count              = var.scaling == null ? 0 : 1
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${var.cluster_name}/${aws_ecs_service.this.name}"
  min_capacity       = var.scaling.min
  max_capacity       = var.scaling.max
  tags               = var.tags
}

resource "aws_appautoscaling_policy" "cpu" {
  count              = var.scaling == null ? 0 : 1
  name               = "${var.name}-${var.service}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[0].service_namespace
  scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension
  resource_id        = aws_appautoscaling_target.this[0].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.scaling.cpu_percent
    scale_out_cooldown = 60
    # A worker that goes takes its part of running queries with it, so it goes late.
    scale_in_cooldown = 1800

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
