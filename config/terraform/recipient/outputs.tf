# What the other side and Tailrace need of the recipient's account, once main.tf has been applied.
# Generated: TAILRACE_WRITE_CONFIG=1 swift test --filter ConfigFilesTests

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
