/// Who signs: one value, because its parts only ever change together.
package struct Credentials: Hashable, Sendable {
    package let accessKeyID: String
    package let secretAccessKey: String
    /// Present with temporary credentials only.
    package let sessionToken: String?
    /// When temporary credentials end; `nil` when they do not, or when nobody said.
    package let expiration: UTCTime?

    package init(
        accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil, expiration: UTCTime? = nil
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
    }
}

/// Printing, interpolating or dumping credentials shows the access key id and nothing that could be used.
extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        let kind = sessionToken == nil ? "" : ", temporary"
        return "Credentials(\(accessKeyID)\(kind))"
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: ["accessKeyID": accessKeyID]) }
}
