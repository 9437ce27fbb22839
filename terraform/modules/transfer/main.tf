# What goes between S3 and the file system, by DataSync: files of the utilities from the landing bucket into the landing
# folder, and reports from the state folder into the archive bucket. Both only add: nothing is deleted on either side.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  prefix = "arn:${data.aws_partition.current.partition}"
  scope  = "${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}"
  group  = "${local.prefix}:ec2:${local.scope}:security-group/${var.security_group_id}"
}

resource "aws_iam_role" "bucket" {
  name = "${var.name}-transfer-bucket"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "datasync.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
  tags = var.tags
}

resource "aws_iam_role_policy" "bucket" {
  name = "copy"
  role = aws_iam_role.bucket.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "FindObjects"
        Effect   = "Allow"
        Action   = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"]
        Resource = [var.landing_bucket_arn, var.archive_bucket_arn]
      },
      {
        Sid      = "ReadLanding"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectVersion"]
        Resource = "${var.landing_bucket_arn}/*"
      },
      {
        Sid      = "AddToArchive"
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:PutObjectTagging", "s3:GetObject", "s3:GetObjectTagging", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]
        Resource = "${var.archive_bucket_arn}/*"
      },
      {
        Sid       = "Decrypt"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = var.kms_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "s3.${data.aws_region.current.region}.amazonaws.com" } }
      },
    ]
  })
}

resource "aws_iam_role" "folder" {
  name               = "${var.name}-transfer-folder"
  assume_role_policy = aws_iam_role.bucket.assume_role_policy
  tags               = var.tags
}

resource "aws_iam_role_policy" "folder" {
  name = "mount"
  role = aws_iam_role.folder.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
      Resource  = var.file_system_arn
      Condition = { StringEquals = { "elasticfilesystem:AccessPointArn" = [var.access_point_arns["landing"], var.access_point_arns["state"]] } }
    }]
  })
}

resource "aws_datasync_location_s3" "landing" {
  s3_bucket_arn = var.landing_bucket_arn
  subdirectory  = "/"
  tags          = var.tags

  s3_config {
    bucket_access_role_arn = aws_iam_role.bucket.arn
  }

  depends_on = [aws_iam_role_policy.bucket]
}

resource "aws_datasync_location_s3" "archive" {
  s3_bucket_arn = var.archive_bucket_arn
  subdirectory  = "/reports/"
  tags          = var.tags

  s3_config {
    bucket_access_role_arn = aws_iam_role.bucket.arn
  }

  depends_on = [aws_iam_role_policy.bucket]
}

resource "aws_datasync_location_efs" "folder" {
  for_each = {
    landing = "/"
    state   = "/reports/"
  }
  efs_file_system_arn         = var.file_system_arn
  access_point_arn            = var.access_point_arns[each.key]
  file_system_access_role_arn = aws_iam_role.folder.arn
  in_transit_encryption       = "TLS1_2"
  subdirectory                = each.value
  tags                        = var.tags

  ec2_config {
    subnet_arn          = var.subnet_arn
    security_group_arns = [local.group]
  }

  depends_on = [aws_iam_role_policy.folder]
}

locals {
  tasks = {
    landing = {
      from     = aws_datasync_location_s3.landing.arn
      to       = aws_datasync_location_efs.folder["landing"].arn
      schedule = var.landing_schedule
    }
    reports = {
      from     = aws_datasync_location_efs.folder["state"].arn
      to       = aws_datasync_location_s3.archive.arn
      schedule = var.archive_schedule
    }
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/${var.name}/transfer"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

resource "aws_cloudwatch_log_resource_policy" "this" {
  policy_name = "${var.name}-transfer"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Principal = { Service = "datasync.amazonaws.com" }
      Resource  = "${aws_cloudwatch_log_group.this.arn}:*"
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_datasync_task" "this" {
  for_each                 = local.tasks
  name                     = "${var.name}-${each.key}"
  source_location_arn      = each.value.from
  destination_location_arn = each.value.to
  cloudwatch_log_group_arn = aws_cloudwatch_log_group.this.arn
  tags                     = var.tags

  schedule {
    schedule_expression = each.value.schedule
  }

  options {
    verify_mode            = "ONLY_FILES_TRANSFERRED"
    overwrite_mode         = "ALWAYS"
    transfer_mode          = "CHANGED"
    preserve_deleted_files = "PRESERVE"
    posix_permissions      = "NONE"
    uid                    = "NONE"
    gid                    = "NONE"
    log_level              = "TRANSFER"
  }
}
