import Emulator
import Foundation
import Testing

@testable import AWS

/// A recipient and a sender with the names of AWS's guide, and how the program is told of them.
///
/// Nothing is there until `setUp`.
struct AccountPair: Sendable {
    static let stream = "RecipientStream"
    static let destination = "testDestination"
    static let role = "CWLtoKinesisRole"
    static let rolePolicy = "Permissions-Policy-For-CWL"
    static let senderRole = "CWLtoSubscriptionFilterRole"
    static let senderRolePolicy = "Permissions-Policy-For-CWL-Subscription-filter"
    static let group = "CloudTrail"
    static let filter = "RecipientStream"
    static let pattern = "{$.userIdentity.type = Root}"
    static let region = SetupBench.region

    /// Account ids by the pair's number.
    static func recipient(_ pair: Int) -> String { String(900_000_000_000 + pair) }
    static func sender(_ pair: Int) -> String { String(100_000_000_000 + pair) }

    let bench: SetupBench
    let recipient: AccountOwner
    let sender: AccountOwner
    /// AWS's shared file with a profile for each.
    private let config: String
    /// Who may send: the sender's account, unless a test says otherwise.
    var access: [String]
    /// Of the stream and the like, beside what every command is told.
    var recipientOptions: [String] = []
    /// What is subscribed.
    var subscription: [String]
    /// Of `verify` alone.
    var verifyOptions: [String] = []

    init(_ pair: Int, in bench: SetupBench) throws {
        try self.init(recipient: Self.recipient(pair), sender: Self.sender(pair), in: bench)
    }

    init(recipient: String, sender: String, in bench: SetupBench) throws {
        self.bench = bench
        self.recipient = AccountOwner(id: recipient, bench: bench)
        self.sender = AccountOwner(id: sender, bench: bench)
        config = try bench.file(
            [("recipient", recipient), ("sender", sender)].map { profile, account in
                let key = EmulatedAccessKey.ofAccount(account)
                return """
                    [profile \(profile)]
                    aws_access_key_id = \(key.accessKeyID)
                    aws_secret_access_key = \(key.secretAccessKey)

                    """
            }.joined())
        access = ["--sender", sender]
        subscription = ["--log-group", Self.group, "--filter", Self.filter, "--pattern", Self.pattern]
    }
}

// MARK: Names

extension AccountPair {
    var streamARN: String { stream(Self.stream) }
    var roleARN: String { "arn:aws:iam::\(recipient.id):role/\(Self.role)" }
    var senderRoleARN: String { "arn:aws:iam::\(sender.id):role/\(Self.senderRole)" }
    var destinationARN: String { destination(Self.destination) }

    func stream(_ name: String) -> String { "arn:aws:kinesis:\(Self.region):\(recipient.id):stream/\(name)" }

    func destination(_ name: String) -> String { "arn:aws:logs:\(Self.region):\(recipient.id):destination:\(name)" }

    /// What the log groups of these accounts are to the role's trust.
    func sources(_ ids: String..., region: String = region) -> [String] {
        ids.map { "arn:aws:logs:\(region):\($0):*" }
    }
}

// MARK: The program

extension AccountPair {
    enum Side: String, Sendable {
        case recipient
        case sender
    }

    enum Check: String, Sendable {
        case recipient
        case sender
        case all
        /// Without the sender: by AWS's own control message.
        case path
        /// By an event in the sender's log group.
        case pathOfEvent
    }

    private var recipientFlags: [String] {
        ["--stream", Self.stream, "--destination", Self.destination] + access + recipientOptions
            + ["--profile", "recipient"]
    }

    private var senderFlags: [String] { subscription + ["--sender-profile", "sender"] }

    /// `tailrace setup` with the same flags as ever and `options`.
    func setup(_ side: Side, _ options: [String] = []) async throws -> SetupBench.Run {
        let flags = side == .recipient ? recipientFlags : ["--destination", destinationARN] + senderFlags
        return try await bench.run(["setup", side.rawValue] + flags + options, config: config)
    }

    /// Sets both accounts up, the sender's log group included.
    func setUp(_ sides: [Side] = [.recipient, .sender], sourceLocation: SourceLocation) async throws {
        for side in sides {
            if side == .sender { try await sender.logs.createLogGroup(Self.group) }
            let run = try await setup(side, ["--yes"])
            try #require(run.ending == .exited(0), "\(run.errors)", sourceLocation: sourceLocation)
        }
    }

    /// `tailrace verify` as JSON.
    func verify(_ check: Check) async throws -> SetupReport {
        let (command, flags) =
            switch check {
            case .recipient: ("recipient", recipientFlags)
            case .sender: ("sender", ["--destination", destinationARN] + senderFlags)
            case .all: ("all", recipientFlags + senderFlags)
            case .path: ("path", recipientFlags)
            case .pathOfEvent: ("path", recipientFlags + senderFlags)
            }
        return try SetupReport(
            await bench.run(["verify", command, "--json"] + flags + verifyOptions, config: config))
    }

    /// Any command with the two profiles at hand.
    func run(_ arguments: [String]) async throws -> SetupBench.Run { try await bench.run(arguments, config: config) }

    /// `verify all` as people call and read it.
    func verifyAll() async throws -> SetupBench.Run {
        try await run(["verify", "all"] + recipientFlags + senderFlags + verifyOptions)
    }
}
