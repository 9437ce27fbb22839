variable "name" {
  description = "Name of the deployment."
  type        = string
  nullable    = false
}

variable "account_id" {
  description = "The account whose alarms may be sent."
  type        = string
  nullable    = false
}

variable "emails" {
  description = "Who gets the alarms; each must confirm a first mail."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.emails) > 0 && alltrue([for email in var.emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", email))])
    error_message = "Cannot send alarms to nobody: name one e-mail address at least."
  }
}

variable "monthly_budget_usd" {
  description = "What a month may cost, US dollars; an alarm at 80 % of it, and when more is forecast."
  type        = number
  nullable    = false

  validation {
    condition     = var.monthly_budget_usd > 0
    error_message = "Cannot use monthly_budget_usd: it is more than 0."
  }
}

variable "task_log_group_name" {
  description = "Log of Airflow's tasks."
  type        = string
  nullable    = false
}

variable "cluster_name" {
  description = "The cluster."
  type        = string
  nullable    = false
}

variable "service_names" {
  description = "Services that must run."
  type        = set(string)
  nullable    = false
}

variable "database_identifier" {
  description = "The database server."
  type        = string
  nullable    = false
}

variable "load_balancer_arn_suffix" {
  description = "The load balancer, as metrics name it."
  type        = string
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts the topic."
  type        = string
  nullable    = false
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
  nullable    = false
}
