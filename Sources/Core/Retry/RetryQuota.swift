/// Tokens that all calls of one client share, so that a failing service is not buried under retries.
package struct RetryQuota: Hashable, Sendable {
    package static let capacity = 500
    package static let throttleCost = 5
    package static let transientCost = 14
    /// What a call gives back that succeeded at once.
    package static let successRefund = 1

    package private(set) var tokens = Self.capacity

    package init() {}

    /// The tokens a retry for `reason` costs.
    package static func cost(of reason: RetryReason) -> Int {
        switch reason {
        case .throttle: throttleCost
        case .transient: transientCost
        }
    }

    /// Whether `count` tokens were there, and are now taken.
    package mutating func take(_ count: Int) -> Bool {
        guard count <= tokens else { return false }
        tokens -= count
        return true
    }

    package mutating func giveBack(_ count: Int) {
        tokens = min(Self.capacity, tokens + count)
    }
}
