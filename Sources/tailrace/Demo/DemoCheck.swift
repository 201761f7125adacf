internal import Core
internal import Emulator
import Foundation

/// Compares what arrived with what was written, event for event.
struct DemoCheck {
    let traffic: DemoTraffic
    let emulator: Emulator
    let files: URL

    /// Every event that the filters match, in the central log groups: the same text and time, in order, once.
    func logGroups() async throws -> Int {
        var checked = 0
        for group in [DemoTraffic.cloudTrailGroup, DemoTraffic.applicationGroup] {
            let central = DemoCommand.centralGroup(of: group)
            guard
                let events = await emulator.logEvents(
                    inGroup: central, account: DemoAccounts.recipient, region: DemoAccounts.centralRegion)
            else { throw CommandFailure(.failed, "log group \(central) was not made") }
            var stored = events.makeIterator()
            let streams = traffic.streams.filter { $0.origin.logGroup == group }
            for stream in streams.sorted(by: { $0.origin.logStream < $1.origin.logStream }) {
                for index in 0..<stream.events where traffic.isMatched(index, in: stream) {
                    let event = stored.next()
                    guard let event, event.logStream == stream.origin.logStream,
                        event.timestamp == traffic.timestamp(of: index).milliseconds,
                        event.message.elementsEqual(traffic.message(index, in: stream).utf8)
                    else { throw mismatch(index, of: stream, in: "log group \(central)") }
                    checked += 1
                }
            }
            guard stored.next() == nil else {
                throw CommandFailure(.failed, "log group \(central) holds too many events")
            }
        }
        return checked
    }

    /// The same in the files, byte for byte but for the id, which is AWS's.
    func lines() throws -> Int {
        let template = try PathTemplate(DemoCommand.pathTemplate)
        var checked = 0
        var seen: Set<String> = []
        for stream in traffic.streams {
            var (path, rest) = ("", Data()[...])
            for index in 0..<stream.events where traffic.isMatched(index, in: stream) {
                let next = template.path(for: stream.origin, at: traffic.timestamp(of: index)).text
                if next != path {
                    guard rest.isEmpty else { throw CommandFailure(.failed, "file \(path) holds too many lines") }
                    guard seen.insert(next).inserted else { throw CommandFailure(.failed, "file \(next) is shared") }
                    path = next
                    rest = try Data(contentsOf: files.appendingPathComponent(next))[...]
                }
                let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
                guard isLine(rest[rest.startIndex..<end], index, of: stream) else {
                    throw mismatch(index, of: stream, in: "file \(path)")
                }
                rest = end < rest.endIndex ? rest[(end + 1)...] : rest[rest.endIndex...]
                checked += 1
            }
            guard rest.isEmpty else { throw CommandFailure(.failed, "file \(path) holds too many lines") }
        }
        return checked
    }

    /// `{"owner":…,"logStream":…,"id":"DIGITS","timestamp":…,"message":…}`
    private func isLine(_ line: Data.SubSequence, _ index: Int, of stream: DemoTraffic.LogStream) -> Bool {
        var start: [UInt8] = Array(#"{"owner":"#.utf8)
        JSONEscape.append(stream.origin.owner, to: &start)
        start += Array(#","logGroup":"#.utf8)
        JSONEscape.append(stream.origin.logGroup, to: &start)
        start += Array(#","logStream":"#.utf8)
        JSONEscape.append(stream.origin.logStream, to: &start)
        start += Array(#","id":""#.utf8)
        var end = Array(#"","timestamp":\#(traffic.timestamp(of: index).milliseconds),"message":"#.utf8)
        JSONEscape.append(traffic.message(index, in: stream), to: &end)
        end.append(UInt8(ascii: "}"))
        guard line.count > start.count + end.count, line.starts(with: start), line.suffix(end.count).elementsEqual(end)
        else { return false }
        return line.dropFirst(start.count).dropLast(end.count).allSatisfy { (0x30...0x39).contains($0) }
    }

    private func mismatch(_ index: Int, of stream: DemoTraffic.LogStream, in place: String) -> CommandFailure {
        CommandFailure(
            .failed, "event \(index) of log stream \(stream.origin.logStream) is not what it should be in \(place)")
    }
}
