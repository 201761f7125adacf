/// The `memory` setting, shared out.
///
/// Two budgets rather than one: texts in flight must never wait for the room that waiting pages occupy.
package struct Memory: Sendable {
    /// Replies of polls, until their last record is dispatched.
    package let pages: MemoryBudget
    /// Inflated records and their indexes, until every sink has settled them.
    package let records: MemoryBudget

    /// A quarter for pages; three eighths for records, which the largest record that the settings allow fits into
    /// with its index, at the usual size; the rest is what sinks write with, and the program itself.
    package init(bytes: Int) {
        pages = MemoryBudget(bytes: bytes / 4)
        records = MemoryBudget(bytes: bytes / 8 * 3)
    }
}
