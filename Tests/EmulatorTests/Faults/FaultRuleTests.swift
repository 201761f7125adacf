import Testing

@testable import Emulator

@Suite struct FaultRulesAsWords {
    @Test(
        arguments: [
            ("GetRecords:3:InternalFailure", .calls(3...3), .refused("InternalFailure", 500)),
            (
                "GetRecords:3-5:ProvisionedThroughputExceededException", .calls(3...5),
                .refused("ProvisionedThroughputExceededException", 400)
            ),
            ("*:3-:AccessDeniedException/403", .calls(3...Int.max), .refused("AccessDeniedException", 403)),
            ("PutAccountPolicy:1:503", .calls(1...1), .refused("InternalFailure", 503)),
            ("DescribeKey:1:empty", .calls(1...1), .empty), ("DescribeOrganization:1:empty", .calls(1...1), .empty),
            ("PutLogEvents:always:503", .always, .refused("InternalFailure", 503)),
            ("ListShards:30%:html", .percent(30), .html(status: 500)),
            ("ListShards:0.5%:html/502", .percent(0.5), .html(status: 502)),
            ("GetCallerIdentity:1:empty", .calls(1...1), .empty), ("GetRecords:1:truncated", .calls(1...1), .truncated),
            ("GetRecords:1:cut-off", .calls(1...1), .cutOff), ("GetRecords:1:reset", .calls(1...1), .reset),
            ("GetRecords:1:drip/1000", .calls(1...1), .drip(bytesPerSecond: 1000)),
            ("GetRecords:7%:reset", .percent(7), .reset), ("GetRecords:1:stall", .calls(1...1), .stall),
            ("GetRecords:1:next-with-children", .calls(1...1), .lastPage(.nextWithChildren)),
            ("GetRecords:1:no-children", .calls(1...1), .lastPage(.noChildren)),
            ("GetRecords:1:child-without-parents", .calls(1...1), .lastPage(.childWithoutParents)),
            ("*:always:cbor-unknown", .always, .cbor(.unknown)), ("*:always:cbor-breaks", .always, .cbor(.breaks)),
        ] as [(String, FaultRule.Occasion, FaultRule.Effect)])
    func areReadAndWritten(text: String, occasion: FaultRule.Occasion, effect: FaultRule.Effect) throws {
        let rule = try FaultRule(parsing: text)
        #expect(rule.occasion == occasion)
        #expect(rule.effect == effect)
        #expect(text.hasPrefix(rule.operation + ":"))
        #expect(try FaultRule(parsing: rule.description) == rule)
    }

    @Test(arguments: [
        "", "GetRecords", "GetRecords:1", "GetRecords:1:InternalFailure:x", "GetRecord:1:InternalFailure",
        "GetRecords:0:InternalFailure", "GetRecords:5-3:InternalFailure", "GetRecords:-3:InternalFailure",
        "GetRecords:x:InternalFailure", "GetRecords:101%:InternalFailure", "GetRecords:-1%:InternalFailure",
        "GetRecords::InternalFailure", "GetRecords:1:", "GetRecords:1:cutoff", "GetRecords:1:200",
        "GetRecords:1:InternalFailure/200", "GetRecords:1:InternalFailure/x", "GetRecords:1:Internal-Failure",
        "GetRecords:1:drip", "GetRecords:1:drip/0", "GetRecords:1:drip/1/2", "GetRecords:1:html/99",
    ])
    func thatSayNothingAreRefused(text: String) {
        #expect { try FaultRule(parsing: text) } throws: { error in
            guard let error = error as? FaultRule.NotARule else { return false }
            return error.description.hasPrefix("'\(text)'")
        }
    }

    @Test func nameEveryErrorOfKinesisWithItsStatus() throws {
        for effect in FaultRule.Effect.everyKinesisError {
            guard case .refuse(let code, _, _) = effect else {
                Issue.record("\(effect) is no error")
                continue
            }
            #expect(try FaultRule(parsing: "GetRecords:1:\(code)").effect == effect)
        }
    }
}

extension FaultRule.Effect {
    fileprivate static func refused(_ code: String, _ status: Int) -> Self {
        .refuse(code: code, message: "injected", status: status)
    }
}

@Suite struct FaultPlans {
    private func strikes(_ plan: FaultPlan, _ operation: String, calls: Int) async -> [Bool] {
        var strikes: [Bool] = []
        for _ in 0..<calls { strikes.append(await plan.strike(onNext: operation, in: .json) != nil) }
        return strikes
    }

    @Test func countTheCallsOfTheirOperationOnly() async {
        let plan = FaultPlan([FaultRule(operation: "GetRecords", calls: 2...3, effect: .empty)])
        #expect(await strikes(plan, "ListShards", calls: 3) == [false, false, false])
        #expect(await strikes(plan, "GetRecords", calls: 4) == [false, true, true, false])
    }

    @Test func countEveryOperationWhenToldSo() async {
        let plan = FaultPlan([FaultRule(operation: FaultRule.everyOperation, calls: 2...2, effect: .empty)])
        #expect(await strikes(plan, "ListShards", calls: 1) == [false])
        #expect(await strikes(plan, "GetRecords", calls: 2) == [true, false])
    }

    /// One rule's strike is a call for the rules behind it as well.
    @Test func letTheFirstThatStrikesDecide() async {
        let plan = FaultPlan([
            FaultRule(operation: "GetRecords", calls: 1...1, effect: .reset),
            FaultRule(operation: "GetRecords", calls: 1...2, effect: .empty),
        ])
        #expect(await plan.strike(onNext: "GetRecords", in: .json)?.effect == .reset)
        #expect(await plan.strike(onNext: "GetRecords", in: .json)?.effect == .empty)
        #expect(await plan.strike(onNext: "GetRecords", in: .json)?.effect == nil)
        #expect(await plan.tallies.map(\.calls) == [3, 3])
        #expect(await plan.tallies.map(\.strikes) == [1, 1])
    }

    @Test func countFromWhenTheyWereAdded() async {
        let plan = FaultPlan()
        #expect(await strikes(plan, "GetRecords", calls: 5) == Array(repeating: false, count: 5))
        await plan.add([FaultRule(operation: "GetRecords", calls: 1...1, effect: .empty)])
        #expect(await strikes(plan, "GetRecords", calls: 2) == [true, false])
    }

    @Test func stayUntilTheyAreLifted() async {
        let plan = FaultPlan([
            FaultRule(operation: "GetRecords", on: .always, effect: .empty),
            FaultRule(operation: "ListShards", on: .always, effect: .empty),
        ])
        #expect(await strikes(plan, "GetRecords", calls: 20).allSatisfy { $0 })
        #expect(await plan.lift("GetRecords") == 1)
        #expect(await strikes(plan, "GetRecords", calls: 1) == [false])
        #expect(await strikes(plan, "ListShards", calls: 1) == [true])
        #expect(await plan.lift() == 1)
        #expect(await plan.lift() == 0)
    }

    @Test func withAProbabilityStrikeAsOftenAndAsTheSeedSays() async {
        let rule = FaultRule(operation: "GetRecords", on: .percent(30), effect: .empty)
        var runs: [[Bool]] = []
        for seed: UInt64 in [1, 1, 2] {
            runs.append(await strikes(FaultPlan([rule], seed: seed), "GetRecords", calls: 2000))
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0] != runs[2])
        #expect((500...700).contains(runs[0].count { $0 }))
        for (percent, struck) in [(0.0, 0), (100.0, 100)] {
            let rule = FaultRule(operation: "GetRecords", on: .percent(percent), effect: .empty)
            #expect(await strikes(FaultPlan([rule]), "GetRecords", calls: 100).count { $0 } == struck)
        }
    }

    @Test func ofCBORAndOfLastPagesCountTheseOnly() async {
        let plan = FaultPlan([
            FaultRule(operation: "GetRecords", calls: 1...1, effect: .cbor(.unknown)),
            FaultRule(operation: "GetRecords", calls: 1...1, effect: .lastPage(.noChildren)),
        ])
        #expect(await plan.strike(onNext: "GetRecords", in: .json)?.effect == nil)
        #expect(await plan.strike(onNext: "GetRecords", in: .cbor)?.effect == .cbor(.unknown))
        #expect(await plan.flaw(ofNextLastPage: .getRecords) == .noChildren)
        #expect(await plan.flaw(ofNextLastPage: .getRecords) == nil)
    }
}

@Suite struct SpansOfTime {
    @Test(
        arguments: [
            ("500ms", 500), ("20s", 20_000), ("6m", 360_000), ("24h", 86_400_000), ("2d", 172_800_000),
        ] as [(String, Int64)])
    func areANumberAndAUnit(text: String, milliseconds: Int64) {
        #expect(DurationText.parse(text) == .milliseconds(milliseconds))
    }

    @Test(arguments: [
        "", "s", "20", "-1s", "0s", "1.5s", "20 s", "1w", "3651d", "99999999999999999999h", "9223372036854775807d",
    ])
    func areNothingElse(text: String) { #expect(DurationText.parse(text) == nil) }
}
