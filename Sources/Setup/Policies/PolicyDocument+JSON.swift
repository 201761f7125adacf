private import FoundationEssentials

/// Text that is no policy, and why.
package struct PolicyFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
}

extension PolicyDocument {
    /// Reads what AWS answers. A list of one may stand as its only member, as AWS writes it back.
    ///
    /// Throws `PolicyFault`.
    package init(parsing text: String) throws(PolicyFault) {
        do {
            let document = try JSONDecoder().decode(WrittenDocument.self, from: Data(text.utf8))
            guard !document.Statement.members.contains(where: { $0.NotPrincipal != nil }) else {
                throw PolicyFault(description: "names whom it does not mean, NotPrincipal, which is not judged here")
            }
            statements = document.Statement.members.map(\.statement)
        } catch let fault as PolicyFault {
            throw fault
        } catch {
            throw PolicyFault(description: "is no policy that can be read here: \(error)")
        }
    }

    package var json: JSONTree {
        .object(["Version": "2012-10-17", "Statement": .list(statements.map(\.json))])
    }
}

extension PolicyDocument.Statement {
    fileprivate var json: JSONTree {
        let not: (PolicyDocument.Matched?) -> [String]? = { matched in
            switch matched {
            case .allBut(let texts): texts
            case .these, nil: nil
            }
        }
        let these: (PolicyDocument.Matched?) -> [String]? = { matched in
            switch matched {
            case .these(let texts): texts
            case .allBut, nil: nil
            }
        }
        return .object([
            "Sid": sid.map(JSONTree.text),
            "Effect": allows ? "Allow" : "Deny",
            "Principal": principal?.json,
            "Action": these(actions).map(JSONTree.oneOrMore), "NotAction": not(actions).map(JSONTree.oneOrMore),
            "Resource": these(resources).map(JSONTree.oneOrMore), "NotResource": not(resources).map(JSONTree.oneOrMore),
            "Condition": conditions.isEmpty ? nil : conditionsJSON,
        ])
    }

    private var conditionsJSON: JSONTree {
        let operators = conditions.map(\.operator).sortedOnce
        return .object(
            operators.map { name in
                let members = conditions.filter { $0.operator == name }.map { condition in
                    JSONTree.Member(condition.key, .texts(condition.values))
                }
                return JSONTree.Member(name, .object(members))
            })
    }
}

extension PolicyDocument.Principal {
    fileprivate var json: JSONTree {
        switch self {
        case .anyone: "*"
        case .these(let kinds):
            .object(
                kinds.map { kind in
                    // Account ids stand in a list even when there is one, as in AWS's guide.
                    let members: JSONTree = kind.name == "AWS" ? .texts(kind.members) : .oneOrMore(kind.members)
                    return JSONTree.Member(kind.name, members)
                })
        }
    }
}

extension JSONTree {
    fileprivate static func oneOrMore(_ texts: [String]) -> JSONTree {
        texts.count == 1 ? .text(texts[0]) : .texts(texts)
    }
}

// What a document may look like.

private struct WrittenDocument: Decodable {
    let Statement: OneOrMore<WrittenStatement>
}

private struct WrittenStatement: Decodable {
    let Sid: String?
    let Effect: WrittenEffect
    let Principal: WrittenPrincipal?
    let NotPrincipal: WrittenPrincipal?
    let Action: OneOrMore<String>?
    let NotAction: OneOrMore<String>?
    let Resource: OneOrMore<String>?
    let NotResource: OneOrMore<String>?
    let Condition: [String: [String: OneOrMore<WrittenValue>]]?

    var statement: PolicyDocument.Statement {
        let conditions = (Condition ?? [:]).flatMap { name, keys in
            keys.map { key, values in PolicyDocument.Condition(name, key, values.members.map(\.text)) }
        }
        return PolicyDocument.Statement(
            sid: Sid, allows: Effect == .Allow, principal: Principal?.principal,
            actions: Self.matched(Action, NotAction) ?? .these([]), resources: Self.matched(Resource, NotResource),
            conditions: conditions.sortedByKey)
    }

    private static func matched(_ these: OneOrMore<String>?, _ allBut: OneOrMore<String>?) -> PolicyDocument.Matched? {
        if let these { return .these(these.members.sortedOnce) }
        return allBut.map { .allBut($0.members.sortedOnce) }
    }
}

private enum WrittenEffect: String, Decodable {
    case Allow, Deny
}

private enum WrittenPrincipal: Decodable {
    case anyone
    case kinds([String: OneOrMore<String>])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            guard text == "*" else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "a principal is * or an object")
            }
            self = .anyone
        } else {
            self = .kinds(try container.decode([String: OneOrMore<String>].self))
        }
    }

    var principal: PolicyDocument.Principal {
        switch self {
        case .anyone: .anyone
        case .kinds(let kinds):
            .these(
                kinds.map { name, members in
                    PolicyDocument.Principal.Kind(name: name, members: members.members.sortedOnce)
                }.sorted { $0.name < $1.name })
        }
    }
}

/// A condition's value: text, or a number or flag that stands for its text.
private struct WrittenValue: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            text = String(flag)
        } else if let number = try? container.decode(Int.self) {
            text = String(number)
        } else {
            text = try container.decode(String.self)
        }
    }
}

private struct OneOrMore<Member: Decodable>: Decodable {
    let members: [Member]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let one = try? container.decode(Member.self) {
            members = [one]
        } else {
            members = try container.decode([Member].self)
        }
    }
}
