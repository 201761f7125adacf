# The policies of a sender's account, as tailrace setup gives them to AWS: main.tf puts them where they belong.
# They need the variables of this module and the locals in main.tf.
# Generated: TAILRACE_WRITE_CONFIG=1 swift test --filter ConfigFilesTests

locals {
  log_groups = length(var.log_groups) == 0 ? ["*"] : var.log_groups

  selection_criteria = length(var.except_log_groups) == 0 ? null : "LogGroupName NOT IN ${jsonencode(var.except_log_groups)}"

  sender_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "logs.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      }
    ]
  })

  sender_permissions = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "logs:PutLogEvents"
        Resource = [for group in local.log_groups : "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:${group}:*"]
      }
    ]
  })

  whole_account = jsonencode(merge(
    {
      DestinationArn = var.destination_arn
      FilterPattern  = var.filter_pattern
      Distribution   = var.distribution
    },
    var.role_name == null ? {} : { RoleArn = local.role_arn }
  ))
}
