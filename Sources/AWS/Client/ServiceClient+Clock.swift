import HTTPClient
import Signing

extension ServiceClient {
    /// How far the endpoint's clock is ahead of ours, to about a second, as HTTP's Date has no finer; `nil` when the reply
    /// has none. The request is not signed, and it does not matter what is answered.
    ///
    /// Throws `AWSError` when there is no answer.
    package func clockOffset() async throws -> Duration? {
        let request = HTTPRequest(
            method: "GET", url: endpoint.origin + "/",
            headers: HTTPHeaders([HTTPHeader(name: "Host", value: endpoint.host)]),
            timeout: Self.attemptTimeout, connectTimeout: Self.connectTimeout,
            bodyBytesMax: AWSCall.usualReplyBytesMax)
        do {
            let response = try await sender.perform(request)
            let ours = surroundings.now()
            return response.headers["Date"].flatMap(HTTPDate.parse).map { theirs in
                .milliseconds(theirs.milliseconds - ours.milliseconds)
            }
        } catch let failure as HTTPFailure {
            throw AWSError(
                kind: .unreachable(failure.kind), code: "Unreachable", message: "\(failure)", status: nil,
                requestID: nil, operation: "\(service.signingName):clock", endpoint: endpoint.origin,
                mayHaveBeenDone: false)
        }
    }
}
