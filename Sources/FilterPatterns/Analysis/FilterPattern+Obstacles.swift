extension FilterPattern {
    /// Why the pattern matches none of `messages` and none like them, as far as their shape tells.
    ///
    /// Empty when it matches one of them, when there are none, and when they lack nothing but other values. A
    /// pattern of words has no obstacles: any word may come one day.
    package func obstacles(in messages: [String]) -> [Obstacle] {
        guard !messages.isEmpty, !messages.contains(where: matches) else { return [] }
        switch form {
        case .everything, .terms: return []
        case .json(let condition): return JSONObstacles(condition, in: messages).all
        case .fields(let pattern): return FieldsObstacles(pattern, source: source, in: messages).all
        }
    }
}
