import Core

/// What the seed decides about a world before its first step. Times are in milliseconds.
struct Conditions {
    enum Start: CaseIterable { case trimHorizon, latest, atTime }

    let start: Start
    /// `nil` when nothing expires within the world's life.
    let retention: Int?
    /// Kinesis refuses a position that has expired. Otherwise it serves the oldest records without a word.
    let refusesExpired: Bool
    /// The wall clock jumps. Then nothing expires: what was lost is found by comparing times.
    let clockJumps: Bool
    /// How old a list of shards may be. AWS gives no figure; `ShardTree.listLagMax` is taken for safe.
    let listLagMax: Int
    /// Of a hundred lists so many are old, and so many answers take minutes.
    let lateLists: Int
    let slowLists: Int
    /// Of a hundred calls so many are answered by a part of Kinesis that does not know a young shard.
    let denials: Int
    let pageRecordsMax: Int
    let sinkCount: Int
    /// Of a hundred calls of Kinesis so many fail, of the store and of the sinks.
    let callFaults: Int
    let storeFaults: Int
    let sinkFaults: Int
    /// How long a transaction takes at most, on its way to the store and back.
    let storeDelay: Int
    /// Of a hundred changes of the stream so many are splits and merges.
    let reshardings: Int
    /// Of a hundred happenings so many are that nothing happens for minutes.
    let leaps: Int
    /// Of a thousand steps so many are crashes.
    let crashes: Int
    /// Whether it is known when the stream was created.
    let knowsCreation: Bool
    let mayBeRecreated: Bool
    let pace: ReadPace
    let commitInterval: Int
    /// Steps until faults stop.
    let troubledSteps: Int

    init(_ chance: inout Chance) {
        start = chance.one(of: [.trimHorizon, .trimHorizon, .latest, .atTime])
        clockJumps = chance.percent(30)
        retention = clockJumps || chance.percent(30) ? nil : chance.one(of: [900_000, 1_800_000, 3_600_000])
        refusesExpired = chance.percent(50)
        // Each by itself is harmless: in some worlds all of what is late comes together.
        let isLate = chance.percent(15)
        listLagMax = isLate ? 290_000 : chance.one(of: [0, 5_000, 290_000])
        lateLists = isLate ? 80 : chance.one(of: [20, 60])
        slowLists = isLate ? 20 : chance.one(of: [0, 5])
        denials = isLate ? 30 : chance.one(of: [0, 10])
        storeDelay = isLate ? 5_000 : chance.one(of: [1, 200])
        storeFaults = isLate ? 30 : chance.one(of: [0, 0, 10, 40])
        reshardings = isLate ? 15 : chance.one(of: [5, 15, 40])
        leaps = isLate ? 0 : chance.one(of: [0, 8, 16])
        callFaults = isLate ? 5 : chance.one(of: [0, 5, 20, 40])
        sinkFaults = chance.one(of: [0, 5, 30])
        pageRecordsMax = chance.within(1...4)
        sinkCount = chance.within(2...3)
        crashes = chance.one(of: [0, 4, 8, 16])
        knowsCreation = chance.percent(50)
        mayBeRecreated = chance.percent(25)
        pace = ReadPace(
            allowance: chance.percent(50) ? .wholeShard : .unlimited,
            idle: .milliseconds(chance.one(of: [5_000, 30_000, 60_000])))
        commitInterval = chance.one(of: [1_000, 5_000, 15_000])
        troubledSteps = chance.within(150...350)
    }
}
