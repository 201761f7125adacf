/// What CloudWatch Logs takes as names.
///
/// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
/// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html
package enum LogNameLimits {
    /// Of a group's or stream's name. AWS does not say in what; we count UTF-16 units, as its regular expressions do.
    package static let lengthMax = 512
}

/// A template for the name of a log group or log stream. What it renders is always a name that AWS takes.
///
/// What AWS forbids in a name becomes `_`, what is too long is cut. A name that was changed ends in `-` and the hash of
/// what it would have been, so two sources do not share a name because theirs were repaired (unless one bears the other's repaired name).
package struct NameTemplate: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// `[.\-_/#A-Za-z0-9]{1,512}`, and not beginning with `aws/`.
        case logGroup
        /// `[^:*]{1,512}`
        case logStream
    }

    package let kind: Kind
    package let template: Template

    /// Throws as well when the text around the placeholders could never be part of such a name.
    package init(_ source: String, for kind: Kind) throws(TemplateError) {
        let template = try Template(source)
        for token in template.tokens {
            guard case .character(let scalar) = token.kind, !kind.allows(scalar) else { continue }
            throw TemplateError(
                column: token.column, "\(kind.title) may not contain '\(scalar)'; allowed: \(kind.allowed)")
        }
        if kind == .logGroup, Kind.isReserved(source) {
            throw TemplateError(column: 1, "AWS keeps names that begin with aws/ for itself; allowed: /aws/")
        }
        self.kind = kind
        self.template = template
    }

    package func name(for origin: Origin, at timestamp: Instant) -> String {
        let date = UTCDate(timestamp)
        var rendered = ""
        for token in template.tokens {
            switch token.kind {
            case .character(let scalar): rendered.unicodeScalars.append(scalar)
            case .placeholder(let placeholder): rendered += Template.text(for: placeholder, origin, date)
            }
        }
        return repaired(rendered)
    }

    private func repaired(_ rendered: String) -> String {
        let isReserved = kind == .logGroup && Kind.isReserved(rendered)
        let length = rendered.utf16.count
        guard
            isReserved || !(1...LogNameLimits.lengthMax).contains(length)
                || !rendered.unicodeScalars.allSatisfy(kind.allows)
        else { return rendered }

        let suffix = "-" + StableHash(rendered.utf8).hex
        var room = LogNameLimits.lengthMax - suffix.utf16.count
        var name = isReserved ? "_" : ""
        room -= name.utf16.count
        for scalar in rendered.unicodeScalars {
            let kept: Unicode.Scalar = kind.allows(scalar) ? scalar : "_"
            room -= UTF16.width(kept)
            guard room >= 0 else { break }
            name.unicodeScalars.append(kept)
        }
        return name + suffix
    }
}

extension NameTemplate.Kind {
    /// By bytes: a sender may put an accent behind the slash, which makes another character of it, and is itself replaced.
    static func isReserved(_ name: String) -> Bool { name.utf8.starts(with: "aws/".utf8) }

    var title: String {
        switch self {
        case .logGroup: "the name of a log group"
        case .logStream: "the name of a log stream"
        }
    }

    var allowed: String {
        switch self {
        case .logGroup: "letters, digits and . - _ / #"
        case .logStream: "anything but : and *"
        }
    }

    func allows(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .logGroup:
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", ".", "-", "_", "/", "#": true
            default: false
            }
        case .logStream: scalar != ":" && scalar != "*"
        }
    }
}
