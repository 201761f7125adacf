import Core
import Testing

@Suite struct OriginTests {
    /// `é` as one scalar and as two: Swift's strings are equal, the log streams are not the same.
    @Test func comparesBytes() {
        let composed = Origin(owner: "1", logGroup: "g", logStream: "caf\u{E9}")
        let decomposed = Origin(owner: "1", logGroup: "g", logStream: "cafe\u{301}")
        #expect(composed.logStream == decomposed.logStream)
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed, composed]).count == 2)
    }

    @Test func noNameLeaksIntoTheNext() {
        #expect(
            Origin(owner: "1", logGroup: "a", logStream: "bc") != Origin(owner: "1", logGroup: "ab", logStream: "c"))
    }
}
