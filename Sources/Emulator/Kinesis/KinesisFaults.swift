/// What Kinesis says when it refuses.
extension ServiceFault {
    static func invalidArgument(_ message: String) -> ServiceFault {
        ServiceFault("InvalidArgumentException", message)
    }

    static func invalidARN(_ arn: String) -> ServiceFault { invalidArgument("Invalid stream ARN: \(arn)") }

    static func notFound(_ message: String) -> ServiceFault { ServiceFault("ResourceNotFoundException", message) }

    static func streamNotFound(_ stream: EmulatedStreamName) -> ServiceFault {
        notFound("Stream \(stream.name) under account \(stream.account) not found.")
    }

    static func shardNotFound(_ shard: String, in stream: EmulatedStreamName) -> ServiceFault {
        notFound("Could not find shard \(shard) in stream \(stream.name) under account \(stream.account).")
    }

    static func inUse(_ message: String) -> ServiceFault { ServiceFault("ResourceInUseException", message) }

    static func limitExceeded(_ message: String) -> ServiceFault { ServiceFault("LimitExceededException", message) }

    static func accessDenied(_ caller: Caller, arn: String) -> ServiceFault {
        ServiceFault(
            "AccessDeniedException",
            "User: \(caller.arn) is not authorized to access resource: \(arn) "
                + "because no resource-based policy allows it")
    }

    static func rateExceeded(_ shard: String, in stream: EmulatedStreamName) -> ServiceFault {
        ServiceFault(
            "ProvisionedThroughputExceededException",
            "Rate exceeded for shard \(shard) in stream \(stream.name) under account \(stream.account).")
    }

    static func expiredIterator(issued: Int64, now: Int64, lifetime: Int64) -> ServiceFault {
        ServiceFault(
            "ExpiredIteratorException",
            "Iterator expired. The iterator was created at time \(DateText.message(issued)) while right now it "
                + "is \(DateText.message(now)) which is further in the future than the tolerated delay of "
                + "\(lifetime) milliseconds.")
    }

    /// One member breaks its constraint, in the words of AWS's request validation.
    static func validation(_ member: String, value: String?, _ constraint: String) -> ServiceFault {
        let shown = value.map { "'\($0)'" } ?? "null"
        return ServiceFault(
            "ValidationException",
            "1 validation error detected: Value \(shown) at '\(member)' failed to satisfy constraint: \(constraint)")
    }
}
