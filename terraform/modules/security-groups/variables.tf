variable "name" {
  description = "Name of the deployment; the beginning of the groups' names."
  type        = string
  nullable    = false
}

variable "vpc_id" {
  description = "VPC of the groups."
  type        = string
  nullable    = false
}

variable "groups" {
  description = "For each group what it is for."
  type        = map(string)
  nullable    = false
}

variable "connections" {
  description = "Who may open a TCP connection to whom, and to which port; both are names of groups."
  type = list(object({
    from = string
    to   = string
    port = number
  }))
  nullable = false

  validation {
    condition     = alltrue([for one in var.connections : contains(keys(var.groups), one.from) && contains(keys(var.groups), one.to)])
    error_message = "Cannot connect a group that is not in groups: check the names in connections."
  }
}

variable "https_out" {
  description = "Groups that may call any address by HTTPS."
  type        = set(string)
  nullable    = false
}

variable "entrance" {
  description = "The group that people reach, the load balancer's."
  type        = string
  nullable    = false

  validation {
    condition     = contains(keys(var.groups), var.entrance)
    error_message = "Cannot let people in: entrance is the name of one of groups."
  }
}

variable "people_cidrs" {
  description = "Addresses from which people come, such as the company's VPN."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.people_cidrs) > 0 && alltrue([for cidr in var.people_cidrs : can(cidrhost(cidr, 0))])
    error_message = "Cannot use people_cidrs: write IPv4 ranges, such as 10.0.0.0/8."
  }

  validation {
    condition     = alltrue([for cidr in var.people_cidrs : try(tonumber(split("/", cidr)[1]) >= 8, false)])
    error_message = "Cannot open the load balancer to the whole internet: Airflow and Metabase have only a password. Name your own networks, /8 or smaller."
  }
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
  nullable    = false
}
