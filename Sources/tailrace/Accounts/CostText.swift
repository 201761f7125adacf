internal import Setup

/// The estimate of a stream's cost, as people read it.
enum CostText {
    static func lines(for goal: RecipientGoal, _ state: RecipientState) -> [String] {
        let cost = goal.cost(state)
        return [
            "stream \(goal.stream.name) costs about $\(cost.text) a month: "
                + "\(cost.assumptions.joined(separator: ", ")) (list prices of us-east-1, \(StreamCost.priceDate))"
        ]
    }
}
