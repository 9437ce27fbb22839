output "log_group_name" {
  description = "Name of its log group."
  value       = aws_cloudwatch_log_group.this.name
}

output "service_name" {
  description = "Name of the service in the cluster."
  value       = aws_ecs_service.this.name
}

output "task_definition_arn" {
  description = "The current version of its task definition."
  value       = aws_ecs_task_definition.this.arn
}
