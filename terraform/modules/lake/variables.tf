variable "name" {
  description = "Name of the file system, of its backup vault and plan."
  type        = string
  nullable    = false
}

variable "folders" {
  description = "Folders at the root of the file system, each with an access point of its own."
  type        = set(string)
  default     = ["lake", "landing", "state"]
  nullable    = false

  validation {
    condition     = alltrue([for folder in var.folders : can(regex("^[a-z][a-z0-9-]*$", folder))])
    error_message = "Cannot use folders: write lower-case letters, digits and hyphens, without a slash."
  }
}

variable "subnet_ids" {
  description = "Subnets, one a zone, in which the file system can be mounted."
  type        = list(string)
  nullable    = false
}

variable "security_group_id" {
  description = "Security group of the mount targets."
  type        = string
  nullable    = false
}

variable "client_role_arns" {
  description = "Roles that may mount it; what each of them may do says its own policy."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.client_role_arns) > 0 && !contains(var.client_role_arns, "*")
    error_message = "Cannot let everybody mount the lake: name the roles."
  }
}

variable "user_id" {
  description = "Numeric user and group that own all files."
  type        = number
  default     = 10001
  nullable    = false

  validation {
    condition     = var.user_id > 0
    error_message = "Cannot use user_id: files must not belong to root."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts files and backups."
  type        = string
  nullable    = false
}

variable "provisioned_throughput_mibps" {
  description = "Throughput that is paid for whether used or not, MiB/s; null: elastic, paid by byte."
  type        = number
  default     = null
}

variable "infrequent_after" {
  description = "When a file that nobody read goes to the cheaper storage class, as EFS names it."
  type        = string
  default     = "AFTER_30_DAYS"
  nullable    = false
}

variable "backup_schedule" {
  description = "When the daily backup starts, in UTC, as AWS writes it. At an hour without ingest: a backup is no snapshot of one moment."
  type        = string
  default     = "cron(0 1 * * ? *)"
  nullable    = false
}

variable "backup_days" {
  description = "Days that a backup is kept."
  type        = number
  default     = 35
  nullable    = false

  validation {
    condition     = var.backup_days >= 7
    error_message = "Cannot use backup_days: keep a week at least."
  }
}

variable "deletion_protection" {
  description = "Whether a plan that would delete the file system is refused."
  type        = bool
  default     = true
  nullable    = false
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
  nullable    = false
}
