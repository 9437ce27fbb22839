output "vpc_id" {
  description = "ID of the VPC."
  value       = aws_vpc.this.id
}

output "private_subnet_ids" {
  description = "IDs of the private subnets, in the order of the zones."
  value       = [for zone in var.availability_zones : aws_subnet.private[zone].id]
}

output "private_subnet_arns" {
  description = "ARNs of the private subnets, in the order of the zones."
  value       = [for zone in var.availability_zones : aws_subnet.private[zone].arn]
}

output "public_subnet_ids" {
  description = "IDs of the public subnets, in the order of the zones; empty without NAT."
  value       = [for zone in var.availability_zones : aws_subnet.public[zone].id if local.needs_nat]
}

output "nat_addresses" {
  description = "Public addresses from which the deployment calls out, for allow lists."
  value       = [for address in aws_eip.nat : address.public_ip]
}
