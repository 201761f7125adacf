import Foundation
import Setup
import Testing

/// What Terraform makes of the policies in `config/` is what set-up would have given to AWS.
///
/// Asked of `terraform` itself, which needs no provider for it.
@Suite(.enabled(if: Terraform.isInstalled, "terraform is not on PATH")) struct TerraformTests {
    @Test(arguments: RecipientChoice.all) func recipient(choice: RecipientChoice) throws {
        var variables: [String: any Encodable] = [
            "sender_accounts": choice.accounts, "whole_accounts": choice.wholeAccounts, "stream_name": choice.stream,
            "destination_name": choice.destination,
        ]
        variables["organization_id"] = choice.organization
        variables["key_arn"] = choice.key
        let texts = try Terraform("recipient", in: choice.place).evaluate(
            ["recipient_trust", "recipient_permissions", "destination_access"], with: variables)
        let documents = try texts.map { try PolicyDocument(parsing: $0 ?? "") }
        #expect(documents == [choice.trust, choice.permissions, choice.destinationAccess])
    }

    @Test(arguments: SenderChoice.all + [SenderChoice.several]) func sender(choice: SenderChoice) throws {
        var variables: [String: any Encodable] = [
            "destination_arn": GuideExample.destination, "log_groups": choice.groups, "filter_pattern": choice.pattern,
            "distribution": choice.distribution, "except_log_groups": choice.except,
        ]
        variables["role_name"] = choice.role
        let texts = try Terraform("sender", in: choice.place, role: choice.roleARN).evaluate(
            ["sender_trust", "sender_permissions", "whole_account", "selection_criteria"], with: variables)
        let documents = try texts.prefix(2).map { try PolicyDocument(parsing: $0 ?? "") }
        #expect(documents == [PolicyDocuments.senderTrust, choice.permissions])
        choice.expectsWholeAccount(WholeAccount(parsing: texts[2] ?? ""))
        #expect(texts[3] == choice.criteria)
    }
}

/// Terraform cannot check a module without its provider: what the files say of each other is checked here.
@Suite struct TerraformModuleTests {
    @Test(arguments: ["recipient", "sender"]) func namesAreDeclaredAndUsed(module: String) throws {
        let text = try ["main", "policies", "outputs", "variables"].map {
            try String(contentsOf: ConfigFiles.url("terraform/\(module)/\($0).tf"), encoding: .utf8)
        }.joined()
        let code = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n")
        let variables = Set(code.matches(of: /variable "(\w+)"/).map(\.output.1))
        // A validation names its own variable once or more in a block of its own.
        let uses = code.split(separator: "variable \"")[0].matches(of: /var\.(\w+)/).map(\.output.1)
        #expect(Set(uses) == variables)
        let blocks = code.matches(of: #/(?s)locals \{\n(.*?)\n\}/#).map(\.output.1).joined(separator: "\n")
        let locals = Set(blocks.matches(of: #/(?m)^  (\w+) += /#).map(\.output.1))
        #expect(Set(code.matches(of: /local\.(\w+)/).map(\.output.1)) == locals)
        let resources = Set(code.matches(of: /resource "(\w+)" "(\w+)"/).map { "\($0.output.1).\($0.output.2)" })
        let named = code.matches(of: /\b(aws_\w+\.\w+)/).map { String($0.output.1) }
        #expect(Set(named).isSubset(of: resources.union(Self.data)))
    }

    private static let data: Set = ["aws_caller_identity.current", "aws_partition.current", "aws_region.current"]
}

/// A module's policies with its variables, and in place of what a provider would tell, what is given.
private struct Terraform {
    static let program = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/terraform" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    static var isInstalled: Bool { program != nil }

    struct Fault: Error {
        let text: String
    }

    private let module: String
    private let locals: String

    init(_ module: String, in place: AccountPlace, role: String? = nil) {
        self.module = module
        locals = """
            locals {
              account_id = "\(place.account)"
              partition  = "\(place.partition)"
              region     = "\(place.region)"
              role_arn   = \(role.map { "\"\($0)\"" } ?? "null")
            }
            """
    }

    /// The texts of these locals, `nil` where one is null.
    func evaluate(_ names: [String], with variables: [String: any Encodable]) throws -> [String?] {
        let directory = FileManager.default.temporaryDirectory.appending(path: "terraform-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }  // a directory left behind harms nobody
        for file in ["policies.tf", "variables.tf"] {
            try FileManager.default.copyItem(
                at: ConfigFiles.url("terraform/\(module)/\(file)"), to: directory.appending(path: file))
        }
        try Data(locals.utf8).write(to: directory.appending(path: "main.tf"))
        let values = variables.mapValues { AnyValue(value: $0) }
        try JSONEncoder().encode(values).write(to: directory.appending(path: "terraform.tfvars.json"))
        let list = names.map { "local.\($0)" }.joined(separator: ", ")
        let answer = try console("base64encode(jsonencode([\(list)]))", in: directory)
        guard let data = Data(base64Encoded: answer.filter { !"\"\n".contains($0) }) else { throw Fault(text: answer) }
        return try JSONDecoder().decode([String?].self, from: data)
    }

    private func console(_ expression: String, in directory: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: Self.program ?? "")
        process.arguments = ["console"]
        process.currentDirectoryURL = directory
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": directory.path, "CHECKPOINT_DISABLE": "1"]
        let (input, output, errors) = (Pipe(), Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
        try process.run()
        input.fileHandleForWriting.write(Data("\(expression)\n".utf8))
        try input.fileHandleForWriting.close()
        let answer = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Fault(text: complaint) }
        return answer
    }
}

private struct AnyValue: Encodable {
    let value: any Encodable

    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
