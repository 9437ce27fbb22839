variable "name" {
  description = "Name of the bucket; it must be the only one of that name in all of S3."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "Cannot use name: a bucket has 3 to 63 lower-case letters, digits and hyphens."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts objects; null: the keys of S3, which is what the load balancer's access logs need."
  type        = string
  default     = null
}

variable "noncurrent_days" {
  description = "Days that a version is kept after it was replaced or deleted. Current objects never expire."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = var.noncurrent_days >= 30
    error_message = "Cannot use noncurrent_days: fewer than 30 leave no time to notice a deletion."
  }
}

variable "abort_uploads_after_days" {
  description = "Days after which an upload that was never finished is dropped."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.abort_uploads_after_days >= 1
    error_message = "Cannot use abort_uploads_after_days: it is 1 or more."
  }
}

variable "access_log_bucket" {
  description = "Bucket that gets a line for each request to this one; null: none."
  type        = string
  default     = null
}

variable "log_writers" {
  description = "AWS services that may write into this bucket, each with the prefix under which it may, such as {\"logging.s3.amazonaws.com\" = \"s3\"}."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "account_id" {
  description = "The account whose resources log_writers may write for; needed with log_writers."
  type        = string
  default     = null

  validation {
    condition     = length(var.log_writers) == 0 || var.account_id != null
    error_message = "Cannot let services write logs for any account: set account_id along with log_writers."
  }
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
  nullable    = false
}
