# The recipient's account: a Kinesis stream, a role that may write to it, a destination and who may send there.
# Needs a provider in the senders' Region, and sender_accounts, organization_id or both:
#   module "tailrace_recipient" {
#     source          = "./recipient"
#     sender_accounts = ["111111111111"]
#   }
# Then give each sender the output destination_arn. Destroying this destroys the stream and what is in it.
# Generated: TAILRACE_WRITE_CONFIG=1 swift test --filter ConfigFilesTests

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.region
}

resource "aws_kinesis_stream" "recipient" {
  name             = var.stream_name
  shard_count      = var.stream_mode == "PROVISIONED" ? var.shard_count : null
  retention_period = var.retention_hours
  encryption_type  = var.key_arn == null ? "NONE" : "KMS"
  kms_key_id       = var.key_arn

  stream_mode_details {
    stream_mode = var.stream_mode
  }
}

resource "aws_iam_role" "recipient" {
  name               = var.role_name
  assume_role_policy = local.recipient_trust
}

resource "aws_iam_role_policy" "recipient" {
  name   = "Permissions-Policy-For-CWL"
  role   = aws_iam_role.recipient.name
  policy = local.recipient_permissions
}

# AWS tries a destination when it is made, so the role has to be allowed to write by then.
resource "aws_cloudwatch_log_destination" "recipient" {
  name       = var.destination_name
  target_arn = aws_kinesis_stream.recipient.arn
  role_arn   = aws_iam_role.recipient.arn

  depends_on = [aws_iam_role_policy.recipient]
}

resource "aws_cloudwatch_log_destination_policy" "recipient" {
  destination_name = aws_cloudwatch_log_destination.recipient.name
  access_policy    = local.destination_access

  lifecycle {
    precondition {
      condition     = length(var.sender_accounts) > 0 || var.organization_id != null
      error_message = "Give sender_accounts, organization_id or both."
    }
  }
}
