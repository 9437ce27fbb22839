# A whole deployment, as the environments make it: network, lake, database, services and alarms, put together.

data "aws_caller_identity" "current" {}

module "encryption" {
  source = "../encryption"

  name = var.name
  tags = var.tags
}

module "network" {
  source = "../network"

  name                    = var.name
  cidr                    = var.cidr
  availability_zones      = var.availability_zones
  nat                     = var.nat
  interface_endpoints     = var.interface_endpoints
  flow_log_retention_days = var.log_retention_days
  kms_key_arn             = module.encryption.key_arn
  tags                    = var.tags
}

module "security_groups" {
  source = "../security-groups"

  name         = var.name
  vpc_id       = module.network.vpc_id
  entrance     = "load-balancer"
  people_cidrs = var.people_cidrs
  https_out    = concat(local.running, ["database-setup", "transfer"])
  tags         = var.tags

  groups = {
    load-balancer     = "People's way in"
    metastore         = "Hive Metastore"
    trino             = "Trino's coordinator"
    trino-worker      = "Trino's workers"
    airflow           = "Airflow's pages and interfaces"
    airflow-scheduler = "Airflow's scheduler, and the tasks"
    metabase          = "Metabase"
    database-setup    = "The task that makes the databases"
    database          = "PostgreSQL"
    lake              = "The lake's file system"
    transfer          = "DataSync"
  }

  connections = local.connections
}

module "access_logs" {
  source = "../storage"

  name            = "${var.name}-access-logs-${local.account_id}"
  noncurrent_days = 30
  account_id      = local.account_id
  tags            = var.tags

  log_writers = {
    "logging.s3.amazonaws.com"                       = "s3"
    "logdelivery.elasticloadbalancing.amazonaws.com" = "load-balancer"
  }
}

# Utilities deliver here.
module "landing" {
  source = "../storage"

  name              = "${var.name}-landing-${local.account_id}"
  kms_key_arn       = module.encryption.key_arn
  noncurrent_days   = var.noncurrent_days
  access_log_bucket = module.access_logs.bucket
  tags              = var.tags
}

# A copy of every report, out of reach of whoever has the lake.
module "archive" {
  source = "../storage"

  name              = "${var.name}-archive-${local.account_id}"
  kms_key_arn       = module.encryption.key_arn
  noncurrent_days   = var.noncurrent_days
  access_log_bucket = module.access_logs.bucket
  tags              = var.tags
}

module "lake" {
  source = "../lake"

  name                         = "${var.name}-lake"
  subnet_ids                   = module.network.private_subnet_ids
  security_group_id            = module.security_groups.ids["lake"]
  client_role_arns             = concat([for service in local.mounting : module.iam.task_role_arns[service]], [module.transfer.folder_role_arn])
  provisioned_throughput_mibps = var.lake_throughput_mibps
  backup_days                  = var.backup_days
  deletion_protection          = var.deletion_protection
  kms_key_arn                  = module.encryption.key_arn
  tags                         = var.tags
}

module "transfer" {
  source = "../transfer"

  name               = var.name
  landing_bucket_arn = module.landing.arn
  archive_bucket_arn = module.archive.arn
  file_system_arn    = module.lake.file_system_arn
  access_point_arns  = module.lake.access_point_arns
  subnet_arn         = module.network.private_subnet_arns[0]
  security_group_id  = module.security_groups.ids["transfer"]
  log_retention_days = var.log_retention_days
  kms_key_arn        = module.encryption.key_arn
  tags               = var.tags
}

module "database" {
  source = "../database"

  name                 = var.name
  instance_class       = var.database.instance_class
  allocated_storage_gb = var.database.allocated_storage_gb
  multi_az             = var.database.multi_az
  backup_days          = min(var.backup_days, 35)
  deletion_protection  = var.deletion_protection
  subnet_ids           = module.network.private_subnet_ids
  security_group_id    = module.security_groups.ids["database"]
  kms_key_arn          = module.encryption.key_arn
  tags                 = var.tags
}

module "secrets" {
  source = "../secrets"

  name        = var.name
  secrets     = local.secrets
  account_id  = local.account_id
  kms_key_arn = module.encryption.key_arn
  tags        = var.tags
}

module "iam" {
  source = "../iam"

  name               = var.name
  services           = local.services
  image_repositories = var.image_repositories
  file_system_arn    = module.lake.file_system_arn
  access_point_arns  = module.lake.access_point_arns
  kms_key_arn        = module.encryption.key_arn
  tags               = var.tags
}

module "load_balancer" {
  source = "../load-balancer"

  name                = var.name
  vpc_id              = module.network.vpc_id
  internal            = var.internal
  subnet_ids          = var.internal ? module.network.private_subnet_ids : module.network.public_subnet_ids
  security_group_id   = module.security_groups.ids["load-balancer"]
  certificate_arn     = var.certificate_arn
  access_log_bucket   = module.access_logs.bucket
  deletion_protection = var.deletion_protection
  tags                = var.tags

  targets = {
    airflow  = { host = var.hosts.airflow, port = 8080, health_path = "/api/v2/monitor/health" }
    metabase = { host = var.hosts.metabase, port = 3000, health_path = "/api/health" }
  }
}

module "services" {
  source = "../services"

  name                     = var.name
  images                   = var.images
  cpu_architecture         = var.cpu_architecture
  sizes                    = var.sizes
  trino_workers            = var.trino_workers
  lake_buckets             = var.lake_buckets
  hosts                    = var.hosts
  vpc_id                   = module.network.vpc_id
  subnet_ids               = module.network.private_subnet_ids
  security_group_ids       = module.security_groups.ids
  execution_role_arns      = module.iam.execution_role_arns
  task_role_arns           = module.iam.task_role_arns
  secret_arns              = module.secrets.arns
  administrator_secret_arn = module.database.administrator_secret_arn
  target_group_arns        = module.load_balancer.target_group_arns
  file_system_id           = module.lake.file_system_id
  access_point_ids         = module.lake.access_point_ids
  database_address         = module.database.address
  log_retention_days       = var.log_retention_days
  kms_key_arn              = module.encryption.key_arn
  tags                     = var.tags
}

module "alarms" {
  source = "../alarms"

  name                     = var.name
  account_id               = local.account_id
  emails                   = var.alarm_emails
  monthly_budget_usd       = var.monthly_budget_usd
  task_log_group_name      = module.services.task_log_group_name
  cluster_name             = module.services.cluster_name
  service_names            = module.services.service_names
  database_identifier      = module.database.identifier
  load_balancer_arn_suffix = module.load_balancer.arn_suffix
  kms_key_arn              = module.encryption.key_arn
  tags                     = var.tags
}
