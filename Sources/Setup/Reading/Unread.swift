private import AWS

/// What could not be looked at, because our own credentials may not.
package struct Unread: Hashable, Sendable {
    package enum Part: String, Hashable, Sendable {
        case stream, key, role, destination
        case logGroup = "log group"
        case accountPolicy = "account policy"
        case organization
    }

    /// The operation that was refused, and AWS's words.
    package private(set) var refusals: [Part: String] = [:]

    package init() {}

    package subscript(part: Part) -> String? { refusals[part] }

    func merging(_ other: Unread) -> Unread {
        var merged = self
        merged.refusals.merge(other.refusals) { own, _ in own }
        return merged
    }

    /// Runs `read`; what our credentials may not read is noted and counts as not there.
    mutating func looking<Found>(
        at part: Part, _ read: () async throws -> Found?
    ) async throws -> Found? {
        do {
            return try await read()
        } catch let error as AWSError where error.deniesAccess {
            refusals[part] = "\(error)"
            return nil
        }
    }

    var lines: [String] {
        refusals.sorted { $0.key.rawValue < $1.key.rawValue }.map { part, cause in
            "the \(part.rawValue) cannot be looked at with these credentials: \(cause)"
        }
    }

    var findings: [Finding] {
        refusals.sorted { $0.key.rawValue < $1.key.rawValue }.map { part, cause in
            .warning(
                part.rawValue, "could not be looked at: \(cause)",
                remedy: "let these credentials do that, or verify with others (--profile)")
        }
    }
}
