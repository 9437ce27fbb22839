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
  name         = "meterlake-test"
  vpc_id       = "vpc-test"
  entrance     = "door"
  people_cidrs = ["10.0.0.0/8"]
  https_out    = ["house"]
  groups       = { door = "The door", house = "The house" }
  connections  = [{ from = "door", to = "house", port = 8080 }]
}

run "opens_what_is_written_and_nothing_else" {
  command = apply

  assert {
    condition     = join(",", keys(aws_vpc_security_group_ingress_rule.connection)) == "door-to-house-8080" && join(",", keys(aws_vpc_security_group_egress_rule.connection)) == "door-to-house-8080"
    error_message = "Other connections are open."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.connection["door-to-house-8080"].referenced_security_group_id == aws_security_group.this["door"].id
    error_message = "The house is open to somebody else than the door."
  }

  assert {
    condition     = join(",", keys(aws_vpc_security_group_egress_rule.https)) == "house"
    error_message = "The door calls out."
  }
}

run "refuses_the_whole_internet" {
  command = plan

  variables {
    people_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.people_cidrs]
}

run "refuses_the_internet_in_two_halves" {
  command = plan

  variables {
    people_cidrs = ["0.0.0.0/1", "128.0.0.0/1"]
  }

  expect_failures = [var.people_cidrs]
}

run "refuses_a_group_that_is_none" {
  command = plan

  variables {
    connections = [{ from = "dor", to = "house", port = 8080 }]
  }

  expect_failures = [var.connections]
}
