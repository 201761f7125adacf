/// `admin:` where health, status and metrics are answered over HTTP.
package struct AdminSettings: Hashable, Sendable {
    /// `nil`: nowhere.
    package let address: AdminAddress?
    /// Whether the settings name the address. One that nobody asked for may be taken by another program.
    package let isChosen: Bool

    package static let off = "off"
    static let allowed = "an address such as \(AdminAddress.standard) or [::1]:9600, port 0 for any, or \(off)"
}

/// A host and a port to listen on.
package struct AdminAddress: Hashable, Sendable, CustomStringConvertible {
    /// For this machine only: what is answered there is asked without a password.
    package static let standard = AdminAddress(host: "127.0.0.1", port: 9600)

    /// A name or an address, that of IPv6 without brackets.
    package let host: String
    /// 0: the system chooses.
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// `HOST:PORT`, or `[ADDRESS]:PORT` for IPv6.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Digits.number(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        var host = text[..<colon]
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        if isBracketed { host = host.dropFirst().dropLast() }
        guard !host.isEmpty, host.utf8.allSatisfy({ Self.isAllowed($0, inBrackets: isBracketed) }) else { return nil }
        self.init(host: String(host), port: port)
    }

    private static func isAllowed(_ byte: UInt8, inBrackets: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): true
        case UInt8(ascii: "-"): !inBrackets
        case UInt8(ascii: ":"): inBrackets
        default: false
        }
    }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// Whether only programs on this machine can reach it.
    package var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
}

extension AdminSettings {
    /// `nil` as field: the default.
    init(_ field: Field?) {
        let listen = field.flatMap { Section($0, keys: ["listen"]) }?["listen"]
        let written = listen?.parsed(allowed: Self.allowed, Self.meaning)
        isChosen = listen != nil
        switch written {
        case .some(let address): self.address = address
        case .none: address = .standard
        }
        guard let listen, let address, !address.isLoopback else { return }
        listen.warning("whoever can reach \(address) sees health, status and metrics: nobody is asked for a password")
    }

    /// `.some(nil)` for `off`.
    private static func meaning(_ text: String) -> AdminAddress?? {
        if text == off { return .some(nil) }
        return AdminAddress(text).map { .some($0) }
    }
}

/// `stuck-after:` how long nothing that has to move may stand still before health is red.
package enum StuckAfter {
    static let byDefault = Duration.seconds(300)
    private static let allowed: ClosedRange<Duration> = .seconds(10) ... .seconds(86_400)

    /// Events rest in sinks by intention, until the next commit or for a linger; only what lasts twice as long is a
    /// standstill. The default is longer where they rest long.
    static func read(_ field: Field?, _ checkpoints: CheckpointSettings, _ sinks: [SinkSettings]) -> Duration {
        let rests = [checkpoints.interval] + sinks.compactMap(\.linger)
        let least = (rests.max() ?? .zero) * 2
        guard let field else { return max(byDefault, least) }
        guard let after = field.duration(in: allowed, "10s to 1d") else { return byDefault }
        if after < least {
            field.problem(
                "is less than twice as long as events may rest in a sink, by checkpoints.interval or a sink's linger; "
                    + "allowed: from \(least.components.seconds + (least.components.attoseconds > 0 ? 1 : 0))s on")
        }
        return after
    }
}

extension SinkSettings {
    fileprivate var linger: Duration? {
        switch kind {
        case .logGroup(let group): group.linger
        case .files, .stdout: nil
        }
    }
}
