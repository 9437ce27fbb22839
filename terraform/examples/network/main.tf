# A VPC without any way to the internet: tasks reach AWS by endpoints.

module "network" {
  source = "../../modules/network"

  name                = "example"
  cidr                = "10.30.0.0/20"
  availability_zones  = ["eu-central-1a", "eu-central-1b"]
  nat                 = "none"
  interface_endpoints = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"]
  kms_key_arn         = module.encryption.key_arn
}

module "encryption" {
  source = "../../modules/encryption"

  name = "example"
}

output "private_subnet_ids" {
  description = "Where tasks can be run."
  value       = module.network.private_subnet_ids
}
