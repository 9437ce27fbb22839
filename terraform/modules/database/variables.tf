variable "name" {
  description = "Name of the database server."
  type        = string
  nullable    = false
}

variable "engine_version" {
  description = "Major version of PostgreSQL; minor ones come by themselves in the maintenance window."
  type        = string
  default     = "17"
  nullable    = false

  validation {
    condition     = contains(["15", "16", "17"], var.engine_version)
    error_message = "Cannot use engine_version: it is 15, 16 or 17."
  }
}

variable "instance_class" {
  description = "Size of the server, such as db.t4g.medium."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.instance_class, "db.")
    error_message = "Cannot use instance_class: RDS's classes begin with db."
  }
}

variable "allocated_storage_gb" {
  description = "Disk in GB; it grows by itself to four times as much."
  type        = number
  default     = 50
  nullable    = false

  validation {
    condition     = var.allocated_storage_gb >= 20
    error_message = "Cannot use allocated_storage_gb: 20 is the least."
  }
}

variable "multi_az" {
  description = "Whether a second server in another zone takes over when the first fails."
  type        = bool
  nullable    = false
}

variable "backup_days" {
  description = "Days of point-in-time recovery."
  type        = number
  default     = 14
  nullable    = false

  validation {
    condition     = var.backup_days >= 7 && var.backup_days <= 35
    error_message = "Cannot use backup_days: 7 to 35."
  }
}

variable "deletion_protection" {
  description = "Whether the server refuses to be deleted."
  type        = bool
  default     = true
  nullable    = false
}

variable "subnet_ids" {
  description = "Private subnets in two zones or more."
  type        = list(string)
  nullable    = false
}

variable "security_group_id" {
  description = "Security group of the server."
  type        = string
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts disk, backups, metrics and the administrator's secret."
  type        = string
  nullable    = false
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
  nullable    = false
}
