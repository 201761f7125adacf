package import AWS
package import Core

/// Makes a log group sink's calls through a client of CloudWatch Logs, and says once what each of AWS's errors means.
package struct CloudWatchLogsWriter: LogGroupWriter {
    private let client: LogsClient

    package init(_ client: LogsClient) { self.client = client }

    package func put(_ body: [UInt8], to target: LogTarget) async throws(CancellationError) -> PutOutcome {
        do {
            return .taken(try await client.putLogEvents(body: body))
        } catch {
            return try PutOutcome(thrown: error)
        }
    }

    package func createStream(_ target: LogTarget) async throws(CancellationError) -> CreateOutcome {
        do {
            try await client.createLogStream(target.stream, in: target.group)
            return .done
        } catch {
            return try CreateOutcome(thrown: error)
        }
    }

    package func createGroup(_ group: String) async throws(CancellationError) -> CreateOutcome {
        do {
            try await client.createLogGroup(group)
            return .done
        } catch {
            return try CreateOutcome(thrown: error)
        }
    }

    package func putRetention(_ days: Int, of group: String) async throws(CancellationError) -> CreateOutcome {
        do {
            try await client.putRetentionPolicy(days: days, on: group)
            return .done
        } catch {
            return try CreateOutcome(thrown: error)
        }
    }
}

extension PutOutcome {
    fileprivate init(thrown error: any Error) throws(CancellationError) {
        if let error = error as? AWSError {
            self = PutOutcome(error)
        } else {
            self = .failed(try Trouble(thrown: error))
        }
    }

    /// AWS does not take these events, however often they are sent. `InvalidParameterException` is the documented one.
    ///
    /// The others would be about the request's text or size, which also are the events'.
    private static let refusalCodes: Set<String> = [
        "InvalidParameterException", "RequestEntityTooLargeException", "SerializationException", "ValidationException",
        "413",
    ]

    package init(_ error: AWSError) {
        switch error.code {
        case "ResourceNotFoundException": self = .missing(error.message)
        // No sequence token is ever sent, so neither should come; this one would say that the events are stored.
        case "DataAlreadyAcceptedException": self = .taken(.none)
        case let code where Self.refusalCodes.contains(code): self = .refused("\(code): \(error.message)")
        default: self = .failed(Trouble(error))
        }
    }
}

extension CreateOutcome {
    fileprivate init(thrown error: any Error) throws(CancellationError) {
        if let error = error as? AWSError {
            self = CreateOutcome(error)
        } else {
            self = .failed(try Trouble(thrown: error))
        }
    }

    package init(_ error: AWSError) {
        switch error.code {
        case "ResourceAlreadyExistsException": self = .existed
        case "ResourceNotFoundException": self = .missing(error.message)
        case "OperationAbortedException": self = .busy
        default: self = .failed(Trouble(error))
        }
    }
}

extension Trouble {
    /// A quota is no throttle, although AWS's clients repeat it like one: it stays until somebody raises it.
    private static let quotaCode = "LimitExceededException"

    init(_ error: AWSError) {
        self.init(
            error.description, needsAPerson: error.code == Self.quotaCode || error.retryReason == nil,
            mayHaveWorked: error.mayHaveBeenDone)
    }

    /// What no client of AWS should throw is loud and tried again, rather than the end of a daemon.
    fileprivate init(thrown error: any Error) throws(CancellationError) {
        if error is CancellationError { throw CancellationError() }
        self.init("\(error)", needsAPerson: true)
    }
}
