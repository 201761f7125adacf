internal import AWS

/// What AWS's errors mean for a call of set-up. The texts were recorded from AWS.
extension SetupCall {
    /// Whether it may succeed by itself within minutes: a role is not known everywhere yet, or somebody else is at it.
    func mayYetSucceed(after error: AWSError) -> Bool {
        // AWS takes five of most of these a second, and says so for many log groups.
        if error.isThrottle { return true }
        if ["OperationAbortedException", "ConcurrentModification"].contains(error.code) { return true }
        switch self {
        case .destination(_, .put):
            return error.code == "InvalidParameterException" && error.message.contains("Could not deliver test message")
        case .subscription(_, .putFilter), .subscription(_, .putPolicy):
            let mayBeNew = error.message.contains("permission to assume the provided role")
            return waitsForRoles && (mayBeNew || error.message.contains("Could not deliver test message"))
        case .stream(_, let call):
            // A stream that is UPDATING refuses the next change.
            switch call {
            case .create, .delete: return false
            case .waitUntilActive, .increaseRetention, .encrypt, .tag: break
            }
            return error.code == "ResourceInUseException"
        // What IAM was told a moment ago it may not know yet: of a role that was made, of policies that were deleted.
        case .role(_, .setTrust), .role(_, .tag), .role(_, .putPolicy): return error.code == "NoSuchEntity"
        case .role(_, .delete): return error.code == "DeleteConflict"
        case .role, .destination, .subscription: return false
        }
    }

    /// What to do about `error`; `nil` when AWS's own words are enough.
    func advice(on error: AWSError) -> String? {
        if error.message.contains("iam:PassRole") {
            return "these credentials need iam:PassRole on the role, to hand it to CloudWatch Logs"
        }
        switch self {
        case .destination: return destinationAdvice(error)
        case .subscription(let region, let call): return call.advice(on: error, region: region)
        case .stream(_, .create) where error.isQuota:
            return
                "the account's quota of shards is used up, or five streams are CREATING: ask for fewer shards, have the "
                + "quota raised, or run this again later"
        case .stream(_, .delete) where error.code == "ResourceInUseException":
            return "somebody reads it by enhanced fan-out: aws kinesis list-stream-consumers names them"
        case .stream, .role:
            return error.isUnauthorized ? "these credentials need the right to do that" : nil
        }
    }

    private func destinationAdvice(_ error: AWSError) -> String? {
        if error.message.contains("Use the Force flag") {
            return "first every sender's filter needs a role; then give --force"
        }
        return error.isUnauthorized ? "these credentials need the right to do that" : nil
    }
}

extension SubscriptionCall {
    fileprivate func advice(on error: AWSError, region: String) -> String? {
        let message = error.message
        switch error.code {
        case "LimitExceededException" where isAboutAccount:
            return "an account has one subscription policy in a Region: tailrace verify sender names it"
        case "LimitExceededException":
            return
                "the log group has as many subscription filters as AWS allows (5 by the default quota L-87E7D306): remove "
                + "one that is not needed (aws logs describe-subscription-filters), or have the quota raised"
        case "ResourceNotFoundException" where message.contains("destination"):
            return
                "the recipient has no such destination in \(region): compare its ARN with what tailrace setup recipient "
                + "printed"
        case "AccessDeniedException" where message.hasPrefix("User with accountId"):
            return
                "the destination does not admit this account: the recipient runs tailrace setup recipient --sender with "
                + "its id"
        case "InvalidParameterException" where message.contains("Role ARN is required"):
            return "the destination admits an organization, so that a role is needed: give --with-role"
        case "ValidationException" where message.contains("assume the provided role"):
            return "CloudWatch Logs cannot use the role: tailrace verify sender says what it lacks"
        default: return error.isUnauthorized ? "these credentials need the right to do that" : nil
        }
    }
}

extension AWSError {
    /// Whether `call` found its work done, by an earlier attempt whose answer was lost for instance.
    ///
    /// Only for what has no other meaning: a plan was made on what was there a moment ago.
    func isAlreadyDone(_ call: SetupCall) -> Bool {
        guard mayHaveBeenDone else { return false }
        return switch call {
        case .stream(_, .create): code == "ResourceInUseException"
        case .role(_, .create): code == "EntityAlreadyExists"
        case .stream, .role, .destination, .subscription: false
        }
    }
}
