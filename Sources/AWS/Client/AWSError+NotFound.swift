extension AWSError {
    /// What the call is about is not there, in the words of the services we call.
    package var isNotFound: Bool {
        kind == .refused && ["NoSuchEntity", "NotFoundException", "ResourceNotFoundException"].contains(code)
    }
}

/// What `call` answers; `nil` when AWS says that what it is about is not there.
func unlessNotFound<Value>(_ call: () async throws -> Value) async throws -> Value? {
    do {
        return try await call()
    } catch let error as AWSError where error.isNotFound {
        return nil
    }
}
