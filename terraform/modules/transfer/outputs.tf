output "task_arns" {
  description = "ARNs of the two tasks, landing and reports, to start one by hand."
  value       = { for name, task in aws_datasync_task.this : name => task.arn }
}

output "log_group_name" {
  description = "Log with a line for each file that was copied."
  value       = aws_cloudwatch_log_group.this.name
}

output "folder_role_arn" {
  description = "The role with which DataSync mounts the file system."
  value       = aws_iam_role.folder.arn
}
