internal import Settings

/// The settings file, from the disk to typed values.
enum SettingsFile {
    /// Thousands of routes fit; a file that was named by mistake does not fill the memory.
    static let bytesMax = 1 << 20

    /// Throws a `SettingsError` with all that is wrong in the file, or a `CommandFailure` when it cannot be read at all.
    static func settings(in path: String) throws -> TailraceSettings {
        try TailraceSettings(yaml: text(of: path), file: path)
    }

    private static func text(of path: String) throws(CommandFailure) -> String {
        let bytes: [UInt8]
        do throws(WholeFile.ReadFailure) {
            bytes = try WholeFile.bytes(of: path, bytesMax: bytesMax)
        } catch {
            throw CommandFailure(.usage, "cannot read the settings file '\(path)': \(error)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure(.usage, "the settings file '\(path)' is not UTF-8: save it as that")
        }
        return text
    }
}
