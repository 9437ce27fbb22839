variable "name" {
  description = "Name of the deployment, such as meterlake-staging; the beginning of all names."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,20}[a-z0-9]$", var.name))
    error_message = "Cannot use name: write 3 to 22 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "cidr" {
  description = "Addresses of the VPC, /16 to /22."
  type        = string
  nullable    = false
}

variable "availability_zones" {
  description = "Two availability zones of the region or more."
  type        = list(string)
  nullable    = false
}

variable "nat" {
  description = "Ways out to the internet: none, single, or per-zone."
  type        = string
  nullable    = false
}

variable "interface_endpoints" {
  description = "AWS services that are reached inside of the VPC; with nat none: ecr.api, ecr.dkr, logs, secretsmanager."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = var.nat != "none" || length(setsubtract(["ecr.api", "ecr.dkr", "logs", "secretsmanager"], var.interface_endpoints)) == 0
    error_message = "Cannot start tasks without a way to images, logs and secrets: with nat none, interface_endpoints must hold ecr.api, ecr.dkr, logs and secretsmanager."
  }
}

variable "people_cidrs" {
  description = "Addresses from which people come, such as the company's VPN."
  type        = list(string)
  nullable    = false
}

variable "internal" {
  description = "Whether only networks that are connected to the VPC reach the load balancer."
  type        = bool
  default     = true
  nullable    = false

  validation {
    condition     = var.internal || var.nat != "none"
    error_message = "Cannot face the internet without public subnets: set nat to single or per-zone, or internal to true."
  }
}

variable "certificate_arn" {
  description = "Certificate for both hosts, in ACM."
  type        = string
  nullable    = false
}

variable "hosts" {
  description = "Host names under which people reach Airflow and Metabase."
  type = object({
    airflow  = string
    metabase = string
  })
  nullable = false
}

variable "images" {
  description = "The images, with their versions; what is in each stands in the README of terraform/."
  type = object({
    metastore      = string
    trino          = string
    airflow        = string
    metabase       = string
    database_setup = string
  })
  nullable = false
}

variable "image_repositories" {
  description = "Repositories of this account's registry that hold the images."
  type        = list(string)
  nullable    = false
}

variable "cpu_architecture" {
  description = "X86_64 or ARM64; what the images were built for."
  type        = string
  default     = "X86_64"
  nullable    = false
}

variable "sizes" {
  description = "For each service its CPU units (1024 a processor), memory and scratch disk."
  type = map(object({
    cpu        = number
    memory_mb  = number
    scratch_gb = optional(number, 21)
  }))
  nullable = false
}

variable "trino_workers" {
  description = "Between how many workers Trino scales, and the average use of CPU that it keeps."
  type = object({
    min         = number
    max         = number
    cpu_percent = optional(number, 60)
  })
  nullable = false
}

variable "lake_buckets" {
  description = "Buckets a day of a new lake, one for each 250,000 meters; fixed for the life of the lake."
  type        = number
  default     = 1
  nullable    = false
}

variable "lake_throughput_mibps" {
  description = "Throughput of the lake's file system that is paid for whether used or not, MiB/s; null: elastic, paid by byte."
  type        = number
  default     = null
}

variable "database" {
  description = "The database server: its class, its disk in GB, and whether a second one stands by in another zone."
  type = object({
    instance_class       = string
    allocated_storage_gb = number
    multi_az             = bool
  })
  nullable = false
}

variable "backup_days" {
  description = "Days that backups of the lake and of the database are kept; RDS keeps 35 at most."
  type        = number
  nullable    = false
}

variable "noncurrent_days" {
  description = "Days that a version in a bucket is kept after it was replaced or deleted."
  type        = number
  default     = 90
  nullable    = false
}

variable "log_retention_days" {
  description = "Days that logs are kept, one of the numbers that CloudWatch knows."
  type        = number
  nullable    = false

  validation {
    condition     = contains([30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "Cannot use log_retention_days: CloudWatch knows 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 and 3653."
  }
}

variable "deletion_protection" {
  description = "Whether lake, database and load balancer refuse to be deleted."
  type        = bool
  default     = true
  nullable    = false
}

variable "alarm_emails" {
  description = "Who gets the alarms."
  type        = set(string)
  nullable    = false
}

variable "monthly_budget_usd" {
  description = "What a month may cost, US dollars."
  type        = number
  nullable    = false
}

variable "tags" {
  description = "Tags of all resources; Deployment must be among them, since the budget counts by it."
  type        = map(string)
  nullable    = false

  validation {
    condition     = try(var.tags["Deployment"] == var.name, false)
    error_message = "Cannot count costs: set the tag Deployment to the deployment's name."
  }
}
