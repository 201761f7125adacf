/// One deliberate bug, built in where the machines and the world meet. A simulation that does not notice it proves
/// nothing.
package enum Sabotage: String, CaseIterable, Sendable {
    // Read
    /// What follows a shard by resharding is read from the tip.
    case startsChildrenAtLatest = "starts-children-at-latest"
    /// Of a merge's two parents one is awaited.
    case ignoresSecondParent = "ignores-second-parent"
    /// A page without a next iterator is taken for an empty one.
    case dropsLastPage = "drops-last-page"
    /// A fresh iterator is opened where reading began, not where it is.
    case reopensAtTheStart = "reopens-at-the-start"
    /// A fresh iterator is opened one record too late.
    case reopensOneTooLate = "reopens-one-too-late"
    /// After a throttled poll the iterator is used that its answer would have had.
    case takesThrottledForRead = "takes-throttled-for-read"
    /// The first error ends the reading of a shard, silently.
    case stopsAtTheFirstError = "stops-at-the-first-error"
    /// That records expired before they were read is told to nobody.
    case keepsGapsQuiet = "keeps-gaps-quiet"
    /// That a shard aged out before it was read is told to nobody.
    case keepsAgedOutQuiet = "keeps-aged-out-quiet"
    /// When a position was current is forgotten by a restart, and unknown of a child.
    case forgetsWhenItWasCurrent = "forgets-when-it-was-current"
    /// What the configured start means is not saved before reading begins.
    case forgetsWhereItBegan = "forgets-where-it-began"
    /// A shard that a list lacked is given out again while what was read of it is on its way into the store.
    case readsAgainBeforeCommits = "reads-again-before-commits"

    /// A list is dated by when it came, not by when it was asked for.
    case datesListsByTheirAnswer = "dates-lists-by-their-answer"
    /// When the stream was created is asked for once, and told with every list.
    case asksForTheCreationOnce = "asks-for-the-creation-once"
    /// When a recreated stream was created is saved after the old checkpoints have gone.
    case savesTheCreationLater = "saves-the-creation-later"

    // Deliver
    /// Records in files are settled when they are written, and files are made durable later.
    case settlesFilesAtOnce = "settles-files-at-once"
    /// After a crash files keep what no commit covers.
    case keepsWhatWasNotCommitted = "keeps-what-was-not-committed"
    /// A restart does not know how far files reach beyond the checkpoints.
    case forgetsTheFrontier = "forgets-the-frontier"

    // Commit
    /// The newest settled record is saved, whatever is open before it.
    case commitsPastAGap = "commits-past-a-gap"
    /// The newest record that was read is saved, before its delivery.
    case commitsBeforeDelivery = "commits-before-delivery"
    /// A shard's end is saved when its last page was handed over.
    case endsBeforeTheLastPageSettled = "ends-before-the-last-page-settled"
    /// One shard's position is saved as another's.
    case savesUnderAnotherShard = "saves-under-another-shard"
    /// A commit that failed is taken for one that did not.
    case takesFailedForSaved = "takes-failed-for-saved"
    /// A commit that failed after it was written adds to the ledger once more.
    case addsCountsAgain = "adds-counts-again"
    /// After a restart the ledger goes on from twice what was saved.
    case resumesTheLedgerTwice = "resumes-the-ledger-twice"
    /// A shard that lists lack is forgotten at once.
    case forgetsBeforeChildrenBegan = "forgets-before-children-began"
}
