output "arns" {
  description = "For each secret its ARN."
  value       = { for name, secret in aws_secretsmanager_secret.this : name => secret.arn }
}

output "to_fill" {
  description = "For each secret the keys of the JSON object that has to be put into it."
  value       = { for name, secret in var.secrets : aws_secretsmanager_secret.this[name].name => secret.keys }
}
