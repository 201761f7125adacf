import Core
import Logging
import Signing

/// What a client has to tell, and the only place that words it. Never a body, a header or a credential.
struct ClientLog: Sendable {
    let logger: Logger

    func willRetry(_ error: AWSError, failures: Int, delay: Duration) {
        logger.debug(
            "attempt failed, trying again",
            metadata: Self.metadata(error).merging(["failures": "\(failures)", "delay": "\(delay)"]) { $1 })
    }

    func gaveUp(_ error: AWSError, failures: Int, why: RetrySession.GaveUp) {
        logger.debug(
            "call failed", metadata: Self.metadata(error).merging(["failures": "\(failures)", "why": "\(why)"]) { $1 })
    }

    func correctedClock(_ error: AWSError, offset: Int64) {
        logger.warning(
            "signature refused for its time, signing anew",
            metadata: Self.metadata(error).merging(["offset_milliseconds": "\(offset)"]) { $1 })
    }

    func renewedCredentials(_ error: AWSError, areOthers: Bool) {
        logger.notice(
            "credentials refused, asked their source again",
            metadata: Self.metadata(error).merging(["are_others": "\(areOthers)"]) { $1 })
    }

    func keepsCredentials(of role: String, until end: UTCTime, _ error: any Error) {
        logger.warning(
            "credentials of a role could not be renewed, using those that are there to their end",
            metadata: ["role": "\(role)", "end": "\(end.basic)", "error": "\(error)"])
    }

    func asksInJSON(_ error: AWSError) {
        logger.debug("CBOR may be refused, asking again in JSON", metadata: Self.metadata(error))
    }

    func refusesCBOR(_ error: AWSError) {
        logger.notice("endpoint refuses CBOR, going on in JSON", metadata: Self.metadata(error))
    }

    private static func metadata(_ error: AWSError) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "operation": "\(error.operation)", "endpoint": "\(error.endpoint)", "code": "\(error.code)",
            "message": "\(error.message)",
        ]
        metadata["status"] = error.status.map { "\($0)" }
        metadata["request_id"] = error.requestID.map { "\($0)" }
        return metadata
    }
}
