# All that runs: the metastore, Trino (a coordinator and workers), Airflow (pages, and what runs the tasks) and Metabase.
# On ECS with Fargate: no machine to patch, no control plane to upgrade. Why not EKS stands in the README of terraform/.

resource "aws_ecs_cluster" "this" {
  name = var.name
  tags = var.tags

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_service_discovery_private_dns_namespace" "this" {
  name        = "${var.name}.internal"
  description = "How the services of ${var.name} find each other"
  vpc         = var.vpc_id
  tags        = var.tags
}

# Airflow writes the logs of its tasks here; the alarms read them.
resource "aws_cloudwatch_log_group" "tasks" {
  name              = "/${var.name}/tasks"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

locals {
  domain        = aws_service_discovery_private_dns_namespace.this.name
  metastore_uri = "thrift://metastore.${local.domain}:9083"
  trino_url     = "http://trino.${local.domain}:8080"

  # A JVM needs memory beside its heap: threads, class data, buffers.
  heap_of = { for name, size in var.sizes : name => floor(size.memory_mb * 0.75) }

  trino_environment = {
    METASTORE_URI       = local.metastore_uri
    TRINO_DISCOVERY_URI = local.trino_url
  }

  # The settings of the command, as docs/configuration.md has them.
  meterlake_environment = {
    METERLAKE_LAKE_PATH     = "/lake"
    METERLAKE_LAKE_BUCKETS  = tostring(var.lake_buckets)
    METERLAKE_METASTORE_URI = local.metastore_uri
    METERLAKE_TRINO_URL     = local.trino_url
    METERLAKE_TRINO_USER    = "meterlake"
    METERLAKE_RUNS_PATH     = "/state/runs"
    METERLAKE_REPORTS_PATH  = "/state/reports"
  }

  airflow_environment = merge(local.meterlake_environment, {
    AIRFLOW_METERLAKE_CONFIG                 = "/state/config/meterlake-dags.yml"
    AIRFLOW__CORE__EXECUTOR                  = "LocalExecutor"
    AIRFLOW__CORE__LOAD_EXAMPLES             = "False"
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL  = "http://airflow.${local.domain}:8080/execution/"
    AIRFLOW__API__BASE_URL                   = "https://${var.hosts.airflow}"
    AIRFLOW__LOGGING__REMOTE_LOGGING         = "True"
    AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER = "cloudwatch://${aws_cloudwatch_log_group.tasks.arn}"
  })

  airflow_secrets = {
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN = "${var.secret_arns["airflow"]}:sql_alchemy_conn::"
    AIRFLOW__CORE__FERNET_KEY           = "${var.secret_arns["airflow"]}:fernet_key::"
    AIRFLOW__API__SECRET_KEY            = "${var.secret_arns["airflow"]}:api_secret_key::"
    AIRFLOW__API_AUTH__JWT_SECRET       = "${var.secret_arns["airflow"]}:jwt_secret::"
    AIRFLOW_CONN_METERLAKE_ALARMS       = "${var.secret_arns["airflow"]}:alarm_connection::"
  }

  services = {
    metastore = {
      image = var.images.metastore
      # Locks of the metastore's own are in its database, but its schema is made by the one that starts.
      alone   = true
      mounts  = { lake = "/lake" }
      secrets = { METASTORE_DATABASE_PASSWORD = "${var.secret_arns["metastore"]}:database_password::" }
      environment = {
        METASTORE_DATABASE_URL  = "jdbc:postgresql://${var.database_address}:5432/metastore?sslmode=require"
        METASTORE_DATABASE_USER = "metastore"
        METASTORE_WAREHOUSE     = "/lake"
        METASTORE_HEAP_MB       = tostring(local.heap_of["metastore"])
      }
      containers = [{ name = "metastore", port = 9083, health_command = "bash -c '</dev/tcp/127.0.0.1/9083'" }]
    }
    trino = {
      image       = var.images.trino
      alone       = true
      mounts      = { lake = "/lake" }
      secrets     = { TRINO_SHARED_SECRET = "${var.secret_arns["trino"]}:shared_secret::" }
      environment = merge(local.trino_environment, { TRINO_ROLE = "coordinator", TRINO_HEAP_MB = tostring(local.heap_of["trino"]) })
      containers  = [{ name = "trino", port = 8080, health_command = "bash -c '</dev/tcp/127.0.0.1/8080'" }]
    }
    trino-worker = {
      image       = var.images.trino
      mounts      = { lake = "/lake" }
      secrets     = { TRINO_SHARED_SECRET = "${var.secret_arns["trino"]}:shared_secret::" }
      environment = merge(local.trino_environment, { TRINO_ROLE = "worker", TRINO_HEAP_MB = tostring(local.heap_of["trino-worker"]) })
      containers  = [{ name = "trino-worker", port = 8080, health_command = "bash -c '</dev/tcp/127.0.0.1/8080'" }]
      scaling     = var.trino_workers
    }
    airflow = {
      image       = var.images.airflow
      secrets     = local.airflow_secrets
      environment = local.airflow_environment
      target      = "airflow"
      containers  = [{ name = "airflow", command = ["api-server"], port = 8080 }]
    }
    # The tasks run here, and with them the meterlake command: one writer at a time, so one of it.
    airflow-scheduler = {
      image       = var.images.airflow
      alone       = true
      mounts      = { lake = "/lake", landing = "/landing", state = "/state" }
      secrets     = local.airflow_secrets
      environment = local.airflow_environment
      containers = [
        { name = "scheduler", command = ["scheduler"] },
        { name = "dag-processor", command = ["dag-processor"] },
        { name = "triggerer", command = ["triggerer"] },
      ]
    }
    metabase = {
      image  = var.images.metabase
      alone  = true
      target = "metabase"
      secrets = {
        MB_DB_PASS               = "${var.secret_arns["metabase"]}:database_password::"
        MB_ENCRYPTION_SECRET_KEY = "${var.secret_arns["metabase"]}:encryption_key::"
      }
      environment = {
        MB_DB_TYPE   = "postgres"
        MB_DB_HOST   = var.database_address
        MB_DB_PORT   = "5432"
        MB_DB_DBNAME = "metabase"
        MB_DB_USER   = "metabase"
        MB_SITE_URL  = "https://${var.hosts.metabase}"
      }
      containers = [{ name = "metabase", port = 3000 }]
    }
  }
}

module "service" {
  source   = "../service"
  for_each = local.services

  name    = var.name
  service = each.key
  image   = each.value.image

  containers       = each.value.containers
  environment      = each.value.environment
  secrets          = each.value.secrets
  mounts           = try(each.value.mounts, {})
  alone            = try(each.value.alone, false)
  scaling          = try(each.value.scaling, null)
  count_of_tasks   = try(each.value.scaling.min, 1)
  target_group_arn = try(var.target_group_arns[each.value.target], null)

  cpu              = var.sizes[each.key].cpu
  memory_mb        = var.sizes[each.key].memory_mb
  scratch_gb       = var.sizes[each.key].scratch_gb
  cpu_architecture = var.cpu_architecture

  cluster_arn        = aws_ecs_cluster.this.arn
  cluster_name       = aws_ecs_cluster.this.name
  namespace_id       = aws_service_discovery_private_dns_namespace.this.id
  subnet_ids         = var.subnet_ids
  security_group_id  = var.security_group_ids[each.key]
  execution_role_arn = var.execution_role_arns[each.key]
  task_role_arn      = var.task_role_arns[each.key]
  file_system_id     = var.file_system_id
  access_point_ids   = var.access_point_ids
  log_retention_days = var.log_retention_days
  kms_key_arn        = var.kms_key_arn
  tags               = var.tags
}
