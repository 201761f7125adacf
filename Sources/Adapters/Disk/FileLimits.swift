/// What a sink that writes files may use at once. A test makes them small.
package struct FileLimits: Hashable, Sendable {
    /// What may wait in memory before it has to be written; the lines of one more record come on top.
    package var bufferedBytesMax = 8 * 1024 * 1024
    /// How many records may wait for a cut, about 150 bytes each with what the pipeline keeps of them. Beyond it, whoever
    /// accepts waits for the next cut.
    package var owedMax = 65_536
    /// Descriptors that are kept open: a quarter of what a process gets by default. `RLIMIT_NOFILE`, setrlimit(2)
    package var openFilesMax = 256
    /// Files that are kept in mind, about 300 bytes each. Beyond it those idle for longest are let go.
    package var knownFilesMax = 8192

    package init() {}
}
