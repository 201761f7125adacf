/// Who calls, as the signature says, and where.
struct Caller: Hashable, Sendable {
    /// Twelve digits.
    let account: String
    /// `us-east-1` and the like, from the credential scope.
    let region: String
    let accessKeyID: String
    var principal = Principal.account
}

/// One AWS service of the emulator: told an operation, answers with a body.
protocol EmulatedService: Sendable {
    /// What stands before the dot of `X-Amz-Target`, `Kinesis_20131202` for instance.
    static var targetPrefix: String { get }

    /// The service's name in a credential scope. Unless a service says otherwise it stands at the head of `targetPrefix`.
    static var signingName: String { get }

    /// In which calls can be made.
    static var encodings: Set<BodyEncoding> { get }

    /// What a signed call asks of the caller's policies. Unless a service says otherwise, its own action on `*`.
    func neededRights(
        operation: String, body: [UInt8], encoding: BodyEncoding, caller: Caller
    ) async -> [NeededRight]

    /// Answers one JSON 1.1 call with the reply's body, or refuses it as AWS would.
    func answer(operation: String, body: [UInt8], caller: Caller) async throws(ServiceFault) -> [UInt8]

    /// The same in one of `encodings`, for a service that has several or holds parts of its replies ready. Unless a service
    /// says otherwise there is JSON alone, and this is `answer`.
    func reply(
        operation: String, body: [UInt8], encoding: BodyEncoding, caller: Caller
    ) async throws(ServiceFault) -> ReplyBody
}

extension EmulatedService {
    /// `kinesis` for `Kinesis_20131202`, `logs` for `Logs_20140328`.
    static var signingName: String { targetPrefix.prefix { $0 != "_" }.lowercased() }

    static var encodings: Set<BodyEncoding> { [.json] }

    func reply(
        operation: String, body: [UInt8], encoding: BodyEncoding, caller: Caller
    ) async throws(ServiceFault) -> ReplyBody {
        ReplyBody(try await answer(operation: operation, body: body, caller: caller))
    }
}

/// An error reply: AWS's code and message, in AWS's shape.
struct ServiceFault: Error, Hashable, Sendable {
    let code: String
    let message: String
    let status: Int

    init(_ code: String, _ message: String, status: Int = 400) {
        self.code = code
        self.message = message
        self.status = status
    }
}

/// What CloudWatch Logs needs of Kinesis to deliver a subscription payload.
protocol StreamWriter: Sendable {
    /// Whether the stream that `arn` names is there and ACTIVE or UPDATING.
    func canTakeRecords(streamARN arn: String) async -> Bool

    /// The customer's key that the stream is encrypted with; `nil` for none. Unless a writer says otherwise, there is none.
    func keyARN(ofStream arn: String) async -> String?

    /// Writes one record to the shard that `partitionKey` hashes to.
    func write(_ data: [UInt8], partitionKey: String, streamARN arn: String) async throws(ServiceFault)
}

extension StreamWriter {
    func keyARN(ofStream arn: String) async -> String? { nil }
}

/// The emulator's only source of time, so that a test can choose it.
package struct WallClock: Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let now: @Sendable () -> Int64

    package init(now: @escaping @Sendable () -> Int64) { self.now = now }
}
