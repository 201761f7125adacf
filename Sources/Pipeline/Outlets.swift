package import Core

/// Where records go once decoded: the sinks, which of them take what, and the place for dead letters.
package struct Outlets: Sendable {
    /// In the order that `routes` counts them.
    package let sinks: [any Sink]
    package let routes: RouteTable
    package let deadLetters: any DeadLetters

    package init(sinks: [any Sink], routes: RouteTable, deadLetters: any DeadLetters) {
        self.sinks = sinks
        self.routes = routes
        self.deadLetters = deadLetters
    }

    /// What of one record goes to one sink.
    struct Share {
        /// Index into `sinks`.
        let sink: Int
        /// Indices into `DecodedRecord.messages`.
        var messages: [Int]
        var events: Int
    }

    struct Routed {
        var shares: [Share] = []
        var filteredEvents = 0
    }

    /// Messages without events go nowhere.
    func route(_ record: DecodedRecord) -> Routed {
        var routed = Routed()
        for (index, message) in record.messages.enumerated() where !message.events.isEmpty {
            let takers = routes.sinks(for: message.origin)
            if takers.isEmpty { routed.filteredEvents += message.events.count }
            for sink in takers.map(\.value) {
                if let place = routed.shares.firstIndex(where: { $0.sink == sink }) {
                    routed.shares[place].messages.append(index)
                    routed.shares[place].events += message.events.count
                } else {
                    routed.shares.append(Share(sink: sink, messages: [index], events: message.events.count))
                }
            }
        }
        return routed
    }
}
