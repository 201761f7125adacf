import Emulator
import Foundation
import HTTPClient
import Logging
import Signing

@testable import AWS

/// An emulator that checks roles, with the two accounts of AWS's guide in it: the program sets them up from outside.
final class TwoAccounts: Sendable {
    enum Side: String, CaseIterable {
        case recipient = "999999999999"
        case sender = "111111111111"

        var account: String { rawValue }
    }

    static let region = "us-east-1"
    /// Where a stream can be as well.
    static let otherRegion = "eu-west-1"
    static let organization = "o-1234567890"
    static let destination = "arn:aws:logs:us-east-1:999999999999:destination:testDestination"

    let emulator: Emulator
    let workplace: Workplace
    private let endpoint: String
    private let transport: HTTPTransport
    private let configuration: AWSConfiguration

    private init(_ emulator: Emulator, port: Int) throws {
        self.emulator = emulator
        let endpoint = emulator.endpoint(port: port)
        self.endpoint = endpoint
        transport = try HTTPTransport()
        workplace = try Workplace()
        configuration = try .load(environment: AWS.ProcessEnvironment(["AWS_ENDPOINT_URL": endpoint]))
    }

    /// Does `body` with two accounts that have nothing.
    static func with<Value: Sendable>(
        _ change: (inout EmulatorSettings) -> Void = { _ in }, _ body: (TwoAccounts) async throws -> Value
    ) async throws -> Value {
        var settings = EmulatorSettings()
        settings.kinesis.limitsReads = false
        settings.checksRoles = true
        settings.logs.organizations = [Side.sender.account: organization, Side.recipient.account: organization]
        change(&settings)
        let emulator = Emulator(settings: settings, logger: quiet)
        let accounts = try TwoAccounts(emulator, port: try await emulator.start())
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body(accounts))
        } catch {
            outcome = .failure(error)
        }
        await accounts.transport.shutdown()
        await emulator.stop()
        return try outcome.get()
    }

    private static let quiet = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
}

// MARK: The program

extension TwoAccounts {
    /// What a program that has ended left.
    struct Ran {
        let ending: Program.Ending
        let output: String
        let errors: String

        var isDone: Bool { ending == .exited(0) }
        var hadNothingToDo: Bool { isDone && errors.contains("\nnothing to do\n") }
    }

    /// In which programs run as one of the accounts.
    func environment(of side: Side) -> [String: String] {
        let key = EmulatedAccessKey.ofAccount(side.account)
        return [
            "AWS_ACCESS_KEY_ID": key.accessKeyID, "AWS_SECRET_ACCESS_KEY": key.secretAccessKey,
            "AWS_REGION": Self.region, "AWS_ENDPOINT_URL": endpoint, "AWS_CONFIG_FILE": profiles.path,
            "AWS_SHARED_CREDENTIALS_FILE": workplace.directory.appendingPathComponent("none").path,
            "PATH": "/usr/bin:/bin",
        ]
    }

    private var profiles: URL { workplace.directory.appendingPathComponent("aws-config") }

    /// From now on each account has a profile of its name, `recipient` or `sender`.
    func writeProfiles() throws {
        let sections = Side.allCases.map { side in
            let key = EmulatedAccessKey.ofAccount(side.account)
            return """
                [profile \(side)]
                region = \(Self.region)
                aws_access_key_id = \(key.accessKeyID)
                aws_secret_access_key = \(key.secretAccessKey)

                """
        }
        try Data(sections.joined().utf8).write(to: profiles)
    }

    /// Starts a program, and answers what to call for the end. `tailrace` unless another is named.
    func start(
        _ arguments: [String], as side: Side, adding variables: [String: String] = [:],
        _ path: String = Program.tailrace
    ) throws -> Started {
        let environment = environment(of: side).merging(variables) { $1 }
        return try Started(path, arguments, environment: environment, in: workplace.directory)
    }

    func run(
        _ arguments: [String], as side: Side, adding variables: [String: String] = [:],
        _ path: String = Program.tailrace
    ) async throws -> Ran {
        try await start(arguments, as: side, adding: variables, path).ended()
    }

    /// A program, and the files that it writes to.
    struct Started {
        let program: Program
        private let output: URL
        let errors: URL

        init(_ path: String, _ arguments: [String], environment: [String: String], in directory: URL) throws {
            let name = UUID().uuidString
            output = directory.appendingPathComponent("\(name).out")
            errors = directory.appendingPathComponent("\(name).err")
            try [output, errors].forEach { try Data().write(to: $0) }
            let (first, second) = (try FileHandle(forWritingTo: output), try FileHandle(forWritingTo: errors))
            program = try Program(
                path, arguments, environment: environment, output: first.fileDescriptor, errors: second.fileDescriptor)
            try first.close()
            try second.close()
        }

        func ended() async throws -> Ran {
            let ending = try await program.ended()
            return Ran(
                ending: ending, output: try String(contentsOf: output, encoding: .utf8),
                errors: try String(contentsOf: errors, encoding: .utf8))
        }
    }
}

// MARK: Calls without the program

extension TwoAccounts {
    func client(of service: AWSService, as side: Side, region: String = region) throws -> ServiceClient {
        let key = EmulatedAccessKey.ofAccount(side.account)
        let credentials = Credentials(accessKeyID: key.accessKeyID, secretAccessKey: key.secretAccessKey)
        return try configuration.client(
            of: service, region: region, credentials: FixedCredentials(credentials), sender: transport,
            logger: Self.quiet)
    }

    /// One call of a JSON service with a request in JSON; answers the reply's.
    @discardableResult
    func call(
        _ service: AWSService, _ operation: String, _ request: String, as side: Side, region: String = region
    ) async throws -> [UInt8] {
        let client = try client(of: service, as: side, region: region)
        return try await client.call(
            client.jsonCall(operation, body: Array(request.utf8), repliesWithBody: false)
        ) { $0 }
    }

    func call<Reply: Decodable>(
        _ service: AWSService, _ operation: String, _ request: String = "{}", as side: Side, region: String = region,
        replyingWith type: Reply.Type
    ) async throws -> Reply {
        let body = try await call(service, operation, request, as: side, region: region)
        return try JSONDecoder().decode(type, from: Data(body))
    }

    /// Answers the element `<OperationResult>`; `nil` when IAM does not know what it is about.
    func iam(_ operation: String, _ parameters: [(name: String, value: String)], as side: Side) async throws
        -> XMLNode?
    {
        let client = try client(of: .iam, as: side)
        do {
            return try await client.query(operation, parameters) { $0 }
        } catch let error as AWSError where error.isNotFound {
            return nil
        }
    }

    /// A key that is nobody else's; its ARN.
    func makeKey() async throws -> String {
        struct Reply: Decodable {
            struct Metadata: Decodable { let Arn: String }
            let KeyMetadata: Metadata
        }
        return try await call(.kms, "CreateKey", as: .recipient, replyingWith: Reply.self).KeyMetadata.Arn
    }

    func makeLogGroups(_ names: String...) async throws {
        for name in names { try await call(.logs, "CreateLogGroup", #"{"logGroupName":"\#(name)"}"#, as: .sender) }
    }
}
