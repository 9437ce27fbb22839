# Secrets without values: a value given here would stand in the state for everybody who can read it. The README of
# terraform/ tells how they are filled; a task whose secret is empty does not start.

resource "aws_secretsmanager_secret" "this" {
  for_each                = var.secrets
  name                    = "${var.name}/${each.key}"
  description             = "${each.value.description} JSON keys: ${join(", ", each.value.keys)}."
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.recovery_window_days
  tags                    = var.tags
}

# Nobody outside of the account, whatever IAM says there.
resource "aws_secretsmanager_secret_policy" "this" {
  for_each            = aws_secretsmanager_secret.this
  secret_arn          = each.value.arn
  block_public_policy = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "ThisAccountOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "secretsmanager:*"
      Resource  = "*"
      Condition = { StringNotEquals = { "aws:PrincipalAccount" = var.account_id } }
    }]
  })
}
