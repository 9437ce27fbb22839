output "address" {
  description = "Host name of the server."
  value       = aws_db_instance.this.address
}

output "port" {
  description = "Port of the server."
  value       = 5432
}

output "identifier" {
  description = "Identifier of the server, for alarms."
  value       = aws_db_instance.this.identifier
}

output "administrator_secret_arn" {
  description = "ARN of the secret with the administrator's username and password."
  value       = aws_db_instance.this.master_user_secret[0].secret_arn
}
