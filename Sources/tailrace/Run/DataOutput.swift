extension StandardStream {
    /// Writes a command's data to standard output. A reader that has gone has had enough.
    static func deliver(_ bytes: [UInt8]) throws(CommandFailure) {
        do throws(WriteFailure) {
            try StandardStream.output.write(bytes)
        } catch {
            switch error {
            case .closed: return
            case .system(let fault): throw CommandFailure(.failed, "cannot write to standard output: \(fault)")
            }
        }
    }
}
