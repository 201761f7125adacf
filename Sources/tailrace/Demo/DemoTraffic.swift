internal import Core

/// What the demo's senders write: every event is a function of its log stream and its number, so that whoever checks
/// can make it again.
struct DemoTraffic: Sendable {
    struct LogStream: Sendable {
        let origin: Origin
        let events: Int
        fileprivate let isCloudTrail: Bool
    }

    static let sender = "111111111111"
    static let cloudTrailGroup = "/cloudtrail/logs"
    static let applicationGroup = "/app/orders"
    /// Picks what the root user does.
    static let rootPattern = "{$.userIdentity.type = Root}"

    let streams: [LogStream]
    private let start: Instant

    /// `events` in all: a third in two log streams of CloudTrail, the rest in six of an application.
    init(events: Int, start: Instant) {
        self.start = start
        streams =
            (0..<2).map {
                LogStream(
                    origin: Origin(
                        owner: Self.sender, logGroup: Self.cloudTrailGroup, logStream: "\(Self.sender)_trail_\($0)"),
                    events: events / 6, isCloudTrail: true)
            }
            + (0..<6).map {
                LogStream(
                    origin: Origin(
                        owner: Self.sender, logGroup: Self.applicationGroup, logStream: "orders/\($0)/[main]"),
                    events: events / 9, isCloudTrail: false)
            }
    }

    var written: Int { streams.reduce(0) { $0 + $1.events } }

    /// Ten milliseconds apart, so that a log stream lasts some minutes to hours.
    func timestamp(of index: Int) -> Instant { Instant(milliseconds: start.milliseconds + Int64(index) * 10) }

    /// Whether the stream's filter takes the event: all of the application's, the root user's of CloudTrail's.
    func isMatched(_ index: Int, in stream: LogStream) -> Bool { !stream.isCloudTrail || index % 10 == 3 }

    func message(_ index: Int, in stream: LogStream) -> String {
        stream.isCloudTrail ? cloudTrailMessage(index) : applicationMessage(index)
    }

    private func cloudTrailMessage(_ index: Int) -> String {
        let user =
            index % 10 == 3
            ? #"{"type":"Root","principalId":"\#(Self.sender)","arn":"arn:aws:iam::\#(Self.sender):root"}"#
            : #"{"type":"IAMUser","principalId":"AIDAEXAMPLE\#(index % 97)","userName":"user-\#(index % 97)"}"#
        return #"{"eventVersion":"1.08","userIdentity":\#(user),"eventTime":\#(index),"#
            + #""eventSource":"s3.amazonaws.com","eventName":"GetBucketAcl","awsRegion":"us-east-1","#
            + #""requestParameters":{"bucketName":"example-bucket-\#(index % 31)","acl":""},"#
            + #""additionalEventData":{"note":"quote \" backslash \\ tab \t"},"readOnly":true}"#
    }

    private func applicationMessage(_ index: Int) -> String {
        switch index % 5 {
        case 0: "2026-11-25T10:00:00Z INFO order \(index) accepted, total 19.90 €, customer \"Zoë\" 🚚"
        case 1: "{\"level\":\"warn\",\"order\":\(index),\"path\":\"C:\\\\orders\\\\\(index)\",\"retry\":true}"
        case 2: "order \(index) shipped\n\tat Warehouse.ship(Warehouse.java:42)\n\tat Main.main(Main.java:7)"
        case 3: "\u{1B}[32mDEBUG\u{1B}[0m cache hit for order \(index)"
        default: "GET /orders/\(index) 200 \(index % 700)ms"
        }
    }
}
