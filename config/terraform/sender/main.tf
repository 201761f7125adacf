# A sender's account: sends some log groups, or all of them, to a recipient's destination in the same Region.
# Needs destination_arn, which the recipient's module puts out, and role_name if it admits an organization:
#   module "tailrace_sender" {
#     source          = "./sender"
#     destination_arn = "arn:aws:logs:us-east-1:999999999999:destination:testDestination"
#     log_groups      = ["CloudTrail"]
#     filter_pattern  = "{$.userIdentity.type = Root}"
#   }
# Generated: TAILRACE_WRITE_CONFIG=1 swift test --filter ConfigFilesTests

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.28"
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

locals {
  role_arn = one(aws_iam_role.sender[*].arn)
}

resource "aws_iam_role" "sender" {
  count = var.role_name == null ? 0 : 1

  name               = var.role_name
  assume_role_policy = local.sender_trust
}

resource "aws_iam_role_policy" "sender" {
  count = var.role_name == null ? 0 : 1

  name   = "Permissions-Policy-For-CWL-Subscription-filter"
  role   = aws_iam_role.sender[0].name
  policy = local.sender_permissions
}

resource "aws_cloudwatch_log_subscription_filter" "sender" {
  for_each = toset(var.log_groups)

  name               = var.filter_name
  log_group_name     = each.value
  filter_pattern     = var.filter_pattern
  destination_arn    = var.destination_arn
  role_arn           = local.role_arn
  distribution       = var.distribution
  emit_system_fields = var.emit_system_fields

  depends_on = [aws_iam_role_policy.sender]
}

resource "aws_cloudwatch_log_account_policy" "sender" {
  count = length(var.log_groups) == 0 ? 1 : 0

  policy_name        = var.filter_name
  policy_type        = "SUBSCRIPTION_FILTER_POLICY"
  scope              = "ALL"
  policy_document    = local.whole_account
  selection_criteria = local.selection_criteria

  depends_on = [aws_iam_role_policy.sender]
}
