/// A variable, file or key of AWS's configuration that cannot be used. Says which, and what would do.
package struct AWSSettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
