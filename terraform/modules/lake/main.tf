# The lake's folder: a network file system that all services mount at the same paths, since the metastore and the
# snapshots hold absolute ones. Meterlake writes to a folder today, not yet to s3a://.

resource "aws_efs_file_system" "this" {
  creation_token   = var.name
  encrypted        = true
  kms_key_id       = var.kms_key_arn
  performance_mode = "generalPurpose"
  throughput_mode  = var.provisioned_throughput_mibps == null ? "elastic" : "provisioned"

  provisioned_throughput_in_mibps = var.provisioned_throughput_mibps
  tags                            = merge(var.tags, { Name = var.name })

  # Old days are seldom read; they come back to the fast class when they are.
  lifecycle_policy {
    transition_to_ia = var.infrequent_after
  }

  lifecycle_policy {
    transition_to_primary_storage_class = "AFTER_1_ACCESS"
  }

  lifecycle {
    prevent_destroy = var.deletion_protection
  }
}

resource "aws_efs_mount_target" "this" {
  count           = length(var.subnet_ids)
  file_system_id  = aws_efs_file_system.this.id
  subnet_id       = var.subnet_ids[count.index]
  security_groups = [var.security_group_id]
}

# Each folder has its own entrance. Whoever comes in is this user, whatever the container says.
resource "aws_efs_access_point" "this" {
  for_each       = var.folders
  file_system_id = aws_efs_file_system.this.id
  tags           = merge(var.tags, { Name = "${var.name}-${each.key}" })

  posix_user {
    uid = var.user_id
    gid = var.user_id
  }

  root_directory {
    path = "/${each.key}"

    creation_info {
      owner_uid   = var.user_id
      owner_gid   = var.user_id
      permissions = "0750"
    }
  }
}

# No anonymous mounts, TLS only; what each role may do stands in the module iam.
resource "aws_efs_file_system_policy" "this" {
  file_system_id = aws_efs_file_system.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "*"
        Resource  = aws_efs_file_system.this.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "RolesOnly"
        Effect    = "Allow"
        Principal = { AWS = var.client_role_arns }
        Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
        Resource  = aws_efs_file_system.this.arn
      },
    ]
  })
}

resource "aws_backup_vault" "this" {
  name        = var.name
  kms_key_arn = var.kms_key_arn
  tags        = var.tags
}

resource "aws_backup_plan" "this" {
  name = var.name
  tags = var.tags

  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.this.name
    schedule          = var.backup_schedule

    lifecycle {
      delete_after = var.backup_days
    }
  }
}

resource "aws_iam_role" "backup" {
  name = "${var.name}-backup"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "backup.amazonaws.com" }
    }]
  })
  tags = var.tags
}

data "aws_partition" "current" {}

resource "aws_iam_role_policy_attachment" "backup" {
  role       = aws_iam_role.backup.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
}

resource "aws_backup_selection" "this" {
  name         = var.name
  plan_id      = aws_backup_plan.this.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = [aws_efs_file_system.this.arn]
}
