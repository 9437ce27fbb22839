# Production, for about 5 GB of meter files a day. What has to grow with more stands in the README of terraform/.

locals {
  name = "meterlake-production"
  tags = {
    Deployment  = local.name
    Environment = "production"
    ManagedBy   = "opentofu"
  }
}

module "platform" {
  source = "../../modules/platform"

  name                = local.name
  tags                = local.tags
  cidr                = "10.10.0.0/20"
  availability_zones  = var.availability_zones
  nat                 = "per-zone"
  interface_endpoints = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"]
  people_cidrs        = var.people_cidrs
  certificate_arn     = var.certificate_arn
  hosts               = var.hosts
  images              = var.images
  image_repositories  = var.image_repositories
  alarm_emails        = var.alarm_emails
  monthly_budget_usd  = 2000

  sizes = {
    metastore         = { cpu = 1024, memory_mb = 4096 }
    trino             = { cpu = 4096, memory_mb = 16384 }
    trino-worker      = { cpu = 4096, memory_mb = 16384 }
    airflow           = { cpu = 1024, memory_mb = 4096 }
    airflow-scheduler = { cpu = 4096, memory_mb = 12288, scratch_gb = 100 }
    metabase          = { cpu = 1024, memory_mb = 4096 }
  }
  trino_workers = { min = 2, max = 6 }
  # A new lake spreads a day's meters over so many files: one for each 250,000 meters.
  lake_buckets = 3
  database     = { instance_class = "db.t4g.medium", allocated_storage_gb = 50, multi_az = true }

  backup_days         = 35
  log_retention_days  = 731
  noncurrent_days     = 90
  deletion_protection = true
}
