import Foundation
import Testing

@testable import HTTPClient

/// Waits until it is so, long enough for the slowest machine.
func eventually(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ isSo: () -> Bool
) async throws {
    let end = ContinuousClock.now + .seconds(30)
    while !isSo() {
        guard ContinuousClock.now < end else {
            Issue.record(what, sourceLocation: sourceLocation)
            return
        }
        try await Task.sleep(for: .milliseconds(2))
    }
}

/// Gives the body a transport without proxies and shuts it down after.
func withTransport<Answer>(
    _ settings: HTTPTransportSettings = .plain, _ body: (HTTPTransport) async throws -> Answer
) async throws -> Answer {
    let transport = try HTTPTransport(settings)
    do {
        let answer = try await body(transport)
        await transport.shutdown()
        return answer
    } catch {
        await transport.shutdown()
        throw error
    }
}

extension HTTPTransportSettings {
    static var plain: HTTPTransportSettings { HTTPTransportSettings(proxies: .none) }
}

/// The failure that a call ends with, or `nil` when it ends otherwise.
func failure<Answer>(_ call: () async throws -> Answer) async -> HTTPFailure? {
    do {
        _ = try await call()
        return nil
    } catch {
        return error as? HTTPFailure
    }
}

/// A generator of test bytes and moments; its seed says all.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    static func bytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var random = Seeded(state: seed)
        return (0..<(count + 7) / 8).flatMap { _ in withUnsafeBytes(of: random.next()) { Array($0) } }.dropLast(
            (8 - count % 8) % 8)
    }
}
