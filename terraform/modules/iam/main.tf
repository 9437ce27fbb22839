# Two roles a service: what ECS needs to start it (image, log, its own secrets), and what the running service may do,
# which is to mount its folders and nothing more unless it says so.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  prefix = "arn:${data.aws_partition.current.partition}"
  scope  = "${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = {
        StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id }
        ArnLike      = { "aws:SourceArn" = "${local.prefix}:ecs:${local.scope}:*" }
      }
    }]
  })
  mounting = { for name, service in var.services : name => service if length(service.folders) > 0 }
  logging  = { for name, service in var.services : name => service if service.writes_task_logs }
}

resource "aws_iam_role" "execution" {
  for_each           = var.services
  name               = "${var.name}-${each.key}-start"
  description        = "Starts ${each.key}: its image, its log, its secrets"
  assume_role_policy = local.assume_role_policy
  tags               = var.tags
}

resource "aws_iam_role_policy" "execution" {
  for_each = var.services
  name     = "start"
  role     = aws_iam_role.execution[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          # This call has no resource to name.
          Sid      = "RegistryToken"
          Effect   = "Allow"
          Action   = "ecr:GetAuthorizationToken"
          Resource = "*"
        },
        {
          Sid      = "PullImage"
          Effect   = "Allow"
          Action   = ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"]
          Resource = [for repository in var.image_repositories : "${local.prefix}:ecr:${local.scope}:repository/${repository}"]
        },
        {
          Sid      = "WriteLog"
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = "${local.prefix}:logs:${local.scope}:log-group:/${var.name}/${each.key}:*"
        },
      ],
      [for statement in [
        {
          Sid      = "ReadItsSecrets"
          Effect   = "Allow"
          Action   = "secretsmanager:GetSecretValue"
          Resource = each.value.secret_arns
        },
        {
          Sid       = "DecryptItsSecrets"
          Effect    = "Allow"
          Action    = "kms:Decrypt"
          Resource  = var.kms_key_arn
          Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${data.aws_region.current.region}.amazonaws.com" } }
        },
      ] : statement if length(each.value.secret_arns) > 0],
    )
  })
}

resource "aws_iam_role" "task" {
  for_each           = var.services
  name               = "${var.name}-${each.key}"
  description        = "What ${each.key} may do while it runs"
  assume_role_policy = local.assume_role_policy
  tags               = var.tags
}

resource "aws_iam_role_policy" "mount" {
  for_each = local.mounting
  name     = "mount-folders"
  role     = aws_iam_role.task[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "MountItsFolders"
      Effect    = "Allow"
      Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
      Resource  = var.file_system_arn
      Condition = { StringEquals = { "elasticfilesystem:AccessPointArn" = [for folder in each.value.folders : var.access_point_arns[folder]] } }
    }]
  })
}

resource "aws_iam_role_policy" "task_logs" {
  for_each = local.logging
  name     = "write-task-logs"
  role     = aws_iam_role.task[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "WriteAndShowTaskLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:GetLogEvents", "logs:DescribeLogStreams"]
      Resource = "${local.prefix}:logs:${local.scope}:log-group:/${var.name}/tasks:*"
    }]
  })
}
