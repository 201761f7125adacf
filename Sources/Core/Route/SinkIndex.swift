/// A sink's place in `RouteTable.sinks`: what the pipeline carries instead of names.
package struct SinkIndex: Hashable, Sendable {
    package let value: Int

    package init(_ value: Int) { self.value = value }
}

extension SinkIndex: Comparable {
    package static func < (left: SinkIndex, right: SinkIndex) -> Bool { left.value < right.value }
}
