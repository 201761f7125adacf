internal import FoundationEssentials
private import Glibc

/// Payloads in a file: for each a big-endian 32-bit length, then that many bytes.
enum CorpusFile {
    static func read(_ path: String) throws -> Corpus {
        let file: Data
        do {
            file = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        } catch {
            throw unusable(path, error)
        }
        let payloads = try file.withUnsafeBytes { bytes in try split(bytes, of: path) }
        guard !payloads.isEmpty else { throw BenchmarkFailure("\(path) holds no payload") }
        return Corpus(name: URL(filePath: path).lastPathComponent, payloads: payloads)
    }

    private static func split(_ file: UnsafeRawBufferPointer, of path: String) throws(BenchmarkFailure) -> [[UInt8]] {
        var payloads: [[UInt8]] = []
        var place = 0
        while place < file.count {
            guard file.count - place >= 4 else {
                throw BenchmarkFailure("\(path) ends within the length at byte \(place)")
            }
            let length = Int(UInt32(bigEndian: file.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
            guard length <= file.count - place - 4 else {
                throw BenchmarkFailure(
                    "\(path): the payload at byte \(place) is to have \(length) bytes, and \(file.count - place - 4) are "
                        + "left. A corpus is, for each payload, a big-endian 32-bit length and that many bytes.")
            }
            payloads.append([UInt8](file[place + 4..<place + 4 + length]))
            place += 4 + length
        }
        return payloads
    }

    static func write(_ corpus: Corpus, to path: String) throws {
        var file = Data()
        for payload in corpus.payloads {
            withUnsafeBytes(of: UInt32(payload.count).bigEndian) { file.append(contentsOf: $0) }
            file.append(contentsOf: payload)
        }
        do {
            try file.write(to: URL(filePath: path))
        } catch {
            throw unusable(path, error)
        }
    }

    /// Says what the system said, where it said something.
    private static func unusable(_ path: String, _ error: any Error) -> BenchmarkFailure {
        guard let system = (error as? CocoaError)?.underlying as? POSIXError else {
            return BenchmarkFailure("\(path): \(error)")
        }
        return BenchmarkFailure("\(path): \(String(cString: strerror(system.code.rawValue)))")
    }
}
