/// With which key a stream's records are encrypted.
///
/// The emulator encrypts nothing. It does what a reader and a writer see of it: the key must be usable for each record that
/// is written or read, and says so in the replies. One key stands for all of a stream's records, those that were written
/// before the stream had it included.
struct StreamEncryption: Hashable, Sendable {
    /// As StartStreamEncryption was told it, and as the stream is described.
    let keyID: String
    let keyARN: String
    /// See `StreamKey.needsRight`.
    let needsRight: Bool
}

/// `NONE` or `KMS`, as Kinesis says it of streams and records.
enum EncryptionType: String, Codable, Sendable {
    case none = "NONE"
    case kms = "KMS"

    init(_ encryption: StreamEncryption?) { self = encryption == nil ? .none : .kms }
}

extension EmulatedStream {
    /// Gives the stream a key, another one, or none, done by `ready`.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StartStreamEncryption.html
    mutating func encrypt(with new: StreamEncryption?, now: Int64, ready: Int64) throws(ServiceFault) {
        try requireActive(at: now)
        encryptions.removeAll { $0 <= now - StreamLimits.dayMilliseconds }
        guard encryptions.count < StreamLimits.encryptionsPerDayMax else {
            throw .limitExceeded(
                "Encryption can be changed \(StreamLimits.encryptionsPerDayMax) times in 24 hours for a stream. Stream "
                    + "\(name.name) under account \(name.account) was changed as often.")
        }
        encryptions.append(now)
        encryption = new
        change = .updating(until: ready)
    }
}
