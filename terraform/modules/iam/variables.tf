variable "name" {
  description = "Name of the deployment; the beginning of the roles' names."
  type        = string
  nullable    = false
}

variable "services" {
  description = "For each service the secrets that it is started with, the folders that it mounts, and whether it writes Airflow's task logs."
  type = map(object({
    secret_arns      = optional(list(string), [])
    folders          = optional(list(string), [])
    writes_task_logs = optional(bool, false)
  }))
  nullable = false

  validation {
    condition     = alltrue(flatten([for service in var.services : [for arn in service.secret_arns : !strcontains(arn, "*")]]))
    error_message = "Cannot give a service secrets by pattern: name each one's ARN."
  }
}

variable "image_repositories" {
  description = "Repositories of this account's registry from which images are pulled."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.image_repositories) > 0 && !contains(var.image_repositories, "*")
    error_message = "Cannot use image_repositories: name the repositories, at least one."
  }
}

variable "file_system_arn" {
  description = "ARN of the lake's file system."
  type        = string
  nullable    = false
}

variable "access_point_arns" {
  description = "For each folder the ARN of its access point."
  type        = map(string)
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts the secrets."
  type        = string
  nullable    = false
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
  nullable    = false
}
