# What is chosen for the recipient's account: main.tf says what it makes.
# Variables without a default have to be given.
# Generated: TAILRACE_WRITE_CONFIG=1 swift test --filter ConfigFilesTests

variable "stream_name" {
  description = "Name of the Kinesis stream. Another name makes another stream."
  type        = string
  default     = "RecipientStream"
  nullable    = false

  validation {
    condition     = can(regex("^([A-Za-z0-9_.-]{1,128})$", var.stream_name))
    error_message = "1 to 128 letters, digits and _ . -."
  }
}

variable "stream_mode" {
  description = "PROVISIONED has a fixed number of shards, ON_DEMAND as many as are needed."
  type        = string
  default     = "PROVISIONED"
  nullable    = false

  validation {
    condition     = contains(["PROVISIONED", "ON_DEMAND"], var.stream_mode)
    error_message = "One of PROVISIONED, ON_DEMAND."
  }
}

variable "shard_count" {
  description = "Shards of a provisioned stream. Each takes 1 MiB and 1,000 records a second."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.shard_count >= 1 && var.shard_count <= 10000
    error_message = "From 1 to 10000."
  }
}

variable "retention_hours" {
  description = "How long the stream keeps records: the time there is to read them after a breakdown."
  type        = number
  default     = 24
  nullable    = false

  validation {
    condition     = var.retention_hours >= 24 && var.retention_hours <= 8760
    error_message = "From 24 to 8760."
  }
}

variable "key_arn" {
  description = "ARN of the KMS key that encrypts the stream, which is not encrypted without one."
  type        = string
  default     = null

  validation {
    condition     = var.key_arn == null || can(regex("^(arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+)$", var.key_arn))
    error_message = "A key's ARN, not that of an alias."
  }
}

variable "role_name" {
  description = "Name of the role by which CloudWatch Logs writes to the stream."
  type        = string
  default     = "CWLtoKinesisRole"
  nullable    = false

  validation {
    condition     = can(regex("^([A-Za-z0-9+=,.@_-]{1,64})$", var.role_name))
    error_message = "1 to 64 letters, digits and + = , . @ - _."
  }
}

variable "destination_name" {
  description = "Name of the CloudWatch Logs destination."
  type        = string
  default     = "testDestination"
  nullable    = false

  validation {
    condition     = can(regex("^([A-Za-z0-9 ._/#+=@-]{1,512})$", var.destination_name))
    error_message = "1 to 512 letters, digits, blanks and . _ / # + = @ -."
  }
}

variable "sender_accounts" {
  description = "Ids of the accounts that may send."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for text in var.sender_accounts : can(regex("^([0-9]{12})$", text))])
    error_message = "Account ids of 12 digits."
  }
}

variable "organization_id" {
  description = "Id of the organization whose accounts may send. Each of them then needs a role of its own."
  type        = string
  default     = null

  validation {
    condition     = var.organization_id == null || can(regex("^(o-[a-z0-9]{10,32})$", var.organization_id))
    error_message = "An id such as o-1234567890."
  }
}

variable "whole_accounts" {
  description = "Whether senders may subscribe all their log groups at once, by an account policy."
  type        = bool
  default     = false
  nullable    = false
}
