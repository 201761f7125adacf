import AWS
import Foundation
import Setup
import Testing

@testable import Settings

/// What CloudFormation makes of the templates in `config/` is what set-up would have given to AWS.
@Suite struct CloudFormationTests {
    private static func text(_ name: String) throws -> String {
        try String(contentsOf: ConfigFiles.url("cloudformation/\(name).yaml"), encoding: .utf8)
    }

    private static func stack(of choice: RecipientChoice) throws -> Stack {
        let given = [
            "SenderAccounts": choice.accounts.joined(separator: ","), "OrganizationId": choice.organization ?? "",
            "WholeAccounts": String(choice.wholeAccounts), "KeyArn": choice.key ?? "", "StreamName": choice.stream,
            "DestinationName": choice.destination,
        ]
        let attributes = ["Stream.Arn": "stream", "Role.Arn": "role", "Destination.Arn": "destination"]
        return try Stack(YAMLReader.read(try text("recipient")), in: choice.place, given, attributes: attributes)
    }

    private static func stack(of choice: SenderChoice) throws -> Stack {
        let given = [
            "DestinationArn": GuideExample.destination, "LogGroupName": choice.groups.first ?? "",
            "RoleName": choice.role ?? "", "FilterPattern": choice.pattern, "Distribution": choice.distribution,
            "ExceptLogGroups": choice.except.joined(separator: ","),
        ]
        let attributes = choice.roleARN.map { ["Role.Arn": $0] } ?? [:]
        return try Stack(YAMLReader.read(try text("sender")), in: choice.place, given, attributes: attributes)
    }

    @Test(arguments: RecipientChoice.all) func recipient(choice: RecipientChoice) throws {
        let stack = try Self.stack(of: choice)
        let role = ["Role", "Properties"]
        #expect(try document(stack.property(role[0], role[1], "AssumeRolePolicyDocument")) == choice.trust)
        #expect(
            try document(stack.property(role[0], role[1], "Policies", "0", "PolicyDocument")) == choice.permissions)
        guard case .text(let access) = try stack.property("Destination", "Properties", "DestinationPolicy") else {
            Issue.record("the destination's policy is no text")
            return
        }
        #expect(try PolicyDocument(parsing: access) == choice.destinationAccess)
        // Word by word as well, once the ids are in the order in which set-up writes them.
        if choice.accounts == choice.accounts.sorted() { #expect(access == choice.destinationAccess.json.compact) }
        #expect(try stack.rulesHold())
        #expect(try stack.outputs() == ["destination", "stream"])
        for resource in ["Stream", "Role", "Destination"] { _ = try stack.properties(of: resource) }
    }

    @Test func nobodyIsRefused() throws {
        #expect(try !Self.stack(of: RecipientChoice()).rulesHold())
    }

    /// One more would be lost without a word: the role's trust has no place for it.
    @Test func moreSendersThanThereArePlacesAreRefused() throws {
        let accounts = (0...Draft.sendersMax).map { String(100_000_000_000 + $0) }
        #expect(throws: Stack.Fault.self) { try Self.stack(of: RecipientChoice(accounts: accounts)) }
    }

    @Test(arguments: SenderChoice.all) func sender(choice: SenderChoice) throws {
        let stack = try Self.stack(of: choice)
        #expect(try stack.makes("Role") == (choice.role != nil))
        #expect(try stack.makes("SubscriptionFilter") == !choice.groups.isEmpty)
        #expect(try stack.makes("AccountPolicy") == choice.groups.isEmpty)
        let trust = try document(stack.property("Role", "Properties", "AssumeRolePolicyDocument"))
        #expect(trust == PolicyDocuments.senderTrust)
        let permissions = try document(stack.property("Role", "Properties", "Policies", "0", "PolicyDocument"))
        #expect(permissions == choice.permissions)
        let role = try stack.property("SubscriptionFilter", "Properties", "RoleArn")
        #expect(role == choice.roleARN.map(JSONTree.text))
        #expect(
            try stack.property("AccountPolicy", "Properties", "SelectionCriteria") == choice.criteria.map(JSONTree.text)
        )
        guard case .text(let policy) = try stack.property("AccountPolicy", "Properties", "PolicyDocument") else {
            Issue.record("the account policy is no text")
            return
        }
        choice.expectsWholeAccount(WholeAccount(parsing: policy))
    }

    private func document(_ tree: JSONTree?) throws -> PolicyDocument {
        try PolicyDocument(parsing: try #require(tree).compact)
    }

    /// The reader here is as simple as the writer: what it reads, a real one reads alike, but for the functions.
    @Test(arguments: ["recipient", "sender"]) func anotherReaderReadsTheSame(name: String) throws {
        let text = try Self.text(name)
        let ours = try YAMLReader.read(text)
        #expect(
            ours == (name == "recipient" ? CloudFormationTemplates.recipientTree : CloudFormationTemplates.senderTree))
        #expect(ours.withoutFunctions == YAML(try SettingsNode(yaml: text, file: name).value))
    }
}

extension SenderChoice {
    func expectsWholeAccount(_ policy: WholeAccount) {
        #expect(policy.destination == GuideExample.destination)
        #expect(policy.pattern == pattern)
        #expect(policy.distribution?.rawValue == distribution)
        #expect(policy.role == roleARN)
    }
}

extension YAML {
    fileprivate var withoutFunctions: YAML {
        switch self {
        case .text: self
        case .list(let items): .list(items.map(\.withoutFunctions))
        case .map(let entries): .map(entries.map { Entry(key: $0.key, value: $0.value.withoutFunctions) })
        case .call(_, let argument): argument.withoutFunctions
        }
    }

    fileprivate init(_ value: SettingsNode.Value) {
        self =
            switch value {
            case .text(let text): .text(text)
            case .list(let items): .list(items.map { YAML($0.value) })
            case .mapping(let entries): .map(entries.map { Entry(key: $0.key, value: YAML($0.value)) })
            case .nothing: .text("(nothing)")
            }
    }
}
