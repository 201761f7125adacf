extension Duration {
    /// Rounded up, and at least 1: libcurl takes 0 for "no limit". At most what a C `long` of 32 bits holds.
    var wholeMilliseconds: Int {
        let milliseconds = (self / .milliseconds(1)).rounded(.up)
        return Int(min(max(milliseconds, 1), Double(Int32.max)))
    }
}
