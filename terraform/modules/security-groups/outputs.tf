output "ids" {
  description = "For each group its ID."
  value       = { for name, group in aws_security_group.this : name => group.id }
}
