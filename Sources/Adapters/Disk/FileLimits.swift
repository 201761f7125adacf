/// What a sink that writes files may use at once. A test makes them small.
package struct FileLimits: Hashable, Sendable {
    /// What buffers may occupy before all of them have to be written; some lines of one record come on top.
    package var bufferedBytesMax = 16 * 1024 * 1024
    /// What may be appended before whole blocks are written: little enough to be still in a core's own cache when the system
    /// copies it.
    package var appendedBytesMax = 2 * 1024 * 1024
    /// Between cuts files are written in whole blocks of this size, as the system keeps a file in its memory in pieces as
    /// large as the writes, and each piece has its price.
    package var blockBytes = 64 * 1024
    /// How many records may wait for a cut, about 150 bytes each with what the pipeline keeps of them. Beyond it, whoever
    /// accepts waits for the next cut.
    package var owedMax = 65_536
    /// Descriptors that all sinks together keep open: a quarter of what a process gets by default. `RLIMIT_NOFILE`,
    /// setrlimit(2)
    package var openFilesMax = 256
    /// Files that are kept in mind, about 300 bytes each. Beyond it those idle for longest are let go.
    package var knownFilesMax = 8192

    package init() {}

    /// The usual ones, or less for a sink that may occupy only `bytesMax`, beside so many others.
    package init(bytesMax: Int, sharers: Int) {
        bufferedBytesMax = min(bufferedBytesMax, bytesMax)
        appendedBytesMax = min(appendedBytesMax, bytesMax / 4)
        openFilesMax = max(16, openFilesMax / max(1, sharers))
    }
}
