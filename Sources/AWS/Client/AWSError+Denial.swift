extension AWSError {
    /// AWS knows who calls, and that one may not do this. Others of the same account may.
    package var deniesAccess: Bool {
        kind == .refused && ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"].contains(code)
    }
}
