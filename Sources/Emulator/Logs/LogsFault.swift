/// The refusals of CloudWatch Logs, with AWS's texts.
enum LogsFault {
    static let noGroup = ServiceFault("ResourceNotFoundException", "The specified log group does not exist.")
    static let noStream = ServiceFault("ResourceNotFoundException", "The specified log stream does not exist.")
    static let noDestination = ServiceFault("ResourceNotFoundException", "The specified destination does not exist.")
    static let noFilter = ServiceFault(
        "ResourceNotFoundException", "The specified subscription filter does not exist.")
    static let noAccountPolicy = ServiceFault(
        "ResourceNotFoundException", "The specified account policy does not exist.")
    static let noResource = ServiceFault("ResourceNotFoundException", "The specified resource does not exist.")
    static let groupExists = ServiceFault(
        "ResourceAlreadyExistsException", "The specified log group already exists")
    static let streamExists = ServiceFault(
        "ResourceAlreadyExistsException", "The specified log stream already exists")
    static let limit = ServiceFault("LimitExceededException", "Resource limit exceeded.")
    static let notStandardClass = ServiceFault(
        "InvalidOperationException", "This operation is only supported on the Standard log class.")
    static let tooManyTags = ServiceFault(
        "TooManyTagsException", "A resource can have at most \(LogsLimits.tagsMax) tags.")

    static let outOfOrder = invalidParameter(
        "Log events in a single PutLogEvents request must be in chronological order.")
    static let spanTooLong = invalidParameter(
        "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.")
    static let nameTooLong = invalidParameter(
        "Invalid LogGroup or LogStream, both must have length less than or equal to \(LogsLimits.nameMax).")
    static let badToken = invalidParameter("The specified nextToken is invalid.")

    static func uploadTooLarge(_ bytes: Int) -> ServiceFault {
        invalidParameter("Upload too large: \(bytes) bytes exceeds limit of \(LogsLimits.batchBytesMax)")
    }

    static func eventTooLarge(_ bytes: Int, limit: Int) -> ServiceFault {
        invalidParameter("Log event too large: \(bytes) bytes exceeds limit of \(limit)")
    }

    static func invalidParameter(_ message: String) -> ServiceFault {
        ServiceFault("InvalidParameterException", message)
    }

    /// The body is not JSON, or a member has the wrong type.
    static func serialization(_ message: String) -> ServiceFault { ServiceFault("SerializationException", message) }
}

/// The refusals around destinations and subscription filters.
enum SubscriptionFault {
    static let destinationUnreachable = LogsFault.invalidParameter(
        "Could not deliver test message to specified destination. Check if the destination is valid.")
    static let streamUnreachable = LogsFault.invalidParameter(
        "Could not deliver test message to specified Kinesis stream. Check if the given Kinesis stream is in ACTIVE "
            + "state.")
    static let malformedPolicy = LogsFault.invalidParameter(
        "Error occurred while parsing accessPolicy. Please check if the accessPolicy has been constructed correctly "
            + "using IAM grammar.")
    static let anybody = LogsFault.invalidParameter(
        "Principal section of policy contains `*` instead of account ID: *")
    static let conditionKey = LogsFault.invalidParameter(
        "Only 'aws:PrincipalOrgID' and 'aws:PrincipalOrgPaths' condition keys are allowed in Condition block of the "
            + "policy.")
    static let needsForce = LogsFault.invalidParameter(
        "Cannot update existing policy on Subscription Destination. The existing policy specifies AWS Principals by "
            + "Account Id while the provided policy specifies AWS Principals by Org Id. This can cause subscription "
            + "delivery failures for Subscriptions using this destination that are not configured with a Role. Use "
            + "the Force flag to accept this risk.")
    static let organizationNeedsRole = LogsFault.invalidParameter(
        "Role ARN is required when creating subscription filter against destination with Organization access policy")
    static let streamNeedsRole = LogsFault.invalidParameter(
        "destinationArn for vendor kinesis cannot be used without roleArn")

    static func arnPrincipal(_ arn: String) -> ServiceFault {
        LogsFault.invalidParameter("Principal section of policy contains ARN instead of account ID: \(arn)")
    }

    static func noDestination(named name: String) -> ServiceFault {
        LogsFault.invalidParameter("Destination with name \(name) does not exist")
    }

    static func notAuthorized(
        _ account: String, _ action: SubscriptionAction, _ destinationARN: String
    ) -> ServiceFault {
        ServiceFault(
            "AccessDeniedException",
            "User with accountId: \(account) is not authorized to perform: \(action.rawValue) on resource: "
                + destinationARN)
    }

    static func denied(_ account: String, _ action: SubscriptionAction, _ destinationARN: String) -> ServiceFault {
        ServiceFault(
            "AccessDeniedException",
            "User: arn:aws:iam::\(account):root is not authorized to perform: \(action.rawValue) on resource: "
                + "\(destinationARN) with an explicit deny in a resource-based policy")
    }

    static func vendor(_ service: String) -> ServiceFault {
        LogsFault.invalidParameter(
            "PutSubscriptionFilter operation cannot work with destinationArn for vendor \(service)")
    }

    /// In our own words: AWS refuses too, but nobody wrote down how.
    static func otherRegion(_ region: String, of arn: String) -> ServiceFault {
        LogsFault.invalidParameter(
            "The destination \(arn) must be in the Region of the log groups, which is \(region).")
    }
}
