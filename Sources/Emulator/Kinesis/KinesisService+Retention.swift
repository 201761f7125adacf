extension KinesisService {
    func increaseRetention(_ request: RetentionRequest, _ caller: Caller) throws(ServiceFault) {
        try changeRetention(request, caller) { stream throws(ServiceFault) in
            guard request.retentionPeriodHours >= stream.retentionHours else {
                throw .invalidArgument(
                    Self.wrongWay(request, stream, "can not be shorter", "Use DecreaseRetentionPeriod API."))
            }
        }
    }

    func decreaseRetention(_ request: RetentionRequest, _ caller: Caller) throws(ServiceFault) {
        try changeRetention(request, caller) { stream throws(ServiceFault) in
            guard request.retentionPeriodHours <= stream.retentionHours else {
                throw .invalidArgument(
                    Self.wrongWay(request, stream, "can not be longer", "Use IncreaseRetentionPeriod API."))
            }
        }
    }

    private func changeRetention(
        _ request: RetentionRequest, _ caller: Caller, _ check: (EmulatedStream) throws(ServiceFault) -> Void
    ) throws(ServiceFault) {
        let (now, hours) = (clock.now(), request.retentionPeriodHours)
        guard (StreamLimits.retentionHoursDefault...StreamLimits.retentionHoursMax).contains(hours) else {
            throw .invalidArgument(
                "Retention period must be between \(StreamLimits.retentionHoursDefault) and "
                    + "\(StreamLimits.retentionHoursMax) hours.")
        }
        try streams.withStream(try request.stream(for: caller), now: now) { stream throws(ServiceFault) in
            try stream.requireActive(at: now)
            try check(stream)
            stream.retentionHours = hours
        }
    }

    private static func wrongWay(
        _ request: RetentionRequest, _ stream: EmulatedStream, _ rule: String, _ advice: String
    ) -> String {
        "Requested retention period (\(request.retentionPeriodHours) hours) for stream \(stream.name.name) \(rule) than "
            + "existing retention period (\(stream.retentionHours) hours). \(advice)"
    }
}
