internal import ArgumentParser
internal import Core
internal import Settings

/// `tailrace decode`: payloads to lines, for a person who looks at one or a script that reads many.
struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Decodes payloads of a stream and prints their log events.",
        discussion: """
            Takes what a record holds (gzip, plain JSON), base64 of it, a GetRecords reply, the event of a Lambda function, \
            or an emulator's corpus, told apart by content. Each file is read into memory whole. Control messages print \
            nothing. Every record that cannot be decoded is one line on standard error, and the exit code is then 1, after \
            all the rest was printed.
            """
    )

    @Argument(help: ArgumentHelp("Files to decode; '-', or none, is standard input.", valueName: "file"))
    var files: [String] = []

    @Option(help: "What is printed for an event.")
    var format: LineFormat = .ndjson

    @Option(
        help: ArgumentHelp("What one record may inflate to: \(recordBytesAllowed).", valueName: "size"),
        transform: recordBytesMax)
    var maxRecord = MemorySettings.recordDefault

    func run() throws {
        var decoding = PayloadDecoding(
            format: format, recordBytesMax: maxRecord, emit: StandardStream.output.write, complain: StandardStream.tell)
        guard try decoding.run(files) == .done else { throw ExitCode.failed }
    }

    private static let recordBytesAllowed =
        "\(ByteSize.text(MemorySettings.recordAllowed.lowerBound)) to "
        + "\(ByteSize.text(MemorySettings.recordAllowed.upperBound))"

    private static func recordBytesMax(_ text: String) throws -> Int {
        guard let size = ByteSize.parse(text), MemorySettings.recordAllowed.contains(size) else {
            throw ValidationError("allowed: \(recordBytesAllowed), as bytes or with KiB, MiB, GiB")
        }
        return size
    }
}

extension LineFormat: ExpressibleByArgument {}
