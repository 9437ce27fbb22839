output "dns_name" {
  description = "Name to which the hosts' DNS records point."
  value       = aws_lb.this.dns_name
}

output "zone_id" {
  description = "Hosted zone of that name, for alias records."
  value       = aws_lb.this.zone_id
}

output "arn_suffix" {
  description = "How metrics name it."
  value       = aws_lb.this.arn_suffix
}

output "target_group_arns" {
  description = "For each service its target group, known once the listener reaches it."
  value       = { for name, group in aws_lb_target_group.this : name => group.arn }
  depends_on  = [aws_lb_listener_rule.this]
}
