# A task that is run once by hand, and again after a password was changed: it makes the databases and their users.

data "aws_region" "current" {}

resource "aws_cloudwatch_log_group" "database_setup" {
  name              = "/${var.name}/database-setup"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

resource "aws_ecs_task_definition" "database_setup" {
  family                   = "${var.name}-database-setup"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = var.execution_role_arns["database-setup"]
  task_role_arn            = var.task_role_arns["database-setup"]
  tags                     = var.tags

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.cpu_architecture
  }

  container_definitions = jsonencode([{
    name      = "psql"
    image     = var.images.database_setup
    essential = true
    # Passwords come by the environment, never on a command line.
    command = ["sh", "-c", "printf '%s' \"$SETUP_SQL\" | psql --no-psqlrc --quiet --file=-"]
    environment = [
      { name = "PGHOST", value = var.database_address },
      { name = "PGDATABASE", value = "postgres" },
      { name = "PGSSLMODE", value = "require" },
      { name = "SETUP_SQL", value = file("${path.module}/database-setup.sql") },
    ]
    secrets = [
      { name = "PGUSER", valueFrom = "${var.administrator_secret_arn}:username::" },
      { name = "PGPASSWORD", valueFrom = "${var.administrator_secret_arn}:password::" },
      { name = "METASTORE_PASSWORD", valueFrom = "${var.secret_arns["metastore"]}:database_password::" },
      { name = "AIRFLOW_PASSWORD", valueFrom = "${var.secret_arns["airflow"]}:database_password::" },
      { name = "METABASE_PASSWORD", valueFrom = "${var.secret_arns["metabase"]}:database_password::" },
    ]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group"         = aws_cloudwatch_log_group.database_setup.name
        "awslogs-region"        = data.aws_region.current.region
        "awslogs-stream-prefix" = "psql"
      }
    }
  }])
}
