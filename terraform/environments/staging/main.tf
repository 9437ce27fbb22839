# Staging: the same parts as production, small: one NAT, one database server, one Trino worker.

locals {
  name = "meterlake-staging"
  tags = {
    Deployment  = local.name
    Environment = "staging"
    ManagedBy   = "opentofu"
  }
}

module "platform" {
  source = "../../modules/platform"

  name               = local.name
  tags               = local.tags
  cidr               = "10.20.0.0/20"
  availability_zones = var.availability_zones
  nat                = "single"
  people_cidrs       = var.people_cidrs
  certificate_arn    = var.certificate_arn
  hosts              = var.hosts
  images             = var.images
  image_repositories = var.image_repositories
  alarm_emails       = var.alarm_emails
  monthly_budget_usd = 500

  sizes = {
    metastore         = { cpu = 512, memory_mb = 2048 }
    trino             = { cpu = 1024, memory_mb = 4096 }
    trino-worker      = { cpu = 1024, memory_mb = 4096 }
    airflow           = { cpu = 512, memory_mb = 2048 }
    airflow-scheduler = { cpu = 1024, memory_mb = 6144, scratch_gb = 40 }
    metabase          = { cpu = 512, memory_mb = 2048 }
  }
  trino_workers = { min = 1, max = 2 }
  database      = { instance_class = "db.t4g.small", allocated_storage_gb = 20, multi_az = false }

  backup_days         = 7
  log_retention_days  = 365
  noncurrent_days     = 30
  deletion_protection = false
}
