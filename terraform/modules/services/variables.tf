variable "name" {
  description = "Name of the deployment."
  type        = string
  nullable    = false
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Private subnets."
  type        = list(string)
  nullable    = false
}

variable "security_group_ids" {
  description = "For each service its security group."
  type        = map(string)
  nullable    = false
}

variable "execution_role_arns" {
  description = "For each service, and for database-setup, the role with which ECS starts it."
  type        = map(string)
  nullable    = false
}

variable "task_role_arns" {
  description = "For each service, and for database-setup, the role that it has while it runs."
  type        = map(string)
  nullable    = false
}

variable "secret_arns" {
  description = "ARNs of the secrets metastore, trino, airflow and metabase."
  type        = map(string)
  nullable    = false
}

variable "administrator_secret_arn" {
  description = "ARN of the secret of the database's administrator."
  type        = string
  nullable    = false
}

variable "target_group_arns" {
  description = "Target groups of airflow and metabase."
  type        = map(string)
  nullable    = false
}

variable "hosts" {
  description = "Host names under which people reach them."
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

  validation {
    condition     = length(setsubtract(["metastore", "trino", "trino-worker", "airflow", "airflow-scheduler", "metabase"], keys(var.sizes))) == 0
    error_message = "Cannot use sizes: it must hold metastore, trino, trino-worker, airflow, airflow-scheduler and metabase."
  }
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

  validation {
    condition     = var.lake_buckets >= 1 && var.lake_buckets == floor(var.lake_buckets)
    error_message = "Cannot use lake_buckets: it is a whole number, 1 or more."
  }
}

variable "file_system_id" {
  description = "The lake's file system."
  type        = string
  nullable    = false
}

variable "access_point_ids" {
  description = "IDs of the access points of the folders lake, landing and state."
  type        = map(string)
  nullable    = false
}

variable "database_address" {
  description = "Host name of the database server."
  type        = string
  nullable    = false
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
  default     = 365
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts the logs."
  type        = string
  nullable    = false
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
  nullable    = false
}
