/// How a call names its stream. Streams of other accounts can only be named by ARN.
package enum StreamReference: Hashable, Sendable {
    case name(String)
    case arn(String)

    var name: String? {
        switch self {
        case .name(let name): name
        case .arn: nil
        }
    }

    var arn: String? {
        switch self {
        case .name: nil
        case .arn(let arn): arn
        }
    }
}

extension StreamReference: CustomStringConvertible {
    package var description: String {
        switch self {
        case .name(let text), .arn(let text): text
        }
    }
}
