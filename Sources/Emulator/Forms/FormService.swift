/// One AWS service of the emulator that speaks the query protocol: a form in, XML out.
protocol FormService: Sendable {
    /// The service's name in a credential scope.
    static var signingName: String { get }

    /// What a form's `Version` holds. It stands in the replies' namespace as well.
    static var version: String { get }

    /// What the signed call asks of the caller's policies.
    func neededRights(_ form: Form, caller: Caller) async -> [NeededRight]

    /// The content of the reply's result, `nil` for an operation that has none, or a refusal as AWS has it.
    func answer(_ form: Form, caller: Caller) async throws(ServiceFault) -> XMLWriter?
}

extension FormService {
    static var namespace: String { "https://\(signingName).amazonaws.com/doc/\(version)/" }

    static func unknown(_ form: Form) -> ServiceFault {
        ServiceFault(
            "InvalidAction", "Could not find operation \(form.action) for version \(form["Version"] ?? version)")
    }

    static func replyText(_ action: String, _ result: XMLWriter?, requestID: String) -> String {
        var writer = XMLWriter()
        if let result { writer.element("\(action)Result") { $0.append(result) } }
        writer.element("ResponseMetadata") { $0.element("RequestId", requestID) }
        return "<\(action)Response xmlns=\"\(namespace)\">\(writer.text)</\(action)Response>"
    }

    static func errorText(_ fault: ServiceFault, requestID: String) -> String {
        var writer = XMLWriter()
        writer.element("Error") { error in
            error.element("Type", fault.status < 500 ? "Sender" : "Receiver")
            error.element("Code", fault.code)
            error.element("Message", fault.message)
        }
        writer.element("RequestId", requestID)
        return "<ErrorResponse xmlns=\"\(namespace)\">\(writer.text)</ErrorResponse>"
    }
}

/// The services that are spoken to in forms.
struct FormServices: Sendable {
    static let contentType = "text/xml"

    let identity: IdentityService
    let tokens: TokenService

    /// Which service a form is for: the one whose scope the signature has, else the one that has its version.
    ///
    /// STS says what is wrong with a form that is for neither.
    func service(for form: Form, scope: String?) -> any FormService {
        let all: [any FormService] = [identity, tokens]
        return all.first { type(of: $0).signingName == scope } ?? all.first { type(of: $0).version == form["Version"] }
            ?? tokens
    }
}
