variable "name" {
  description = "Name of the deployment."
  type        = string
  nullable    = false
}

variable "landing_bucket_arn" {
  description = "Bucket into which the utilities deliver."
  type        = string
  nullable    = false
}

variable "archive_bucket_arn" {
  description = "Bucket that gets a copy of every report."
  type        = string
  nullable    = false
}

variable "file_system_arn" {
  description = "The lake's file system."
  type        = string
  nullable    = false
}

variable "access_point_arns" {
  description = "ARNs of the access points of the folders landing and state."
  type        = map(string)
  nullable    = false

  validation {
    condition     = contains(keys(var.access_point_arns), "landing") && contains(keys(var.access_point_arns), "state")
    error_message = "Cannot copy: access_point_arns must hold landing and state."
  }
}

variable "subnet_arn" {
  description = "Private subnet from which DataSync mounts the file system."
  type        = string
  nullable    = false
}

variable "security_group_id" {
  description = "Security group that may mount the file system."
  type        = string
  nullable    = false
}

variable "landing_schedule" {
  description = "When files are fetched from the landing bucket, in UTC; DataSync starts once an hour at most."
  type        = string
  default     = "rate(1 hour)"
  nullable    = false
}

variable "archive_schedule" {
  description = "When reports are copied to the archive bucket, in UTC."
  type        = string
  default     = "cron(0 3 * * ? *)"
  nullable    = false
}

variable "log_retention_days" {
  description = "Days that the log of copied files is kept."
  type        = number
  default     = 365
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts the buckets and the log."
  type        = string
  nullable    = false
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
  nullable    = false
}
