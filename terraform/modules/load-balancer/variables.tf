variable "name" {
  description = "Name of the load balancer; the beginning of its target groups' names, which AWS cuts at 32 characters."
  type        = string
  nullable    = false

  validation {
    condition     = alltrue([for target in keys(var.targets) : length("${var.name}-${target}") <= 32])
    error_message = "Cannot use name: with a target's name and a hyphen it has more than 32 characters."
  }
}

variable "vpc_id" {
  description = "VPC of the targets."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Subnets in two zones or more: private ones if it is internal, else public ones."
  type        = list(string)
  nullable    = false
}

variable "internal" {
  description = "Whether only networks that are connected to the VPC reach it."
  type        = bool
  default     = true
  nullable    = false
}

variable "security_group_id" {
  description = "Its security group."
  type        = string
  nullable    = false
}

variable "certificate_arn" {
  description = "Certificate for all hosts, in ACM."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:acm:[a-z0-9-]+:[0-9]{12}:certificate/", var.certificate_arn))
    error_message = "Cannot use certificate_arn: write the ARN of a certificate in ACM, arn:aws:acm:REGION:ACCOUNT:certificate/ID."
  }
}

variable "targets" {
  description = "For each service its host name, its port, and the path that answers 200 when it is well."
  type = map(object({
    host        = string
    port        = number
    health_path = string
  }))
  nullable = false

  validation {
    condition     = alltrue([for target in var.targets : can(regex("^[a-z0-9-]+(\\.[a-z0-9-]+)+$", target.host))])
    error_message = "Cannot use a target's host: write a full host name in lower case, such as metabase.example.org."
  }
}

variable "access_log_bucket" {
  description = "Bucket of the access log."
  type        = string
  nullable    = false
}

variable "deletion_protection" {
  description = "Whether it refuses to be deleted."
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
