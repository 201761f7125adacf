/// The part of KMS that setting up an encrypted stream meets. It has no key policies and no grants.
///
/// https://docs.aws.amazon.com/kms/latest/APIReference/Welcome.html
actor KeyService: EmulatedService {
    static let targetPrefix = "TrentService"
    static let signingName = "kms"

    enum Operation: String, CaseIterable, Sendable {
        case createKey = "CreateKey"
        case describeKey = "DescribeKey"
        case disableKey = "DisableKey"
        case enableKey = "EnableKey"
        case scheduleKeyDeletion = "ScheduleKeyDeletion"
        case cancelKeyDeletion = "CancelKeyDeletion"
    }

    nonisolated let clock: WallClock
    /// For the ids of keys.
    private let random: @Sendable () -> UInt64
    /// By ARN.
    var keys: [String: EmulatedKey] = [:]
    /// The ARNs of AWS's own keys for Kinesis, by account and Region.
    private var kinesisKeys: [LogsPlace: String] = [:]

    init(clock: WallClock, random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }) {
        self.clock = clock
        self.random = random
    }

    nonisolated func answer(
        operation name: String, body: [UInt8], caller: Caller
    ) async throws(ServiceFault) -> [UInt8] {
        guard let operation = Operation(rawValue: name) else {
            throw ServiceFault("UnknownOperationException", "The emulator has no operation \(name) of KMS.")
        }
        switch operation {
        case .createKey:
            let request = try ServiceJSON.decode(CreateKeyRequest.self, from: body)
            return ServiceJSON.encode(KeyReply(try await createKey(request, caller)))
        case .describeKey:
            let request = try ServiceJSON.decode(OneKeyRequest.self, from: body)
            return ServiceJSON.encode(KeyReply(try await key(request.keyId, caller)))
        case .disableKey:
            try await enable(false, ServiceJSON.decode(OneKeyRequest.self, from: body), caller)
            return []
        case .enableKey:
            try await enable(true, ServiceJSON.decode(OneKeyRequest.self, from: body), caller)
            return []
        case .scheduleKeyDeletion:
            let request = try ServiceJSON.decode(ScheduleKeyDeletionRequest.self, from: body)
            return ServiceJSON.encode(try await scheduleDeletion(request, caller))
        case .cancelKeyDeletion:
            let request = try ServiceJSON.decode(OneKeyRequest.self, from: body)
            return ServiceJSON.encode(try await cancelDeletion(request, caller))
        }
    }
}

extension KeyService {
    private func createKey(_ request: CreateKeyRequest, _ caller: Caller) throws(ServiceFault) -> EmulatedKey {
        let specs = [request.keySpec, request.customerMasterKeySpec].compactMap(\.self)
        guard specs.allSatisfy({ $0 == "SYMMETRIC_DEFAULT" }),
            request.keyUsage ?? "ENCRYPT_DECRYPT" == "ENCRYPT_DECRYPT",
            request.origin ?? "AWS_KMS" == "AWS_KMS", request.multiRegion != true
        else {
            throw ServiceFault(
                "UnsupportedOperationException",
                "The emulator makes symmetric keys of one Region, with key material of KMS's own.")
        }
        return add(request.description ?? "", .customer, account: caller.account, region: caller.region)
    }

    func key(_ name: String, _ caller: Caller) throws(ServiceFault) -> EmulatedKey {
        switch KeyName(name, account: caller.account, region: caller.region) {
        case .key(let arn):
            guard let key = held(arn) else { throw ServiceFault("NotFoundException", "Key '\(arn)' does not exist") }
            return key
        case .kinesis(let account, let region): return kinesisKey(account: account, region: region)
        case .unknownAlias(let arn): throw ServiceFault("NotFoundException", "Alias \(arn) is not found.")
        case .elsewhere(let region): throw ServiceFault("NotFoundException", "Invalid arn \(region)")
        case nil: throw ServiceFault("InvalidArnException", "Invalid arn \(name)")
        }
    }

    private func held(_ arn: String) -> EmulatedKey? {
        guard let key = keys[arn], key.isDeleted(at: clock.now()) else { return keys[arn] }
        keys[arn] = nil
        return nil
    }

    private func kinesisKey(account: String, region: String) -> EmulatedKey {
        let place = LogsPlace(account: account, region: region)
        if let arn = kinesisKeys[place], let key = keys[arn] { return key }
        let text = "Default key that protects my Kinesis data when no other key is defined"
        let key = add(text, .aws, account: account, region: region)
        kinesisKeys[place] = key.arn
        return key
    }

    private func add(_ text: String, _ owner: EmulatedKey.Owner, account: String, region: String) -> EmulatedKey {
        let key = EmulatedKey(
            id: RandomKey.uuid(random), account: account, region: region, description: text, owner: owner,
            made: clock.now())
        keys[key.arn] = key
        return key
    }
}

extension KeyService: StreamKeys {
    func key(_ name: String, account: String, region: String) -> StreamKey? {
        let found: EmulatedKey? =
            switch KeyName(name, account: account, region: region) {
            case .key(let arn): held(arn)
            case .kinesis(let account, let region): kinesisKey(account: account, region: region)
            case .unknownAlias, .elsewhere, nil: nil
            }
        return found.map { key in
            let state: StreamKey.State =
                switch key.state {
                case .enabled: .enabled
                case .disabled: .disabled
                case .pendingDeletion: .pendingDeletion
                }
            return StreamKey(arn: key.arn, state: state, needsRight: key.owner == .customer)
        }
    }
}
