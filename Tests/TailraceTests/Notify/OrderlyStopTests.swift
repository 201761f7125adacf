import Foundation
import Glibc
import Testing

@testable import tailrace

@Suite struct AStopIsAskedForOnce {
    private let stop = OrderlyStop()

    @Test func everyWaiterGoesOn() async {
        let seen = await withTaskGroup { group in
            for _ in 0..<20 { group.addTask { [stop] in await stop.wait() } }
            group.addTask { [stop] in
                stop.request(.terminate)
                return await stop.wait()
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(seen == Array(repeating: .terminate, count: 21))
    }

    @Test func whoComesLateNeedNotWait() async {
        stop.request(.interrupt)
        #expect(await stop.wait() == .interrupt)
        #expect(stop.signal == .interrupt)
    }

    @Test func onlyTheFirstRequestCounts() async {
        #expect(stop.signal == nil)
        stop.request(.interrupt)
        stop.request(.terminate)
        #expect(await stop.wait() == .interrupt)
    }

    @Test func aCancelledTaskDoesNotWait() async {
        let seen = await withTaskGroup { group in
            for _ in 0..<20 { group.addTask { [stop] in await stop.wait() } }
            group.cancelAll()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(seen == Array(repeating: nil, count: 20))
        stop.request(.terminate)
        #expect(await stop.wait() == .terminate)
    }
}

/// In processes of their own, since signals are for a process as a whole. (`raise` would not do: it means the thread, and
/// Dispatch's threads block signals.)
@Suite struct SignalsAskForAStop {
    @Test func theFirstOneIsAWish() async {
        await #expect(processExitsWith: .exitCode(100 + 15)) {
            let stop = try OrderlyStop.onSignals()
            kill(getpid(), SIGTERM)
            let signal = await stop.wait()
            exit(100 + (signal?.number ?? 0))
        }
        await #expect(processExitsWith: .exitCode(100 + 2)) {
            let stop = try OrderlyStop.onSignals()
            kill(getpid(), SIGINT)
            let signal = await stop.wait()
            exit(100 + (signal?.number ?? 0))
        }
    }

    /// timeout(1) sends its signal twice.
    @Test func aRepetitionAtOnceIsTheSameWish() {
        #expect(!SecondSignal.isOrder(milliseconds: 0))
        #expect(!SecondSignal.isOrder(milliseconds: 199))
        #expect(SecondSignal.isOrder(milliseconds: 200))
    }

    @Test func signalsHaveTheShellsCodes() {
        #expect(StopSignal.interrupt.exitCode.rawValue == 128 + StopSignal.interrupt.number)
        #expect(StopSignal.terminate.exitCode.rawValue == 128 + StopSignal.terminate.number)
    }

    @Test func theSecondOneIsAnOrder() async {
        await #expect(processExitsWith: .exitCode(143)) {
            _ = try OrderlyStop.onSignals()
            while true {
                kill(getpid(), SIGTERM)
                usleep(50_000)
            }
        }
        await #expect(processExitsWith: .exitCode(130)) {
            let stop = try OrderlyStop.onSignals()
            kill(getpid(), SIGTERM)
            await stop.wait()
            while true {
                kill(getpid(), SIGINT)
                usleep(50_000)
            }
        }
    }
}
