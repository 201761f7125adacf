import HTTPClient
import Signing

/// One attempt that did not succeed, and what its reply said beside the error.
struct FailedAttempt: Error {
    let error: AWSError
    /// The request was never sent, because its signature had grown old.
    var isStale = false
    /// How long the service asked us to wait.
    var retryAfter: Duration?
    /// The reply's Date.
    var theirTime: UTCTime?
    /// What was added to our time when the request was signed.
    let signedWithOffset: Int64
}

/// Says of one attempt's outcome whether it is a success, and if not, what it is.
struct ReplyJudge: Sendable {
    let operation: String
    let endpoint: String
    /// Those the request is signed with, which its reply may quote.
    let credentials: Credentials
    let signedWithOffset: Int64

    private var masking: Masking { Masking(credentials) }

    /// `nil` for a success. A success that says nothing where something must be said, not even a request's id, is none:
    /// proxies and overloaded front ends send such.
    func failure(of response: HTTPResponse, repliesWithBody: Bool) -> FailedAttempt? {
        guard (200..<300).contains(response.status) else { return refused(response) }
        guard response.body.isEmpty, repliesWithBody || response.requestID == nil else { return nil }
        return unreadable("a success without content", status: response.status, requestID: response.requestID)
    }

    func unreadable(_ cause: String, status: Int, requestID: String?) -> FailedAttempt {
        attempt(
            AWSError(
                kind: .unreadable, code: "UnreadableReply", message: masking.masked(cause), status: status,
                requestID: requestID, operation: operation, endpoint: endpoint, mayHaveBeenDone: true))
    }

    func unreachable(_ failure: HTTPFailure) -> FailedAttempt {
        var attempt = attempt(
            AWSError(
                kind: .unreachable(failure.kind), code: "Unreachable", message: masking.masked(failure.description),
                status: nil, requestID: nil, operation: operation, endpoint: endpoint,
                mayHaveBeenDone: failure.mayHaveBeenSent))
        attempt.isStale = failure.kind == .stale
        return attempt
    }

    private func refused(_ response: HTTPResponse) -> FailedAttempt {
        let reply = ErrorReply(response)
        let masking = masking
        var attempt = attempt(
            AWSError(
                kind: .refused, code: masking.masked(reply.code), message: masking.masked(reply.message),
                status: response.status, requestID: reply.requestID.map(masking.masked), operation: operation,
                endpoint: endpoint, mayHaveBeenDone: response.status >= 500))
        attempt.retryAfter = response.headers["x-amz-retry-after"].flatMap { Int64($0) }.flatMap {
            $0 >= 0 ? .milliseconds($0) : nil
        }
        attempt.theirTime = response.headers["Date"].flatMap(HTTPDate.parse)
        return attempt
    }

    private func attempt(_ error: AWSError) -> FailedAttempt {
        FailedAttempt(error: error, signedWithOffset: signedWithOffset)
    }
}
