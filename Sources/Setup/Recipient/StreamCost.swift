package import AWS

/// What a stream costs a month by AWS's list prices, in US dollars.
///
/// https://aws.amazon.com/kinesis/data-streams/pricing/
package struct StreamCost: Hashable, Sendable {
    /// As of this month, in us-east-1 and us-east-2. Other Regions differ by some tenths.
    package static let priceDate = "November 2026"
    package static let hoursAMonth = 730.0
    static let shardHour = 0.015
    static let putUnitsMillion = 0.014
    static let longRetentionShardHour = 0.02
    static let onDemandStreamHour = 0.04
    static let onDemandGBIn = 0.08
    static let onDemandGBOut = 0.04
    static let onDemandRetentionGBMonth = 0.10

    /// What is paid though nothing comes.
    package let base: Double
    /// How that comes about, and what is paid for what comes.
    package let assumptions: [String]

    /// `retentionHours` beyond 24 cost more, in steps of which the first ends at seven days.
    package init(_ capacity: StreamCapacity, retentionHours: Int) {
        let isLong = retentionHours > StreamLimits.retentionHoursDefault
        let isVeryLong = retentionHours > 7 * 24
        switch capacity {
        case .provisioned(let shards):
            let hours = Double(shards) * Self.hoursAMonth
            base = hours * (Self.shardHour + (isLong ? Self.longRetentionShardHour : 0))
            assumptions =
                ["\(capacity.words) × \(Int(Self.hoursAMonth)) h × $\(Self.shardHour)"]
                + (isLong ? ["and × $\(Self.longRetentionShardHour) for more than 24 h of records"] : [])
                + (isVeryLong ? ["more for what is kept for over seven days"] : [])
                + ["beside it $\(Self.putUnitsMillion) per million records of up to 25 KB"]
        case .onDemand:
            base = Self.hoursAMonth * Self.onDemandStreamHour
            assumptions =
                [
                    "\(Int(Self.hoursAMonth)) h × $\(Self.onDemandStreamHour)",
                    "beside it $\(Self.onDemandGBIn) per GB written and $\(Self.onDemandGBOut) per GB read",
                ]
                + (isLong
                    ? ["and $\(Self.onDemandRetentionGBMonth) per GB and month for more than 24 h of records"] : [])
        }
    }
}

extension StreamCost {
    /// `12.34`
    package var text: String {
        let cents = Int((base * 100).rounded())
        let rest = cents % 100
        return "\(cents / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    var json: JSONTree {
        .object([
            "currency": "USD", "amount": .text(text), "prices": .text(Self.priceDate),
            "assumptions": .texts(assumptions),
        ])
    }
}

extension RecipientGoal {
    /// Of the stream as it will be. What is there counts before what was asked for.
    package func cost(_ state: RecipientState) -> StreamCost {
        let hours = max(
            state.stream?.summary.retentionHours ?? 0, stream.retentionHours ?? StreamLimits.retentionHoursDefault)
        guard let summary = state.stream?.summary else {
            return StreamCost(stream.capacity ?? .provisioned(shards: 1), retentionHours: hours)
        }
        let capacity: StreamCapacity =
            switch summary.mode {
            case .onDemand: .onDemand
            case .provisioned: .provisioned(shards: summary.openShards)
            }
        return StreamCost(capacity, retentionHours: hours)
    }
}
