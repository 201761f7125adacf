import AWS
import Core
import Foundation
import HTTPClient
import Locking

@testable import Signing

/// Plays its steps in order and keeps every request.
actor ScriptedSender: HTTPSender {
    enum Step: Sendable {
        case reply(Int, String, [String: String])
        case bytes(Int, [UInt8], [String: String])
        case fail(HTTPFailure.Kind)
        case cancel

        /// A success as AWS sends it.
        static func ok(_ body: String) -> Step { .reply(200, body, ["x-amzn-RequestId": "id-1"]) }

        static func refuse(_ code: String, _ status: Int = 400, headers: [String: String] = [:]) -> Step {
            .reply(status, #"{"__type":"\#(code)","message":"because"}"#, headers)
        }
    }

    private var steps: [Step]
    private(set) var requests: [HTTPRequest] = []

    init(_ steps: [Step]) { self.steps = steps }

    var isDone: Bool { steps.isEmpty }

    func perform(_ request: HTTPRequest) async throws -> HTTPResponse {
        requests.append(request)
        guard !steps.isEmpty else { throw HTTPFailure(.badRequest, "the script has no further step") }
        switch steps.removeFirst() {
        case .reply(let status, let body, let headers):
            let fields = headers.map { HTTPHeader(name: $0.key, value: $0.value) }
            return HTTPResponse(status: status, headers: HTTPHeaders(fields), body: Array(body.utf8))
        case .bytes(let status, let body, let headers):
            let fields = headers.map { HTTPHeader(name: $0.key, value: $0.value) }
            return HTTPResponse(status: status, headers: HTTPHeaders(fields), body: body)
        case .fail(let kind): throw HTTPFailure(kind, "as scripted", mayHaveBeenSent: kind == .timedOut)
        case .cancel: throw CancellationError()
        }
    }

    func header(_ name: String, ofRequest index: Int) -> String? { requests[index].headers[name] }

    /// The encodings of all requests so far, `json` and `cbor`.
    var encodings: [String] {
        requests.compactMap { $0.headers["Content-Type"]?.split(separator: "-").dropLast().last.map(String.init) }
    }

    /// The operations that were asked for, in order, of a service that speaks JSON.
    var operations: [String] {
        requests.map { $0.headers["X-Amz-Target"].map { String($0.drop { $0 != "." }.dropFirst()) } ?? "" }
    }

    var bodies: [String] { requests.map { String(decoding: $0.body, as: UTF8.self) } }

    func body(ofRequest index: Int) -> String { String(decoding: requests[index].body, as: UTF8.self) }
}

/// A clock that stands still unless told otherwise, sleeps that take no time, and the longest jitter.
final class StillWorld: Sendable {
    /// 20261120T120000Z.
    static let noon = UTCTime(milliseconds: 1_795_176_000_000)

    private let time = Locked(StillWorld.noon)
    private let slept = Locked<[Duration]>([])

    var sleeps: [Duration] { slept.withLock { $0 } }

    func set(_ now: UTCTime) { time.withLock { $0 = now } }

    var surroundings: Surroundings {
        Surroundings(
            now: { self.time.withLock { $0 } },
            sleep: { duration in self.slept.withLock { $0.append(duration) } },
            jitter: { 1 })
    }
}

/// Hands out its credentials one after the other, each when the one before was refused.
actor RotatingCredentials: CredentialsProvider {
    private let values: [Credentials]
    private(set) var asked = 0
    private(set) var refused: [Credentials] = []

    init(_ values: [Credentials]) { self.values = values }

    func credentials() async throws -> Credentials {
        asked += 1
        return values[min(refused.count, values.count - 1)]
    }

    func credentials(insteadOf refused: Credentials) async throws -> Credentials {
        self.refused.append(refused)
        return values[min(self.refused.count, values.count - 1)]
    }
}

extension Credentials {
    static let example = Credentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    static let temporary = Credentials(
        accessKeyID: "ASIDEXAMPLE", secretAccessKey: "another/secret+key", sessionToken: "FwoGZXIvYXdzEPT//short==")
}

/// A client of one service at a made-up address.
func service(
    _ service: AWSService, against sender: any HTTPSender,
    as credentials: any CredentialsProvider = FixedCredentials(.example),
    rules: RetryRules = .standard, surroundings: Surroundings = StillWorld().surroundings
) throws -> ServiceClient {
    guard let endpoint = ServiceEndpoint(url: "https://aws.example:8443", region: "eu-west-1") else {
        throw AWSSettingsError("no address")
    }
    return ServiceClient(
        service: service, endpoint: endpoint, credentials: credentials, sender: sender, rules: rules,
        surroundings: surroundings)
}

/// The same against a script.
struct Bench {
    let sender: ScriptedSender
    let world = StillWorld()
    let service: ServiceClient

    init(
        _ service: AWSService = .kinesis, credentials: any CredentialsProvider = FixedCredentials(.example),
        rules: RetryRules = .standard, _ steps: ScriptedSender.Step...
    ) throws {
        sender = ScriptedSender(steps)
        self.service = try AWSTests.service(
            service, against: sender, as: credentials, rules: rules, surroundings: world.surroundings)
    }

    /// A call that says little, for tests of what is around it.
    func ask() async throws -> StreamSummary { try await KinesisClient(service).summary(of: .name("s")) }

    /// What `ask` throws.
    func refusal() async -> AWSError? {
        do {
            _ = try await ask()
            return nil
        } catch {
            return error as? AWSError
        }
    }

    static let summary = ScriptedSender.Step.ok(
        #"{"StreamDescriptionSummary":{"StreamName":"s","StreamARN":"arn:s","StreamStatus":"ACTIVE","#
            + #""RetentionPeriodHours":24,"OpenShardCount":2,"Unknown":{"a":[1]}}}"#)
}
