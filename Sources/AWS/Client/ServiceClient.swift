package import Core
import HTTPClient
package import Logging
import Signing

/// Sends one service's calls to one endpoint: signs, judges replies, repeats what is worth repeating.
///
/// Safe to share between tasks; they share its retry quota and what it learnt about the endpoint: its clock, and whether
/// it takes CBOR.
package final class ServiceClient: Sendable {
    package let service: AWSService
    package let endpoint: ServiceEndpoint
    private let credentials: any CredentialsProvider
    let sender: any HTTPSender
    private let rules: RetryRules
    let surroundings: Surroundings
    private let log: ClientLog
    private let signer = Signer()
    private let memory = ClientMemory()

    package init(
        service: AWSService, endpoint: ServiceEndpoint, credentials: any CredentialsProvider, sender: any HTTPSender,
        rules: RetryRules = .standard, surroundings: Surroundings = .real, logger: Logger = Logger(label: "aws")
    ) {
        self.service = service
        self.endpoint = endpoint
        self.credentials = credentials
        self.sender = sender
        self.rules = rules
        self.surroundings = surroundings
        log = ClientLog(logger: logger)
    }

    /// Makes one call, with all the attempts it is worth, and reads the reply's body.
    ///
    /// What `read` throws counts as an unreadable reply, and the call is repeated. Throws `AWSError`, or
    /// `CancellationError` when the task is cancelled.
    func call<Reply>(_ call: AWSCall, _ read: (consuming [UInt8]) throws -> Reply) async throws -> Reply {
        var attempts = CallAttempts(
            session: RetrySession(rules: rules), encoding: await memory.encoding(ofCallWithCBOR: call.cbor != nil))
        while true {
            let credentials = try await currentCredentials(for: call)
            switch try await attempt(call, in: attempts.encoding, as: credentials, read) {
            case .success(let reply):
                if let refused = await memory.succeeded(attempts.session, in: attempts.encoding) {
                    log.refusesCBOR(refused)
                }
                return reply
            case .failure(let failure):
                attempts.noted(failure)
                if try await mend(failure, of: call, as: credentials, &attempts) { continue }
                try await waitForRetry(after: failure, &attempts)
            }
        }
    }

    /// Waits for the next attempt, or throws when there is none.
    private func waitForRetry(after failure: FailedAttempt, _ attempts: inout CallAttempts) async throws {
        let answer = await memory.failed(
            &attempts.session, failure.error.retryReason, retryAfter: failure.retryAfter,
            jitter: surroundings.jitter())
        switch answer {
        case .retry(let delay):
            log.willRetry(failure.error, failures: attempts.session.failures, delay: delay)
            try await surroundings.sleep(delay)
        case .giveUp(let why):
            log.gaveUp(failure.error, failures: attempts.session.failures, why: why)
            throw attempts.finalError(failure.error)
        }
    }
}

extension ServiceClient {
    /// How long one attempt may take, from its start to the last byte of the reply: 10 MiB of records at the 2 MB/s of a
    /// shard need 7 s once base64 is counted.
    static let attemptTimeout = Duration.seconds(30)
    static let connectTimeout = Duration.seconds(5)
    /// A request that waited longer than this is not sent but signed anew. AWS takes signatures up to 5 minutes old.
    static let signatureValidFor = Duration.seconds(60)

    private func attempt<Reply>(
        _ call: AWSCall, in encoding: CallEncoding, as credentials: Credentials,
        _ read: (consuming [UInt8]) throws -> Reply
    ) async throws -> Result<Reply, FailedAttempt> {
        let skew = await memory.skew
        let judge = ReplyJudge(
            operation: name(of: call), endpoint: endpoint.origin, credentials: credentials,
            signedWithOffset: skew.offsetMilliseconds)
        let response: HTTPResponse
        do {
            response = try await sender.perform(
                request(for: call, in: encoding, as: credentials, at: skew.corrected(surroundings.now())))
        } catch let failure as HTTPFailure {
            return .failure(judge.unreachable(failure))
        }
        if let failure = judge.failure(of: response, repliesWithBody: call.repliesWithBody) { return .failure(failure) }

        // Only `body` holds the bytes from here on, so that they can be changed where they are.
        let (status, requestID, body) = (response.status, response.requestID, response.body)
        _ = consume response
        do {
            return .success(try read(consume body))
        } catch {
            return .failure(judge.unreadable("\(error)", status: status, requestID: requestID))
        }
    }

    private func request(
        for call: AWSCall, in encoding: CallEncoding, as credentials: Credentials, at time: UTCTime
    ) -> HTTPRequest {
        let content = call.content(in: encoding)
        var headers = HTTPHeaders([HTTPHeader(name: "Host", value: endpoint.host)] + content.headers)
        let toSign = Signer.Request(
            method: "POST", path: endpoint.path, headers: headers.map { ($0.name, $0.value) },
            payloadHash: Digest.payloadHash(content.body))
        let added = signer.headers(
            signing: toSign, as: credentials, region: endpoint.region, service: service.signingName, at: time)
        for header in added { headers.set(header.name, header.value) }
        return HTTPRequest(
            method: "POST", url: endpoint.origin + endpoint.path, headers: headers, body: content.body,
            timeout: Self.attemptTimeout, connectTimeout: Self.connectTimeout, bodyBytesMax: call.replyBytesMax,
            validFor: Self.signatureValidFor)
    }

    private func name(of call: AWSCall) -> String { "\(service.signingName):\(call.operation)" }
}

extension ServiceClient {
    private func currentCredentials(for call: AWSCall) async throws -> Credentials {
        do {
            return try await credentials.credentials()
        } catch let error as CancellationError {
            throw error
        } catch {
            throw noCredentials(for: call, error)
        }
    }

    private func noCredentials(for call: AWSCall, _ error: any Error) -> AWSError {
        AWSError(
            kind: .noCredentials, code: "NoCredentials", message: Masking(nil).masked("\(error)"), status: nil,
            requestID: nil, operation: name(of: call), endpoint: endpoint.origin, mayHaveBeenDone: false)
    }

    /// Does what makes the same call worth sending again at once, each thing once: a new signature, JSON in place of CBOR,
    /// the endpoint's time, other credentials. Answers whether there was something to do; none of it counts as an attempt.
    private func mend(
        _ failure: FailedAttempt, of call: AWSCall, as used: Credentials, _ attempts: inout CallAttempts
    ) async throws -> Bool {
        if failure.isStale { return attempts.maySignAnew() }
        if let encoding = await memory.encoding(after: failure.error, in: attempts.encoding) {
            log.asksInJSON(failure.error)
            attempts.encoding = encoding
            return true
        }
        if failure.error.mayBeClockSkew, attempts.mayCorrectClock() {
            let isWorthIt = await memory.refused(failure, ours: surroundings.now())
            if isWorthIt { log.correctedClock(failure.error, offset: await memory.skew.offsetMilliseconds) }
            return isWorthIt
        }
        guard failure.error.areCredentialsRefused, attempts.mayRenewCredentials() else { return false }
        do {
            let others = try await credentials.credentials(insteadOf: used)
            log.renewedCredentials(failure.error, areOthers: others != used)
            return others != used
        } catch let error as CancellationError {
            throw error
        } catch {
            throw noCredentials(for: call, error)
        }
    }
}
