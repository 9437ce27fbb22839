variable "name" {
  description = "Name of the deployment; the key's alias."
  type        = string
  nullable    = false
}

variable "deletion_window_days" {
  description = "Days between the order to delete the key and its deletion. What it encrypted is lost then."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.deletion_window_days >= 7 && var.deletion_window_days <= 30
    error_message = "Cannot use deletion_window_days: AWS takes 7 to 30."
  }
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
  nullable    = false
}
