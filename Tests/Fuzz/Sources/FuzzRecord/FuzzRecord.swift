import Judges

// libFuzzer calls from one thread only.
nonisolated(unsafe) private let judge = RecordJudge()

/// Called by libFuzzer with one input after another. Whatever ends the program is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
func judgeOneInput(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
    if let fault = judge.fault(UnsafeRawBufferPointer(start: start, count: count)) { fatalError(fault) }
    return 0
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ judgeOneInput: @convention(c) (UnsafeRawPointer?, Int) -> CInt
) -> CInt

/// The package manager has executables begin here rather than at libFuzzer's own `main`.
@_cdecl("FuzzRecord_main")
func fuzzRecordMain(
    _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
    var (count, arguments) = (count, arguments)
    return runDriver(&count, &arguments, judgeOneInput)
}
