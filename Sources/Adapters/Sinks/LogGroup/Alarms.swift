/// When the bell rings by itself. An alarm that has been overtaken by events stays set and rings for nothing: setting
/// them anew with each answer would cost more than many an answer.
struct Alarms {
    /// The latest first.
    private var times: [Duration] = []

    /// Answers whether `time` needs an alarm: none rings before or at it.
    mutating func set(_ time: Duration) -> Bool {
        if let next = times.last, next <= time { return false }
        times.append(time)
        return true
    }

    /// The alarm of `time` has rung.
    mutating func end(_ time: Duration) {
        if let index = times.lastIndex(of: time) { times.remove(at: index) }
    }
}
