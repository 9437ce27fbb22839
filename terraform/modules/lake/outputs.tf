output "file_system_id" {
  description = "ID of the file system."
  value       = aws_efs_file_system.this.id
}

output "file_system_arn" {
  description = "ARN of the file system, known once it can be mounted."
  value       = aws_efs_file_system.this.arn
  depends_on  = [aws_efs_mount_target.this]
}

output "access_point_ids" {
  description = "For each folder the ID of its access point."
  value       = { for folder, point in aws_efs_access_point.this : folder => point.id }
}

output "access_point_arns" {
  description = "For each folder the ARN of its access point."
  value       = { for folder, point in aws_efs_access_point.this : folder => point.arn }
}
