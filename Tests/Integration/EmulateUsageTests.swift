import Testing

extension ProgramTests {
    @Suite struct EmulateUsage {
        @Test(arguments: [
            ["--listen", "nowhere"], ["--listen", "127.0.0.1:99999"], ["--access-key", "id:secret"],
            ["--access-key", "id:secret:12345"], ["--fault", "GetRecords"],
            ["--fault", "GetRecords:5-3:InternalFailure"],
            ["--fault", "GetRecord:1:InternalFailure"], ["--reshard-every", "soon"], ["--old-positions", "lost"],
            ["--account", "me"], ["--shards", "0"],
        ]) func nonsenseIsAnErrorOfUsage(arguments: [String]) async throws {
            try await Account.with { account in
                let place = try Workplace()
                let listen = arguments.contains("--listen") ? [] : ["--listen", "127.0.0.1:0"]
                let emulate = try await place.run(["emulate"] + listen + arguments, of: account)
                #expect(emulate.ending == .exited(2))
                #expect(!emulate.errors.isEmpty)
            }
        }
    }
}
