/// A failure to inject: what happens to which calls of one operation.
package struct FaultRule: Hashable, Sendable {
    package enum Effect: Hashable, Sendable {
        /// Answers with this error instead of doing the call.
        case refuse(code: String, message: String, status: Int)
        /// Answers with a page of HTML that names no request, as what stands between may, instead of doing the call.
        case html(status: Int)
        /// Answers 200 without a body, instead of doing the call.
        case empty
        /// Does the call and sends the first half of the reply's body as if it were all.
        case truncated
        /// Does the call, sends half of the reply's body and closes the connection.
        case cutOff
        /// Does the call, sends half of the reply's body and resets the connection.
        case reset
        /// Does the call and sends the reply's body this slowly.
        case drip(bytesPerSecond: Int)
        /// Does nothing and says nothing until the rule is lifted, then closes the connection.
        case stall
        /// Spoils the page that ends a shard. Such a rule counts the last pages of shards, not calls.
        case lastPage(LastPageFlaw)
        /// Treats calls in CBOR so. Such a rule counts these only.
        case cbor(KinesisRules.CBORManners)
    }

    /// How the page that ends a shard contradicts itself. Asked again, with the iterator that led there, it may be right.
    package enum LastPageFlaw: String, Hashable, CaseIterable, Sendable {
        /// Children, and an iterator to go on with all the same. It leads to the end once more.
        case nextWithChildren = "next-with-children"
        /// Neither an iterator nor children.
        case noChildren = "no-children"
        /// Children of which the first names no parents.
        case childWithoutParents = "child-without-parents"
    }

    /// Which calls a rule strikes.
    package enum Occasion: Hashable, Sendable {
        /// Counted from 1 over all callers, from when the rule was made.
        case calls(ClosedRange<Int>)
        /// Each call with this probability, 0 to 100, by the emulator's seed.
        case percent(Double)

        package static let always = Occasion.calls(1...Int.max)
    }

    /// Stands for every operation of every service.
    package static let everyOperation = "*"

    /// `GetRecords` and the like, of whichever service, or `everyOperation`.
    package let operation: String
    package let occasion: Occasion
    package let effect: Effect

    package init(operation: String, on occasion: Occasion, effect: Effect) {
        self.operation = operation
        self.occasion = occasion
        self.effect = effect
    }

    package init(operation: String, calls: ClosedRange<Int>, effect: Effect) {
        self.init(operation: operation, on: .calls(calls), effect: effect)
    }
}
