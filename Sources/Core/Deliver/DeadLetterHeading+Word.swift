extension DeadLetterHeading.Reason {
    /// `nil` unless `word` is one that `word` gives.
    package init?(word: String) {
        if let reason = Undecodable.Reason(rawValue: word) {
            self = .undecodable(reason)
        } else if let rejection = Rejection(rawValue: word) {
            self = .rejected(rejection)
        } else {
            return nil
        }
    }
}
