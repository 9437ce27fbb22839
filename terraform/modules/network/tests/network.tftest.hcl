mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }
}

variables {
  name               = "meterlake-test"
  cidr               = "10.30.0.0/20"
  availability_zones = ["eu-central-1a", "eu-central-1b"]
  kms_key_arn        = "arn:aws:kms:eu-central-1:123456789012:key/test"
}

run "has_no_way_out_without_nat" {
  command = apply

  variables {
    nat                 = "none"
    interface_endpoints = ["logs"]
  }

  assert {
    condition     = length(aws_internet_gateway.this) == 0 && length(aws_subnet.public) == 0 && length(aws_route.nat) == 0
    error_message = "There is a way to the internet."
  }

  assert {
    condition     = aws_vpc_endpoint.interface["logs"].private_dns_enabled
    error_message = "The endpoint is not found by the service's own name."
  }
}

run "survives_a_zone_with_a_nat_in_each" {
  command = apply

  variables {
    nat = "per-zone"
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 2 && length(aws_route.nat) == 2
    error_message = "Not each zone has a NAT of its own."
  }

  assert {
    condition     = alltrue([for subnet in aws_subnet.public : !subnet.map_public_ip_on_launch])
    error_message = "What is started in a public subnet gets a public address."
  }

  assert {
    condition     = length(distinct(concat([for s in aws_subnet.private : s.cidr_block], [for s in aws_subnet.public : s.cidr_block]))) == 4
    error_message = "Subnets overlap."
  }
}

run "refuses_one_zone" {
  command = plan

  variables {
    availability_zones = ["eu-central-1a"]
  }

  expect_failures = [var.availability_zones]
}

run "refuses_a_range_too_small_for_its_subnets" {
  command = plan

  variables {
    cidr = "10.30.0.0/26"
  }

  expect_failures = [var.cidr]
}
