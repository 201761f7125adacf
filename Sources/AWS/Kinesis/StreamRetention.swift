extension KinesisClient {
    /// Keeps records longer, up to 8,760 hours. `InvalidArgumentException`: they are kept that long already, or longer.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_IncreaseStreamRetentionPeriod.html
    package func increaseRetention(of stream: StreamReference, toHours hours: Int) async throws {
        try await service.call("IncreaseStreamRetentionPeriod", RetentionRequest(stream, hours: hours))
    }

    /// Keeps records less long, down to 24 hours. Records older than that can be read no more, at once.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DecreaseStreamRetentionPeriod.html
    package func decreaseRetention(of stream: StreamReference, toHours hours: Int) async throws {
        try await service.call("DecreaseStreamRetentionPeriod", RetentionRequest(stream, hours: hours))
    }
}

private struct RetentionRequest: Encodable {
    let streamName: String?
    let streamARN: String?
    let retentionPeriodHours: Int

    init(_ stream: StreamReference, hours: Int) {
        streamName = stream.name
        streamARN = stream.arn
        retentionPeriodHours = hours
    }
}
