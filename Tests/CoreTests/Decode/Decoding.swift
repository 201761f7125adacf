import Core
import Testing

struct NotDecoded: Error {
    let outcome: DecodeOutcome
}

let maxRecord = 64 << 20

func decode(
    _ payload: some Sequence<UInt8>, by decoder: RecordDecoder = RecordDecoder(pool: TextPool()),
    allowance: Int = maxRecord, maxRecord: Int = maxRecord
) -> DecodeOutcome {
    // An allocation of just the payload's size, so that the address sanitizer sees a step beyond it.
    Array(payload).withUnsafeBytes { decoder.decode($0, allowance: allowance, maxRecord: maxRecord) }
}

func decoded(
    _ payload: some Sequence<UInt8>, by decoder: RecordDecoder = RecordDecoder(pool: TextPool())
) throws -> DecodedRecord {
    let outcome = decode(payload, by: decoder)
    guard case .decoded(let record) = outcome else { throw NotDecoded(outcome: outcome) }
    return record
}

func decoded(
    _ text: String, by decoder: RecordDecoder = RecordDecoder(pool: TextPool())
) throws -> DecodedRecord {
    try decoded(text.utf8, by: decoder)
}

func undecodable(_ payload: some Sequence<UInt8>, maxRecord: Int = maxRecord) throws -> Undecodable {
    let outcome = decode(payload, maxRecord: maxRecord)
    guard case .undecodable(let undecodable) = outcome else { throw NotDecoded(outcome: outcome) }
    return undecodable
}
