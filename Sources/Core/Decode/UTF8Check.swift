private import CScan

/// UTF-8 as RFC 3629 has it: no surrogates, nothing longer than it must be, nothing above U+10FFFF.
enum UTF8Check {
    /// Where a text stops being UTF-8, or `nil` when it does not.
    static func firstFault(_ base: UnsafePointer<UInt8>, count: Int) -> Int? {
        let run = cscan_utf8_run(base, count)
        return run == count ? nil : run
    }
}
