# What main.tf made in a sender's account.
# Generated: TAILRACE_WRITE_CONFIG=1 swift test --filter ConfigFilesTests

output "role_arn" {
  description = "By which CloudWatch Logs sends, if the destination admits an organization."
  value       = local.role_arn
}
