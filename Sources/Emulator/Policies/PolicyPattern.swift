/// Text in which `*` stands for any characters, none included, and `?` for one.
struct PolicyPattern: Hashable, Sendable {
    let text: String
    private let units: [Unicode.Scalar]

    init(_ text: String) {
        self.text = text
        units = Array(text.unicodeScalars)
    }

    func matches(_ text: String) -> Bool { matches(Array(text.unicodeScalars)) }

    /// Whether `arn` matches part by part: a wildcard does not reach over the colons that divide an ARN.
    ///
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    func matches(arn: String) -> Bool {
        if text == "*" { return true }
        let (own, others) = (Self.parts(text), Self.parts(arn))
        return own.count == others.count && zip(own, others).allSatisfy { PolicyPattern($0).matches($1) }
    }

    /// Actions are the same in either case.
    func matches(action: String) -> Bool { PolicyPattern(text.lowercased()).matches(action.lowercased()) }

    private func matches(_ other: [Unicode.Scalar]) -> Bool {
        var (own, at) = (0, 0)
        // Where to go on after the last star: each failure lets that star take one more.
        var retry: (own: Int, at: Int)?
        while at < other.count {
            if own < units.count, units[own] == "*" {
                own += 1
                retry = (own, at)
            } else if own < units.count, units[own] == other[at] || units[own] == "?" {
                (own, at) = (own + 1, at + 1)
            } else if let last = retry {
                retry = (last.own, last.at + 1)
                (own, at) = (last.own, last.at + 1)
            } else {
                return false
            }
        }
        return units[own...].allSatisfy { $0 == "*" }
    }

    /// `arn`, partition, service, Region, account and resource.
    static func parts(_ arn: String) -> [String] {
        arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
    }
}
