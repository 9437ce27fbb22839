variable "name" {
  description = "Name of the deployment, such as meterlake-staging; the beginning of all names."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,27}[a-z0-9]$", var.name))
    error_message = "Cannot use name: write 3 to 29 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "cidr" {
  description = "Addresses of the VPC, /16 to /22; each subnet gets a sixteenth of them."
  type        = string
  nullable    = false

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && try(tonumber(split("/", var.cidr)[1]) >= 16 && tonumber(split("/", var.cidr)[1]) <= 22, false)
    error_message = "Cannot use cidr: write an IPv4 range of /16 to /22, such as 10.20.0.0/16."
  }
}

variable "availability_zones" {
  description = "Two to eight availability zones of the region."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.availability_zones) >= 2 && length(var.availability_zones) <= 8 && length(distinct(var.availability_zones)) == length(var.availability_zones)
    error_message = "Cannot use availability_zones: name two to eight different ones; the load balancer and the database need two."
  }
}

variable "nat" {
  description = "Ways out to the internet: none (then interface_endpoints must hold what tasks need, and alarms by webhook go nowhere), single, or per-zone."
  type        = string
  default     = "single"
  nullable    = false

  validation {
    condition     = contains(["none", "single", "per-zone"], var.nat)
    error_message = "Cannot use nat: it is none, single or per-zone."
  }
}

variable "interface_endpoints" {
  description = "AWS services that are reached inside of the VPC, such as ecr.api, ecr.dkr, logs, secretsmanager. Each costs by hour and zone."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "flow_log_retention_days" {
  description = "Days that refused connections are kept in the log."
  type        = number
  default     = 365
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts the log."
  type        = string
  nullable    = false
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
  nullable    = false
}
