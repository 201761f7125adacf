/// AWS STS, as far as asking who one is goes. Speaks the query protocol: a form in, XML out.
///
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
enum TokenService {
    static let signingName = "sts"
    static let contentType = "text/xml"
    /// The only one there is.
    static let operation = "GetCallerIdentity"

    /// The form's `Action`; `nil` when `body` is not a form of this protocol.
    static func action(ofForm body: [UInt8]) -> String? {
        let pairs = String(decoding: body, as: UTF8.self).split(separator: "&")
        guard let action = pairs.first(where: { $0.hasPrefix("Action=") }) else { return nil }
        return String(action.dropFirst("Action=".count))
    }

    static func answer(action: String, caller: Caller, requestID: String) throws(ServiceFault) -> String {
        guard action == operation else {
            throw ServiceFault("InvalidAction", "Could not find operation \(action) for version 2011-06-15")
        }
        return """
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">\
            <GetCallerIdentityResult><Arn>\(arn(of: caller.account))</Arn>\
            <UserId>AIDAEMUL\(caller.account)</UserId><Account>\(caller.account)</Account>\
            </GetCallerIdentityResult>\
            <ResponseMetadata><RequestId>\(requestID)</RequestId></ResponseMetadata></GetCallerIdentityResponse>
            """
    }

    static func errorText(_ fault: ServiceFault, requestID: String) -> String {
        """
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>\
        <Type>\(fault.status < 500 ? "Sender" : "Receiver")</Type><Code>\(fault.code)</Code>\
        <Message>\(escaped(fault.message))</Message></Error><RequestId>\(requestID)</RequestId></ErrorResponse>
        """
    }

    /// The one identity that every access key of `account` has.
    static func arn(of account: String) -> String { "arn:aws:iam::\(account):user/emulator" }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.append(character)
            }
        }
    }
}
