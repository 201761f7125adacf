/// What became of a PutLogEvents call, as far as delivering cares.
package enum PutOutcome: Hashable, Sendable {
    /// AWS took the call; it may have rejected some events, or all.
    case taken(RejectedIndexes)
    /// InvalidParameterException: something about the events is wrong and repeating will not help. AWS's text, masked.
    case refused(String)
    /// The log group or the log stream does not exist. AWS's text.
    case missing(String)
    case failed(Trouble)
}

/// What became of CreateLogGroup, CreateLogStream or PutRetentionPolicy.
package enum CreateOutcome: Hashable, Sendable {
    case done
    /// ResourceAlreadyExistsException.
    case existed
    /// ResourceNotFoundException: what it should be in, or be set on, does not exist. AWS's text.
    case missing(String)
    /// OperationAbortedException: somebody else is at it. Normal where several instances start at once.
    case busy
    case failed(Trouble)
}

/// Trouble that may heal: waited out and tried again for ever.
package struct Trouble: Hashable, Sendable {
    /// AWS's code and text or the network's, masked, for a person.
    package let cause: String
    /// Needs a person (rights, keys, quotas), so it is tried at the longest interval from the start.
    package let needsAPerson: Bool
    /// The call may have had its effect all the same: its answer was lost.
    package let mayHaveWorked: Bool

    package init(_ cause: String, needsAPerson: Bool = false, mayHaveWorked: Bool = false) {
        self.cause = cause
        self.needsAPerson = needsAPerson
        self.mayHaveWorked = mayHaveWorked
    }
}
