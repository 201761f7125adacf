extension KinesisService: StreamWriter {
    func canTakeRecords(streamARN arn: String) -> Bool {
        let now = clock.now()
        guard let name = EmulatedStreamName(arn: arn), let stream = streams.stream(name, now: now) else { return false }
        switch stream.status(at: now) {
        case .active, .updating: return true
        case .creating, .deleting: return false
        }
    }

    nonisolated func write(_ data: [UInt8], partitionKey: String, streamARN arn: String) async throws(ServiceFault) {
        guard let name = EmulatedStreamName(arn: arn) else { throw .invalidARN(arn) }
        _ = try await write([EmulatedStream.Entry(data, partitionKey: partitionKey)], to: name)
    }
}
