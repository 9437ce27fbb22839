# The lake's file system in a network that is there already, for one role.

variable "subnet_ids" {
  description = "Private subnets, one a zone."
  type        = list(string)
  nullable    = false
}

variable "security_group_id" {
  description = "Security group that lets NFS in from the clients."
  type        = string
  nullable    = false
}

variable "client_role_arn" {
  description = "The role that mounts it."
  type        = string
  nullable    = false
}

module "encryption" {
  source = "../../modules/encryption"

  name = "example"
}

module "lake" {
  source = "../../modules/lake"

  name              = "example-lake"
  subnet_ids        = var.subnet_ids
  security_group_id = var.security_group_id
  client_role_arns  = [var.client_role_arn]
  kms_key_arn       = module.encryption.key_arn
}

output "access_point_ids" {
  description = "What each folder is mounted by."
  value       = module.lake.access_point_ids
}
