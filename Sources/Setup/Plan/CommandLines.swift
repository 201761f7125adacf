/// A plan as a script for a POSIX shell, with AWS's own command line: the same calls with the same policies.
///
/// https://docs.aws.amazon.com/cli/latest/reference/
package struct CommandLines: Sendable {
    /// `--profile`, which `aws` takes by the same name.
    private let profile: String?
    private let place: AccountPlace

    /// `place` is the account that is changed: the script refuses to run in another. Its Region leads to IAM.
    package init(profile: String? = nil, in place: AccountPlace) {
        self.profile = profile
        self.place = place
    }

    /// `plan` must not be refused.
    package func script(_ plan: Plan) -> String {
        precondition(plan.refusals.isEmpty, "a refused plan cannot be carried out")
        var files = PolicyFiles()
        let commands = plan.calls.map { command($0, &files) }
        let head = ["#!/bin/sh", "# \(plan.summary), as tailrace plans it", "set -eu"]
        guard !commands.isEmpty else { return (head + ["# nothing is to be done"]).joined(separator: "\n") + "\n" }
        let directory = files.texts.isEmpty ? [] : ["policies=$(mktemp -d)", "trap 'rm -rf \"$policies\"' EXIT"]
        let documents = files.texts.map { name, text in "cat >\"$policies/\(name)\" <<'JSON'\n\(text)JSON" }
        return (head + accountCheck + directory + documents + commands).joined(separator: "\n") + "\n"
    }

    /// What follows names an account in every ARN, and would be made in whichever the credentials lead into.
    private var accountCheck: [String] {
        let identity = aws(
            "sts", "get-caller-identity", region: place.region, ["--query Account", "--output text"], inOneLine: true)
        return [
            "export AWS_PAGER=",
            "[ \"$(\(identity))\" = \(place.account) ] \\",
            "  || { echo 'these are not the credentials of account \(place.account)' >&2; exit 1; }",
        ]
    }

    private func command(_ call: SetupCall, _ files: inout PolicyFiles) -> String {
        switch call {
        case .stream(let stream, .waitUntilActive): return wait(for: stream)
        case .role(_, .waitUntilKnown): return "sleep \(RoleCall.settlingTime.components.seconds)"
        case .stream, .role, .destination, .subscription: break
        }
        guard let request = call.request else { preconditionFailure("only waiting is no request") }
        let options = request.parameters.map { option($0, &files, for: request) }
        let command = aws(
            request.service, Self.kebab(request.operation), region: request.region ?? place.region, options)
        // AWS refuses what comes too soon: a role that is too new, a change of a stream that is being changed.
        return call.waitsForRoles || call.waitsForStream
            ? Self.repeated("until \(command)", times: 24, pause: 5) : command
    }

    /// As long as set-up itself waits.
    private func wait(for stream: StreamPlace) -> String {
        let status = aws(
            "kinesis", "describe-stream-summary", region: stream.region,
            [
                "--stream-name \(quoted(stream.name))", "--query StreamDescriptionSummary.StreamStatus",
                "--output text",
            ], inOneLine: true)
        return Self.repeated("until [ \"$(\(status))\" = ACTIVE ]", times: 450, pause: 2)
    }

    private func aws(
        _ service: String, _ operation: String, region: String, _ options: [String], inOneLine: Bool = false
    ) -> String {
        let place = ["--region \(region)"] + (profile.map { ["--profile \(quoted($0))"] } ?? [])
        return (["aws \(service) \(operation)"] + place + options).joined(separator: inOneLine ? " " : " \\\n  ")
    }

    private static func repeated(_ condition: String, times: Int, pause: Int) -> String {
        """
        attempt=1
        \(condition)
        do
          [ "$attempt" -lt \(times) ] || exit 1
          attempt=$((attempt + 1))
          sleep \(pause)
        done
        """
    }

    private func option(
        _ parameter: AWSRequest.Parameter, _ files: inout PolicyFiles, for request: AWSRequest
    ) -> String {
        let name = "--" + Self.kebab(parameter.name)
        switch parameter.value {
        case .document(let document):
            let file = files.add(document.pretty, named: "\(Self.kebab(request.operation)).json")
            return "\(name) \"file://$policies/\(file)\""
        case .plain(.flag(true)): return name
        case .plain(.flag(false)): return "--no-" + Self.kebab(parameter.name)
        case .plain(.text(let text)):
            // A value that begins with a dash would be taken for an option.
            return text.hasPrefix("-") ? "\(name)=\(quoted(text))" : "\(name) \(quoted(text))"
        case .plain(let value): return "\(name) \(quoted(value.compact))"
        }
    }

    private func quoted(_ text: String) -> String { ShellText.quoted(text) }

    /// `--assume-role-policy-document` of `AssumeRolePolicyDocument`.
    static func kebab(_ name: String) -> String {
        name.enumerated().map { index, character in
            (character.isUppercase && index > 0 ? "-" : "") + character.lowercased()
        }.joined()
    }
}

package enum ShellText {
    /// As one word of a POSIX shell.
    package static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-_./:@,+".utf8.contains(byte)
                }
            }
        return isPlain
            ? text : "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

/// The policies of a script by the names of their files; the same policy has one file.
private struct PolicyFiles {
    private(set) var texts: [(name: String, text: String)] = []

    mutating func add(_ text: String, named name: String) -> String {
        if let file = texts.first(where: { $0.text == text }) { return file.name }
        let count = texts.count { $0.name.hasSuffix(name) }
        let file = count == 0 ? name : "\(count + 1)-\(name)"
        texts.append((file, text))
        return file
    }
}
