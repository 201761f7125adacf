@testable import Setup

/// Set-up as Terraform modules.
enum TerraformModules {
    static let recipient = files(
        "recipient",
        [
            ("main", recipientMain), ("policies", recipientPolicies), ("outputs", recipientOutputs),
            ("variables", variables(Parameter.recipient(senders: nil), "the recipient's account")),
        ])

    static let sender = files(
        "sender",
        [
            ("main", senderMain), ("policies", senderPolicies), ("outputs", senderOutputs),
            (
                "variables",
                variables(Parameter.sender + [Parameter.logGroups] + Parameter.subscription, "a sender's account")
            ),
        ])

    private static func files(_ module: String, _ texts: [(String, String)]) -> [(path: String, text: String)] {
        texts.map { ("terraform/\(module)/\($0).tf", $1) }
    }

    private static func variables(_ parameters: [Parameter], _ whose: String) -> String {
        """
        # What is chosen for \(whose): main.tf says what it makes.
        # Variables without a default have to be given.
        # \(ConfigFiles.generated)

        """ + parameters.map { "\n\($0.block)" }.joined()
    }

    /// `others` are locals that are no documents.
    private static func policies(
        _ whose: String, others: [String] = [], _ documents: [(name: String, draft: Draft)]
    ) -> String {
        let locals = others + documents.map { "  \($0) = jsonencode(\($1.expression(indent: 2)))" }
        return """
            # The policies of \(whose), as tailrace setup gives them to AWS: main.tf puts them where they belong.
            # They need the variables of this module and the locals in main.tf.
            # \(ConfigFiles.generated)

            locals {
            \(locals.joined(separator: "\n\n"))
            }

            """
    }

    /// Where both modules begin. `provider` is the oldest version that knows what the module uses.
    private static func surroundings(provider: String) -> String {
        """
        terraform {
          required_version = ">= 1.5"

          required_providers {
            aws = {
              source  = "hashicorp/aws"
              version = ">= \(provider)"
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
        """
    }
}

// MARK: the recipient

extension TerraformModules {
    private static let recipientPolicies = policies(
        "the recipient's account",
        [
            ("recipient_trust", DraftedDocuments.recipientTrust),
            ("recipient_permissions", DraftedDocuments.recipientPermissions),
            ("destination_access", DraftedDocuments.destinationAccess),
        ])

    private static let recipientMain = """
        # The recipient's account: a Kinesis stream, a role that may write to it, a destination and who may send there.
        # Needs a provider in the senders' Region, and sender_accounts, organization_id or both:
        #   module "tailrace_recipient" {
        #     source          = "./recipient"
        #     sender_accounts = ["111111111111"]
        #   }
        # Then give each sender the output destination_arn. Destroying this destroys the stream and what is in it.
        # \(ConfigFiles.generated)

        \(surroundings(provider: "6.0"))

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
          name   = "\(RecipientGoal.permissionsName)"
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

        """

    private static let recipientOutputs = """
        # What the other side and Tailrace need of the recipient's account, once main.tf has been applied.
        # \(ConfigFiles.generated)

        output "destination_arn" {
          description = "What each sender needs."
          value       = aws_cloudwatch_log_destination.recipient.arn

          # Nobody may send before.
          depends_on = [aws_cloudwatch_log_destination_policy.recipient]
        }

        output "stream_arn" {
          description = "What Tailrace reads."
          value       = aws_kinesis_stream.recipient.arn
        }

        """
}

// MARK: a sender

extension TerraformModules {
    private static let senderPolicies = policies(
        "a sender's account",
        others: [
            #"  log_groups = length(var.log_groups) == 0 ? ["*"] : var.log_groups"#,
            "  selection_criteria = length(var.except_log_groups) == 0 ? null : \"\(criteria)\"",
        ],
        [
            ("sender_trust", DraftedDocuments.senderTrust), ("sender_permissions", DraftedDocuments.senderPermissions),
            ("whole_account", DraftedDocuments.wholeAccount),
        ])

    private static let senderMain = """
        # A sender's account: sends some log groups, or all of them, to a recipient's destination in the same Region.
        # Needs destination_arn, which the recipient's module puts out, and role_name if it admits an organization:
        #   module "tailrace_sender" {
        #     source          = "./sender"
        #     destination_arn = "arn:aws:logs:us-east-1:999999999999:destination:testDestination"
        #     log_groups      = ["CloudTrail"]
        #     filter_pattern  = "{$.userIdentity.type = Root}"
        #   }
        # \(ConfigFiles.generated)

        \(surroundings(provider: "6.28"))

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

          name   = "\(SenderGoal.permissionsName)"
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

        """

    /// The list as JSON, which has the same form as AWS's.
    private static let criteria = DraftedDocuments.criteriaText.replacing(
        #"["${ExceptLogGroups}"]"#, with: "${jsonencode(var.except_log_groups)}")

    private static let senderOutputs = """
        # What main.tf made in a sender's account.
        # \(ConfigFiles.generated)

        output "role_arn" {
          description = "By which CloudWatch Logs sends, if the destination admits an organization."
          value       = local.role_arn
        }

        """
}
