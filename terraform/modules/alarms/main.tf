# What somebody must hear of. The first four read the log of Airflow's tasks: the texts are those of airflow-dags/, and
# ./check infra fails when they are no longer there. All go to one topic.

locals {
  namespace = "Meterlake/${var.name}"

  log_alarms = {
    late-file = {
      pattern     = "\"Late: \""
      description = "A utility's files are late. The task's log says whose and which. See docs/runbook.md#late-file."
    }
    failed-run = {
      pattern     = "?\"ended with\" ?\"Cannot build: \""
      description = "A meterlake command of a DAG failed. The task's log says why, and the fix. See docs/runbook.md#failed-run."
    }
    broken-lineage = {
      pattern     = "?\"meterlake lineage verify ended with\" ?\"meterlake snapshot verify ended with\""
      description = "Lineage rows were changed, or files that a signed report was made from are gone. Stop signing reports, and look: docs/runbook.md#broken-lineage."
    }
  }
}

resource "aws_sns_topic" "this" {
  name              = "${var.name}-alarms"
  kms_master_key_id = var.kms_key_arn
  tags              = var.tags
}

resource "aws_sns_topic_policy" "this" {
  arn = aws_sns_topic.this.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AlarmsOfThisAccount"
      Effect    = "Allow"
      Principal = { Service = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.this.arn
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }]
  })
}

resource "aws_sns_topic_subscription" "email" {
  for_each  = var.emails
  topic_arn = aws_sns_topic.this.arn
  protocol  = "email"
  endpoint  = each.key
}

resource "aws_cloudwatch_log_metric_filter" "task" {
  for_each       = local.log_alarms
  name           = "${var.name}-${each.key}"
  log_group_name = var.task_log_group_name
  pattern        = each.value.pattern

  metric_transformation {
    namespace     = local.namespace
    name          = each.key
    value         = "1"
    default_value = "0"
  }
}

resource "aws_cloudwatch_metric_alarm" "task" {
  for_each            = local.log_alarms
  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = local.namespace
  metric_name         = each.key
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  tags                = var.tags

  depends_on = [aws_cloudwatch_log_metric_filter.task]
}

# The one that speaks up when nothing does: no build was begun for a day.
resource "aws_cloudwatch_log_metric_filter" "build" {
  name           = "${var.name}-build"
  log_group_name = var.task_log_group_name
  pattern        = "\"meterlake build --output json\""

  metric_transformation {
    namespace = local.namespace
    name      = "build"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "silent" {
  alarm_name          = "${var.name}-silent"
  alarm_description   = "No daily build was begun for 24 hours: is Airflow running, is the DAG paused? See docs/runbook.md#silent."
  namespace           = local.namespace
  metric_name         = "build"
  statistic           = "Sum"
  period              = 86400
  evaluation_periods  = 1
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]
  tags                = var.tags

  depends_on = [aws_cloudwatch_log_metric_filter.build]
}

resource "aws_cloudwatch_metric_alarm" "memory" {
  for_each            = var.service_names
  alarm_name          = "${var.name}-${each.key}-memory"
  alarm_description   = "${each.key} uses nearly all of its memory; give it a larger size before it is ended."
  namespace           = "AWS/ECS"
  metric_name         = "MemoryUtilization"
  dimensions          = { ClusterName = var.cluster_name, ServiceName = each.key }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = 95
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  tags                = var.tags
}

# Missing data is an alarm here: a service without tasks sends none.
resource "aws_cloudwatch_metric_alarm" "stopped" {
  for_each            = var.service_names
  alarm_name          = "${var.name}-${each.key}-stopped"
  alarm_description   = "${each.key} does not run."
  namespace           = "ECS/ContainerInsights"
  metric_name         = "RunningTaskCount"
  dimensions          = { ClusterName = var.cluster_name, ServiceName = each.key }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 2
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "database_storage" {
  alarm_name          = "${var.name}-database-storage"
  alarm_description   = "The database has less than 5 GB of disk left."
  namespace           = "AWS/RDS"
  metric_name         = "FreeStorageSpace"
  dimensions          = { DBInstanceIdentifier = var.database_identifier }
  statistic           = "Minimum"
  period              = 300
  evaluation_periods  = 3
  comparison_operator = "LessThanThreshold"
  threshold           = 5368709120
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "${var.name}-errors"
  alarm_description   = "Airflow or Metabase answers people with errors."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  dimensions          = { LoadBalancer = var.load_balancer_arn_suffix }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = 20
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  tags                = var.tags
}

# What has this deployment's tag; the tag Deployment must be activated once in the account's billing settings.
resource "aws_budgets_budget" "this" {
  name         = var.name
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_amount = tostring(var.monthly_budget_usd)
  limit_unit   = "USD"
  tags         = var.tags

  cost_filter {
    name   = "TagKeyValue"
    values = [format("user:Deployment%s%s", "$", var.name)]
  }

  dynamic "notification" {
    for_each = { ACTUAL = 80, FORECASTED = 100 }

    content {
      notification_type         = notification.key
      threshold                 = notification.value
      threshold_type            = "PERCENTAGE"
      comparison_operator       = "GREATER_THAN"
      subscriber_sns_topic_arns = [aws_sns_topic.this.arn]
    }
  }

  depends_on = [aws_sns_topic_policy.this]
}
