/// The refusals of IAM, with AWS's codes and texts.
enum IdentityFault {
    static let trustTooLong = limit("Cannot exceed quota for ACLSizePerRole: \(IdentityLimits.trustCharactersMax)")
    static let policyTooLong = limit("Cannot exceed quota for PolicySize: \(IdentityLimits.managedCharactersMax)")
    static let tooManyAttached = limit("Cannot exceed quota for PoliciesPerRole: \(IdentityLimits.attachedPoliciesMax)")
    static let tooManyTags = limit("Cannot exceed quota for TagsPerRole: \(IdentityLimits.tagsMax)")
    static let stillAttached = ServiceFault(
        "DeleteConflict", "Cannot delete entity, must detach all policies first.", status: 409)
    static let stillInline = ServiceFault(
        "DeleteConflict", "Cannot delete entity, must delete policies first.", status: 409)
    static let badMarker = ServiceFault("ValidationError", "Invalid Marker.")

    static func inlineTooLong(_ role: String) -> ServiceFault {
        limit("Maximum policy size of \(IdentityLimits.inlineCharactersMax) bytes exceeded for role \(role)")
    }

    static func noRole(_ name: String) -> ServiceFault { missing("The role with name \(name) cannot be found.") }

    static func noInlinePolicy(_ name: String) -> ServiceFault {
        missing("The role policy with name \(name) cannot be found.")
    }

    static func noPolicy(_ arn: String) -> ServiceFault { missing("Policy \(arn) was not found.") }

    static func noVersion(_ version: String, _ arn: String) -> ServiceFault {
        missing("Policy \(arn) version \(version) does not exist or is not attachable.")
    }

    static func notAttachable(_ arn: String) -> ServiceFault {
        missing("Policy \(arn) does not exist or is not attachable.")
    }

    static func exists(_ message: String) -> ServiceFault {
        ServiceFault("EntityAlreadyExists", message, status: 409)
    }

    private static func missing(_ message: String) -> ServiceFault {
        ServiceFault("NoSuchEntity", message, status: 404)
    }

    private static func limit(_ message: String) -> ServiceFault {
        ServiceFault("LimitExceeded", message, status: 409)
    }
}
