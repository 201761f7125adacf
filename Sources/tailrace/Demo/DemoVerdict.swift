internal import Core

/// The demo's ledger, from the sender's pen to the last byte delivered, and whether it adds up.
struct DemoVerdict {
    /// Events.
    let written: Int
    let matched: Int
    let inLogGroups: Int
    let inFiles: Int
    /// In the stream, as the emulator counted them.
    let records: Int
    /// The daemon's own ledger when it stopped.
    let daemon: DemoDaemon.LastWord
    /// Payloads of the dead letters.
    let deadLetters: [[UInt8]]
    let elapsed: Duration

    var addsUp: Bool {
        let delivered = column("records-delivered")
        let control = column("records-control")
        return inLogGroups == matched && inFiles == matched
            && column("central-delivered") == matched && column("archive-delivered") == matched
            && column("central-dead-lettered") == 0 && column("archive-dead-lettered") == 0
            && column("central-pending") == 0 && column("archive-pending") == 0
            && column("records-read") == records && column("records-pending") == 0
            && column("records-filtered") == 0
            && delivered + control + column("records-dead-lettered") == records
            && column("records-dead-lettered") == 1 && deadLetters == [DemoCommand.garbage] && control >= 1
    }

    var lines: [String] {
        let (seconds, attoseconds) = elapsed.components
        let rate = Double(matched) / (Double(seconds) + Double(attoseconds) / 1e18)
        let text = """
            written by senders          \(pad(written)) events
            matched by their filters    \(pad(matched)) events
            read from the stream        \(pad(column("records-read"))) records of \(records)
              with log events           \(pad(column("records-delivered")))
              control messages          \(pad(column("records-control")))
              dead-lettered             \(pad(column("records-dead-lettered")))
              pending                   \(pad(column("records-pending")))
            delivered to log groups     \(pad(column("central-delivered"))) events, \(inLogGroups) checked one by one
            delivered to files          \(pad(column("archive-delivered"))) events, \(inFiles) checked one by one
            \(Int(rate)) events/s from the first write to the last delivery
            \(addsUp ? "Everything adds up." : "This does not add up.")
            """
        return text.split(separator: "\n").map(String.init)
    }

    private func column(_ name: String) -> Int { daemon[name] ?? -1 }

    private func pad(_ number: Int) -> String {
        let text = "\(number)"
        return String(repeating: " ", count: max(0, 9 - text.count)) + text
    }
}
