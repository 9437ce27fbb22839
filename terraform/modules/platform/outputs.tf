output "load_balancer_dns_name" {
  description = "Name to which the DNS records of the hosts must point."
  value       = module.load_balancer.dns_name
}

output "load_balancer_zone_id" {
  description = "Hosted zone of that name, for alias records."
  value       = module.load_balancer.zone_id
}

output "landing_bucket" {
  description = "Bucket into which the utilities deliver."
  value       = module.landing.bucket
}

output "archive_bucket" {
  description = "Bucket with a copy of every report."
  value       = module.archive.bucket
}

output "file_system_id" {
  description = "The lake's file system."
  value       = module.lake.file_system_id
}

output "cluster_name" {
  description = "The ECS cluster."
  value       = module.services.cluster_name
}

output "secrets_to_fill" {
  description = "For each secret the keys of the JSON object that has to be put into it before anything starts."
  value       = module.secrets.to_fill
}

output "database_setup_task" {
  description = "Task definition that makes the databases; run it once after the secrets are filled."
  value       = module.services.database_setup_task
}

output "database_setup_network" {
  description = "Subnets and security group with which that task is run."
  value = {
    subnets         = module.network.private_subnet_ids
    security_groups = [module.security_groups.ids["database-setup"]]
  }
}

output "alarm_topic_arn" {
  description = "The topic of all alarms."
  value       = module.alarms.topic_arn
}

output "nat_addresses" {
  description = "Public addresses from which the deployment calls out."
  value       = module.network.nat_addresses
}

output "trino_url" {
  description = "Trino's address inside of the VPC."
  value       = module.services.trino_url
}
