private import Dispatch

/// Runs an actor whose calls block (files, a slow pipe) on a thread of its own, so that they hold up nobody else.
///
/// A serial dispatch queue gets threads apart from those that run Swift tasks.
package final class BlockingQueue: SerialExecutor {
    private let queue: DispatchQueue

    package init(_ label: String) { queue = DispatchQueue(label: label) }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
