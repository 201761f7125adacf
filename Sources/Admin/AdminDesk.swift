internal import Core
internal import Pipeline

/// What is answered to whom, without the wire.
struct AdminDesk: Sendable {
    struct Answer: Sendable {
        let status: Int
        let contentType: String
        let body: [UInt8]
        /// For `Allow`.
        var allowed: String?
    }

    private struct Health: Encodable {
        let status: String
        let causes: [String]
    }

    private static let methods = ["GET", "HEAD"]
    private static let json = "application/json"

    let version: String
    let snapshot: @Sendable () async -> HealthSnapshot

    /// `target` is the request's, with its query if it has one, which says nothing here.
    func answer(method: String, target: String) async -> Answer {
        let path = target.prefix { $0 != "?" }
        guard ["/health", "/status", "/metrics"].contains(path) else {
            return Self.text("there are /health, /status and /metrics", status: 404)
        }
        guard Self.methods.contains(method) else {
            let allowed = Self.methods.joined(separator: ", ")
            return Self.text("allowed: \(allowed)", status: 405, allowed: allowed)
        }
        let snapshot = await snapshot()
        return switch path {
        case "/health": Self.health(snapshot.picture.verdict)
        case "/status":
            Answer(
                status: 200, contentType: Self.json,
                body: JSONText.bytes(StatusDocument(snapshot, version: version)))
        default:
            Answer(
                status: 200, contentType: MetricsText.contentType,
                body: Array(MetricsText.render(snapshot, version: version).utf8))
        }
    }

    /// Red is 503, so that what only looks at the status code knows, too.
    private static func health(_ verdict: HealthVerdict) -> Answer {
        let status =
            switch verdict.status {
            case .ok, .degraded: 200
            case .red: 503
            }
        return Answer(
            status: status, contentType: json,
            body: JSONText.bytes(Health(status: verdict.status.rawValue, causes: verdict.boundedCauses)))
    }

    static func text(_ line: String, status: Int, allowed: String? = nil) -> Answer {
        Answer(
            status: status, contentType: "text/plain; charset=utf-8", body: Array((line + "\n").utf8), allowed: allowed)
    }
}
