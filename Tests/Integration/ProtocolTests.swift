import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// Records travel in CBOR or in JSON, and what is delivered is the same.
    @Suite struct ProtocolTests {
        private static let traffic = Traffic(logStreams: 4, records: 60, eventsPerRecord: 20)

        @Test(arguments: ["cbor", "json"])
        func eitherDeliversEverything(way: String) async throws {
            let place = try await delivering(in: way)
            #expect(try place.refusalsOfCBOR() == [])
        }

        /// Asked once in CBOR, or as often as it takes to be sure, and in JSON from then on.
        @Test(arguments: [
            (KinesisRules.CBORManners.unknown, "UnknownOperationException"), (.breaks, "500"),
        ])
        func anEndpointThatRefusesCBORGetsJSON(manners: KinesisRules.CBORManners, code: String) async throws {
            let place = try await delivering(in: "cbor", refusals: 1) { $0.kinesis.cbor = manners }
            #expect(try place.refusalsOfCBOR() == [code])
            // It is no failure: nothing was waited for.
            #expect(try !place.logLines().contains { $0.message == "attempt failed, trying again" })
        }

        /// Such an endpoint is not even asked.
        @Test(arguments: [("json", [:]), ("cbor", ["AWS_CBOR_DISABLED": "true"]), ("cbor", ["CBOR_ENABLED": "false"])])
        func whoKnowsSaysSo(way: String, variables: [String: String]) async throws {
            let place = try await delivering(in: way, adding: variables) { $0.kinesis.cbor = .unknown }
            #expect(try place.refusalsOfCBOR() == [])
        }

        /// Runs a daemon until all of the traffic is in its files and CBOR was given up so many times.
        private func delivering(
            in way: String, refusals: Int = 0, adding variables: [String: String] = [:],
            _ change: (inout EmulatorSettings) -> Void = { _ in }
        ) async throws -> Workplace {
            let place = try Workplace()
            try place.write(sinks: [.archive], recordsProtocol: way)
            try await Account.with(change) { account in
                try await account.fill(Self.traffic, shards: 4, below: place.directory)
                let daemon = try place.daemon(of: account, adding: variables)
                try await eventually("all is delivered", by: daemon) {
                    place.deliveredBytes() >= Self.traffic.fileBytes
                }
                // It goes on polling at the tip, where an unclear refusal becomes a clear one.
                try await eventually("JSON is settled", by: daemon) {
                    try place.refusalsOfCBOR().count >= refusals
                }
                #expect(try await daemon.stop() == .exited(0))
            }
            try place.expectFiles(Self.traffic.files)
            #expect(try place.lastWord()["records-pending"] == 0)
            return place
        }
    }
}

extension Workplace {
    /// For what codes the daemons gave CBOR up, one for each time.
    func refusalsOfCBOR() throws -> [String] {
        try logLines().filter { $0.message == "endpoint refuses CBOR, going on in JSON" && $0.level == "notice" }
            .compactMap { $0.metadata["code"] }
    }
}
