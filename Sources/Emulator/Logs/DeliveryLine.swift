/// Lets deliveries happen one after the other, in the order of their tickets.
///
/// Each ticket from 0 on must come, wait and leave, or those behind it wait for ever.
actor DeliveryLine {
    private var serving = 0
    private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]

    func wait(_ ticket: Int) async {
        guard ticket != serving else { return }
        await withCheckedContinuation { waiting[ticket] = $0 }
    }

    func leave() {
        serving += 1
        waiting.removeValue(forKey: serving)?.resume()
    }
}
