import Testing

@testable import Setup

@Suite struct FindingTests {
    @Test func lines() {
        #expect(Finding.ok("stream S", "is ACTIVE").line == "ok      stream S: is ACTIVE")
        #expect(Finding.warning("a", "b", remedy: "c").line == "warning a: b. Remedy: c")
        #expect(Finding.fault("a", "b", remedy: "c").line == "fault   a: b. Remedy: c")
    }

    @Test func json() {
        #expect(Finding.ok("a", "b").json.compact == #"{"level":"ok","subject":"a","text":"b"}"#)
        #expect(
            Finding.fault("a", "b", remedy: "c").json.compact
                == #"{"level":"fault","subject":"a","text":"b","remedy":"c"}"#)
    }

    @Test func levels() { #expect([Finding.Level.fault, .ok, .warning].sorted() == [.ok, .warning, .fault]) }
}
