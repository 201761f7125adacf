/// A rule as one word: `OPERATION:WHEN:WHAT`, what `--fault` and the control requests take.
///
/// WHEN is `3`, `3-5`, `3-` (the third and all that follow), `always` or `30%`. WHAT is an error's code (its HTTP status
/// after a slash, where AWS's is not meant), a status alone, or one of `FaultRule.effectWords`.
extension FaultRule: CustomStringConvertible {
    /// Why a text is no rule.
    package struct NotARule: Error, Hashable, CustomStringConvertible {
        package let description: String
    }

    /// The effects that are no errors, as they are written. `drip/1000` is 1,000 bytes a second.
    package static let effectWords =
        ["cut-off", "reset", "truncated", "empty", "html", "drip/BYTES", "stall", "cbor-unknown", "cbor-breaks"]
        + LastPageFlaw.allCases.map(\.rawValue)

    /// Throws `NotARule`.
    package init(parsing text: String) throws(NotARule) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else {
            throw NotARule(description: "'\(text)' is nothing like GetRecords:3-5:InternalFailure")
        }
        guard parts[0] == Self.everyOperation || Self.operations.contains(parts[0]) else {
            throw NotARule(description: "'\(text)': the emulator has no operation \(parts[0])")
        }
        guard let occasion = Occasion(parsing: parts[1]) else {
            throw NotARule(description: "'\(text)': expected 3, 3-5, 3-, always or 30% instead of '\(parts[1])'")
        }
        guard let effect = Effect(parsing: parts[2]) else {
            let words = Self.effectWords.joined(separator: ", ")
            throw NotARule(
                description: "'\(text)': '\(parts[2])' is no error's code, no HTTP status and none of \(words)")
        }
        self.init(operation: parts[0], on: occasion, effect: effect)
    }

    /// What `init(parsing:)` takes; an error's message is not in it.
    package var description: String { "\(operation):\(occasion.text):\(effect.text)" }

    private static let operations = Set(
        KinesisOperation.allCases.map(\.rawValue) + LogsOperation.allCases.map(\.rawValue)
            + KeyService.Operation.allCases.map(\.rawValue) + [OrganizationsService.operation]
            + IdentityOperation.allCases.map(\.rawValue) + TokenService.Operation.allCases.map(\.rawValue))
}

extension FaultRule.Occasion {
    fileprivate init?(parsing text: String) {
        if text == "always" {
            self = .always
        } else if text.hasSuffix("%") {
            guard let percent = Double(text.dropLast()), (0...100).contains(percent) else { return nil }
            self = .percent(percent)
        } else {
            let bounds = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = Int(bounds[0]), first >= 1 else { return nil }
            if bounds.count == 1 {
                self = .calls(first...first)
            } else if bounds[1].isEmpty {
                self = .calls(first...Int.max)
            } else {
                guard let last = Int(bounds[1]), first <= last else { return nil }
                self = .calls(first...last)
            }
        }
    }

    fileprivate var text: String {
        switch self {
        case .always: "always"
        case .calls(let calls) where calls.count == 1: "\(calls.lowerBound)"
        case .calls(let calls) where calls.upperBound == .max: "\(calls.lowerBound)-"
        case .calls(let calls): "\(calls.lowerBound)-\(calls.upperBound)"
        case .percent(let percent): "\(percent)%"
        }
    }
}

extension FaultRule.Effect {
    fileprivate init?(parsing text: String) {
        switch text {
        case "cut-off": self = .cutOff
        case "reset": self = .reset
        case "truncated": self = .truncated
        case "empty": self = .empty
        case "html": self = .html(status: 500)
        case "stall": self = .stall
        default:
            if text.hasPrefix(Self.cborPrefix) {
                guard let manners = KinesisRules.CBORManners(rawValue: String(text.dropFirst(Self.cborPrefix.count)))
                else { return nil }
                self = .cbor(manners)
            } else if let flaw = FaultRule.LastPageFlaw(rawValue: text) {
                self = .lastPage(flaw)
            } else if let status = Int(text) {
                guard Self.statuses.contains(status) else { return nil }
                self = .refuse(code: "InternalFailure", message: Self.message, status: status)
            } else {
                self.init(parsingWithNumber: text)
            }
        }
    }

    /// `drip/1000`, `InternalFailure`, `InternalFailure/503`.
    private init?(parsingWithNumber text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let number = parts.count == 2 ? Int(parts[1]) : nil
        guard parts.count == 1 || (parts.count == 2 && number != nil) else { return nil }
        if parts[0] == "drip" {
            guard let number, number >= 1 else { return nil }
            self = .drip(bytesPerSecond: number)
        } else if parts[0] == "html" {
            guard let number, Self.statuses.contains(number) else { return nil }
            self = .html(status: number)
        } else {
            let code = String(parts[0])
            guard code.first?.isUppercase == true, code.utf8.allSatisfy(Self.isLetter),
                number.map(Self.statuses.contains) ?? true
            else { return nil }
            self = .refuse(code: code, message: Self.message, status: number ?? Self.status(of: code))
        }
    }

    fileprivate var text: String {
        switch self {
        case .refuse(let code, _, let status): status == Self.status(of: code) ? code : "\(code)/\(status)"
        case .html(let status): status == 500 ? "html" : "html/\(status)"
        case .empty: "empty"
        case .truncated: "truncated"
        case .cutOff: "cut-off"
        case .reset: "reset"
        case .drip(let bytes): "drip/\(bytes)"
        case .stall: "stall"
        case .lastPage(let flaw): flaw.rawValue
        case .cbor(let manners): Self.cborPrefix + manners.rawValue
        }
    }

    private static let message = "injected"
    private static let cborPrefix = "cbor-"
    private static let statuses = 400...599

    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: false
        }
    }
}
