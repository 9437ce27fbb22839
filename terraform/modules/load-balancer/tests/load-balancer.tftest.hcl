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
  name              = "meterlake-test"
  vpc_id            = "vpc-test"
  subnet_ids        = ["subnet-a", "subnet-b"]
  security_group_id = "sg-door"
  certificate_arn   = "arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
  access_log_bucket = "logs"
  targets           = { metabase = { host = "metabase.example.org", port = 3000, health_path = "/api/health" } }
}

run "speaks_tls_and_sends_http_on_to_it" {
  command = apply

  assert {
    condition     = aws_lb_listener.https.protocol == "HTTPS" && startswith(aws_lb_listener.https.ssl_policy, "ELBSecurityPolicy-TLS13-1-2")
    error_message = "The listener takes TLS older than 1.2."
  }

  assert {
    condition     = aws_lb_listener.http.default_action[0].type == "redirect" && aws_lb_listener.http.default_action[0].redirect[0].protocol == "HTTPS"
    error_message = "HTTP is answered with something else than a redirect."
  }

  assert {
    condition     = aws_lb.this.internal
    error_message = "The load balancer faces the internet though nobody said so."
  }

  assert {
    condition     = aws_lb_listener.https.default_action[0].type == "fixed-response"
    error_message = "A host that nobody named reaches a service."
  }
}

run "refuses_what_is_no_certificate" {
  command = plan

  variables {
    certificate_arn = "metabase.example.org"
  }

  expect_failures = [var.certificate_arn]
}
