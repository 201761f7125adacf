# What is chosen for a sender's account: main.tf says what it makes.
# Variables without a default have to be given.
# Generated: TAILRACE_WRITE_CONFIG=1 swift test --filter ConfigFilesTests

variable "destination_arn" {
  description = "ARN of the recipient's destination, in the Region of the log groups."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(arn:aws[a-z-]*:logs:[a-z0-9-]+:[0-9]{12}:destination:[^:*\"\\\\]{1,512})$", var.destination_arn))
    error_message = "Such as arn:aws:logs:us-east-1:999999999999:destination:testDestination."
  }
}

variable "log_groups" {
  description = "The log groups to send. An empty list for every log group of the account in this Region, those to come as well."
  type        = list(string)
  nullable    = false

  validation {
    condition     = alltrue([for text in var.log_groups : can(regex("^([A-Za-z0-9._/#-]{1,512})$", text))])
    error_message = "Each of 1 to 512 letters, digits and . - _ / #."
  }
}

variable "filter_name" {
  description = "Name of the subscription filter, or of the account policy."
  type        = string
  default     = "RecipientStream"
  nullable    = false

  validation {
    condition     = can(regex("^([A-Za-z0-9 ._/#+=@-]{1,512})$", var.filter_name))
    error_message = "1 to 512 letters, digits, blanks and . _ / # + = @ -."
  }
}

variable "filter_pattern" {
  description = "Which events are sent, { $.userIdentity.type = Root } for instance; all if it is empty."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = length(var.filter_pattern) <= 1024
    error_message = "At most 1024 characters."
  }
}

variable "distribution" {
  description = "ByLogStream keeps the order of each log stream, Random spreads it over the shards."
  type        = string
  default     = "ByLogStream"
  nullable    = false

  validation {
    condition     = contains(["ByLogStream", "Random"], var.distribution)
    error_message = "One of ByLogStream, Random."
  }
}

variable "emit_system_fields" {
  description = "System fields that are sent along, which a subscription of a whole account has none of."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for text in var.emit_system_fields : can(regex("^(@aws[.]account|@aws[.]region|@source[.]log)$", text))])
    error_message = "Of @aws.account, @aws.region, @source.log."
  }
}

variable "role_name" {
  description = "Needed where the destination admits an organization: the name of the role to make, such as CWLtoSubscriptionFilterRole."
  type        = string
  default     = null

  validation {
    condition     = var.role_name == null || can(regex("^([A-Za-z0-9+=,.@_-]{1,64})$", var.role_name))
    error_message = "1 to 64 letters, digits and + = , . @ - _."
  }
}

variable "except_log_groups" {
  description = "For a whole account: log groups that are not sent. Name whatever the stream's events are written to, or they are sent again without end."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for text in var.except_log_groups : can(regex("^([A-Za-z0-9._/#-]{1,512})$", text))])
    error_message = "Each of 1 to 512 letters, digits and . - _ / #."
  }
}
