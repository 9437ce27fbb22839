variable "name" {
  description = "Name of the deployment; the beginning of the secrets' names."
  type        = string
  nullable    = false
}

variable "secrets" {
  description = "For each secret what it is for, and the keys of the JSON object that it holds."
  type = map(object({
    description = string
    keys        = list(string)
  }))
  nullable = false

  validation {
    condition     = alltrue([for secret in var.secrets : length(secret.keys) > 0])
    error_message = "Cannot make a secret without keys: name those that its JSON object has."
  }
}

variable "account_id" {
  description = "The account to which the secrets belong."
  type        = string
  nullable    = false
}

variable "recovery_window_days" {
  description = "Days in which a deleted secret can be brought back."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.recovery_window_days >= 7 && var.recovery_window_days <= 30
    error_message = "Cannot use recovery_window_days: 7 to 30."
  }
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
