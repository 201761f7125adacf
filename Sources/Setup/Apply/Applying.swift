package import AWS

/// Carries out a plan, call by call. Stopped anywhere, it is gone on with by planning anew.
package struct Applying {
    /// Makes a call once.
    private let perform: @Sendable (SetupCall) async throws -> Void
    private let status: @Sendable (StreamPlace) async throws -> StreamSummary.Status
    private let surroundings: Surroundings
    private let diagnose: @Sendable () async throws -> [Finding]
    private let tell: (Progress) -> Void

    package enum Progress: Hashable, Sendable {
        case began(SetupCall)
        case done(SetupCall)
        /// Not yet as it has to be; how long it is waited for so far.
        case waiting(SetupCall, for: Duration, cause: String)
    }

    /// `diagnose` looks at the account when AWS refuses without saying why. `tell` is told what happens. `region` leads
    /// to IAM, which is one for all Regions.
    package init(
        clients: AccountClients, region: String, surroundings: Surroundings = .real,
        diagnose: @escaping @Sendable () async throws -> [Finding], tell: @escaping (Progress) -> Void
    ) {
        self.init(
            surroundings: surroundings, diagnose: diagnose, tell: tell,
            perform: { try await $0.perform(with: clients, region: region) },
            status: { try await clients.kinesis($0.region).summary(of: .name($0.name)).status })
    }

    /// `perform` and `status` stand for AWS.
    init(
        surroundings: Surroundings, diagnose: @escaping @Sendable () async throws -> [Finding],
        tell: @escaping (Progress) -> Void, perform: @escaping @Sendable (SetupCall) async throws -> Void,
        status: @escaping @Sendable (StreamPlace) async throws -> StreamSummary.Status
    ) {
        self.perform = perform
        self.status = status
        self.surroundings = surroundings
        self.diagnose = diagnose
        self.tell = tell
    }

    /// Throws `SetupFailure`, or `CancellationError`.
    package func carryOut(_ plan: Plan) async throws {
        precondition(plan.refusals.isEmpty, "a refused plan cannot be carried out")
        let touchesRole = plan.calls.contains(where: \.isAboutRole)
        for call in plan.calls {
            tell(.began(call))
            switch call {
            case .stream(let stream, .waitUntilActive): try await waitUntilActive(stream, call)
            case .role(_, .waitUntilKnown): try await surroundings.sleep(RoleCall.settlingTime)
            case .stream, .role, .destination, .subscription: try await make(call, afterRole: touchesRole)
            }
            tell(.done(call))
        }
    }
}

/// A call that AWS refused, with what to do about it: a line each.
package struct SetupFailure: Error, Sendable, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
}

// MARK: a call that may need time

extension Applying {
    /// As long as IAM and CloudWatch Logs may need until a role is known: Terraform waits 2 minutes for a destination, 5
    /// for a filter.
    ///
    /// https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/logs/destination.go
    private static let destinationPatience = Duration.seconds(120)
    private static let subscriptionPatience = Duration.seconds(300)

    /// How long IAM may not even show what it was just told.
    private static let hiddenPatience = Duration.seconds(30)

    /// `afterRole` says that a role was made or changed moments ago.
    private func make(_ call: SetupCall, afterRole: Bool) async throws {
        var pauses = Pauses()
        while true {
            do {
                return try await perform(call)
            } catch let error as AWSError {
                if error.isAlreadyDone(call) { return }
                guard call.mayYetSucceed(after: error), pauses.total < Self.patience(for: call) else {
                    throw try await failure(of: call, error)
                }
                if !afterRole || pauses.total >= Self.hiddenPatience { try await rejectHopeless(call, error) }
                tell(.waiting(call, for: pauses.total, cause: error.message))
                try await surroundings.sleep(pauses.next())
            }
        }
    }

    private static func patience(for call: SetupCall) -> Duration {
        switch call {
        case .destination: destinationPatience
        case .role: hiddenPatience
        case .stream, .subscription: subscriptionPatience
        }
    }

    /// One text of AWS's stands for every cause. What can be seen to be wrong gets no better by waiting.
    private func rejectHopeless(_ call: SetupCall, _ error: AWSError) async throws {
        guard case .destination(_, .put) = call, error.code == "InvalidParameterException" else { return }
        let faults = try await reasons().filter { $0.level == .fault }
        guard faults.isEmpty else { throw SetupFailure(call, error, advice: faults.map(\.line)) }
    }

    /// What is not well, but for the destination itself, which is what is being made.
    private func reasons() async throws -> [Finding] {
        try await diagnose().filter { finding in
            finding.level != .ok
                && !["destination ", "access to destination "].contains { finding.subject.hasPrefix($0) }
        }
    }

    private func failure(of call: SetupCall, _ error: AWSError) async throws -> SetupFailure {
        guard case .destination(_, .put) = call, call.mayYetSucceed(after: error) else {
            // Of a log group that is full the finding names the filters that are there.
            let there = error.isQuota ? try await diagnose().filter { $0.subject == call.subject }.map(\.line) : []
            return SetupFailure(call, error, advice: (call.advice(on: error).map { [$0] } ?? []) + there)
        }
        let doubts = try await reasons()
        let advice =
            doubts.isEmpty
            ? [
                "stream, role, trust, permissions and key look right from here: a policy of the organization (SCP), a "
                    + "permissions boundary or the key's own policy may forbid it, or IAM needs longer; run this again"
            ]
            : doubts.map(\.line)
        return SetupFailure(call, error, advice: advice)
    }

    // MARK: a stream

    /// A stream of many shards takes minutes.
    private static let streamPatience = Duration.seconds(900)

    private func waitUntilActive(_ stream: StreamPlace, _ call: SetupCall) async throws {
        var pauses = Pauses()
        while true {
            do {
                let status = try await status(stream)
                if status == .active { return }
                guard status != .deleting, pauses.total < Self.streamPatience else {
                    throw SetupFailure(
                        description:
                            "stream \(stream.name) is \(status.rawValue) after \(pauses.total.components.seconds) s")
                }
                tell(.waiting(call, for: pauses.total, cause: status.rawValue))
            } catch let error as AWSError {
                throw SetupFailure(call, error, advice: call.advice(on: error).map { [$0] } ?? [])
            }
            try await surroundings.sleep(pauses.next())
        }
    }
}

/// Ever longer pauses, five seconds at most.
private struct Pauses {
    private(set) var total = Duration.zero
    private var pause = Duration.milliseconds(200)

    mutating func next() -> Duration {
        defer { pause = min(pause * 2, .seconds(5)) }
        total += pause
        return pause
    }
}

extension SetupFailure {
    init(_ call: SetupCall, _ error: AWSError, advice: [String]) {
        description = (["\(call.request?.operation ?? "waiting"): \(error)"] + advice).joined(separator: "\n  ")
    }
}
