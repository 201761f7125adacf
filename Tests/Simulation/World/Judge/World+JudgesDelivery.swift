import Core

/// Judges what sinks get.
extension World {
    func judgeOrder(of delivery: Delivery) {
        let (number, sink) = (delivery.settlement.record, delivery.share.sink)
        // What the stream has forgotten may come whenever it comes.
        guard isWanted(number), !isOutdated, !stream.isExpired(number, at: now) else { return }
        let fate = judge.fates[number]
        guard fate.reached & 1 << sink == 0, sink != Outlet.files || fate.fileIndex == nil else { return }
        let last = judge.lastFirst[sink][delivery.key]
        if last > number { report(.logStreamsKeepTheirOrder, "record \(number) comes after \(last) to sink \(sink)") }
        judge.lastFirst[sink][delivery.key] = number
    }

    func judgeAppend(_ number: Int) {
        let (isThere, mayRepeat) = (judge.fates[number].fileIndex != nil, judge.fates[number].mayRepeat)
        if isThere, !mayRepeat { report(.filesHoldEachRecordOnce, "record \(number)") }
        judge.fates[number].fileIndex = judge.fates[number].fileIndex ?? disk.file.count
    }

    func judgeLetter(_ number: Int) {
        judge.fates[number].letterIndex = judge.fates[number].letterIndex ?? disk.letters.count
    }

    /// The files were cut.
    func judgeDisk() {
        for number in judge.fates.indices {
            if let index = judge.fates[number].fileIndex, index >= disk.file.count {
                judge.fates[number].fileIndex = nil
            }
            if let index = judge.fates[number].letterIndex, index >= disk.letters.count {
                judge.fates[number].letterIndex = nil
            }
        }
        judge.lastFirst[Outlet.files] = Array(repeating: -1, count: KinesisStream.keys)
        for number in disk.file where isWanted(number) && !judge.fates[number].mayRepeat {
            judge.lastFirst[Outlet.files][stream.records[number].key] = number
        }
    }
}
