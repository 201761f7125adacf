import Core
import Locking
import Testing

@testable import Pipeline

@Suite struct ShardPulseTests {
    private let uptime = Locked(Duration.zero)
    private let pulse: ShardPulse
    private let central: SinkName
    private let archive: SinkName

    init() throws {
        central = try #require(SinkName("central"))
        archive = try #require(SinkName("archive"))
        let progress = ShardProgress(shard: try #require(ShardID("shardId-000000000001")))
        pulse = ShardPulse(progress) { [uptime] in uptime.withLock { $0 } }
    }

    private func pass(_ seconds: Int) { uptime.withLock { $0 += .seconds(seconds) } }

    private var look: ShardPulse.Look {
        pulse.look(at: Moment(uptime: uptime.withLock { $0 }, time: Instant(milliseconds: 0), jitter: 0))
    }

    private func give(_ number: Int, to sink: SinkName) throws -> ShardPulse.Ticket {
        pulse.gives(try #require(SequenceNumber("\(number)")), to: sink)
    }

    /// A sink that always has something, and goes on, does not stand.
    @Test func aSinkStandsAtItsOldestRecord() throws {
        pass(5)
        let tickets = [try give(1, to: central), try give(2, to: central), try give(3, to: central)]
        pass(100)
        #expect(look.standing == [central: .seconds(100)])
        pulse.settled(tickets[1])
        #expect(look.standing == [central: .seconds(100)], "what settles behind the oldest moves nothing")
        #expect(look.sinceMoved == nil)
        pulse.settled(tickets[0])
        #expect(look.standing == [central: .zero])
        pass(7)
        #expect(look.standing == [central: .seconds(7)])
        #expect(look.sinceMoved == .seconds(7))
        pulse.settled(tickets[2])
        #expect(look.standing.isEmpty)
        pass(50)
        _ = try give(4, to: central)
        #expect(look.standing == [central: .zero], "an idle time is none in which it stood")
    }

    @Test func eachSinkStandsByItself() throws {
        let first = (try give(1, to: central), try give(1, to: archive))
        pass(10)
        pulse.settled(first.0)
        _ = try give(2, to: central)
        pass(10)
        #expect(look.standing == [central: .seconds(10), archive: .seconds(20)])
    }

    /// The shard's two tasks wait for different things at one time.
    @Test func waitsAreToldWhileTheyLast() async throws {
        await pulse.waiting(for: .pages) {
            pass(3)
            #expect(look.settling(hoarder: archive, troubled: []).wait == .init(sink: archive, lasting: .seconds(3)))
            await pulse.waiting(for: .sink(central)) {
                pass(4)
                #expect(
                    look.settling(hoarder: archive, troubled: []).wait == .init(sink: central, lasting: .seconds(4)))
            }
            #expect(look.settling(hoarder: nil, troubled: []).wait == .init(sink: nil, lasting: .seconds(7)))
            await pulse.waiting(for: .memory) {
                #expect(look.settling(hoarder: central, troubled: []).wait == .init(sink: central, lasting: .zero))
            }
        }
        #expect(look.wait == nil)
        struct Fault: Error {}
        await #expect(throws: Fault.self) { try await pulse.waiting(for: .memory) { throw Fault() } }
        #expect(look.wait == nil)
    }

    @Test func troubleIsTheSinksOwn() throws {
        _ = (try give(1, to: central), try give(1, to: archive))
        let backlogs = look.settling(hoarder: nil, troubled: [archive]).backlogs
        #expect(backlogs.first { $0.sink == archive }?.isInTrouble == true)
        #expect(backlogs.first { $0.sink == central }?.isInTrouble == false)
    }
}
