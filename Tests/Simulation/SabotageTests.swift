import StreamWorld
import Testing

/// A simulation that notices nothing proves nothing: each deliberate bug is found, and by which invariants is known.
@Suite struct EveryBugIsNoticed {
    private static let catchers: [Sabotage: Set<Invariant>] = [
        .startsChildrenAtLatest: [.readingsBeginWhereTheyShould],
        .ignoresSecondParent: [.parentsComeFirst],
        .dropsLastPage: [.onlySettledIsPassed],
        .reopensAtTheStart: [.readingsLeaveNothingOut],
        .reopensOneTooLate: [.readingsLeaveNothingOut],
        .takesThrottledForRead: [.readingsLeaveNothingOut],
        .stopsAtTheFirstError: [.everythingSettlesInTheEnd],
        .keepsGapsQuiet: [.nothingIsLostInSilence],
        .keepsAgedOutQuiet: [.nothingIsLostInSilence],
        .forgetsWhenItWasCurrent: [.nothingIsLostInSilence],
        .forgetsWhereItBegan: [.readingsBeginWhereTheyShould],
        .readsAgainBeforeCommits: [.theLedgerIsExact, .checkpointsNeverGoBack, .readingsBeginWhereTheyShould],
        .datesListsByTheirAnswer: [.forgottenIsWhatIsOver, .refusedIsWhatIsAnother, .parentsComeFirst],
        .asksForTheCreationOnce: [.everythingSettlesInTheEnd],
        .savesTheCreationLater: [.refusedIsWhatIsAnother],
        .settlesFilesAtOnce: [.onlySettledIsPassed],
        .keepsWhatWasNotCommitted: [.filesHoldEachRecordOnce],
        .forgetsTheFrontier: [.filesHoldEachRecordOnce],
        .commitsPastAGap: [.onlySettledIsPassed],
        .commitsBeforeDelivery: [.onlySettledIsPassed],
        .endsBeforeTheLastPageSettled: [.onlySettledIsPassed],
        .savesUnderAnotherShard: [.checkpointsKeepToTheirShard],
        .takesFailedForSaved: [.parentsComeFirst],
        .addsCountsAgain: [.theLedgerIsExact],
        .resumesTheLedgerTwice: [.theLedgerIsExact],
        .forgetsBeforeChildrenBegan: [.forgottenIsWhatIsOver],
    ]

    /// The rarest need two thousand.
    private static let seedsMax: UInt64 = 20_000

    @Test(arguments: Sabotage.allCases)
    func bySomeSeed(sabotage: Sabotage) async throws {
        let catchers = try #require(Self.catchers[sabotage])
        let found = await Lives.first(of: 1...Self.seedsMax, sabotage: sabotage, violating: catchers)
        let seed = try #require(found?.seed, "no seed shows that the daemon \(sabotage.rawValue)")
        #expect(World(seed: seed).run()?.invariant == nil, "seed \(seed)")
    }
}
