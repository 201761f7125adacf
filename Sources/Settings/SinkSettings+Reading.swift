import Core

extension LogGroupSettings {
    private static let keys = ["region", "group", "stream", "create", "retention-days", "linger"]
    private static let groupAllowed = "a template such as /central/{owner}{log-group}"

    init?(_ field: Field) {
        guard let section = Section(field, keys: Self.keys, later: ["class"]) else { return nil }
        region = section["region"]?.parsed(allowed: AWSNames.regionAllowed) { AWSNames.isRegion($0) ? $0 : nil }
        create = section["create"]?.flag() ?? true
        retentionDays = section["retention-days"]?.retentionDays()
        linger = section["linger"]?.duration(in: Self.lingerAllowed, "0s to 1m") ?? Self.lingerDefault
        if !create {
            section["retention-days"]?.problem(
                "is for groups that Tailrace creates; allowed: together with create: true")
        }
        let group = section.required("group", allowed: Self.groupAllowed)?.name(.logGroup, allowed: Self.groupAllowed)
        let stream = section["stream", default: Self.streamDefault].name(.logStream, allowed: "a template")
        guard let group, let stream else { return nil }
        self.group = group
        self.stream = stream
        warnOfSharing(field)
    }

    private func warnOfSharing(_ field: Field) {
        let present = group.template.placeholders.union(stream.template.placeholders)
        let missing = [Template.Placeholder.owner, .logGroup, .logStream].filter { !present.contains($0) }
        guard !missing.isEmpty else { return }
        let names = missing.map { "{\($0.rawValue)}" }.joined(separator: ", ")
        field.warning("several sources may share a log stream: neither group nor stream has \(names)")
    }
}

extension FilesSettings {
    init?(_ field: Field) {
        let later = ["rotate", "compress", "keep"]
        guard let section = Section(field, keys: ["directory", "path", "format"], later: later) else { return nil }
        format = section["format"]?.choice(LineFormat.self) ?? .ndjson
        let usual = format == .ndjson ? Self.pathDefault : Self.textPathDefault
        let path = section["path", default: usual]
        let template = path.explained(allowed: "a template such as \(usual)", PathTemplate.init)
        let directory = section.required("directory", allowed: "a directory")?.directory()
        guard let directory, let template else { return nil }
        self.directory = directory
        self.path = template
        guard !template.distinguishesSources else { return }
        path.warning(
            "several sources may share a file: {owner}, {log-group}, {log-stream} have no part each of their own")
    }
}

extension StdoutSettings {
    init?(_ field: Field) {
        guard let section = Section(field, keys: ["format"]) else { return nil }
        format = section["format"]?.choice(LineFormat.self) ?? .ndjson
    }
}

extension Field {
    fileprivate func name(_ kind: NameTemplate.Kind, allowed: String) -> NameTemplate? {
        explained(allowed: allowed) { (text) throws(TemplateError) in try NameTemplate(text, for: kind) }
    }

    fileprivate func retentionDays() -> Int? {
        let allowed = LogGroupSettings.retentionDaysAllowed
        return parsed(allowed: allowed.map(String.init).joined(separator: ", ")) { text in
            Digits.number(text[...]).flatMap { allowed.contains($0) ? $0 : nil }
        }
    }
}
