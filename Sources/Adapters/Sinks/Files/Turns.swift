private import DequeModule

/// Lets one caller at a time through, first come first served: what an actor alone does not do across an `await`.
///
/// Belongs to one actor and is used on it only.
final class Turns {
    private var isTaken = false
    private var waiting: Deque<CheckedContinuation<Void, Never>> = []

    func take() async {
        guard isTaken else {
            isTaken = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// The turn goes straight to who waits longest.
    func giveBack() {
        if let next = waiting.popFirst() { next.resume() } else { isTaken = false }
    }
}
