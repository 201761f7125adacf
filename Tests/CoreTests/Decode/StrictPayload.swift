import CZlib
import Core

/// A payload as zlib reads gzip by itself, wrapping and checksums included.
enum StrictPayload {
    case text([UInt8])
    case tooLong
    /// Neither gzip nor a text as it is.
    case noText

    init(_ payload: [UInt8], textBytesMax: Int) {
        if payload.starts(with: [0x1F, 0x8B]) {
            self.init(gzip: payload, textBytesMax: textBytesMax)
        } else if Self.isPlain(payload) {
            self = payload.count <= textBytesMax ? .text(payload) : .tooLong
        } else {
            self = .noText
        }
    }

    /// Whether a payload is taken as a text as it is: where an object begins, or a byte order mark.
    static func isPlain(_ payload: [UInt8]) -> Bool {
        payload.first { !" \n\r\t".utf8.contains($0) } == UInt8(ascii: "{") || payload.starts(with: [0xEF, 0xBB, 0xBF])
    }

    private init(gzip payload: [UInt8], textBytesMax: Int) {
        var payload = payload
        var stream = z_stream()
        precondition(czlib_inflateInit2(&stream, 31) == Z_OK)
        defer { inflateEnd(&stream) }
        // Deflate makes at most 1032 bytes of one.
        var text = [UInt8](repeating: 0, count: min(textBytesMax, payload.count * 1032) + 1)
        var (next, count) = (0, 0)
        repeat {
            inflateReset(&stream)
            let code = payload.withUnsafeMutableBufferPointer { input in
                text.withUnsafeMutableBufferPointer { output in
                    stream.next_in = input.baseAddress.map { $0 + next }
                    stream.avail_in = UInt32(input.count - next)
                    stream.next_out = output.baseAddress.map { $0 + count }
                    stream.avail_out = UInt32(output.count - count)
                    return inflate(&stream, Z_FINISH)
                }
            }
            next = payload.count - Int(stream.avail_in)
            count = text.count - Int(stream.avail_out)
            if count > textBytesMax {
                self = .tooLong
                return
            }
            guard code == Z_STREAM_END else {
                self = .noText
                return
            }
        } while payload[next...].starts(with: [0x1F, 0x8B])
        self = payload[next...].allSatisfy { $0 == 0 } ? .text(Array(text[..<count])) : .noText
    }

    /// In what a judgement of the payload differs from what it should be; `nil` when it does not.
    func difference(to judgement: Judgement) -> String? {
        switch self {
        case .text(let text): return judgement.difference(to: Judgement(strictly: text))
        case .tooLong: return judgement.difference(to: .refused(.tooLarge))
        case .noText:
            let reasons: [Undecodable.Reason] = [
                .notGzip, .badHeader, .badDeflate, .badChecksum, .truncated, .trailingBytes,
            ]
            return reasons.contains { judgement == .refused($0) } ? nil : "\(judgement) of what is no gzip"
        }
    }
}
