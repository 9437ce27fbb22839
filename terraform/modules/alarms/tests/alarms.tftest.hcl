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
  name                     = "meterlake-test"
  account_id               = "123456789012"
  emails                   = ["operator@example.org"]
  monthly_budget_usd       = 100
  task_log_group_name      = "/meterlake-test/tasks"
  cluster_name             = "meterlake-test"
  service_names            = ["trino"]
  database_identifier      = "meterlake-test"
  load_balancer_arn_suffix = "app/meterlake-test/1"
  kms_key_arn              = "arn:aws:kms:eu-central-1:123456789012:key/test"
}

override_resource {
  target = aws_sns_topic.this
  values = { arn = "arn:aws:sns:eu-central-1:123456789012:meterlake-test-alarms" }
}

run "tells_of_late_files_failed_runs_and_broken_lineage" {
  command = apply

  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.task)) == toset(["late-file", "failed-run", "broken-lineage"])
    error_message = "An alarm is missing."
  }

  assert {
    condition     = alltrue([for name, alarm in aws_cloudwatch_metric_alarm.task : alarm.alarm_actions == toset([aws_sns_topic.this.arn]) && alarm.metric_name == one(aws_cloudwatch_log_metric_filter.task[name].metric_transformation).name])
    error_message = "An alarm reaches nobody, or looks at a metric that nothing writes."
  }
}

run "tells_when_nothing_is_told" {
  command = apply

  assert {
    condition     = aws_cloudwatch_metric_alarm.silent.treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.stopped["trino"].treat_missing_data == "breaching"
    error_message = "Silence is taken for good news."
  }
}

run "counts_the_costs_of_this_deployment" {
  command = apply

  assert {
    condition     = one(one(aws_budgets_budget.this.cost_filter).values) == "user:Deployment$meterlake-test"
    error_message = "The budget counts what has other tags."
  }
}

run "refuses_to_tell_nobody" {
  command = plan

  variables {
    emails = []
  }

  expect_failures = [var.emails]
}
