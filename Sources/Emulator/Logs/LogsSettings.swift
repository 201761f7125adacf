/// What differs between accounts, or changed over the years.
package struct LogsSettings: Sendable {
    /// AWS's page on quotas says 5, its API reference 2.
    package var filtersPerGroup = 5
    /// A message with its overhead. It was 262,144 until April 2025.
    package var eventBytesMax = 1_048_576
    /// The largest record of a subscription, partition key included. A larger payload is split, one event at least in
    /// each part.
    package var recordBytesMax = 1_048_576
    /// Which organization (`o-…`) an account belongs to. Without one no policy by organization admits it.
    package var organizations: [String: String] = [:]

    package init() {}
}
