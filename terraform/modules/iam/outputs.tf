output "execution_role_arns" {
  description = "For each service the role with which ECS starts it."
  value       = { for name, role in aws_iam_role.execution : name => role.arn }
  depends_on  = [aws_iam_role_policy.execution]
}

output "task_role_arns" {
  description = "For each service the role that it has while it runs."
  value       = { for name, role in aws_iam_role.task : name => role.arn }
}
