# The policies of the recipient's account, as tailrace setup gives them to AWS: main.tf puts them where they belong.
# They need the variables of this module and the locals in main.tf.
# Generated: TAILRACE_WRITE_CONFIG=1 swift test --filter ConfigFilesTests

locals {
  recipient_trust = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Effect = "Allow"
          Principal = {
            Service = "logs.amazonaws.com"
          }
          Action = "sts:AssumeRole"
          Condition = {
            StringLike = {
              "aws:SourceArn" = concat(
                ["arn:${local.partition}:logs:${local.region}:${local.account_id}:*"],
                [for id in var.sender_accounts : "arn:${local.partition}:logs:${local.region}:${id}:*"]
              )
            }
          }
        }
      ],
      var.organization_id == null ? [] : [
        {
          Effect = "Allow"
          Principal = {
            Service = "logs.amazonaws.com"
          }
          Action = "sts:AssumeRole"
          Condition = {
            StringEquals = {
              "aws:SourceOrgID" = [var.organization_id]
            }
            StringLike = {
              "aws:SourceArn" = ["arn:${local.partition}:logs:${local.region}:*:*"]
            }
          }
        }
      ]
    )
  })

  recipient_permissions = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Effect   = "Allow"
          Action   = "kinesis:PutRecord"
          Resource = "arn:${local.partition}:kinesis:${local.region}:${local.account_id}:stream/${var.stream_name}"
        }
      ],
      var.key_arn == null ? [] : [
        {
          Effect   = "Allow"
          Action   = "kms:GenerateDataKey"
          Resource = var.key_arn
        }
      ]
    )
  })

  destination_access = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      length(var.sender_accounts) == 0 ? [] : [
        {
          Effect = "Allow"
          Principal = {
            AWS = var.sender_accounts
          }
          Action   = var.whole_accounts ? ["logs:PutAccountPolicy", "logs:PutSubscriptionFilter"] : ["logs:PutSubscriptionFilter"]
          Resource = "arn:${local.partition}:logs:${local.region}:${local.account_id}:destination:${var.destination_name}"
        }
      ],
      var.organization_id == null ? [] : [
        {
          Effect    = "Allow"
          Principal = "*"
          Action    = var.whole_accounts ? ["logs:PutAccountPolicy", "logs:PutSubscriptionFilter"] : ["logs:PutSubscriptionFilter"]
          Resource  = "arn:${local.partition}:logs:${local.region}:${local.account_id}:destination:${var.destination_name}"
          Condition = {
            StringEquals = {
              "aws:PrincipalOrgID" = [var.organization_id]
            }
          }
        }
      ]
    )
  })
}
