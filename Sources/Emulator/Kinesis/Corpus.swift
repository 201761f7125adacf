import FoundationEssentials

/// Payloads in a file: for each a big-endian 32-bit length, then that many bytes.
struct Corpus: Sendable {
    let payloads: [Data]

    init(path: String) throws {
        let file = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        payloads = try Self.split(file)
    }

    static func split(_ file: Data) throws(CorpusError) -> [Data] {
        var payloads: [Data] = []
        var place = file.startIndex
        while place < file.endIndex {
            guard file.endIndex - place >= 4 else { throw .truncated(at: place - file.startIndex) }
            let length = file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            let start = place + 4
            guard length <= StreamLimits.recordKiBMax * 1024 else {
                throw .tooLarge(at: place - file.startIndex, length: length)
            }
            guard file.endIndex - start >= length else { throw .truncated(at: place - file.startIndex) }
            payloads.append(file[start..<start + length])
            place = start + length
        }
        return payloads
    }
}

/// Why a file is not a corpus.
package enum CorpusError: Error, Hashable, CustomStringConvertible {
    /// The file ends within the payload, or the length before it, that begins at this byte.
    case truncated(at: Int)
    /// A record cannot be that large.
    case tooLarge(at: Int, length: Int)

    package var description: String {
        switch self {
        case .truncated(let place): "the corpus ends within the payload that begins at byte \(place)"
        case .tooLarge(let place, let length):
            "the payload at byte \(place) of the corpus has \(length) bytes; a record holds at most "
                + "\(StreamLimits.recordKiBMax * 1024). Is it a corpus at all?"
        }
    }
}

extension KinesisService {
    /// Writes each payload of `corpus` `times` times to `name`, one shard after the other in turn, in the corpus's
    /// order on each. Returns how many records that made.
    func preload(_ corpus: Corpus, into name: EmulatedStreamName, times: Int) throws(ServiceFault) -> Int {
        let now = clock.now()
        return try streams.withStream(name, now: now) { stream throws(ServiceFault) in
            try stream.requireUsable(at: now)
            var count = 0
            for _ in 0..<times {
                for payload in corpus.payloads {
                    let entry = EmulatedStream.Entry(
                        payload: [UInt8](payload), base64: [UInt8](payload.base64EncodedData()),
                        partitionKey: "corpus-\(count)", explicitHashKey: nil)
                    stream.write(entry, to: stream.open[count % stream.open.count], at: now)
                    count += 1
                }
            }
            return count
        }
    }
}
