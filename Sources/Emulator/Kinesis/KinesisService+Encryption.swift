extension KinesisService {
    func startEncryption(_ request: EncryptionRequest, _ caller: Caller) async throws(ServiceFault) {
        let name = try request.stream(for: caller)
        try request.requireKMS()
        try requireStream(name)
        let key = try await keys.usableKey(request.keyId, account: name.account, region: name.region)
        let now = clock.now()
        let encryption = StreamEncryption(keyID: request.keyId, keyARN: key.arn, needsRight: key.needsRight)
        let ready = streams.ready(after: now)
        try streams.withStream(name, now: now) { stream throws(ServiceFault) in
            try stream.encrypt(with: encryption, now: now, ready: ready)
        }
    }

    /// The key that is named does not matter, nor whether the stream has one: AWS's page says nothing of either.
    func stopEncryption(_ request: EncryptionRequest, _ caller: Caller) throws(ServiceFault) {
        let now = clock.now()
        let ready = streams.ready(after: now)
        try request.requireKMS()
        try streams.withStream(try request.stream(for: caller), now: now) { stream throws(ServiceFault) in
            try stream.encrypt(with: nil, now: now, ready: ready)
        }
    }

    /// Refuses when the stream is encrypted with a key that cannot be used. What this finds may have changed when it returns.
    func requireUsableKey(of name: EmulatedStreamName) async throws(ServiceFault) {
        let encryption = try streams.withStream(name, now: clock.now()) { $0.encryption }
        guard let encryption else { return }
        _ = try await keys.usableKey(encryption.keyARN, account: name.account, region: name.region)
    }

    private func requireStream(_ name: EmulatedStreamName) throws(ServiceFault) {
        try streams.withStream(name, now: clock.now()) { _ in }
    }
}

extension EncryptionRequest {
    fileprivate func requireKMS() throws(ServiceFault) {
        switch encryptionType {
        case .kms: return
        case .none: throw .invalidArgument("The only valid EncryptionType is KMS.")
        }
    }
}
