import Core

/// What one endpoint makes of CBOR, learnt from its replies. Every Kinesis of AWS takes it; what stands in for Kinesis
/// elsewhere often does not, and says so in many ways.
///
/// The rule, all of it:
/// - A call begins in CBOR unless the endpoint is known to refuse it.
/// - A reply that may be a refusal has the same call made again in JSON, at once and for the rest of its attempts. Only when
///   that JSON succeeds was there a sign of refusal.
/// - A `Refusal.plain` is believed at its first sign. A `Refusal.unclear` looks like any outage: it is believed after
///   `signsMax` in a row, each from a request that was made after the sign before, and never by an endpoint that has
///   answered CBOR before. One bad moment, even one that meets all shards at once, changes nothing.
/// - What is believed holds for the life of the client.
struct CBORAcceptance: Hashable, Sendable {
    private enum State: Hashable {
        /// Has neither answered CBOR nor plainly refused it; `signs` of an unclear refusal so far.
        case unknown(signs: Int)
        /// Has answered CBOR.
        case accepted
        /// Refuses CBOR.
        case refused
    }

    /// How many unclear refusals in a row are no accident.
    static let signsMax = 3

    private var state = State.unknown(signs: 0)

    /// How a call begins that can be made in either encoding.
    var encoding: CallEncoding {
        switch state {
        case .unknown(let signs): .cbor(signs: signs)
        case .accepted: .cbor(signs: 0)
        case .refused: .json(insteadOf: nil)
        }
    }

    /// How to make the same call again at once, after `error` in `encoding`; `nil` when the error is what it seems.
    func encoding(after error: AWSError, in encoding: CallEncoding) -> CallEncoding? {
        guard case .cbor(let signs) = encoding, let refusal = Refusal(error) else { return nil }
        switch (refusal, state) {
        case (.unclear, .accepted): return nil
        case (.plain, _), (.unclear, _): return .json(insteadOf: RefusedCBOR(refusal, error, signs: signs))
        }
    }

    /// A call succeeded in `encoding`. Answers what was refused when that settles that the endpoint refuses CBOR.
    mutating func succeeded(in encoding: CallEncoding) -> AWSError? {
        switch encoding {
        case .cbor:
            if state != .refused { state = .accepted }
            return nil
        case .json(nil): return nil
        case .json(let refused?): return refusedUntilJSON(refused)
        }
    }

    private mutating func refusedUntilJSON(_ refused: RefusedCBOR) -> AWSError? {
        switch (state, refused.kind) {
        case (.refused, _), (.accepted, .unclear): return nil
        case (.unknown, .plain), (.accepted, .plain): break
        case (.unknown(let signs), .unclear):
            state = .unknown(signs: max(signs, refused.signs + 1))
            guard refused.signs + 1 >= Self.signsMax else { return nil }
        }
        state = .refused
        return refused.error
    }
}

/// The encoding of one attempt of a call that can be made in CBOR as well as in JSON.
enum CallEncoding: Hashable, Sendable {
    /// `signs`: how many signs of a refusal there were when the request was made.
    case cbor(signs: Int)
    /// Because the endpoint does not take CBOR; or, in this call, because of a reply that may say so.
    case json(insteadOf: RefusedCBOR?)
}

/// A request in CBOR that may have been refused for being CBOR.
struct RefusedCBOR: Hashable, Sendable {
    let kind: CBORAcceptance.Refusal
    let error: AWSError
    /// How many signs of a refusal there had been before.
    let signs: Int

    init(_ kind: CBORAcceptance.Refusal, _ error: AWSError, signs: Int) {
        self.kind = kind
        self.error = error
        self.signs = signs
    }
}

extension CBORAcceptance {
    /// What an error in reply to a request in CBOR may mean beside what it says.
    enum Refusal: Hashable, Sendable {
        /// The media type is refused, or the body could not be made sense of.
        case plain
        /// A server that broke over the request, or whose success cannot be read. May be an outage as well.
        case unclear

        /// `nil` for everything that has another meaning: AWS's own errors, throttles, credentials, no answer at all.
        init?(_ error: AWSError) {
            switch error.kind {
            case .noCredentials, .unreachable: return nil
            // There are servers that write CBOR of their own kind.
            case .unreadable: self = .unclear
            case .refused:
                if error.status == 415 || Self.plainCodes.contains(error.code) {
                    self = .plain
                } else if error.isAnonymous, Self.unclearStatuses.contains(error.status ?? 0) {
                    self = .unclear
                } else {
                    return nil
                }
            }
        }

        /// AWS's words for a request whose media type or body it does not understand; kinesalite has them from AWS.
        private static let plainCodes: Set<String> = ["UnknownOperationException", "SerializationException"]

        /// moto answers 500, LocalStack 500 or 502, others 400, 404 or 406: all in HTML, or with nothing. Not 401, 403 and
        /// 407, which are about rights, nor 408, 429, 503 and 504, which are about load.
        private static let unclearStatuses: Set<Int> = [400, 404, 406, 500, 501, 502]
    }
}

extension AWSError {
    /// Neither a code nor a request's id: this was not said by AWS.
    fileprivate var isAnonymous: Bool { requestID == nil && code == status.map { String($0) } }
}
