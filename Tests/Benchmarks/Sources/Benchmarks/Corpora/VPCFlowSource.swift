/// VPC flow log records in the default format, version 2.
///
/// https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
struct VPCFlowSource: LogSource {
    private struct Interface {
        let id: String
        let address: String
        /// Who it talks to.
        let peers: [String]
    }

    private let interfaces: [Interface]
    private var current: Interface
    private static let ports = [443, 5432, 6379, 80, 8080, 53, 9092, 3306, 22, 123, 2049, 8443]

    init(random: inout SplitMix64) {
        var interfaces: [Interface] = []
        for _ in 0..<40 {
            let peers = (0..<60).map { index in
                index < 40
                    ? "10.0.\(random.below(32)).\(random.within(4...254))"
                    : "\(random.within(13...205)).\(random.below(256)).\(random.below(256)).\(random.within(1...254))"
            }
            interfaces.append(
                Interface(
                    id: "eni-0\(random.hex(16))", address: "10.0.\(random.below(32)).\(random.within(4...254))",
                    peers: peers))
        }
        self.interfaces = interfaces
        current = interfaces[0]
    }

    mutating func origin(at time: LogTime, random: inout SplitMix64) -> LogOrigin {
        current = random.pick(interfaces)
        return LogOrigin(group: "/vpc/flow-logs", stream: "\(current.id)-all", filter: "flow-to-recipient")
    }

    mutating func message(at time: LogTime, random: inout SplitMix64) -> String {
        let peer = random.favour(current.peers)
        let service = String(random.favour(Self.ports))
        let client = String(random.within(32_768...60_999))
        let outgoing = random.chance(percent: 50)
        let packets = random.chance(percent: 60) ? random.within(1...24) : random.within(24...4000)
        return [
            "2 123456789012", current.id,
            outgoing ? "\(current.address) \(peer)" : "\(peer) \(current.address)",
            outgoing ? "\(client) \(service)" : "\(service) \(client)",
            random.chance(percent: 92) ? "6" : "17", String(packets), String(packets * random.within(52...1400)),
            String(time.seconds), String(time.seconds + random.within(1...60)),
            random.chance(percent: 94) ? "ACCEPT OK" : "REJECT OK",
        ].joined(separator: " ")
    }

    /// Flows begin at whole seconds, many within the same one.
    func pauseMilliseconds(random: inout SplitMix64) -> Int { random.chance(percent: 20) ? 1000 : 0 }
}
