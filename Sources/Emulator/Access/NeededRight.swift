/// What a caller's policies must allow for a call: one action on one resource.
struct NeededRight: Hashable, Sendable {
    /// `kinesis:GetRecords`.
    let action: String
    /// The names that the one resource goes by; a policy may mean it by any of them. Refusals show the first.
    let resource: [String]
    /// `iam:PassedToService`, where a role is handed to a service.
    let passedTo: String?

    init(_ action: String, on resource: String...) { self.init(action, on: resource) }

    init(_ action: String, on resource: [String], passedTo: String? = nil) {
        self.action = action
        self.resource = resource
        self.passedTo = passedTo
    }

    /// A role that CloudWatch Logs is to act as.
    static func passing(_ role: String) -> NeededRight {
        NeededRight("iam:PassRole", on: [role], passedTo: "logs.amazonaws.com")
    }
}

extension PolicyQuestion {
    /// Whether an identity's policies grant `right` when the call is `known` for that much.
    init(_ right: NeededRight, known: PolicyContext) {
        var context = known
        context["iam:PassedToService"] = right.passedTo
        self.init(action: right.action, resource: right.resource, asker: nil, context: context)
    }
}

/// Why a caller's policies do not admit a call. Each protocol has its own code for it.
struct AccessRefusal: Error, Hashable, Sendable {
    let message: String

    var jsonFault: ServiceFault { ServiceFault("AccessDeniedException", message) }
    var queryFault: ServiceFault { ServiceFault("AccessDenied", message, status: 403) }
}
