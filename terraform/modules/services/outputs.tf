output "cluster_name" {
  description = "Name of the cluster."
  value       = aws_ecs_cluster.this.name
}

output "service_names" {
  description = "Names of the services in the cluster."
  value       = [for service in module.service : service.service_name]
}

output "task_log_group_name" {
  description = "Log of Airflow's tasks, which the alarms read."
  value       = aws_cloudwatch_log_group.tasks.name
}

output "database_setup_task" {
  description = "Task definition that makes the databases; run it once after the secrets are filled."
  value       = aws_ecs_task_definition.database_setup.family
}

output "trino_url" {
  description = "Trino's address inside of the VPC."
  value       = local.trino_url
}

output "metastore_uri" {
  description = "The metastore's address inside of the VPC."
  value       = local.metastore_uri
}
