/// A plan as a script for a POSIX shell, with AWS's own command line: the same calls with the same policies.
///
/// https://docs.aws.amazon.com/cli/latest/reference/
package struct CommandLines: Sendable {
    /// `--profile`, which `aws` takes by the same name.
    let profile: String?

    package init(profile: String? = nil) { self.profile = profile }

    package func script(_ plan: Plan) -> String {
        var files = PolicyFiles()
        let commands = plan.calls.map { command($0, &files) }
        let head = ["#!/bin/sh", "# \(plan.summary), as tailrace plans it", "set -eu"]
        guard !commands.isEmpty else { return (head + ["# nothing is to be done"]).joined(separator: "\n") + "\n" }
        let directory = files.texts.isEmpty ? [] : ["policies=$(mktemp -d)", "trap 'rm -rf \"$policies\"' EXIT"]
        let documents = files.texts.map { name, text in "cat >\"$policies/\(name)\" <<'JSON'\n\(text)JSON" }
        return (head + directory + documents + commands).joined(separator: "\n") + "\n"
    }

    private func command(_ call: SetupCall, _ files: inout PolicyFiles) -> String {
        if case .stream(let stream, .waitUntilActive) = call {
            return aws("kinesis", "wait stream-exists", region: stream.region, ["--stream-name \(quoted(stream.name))"])
        }
        guard let request = call.request else { preconditionFailure("only waiting is no request") }
        let options = request.parameters.map { parameter in
            option(parameter, &files, for: request)
        }
        let command = aws(request.service, Self.kebab(request.operation), region: request.region, options)
        // The tool says so for a role that is too new, and so do we when we call.
        return call.waitsForRoles ? Self.repeated(command) : command
    }

    private func aws(_ service: String, _ operation: String, region: String?, _ options: [String]) -> String {
        let place = [region.map { "--region \($0)" }, profile.map { "--profile \(quoted($0))" }].compactMap { $0 }
        return (["aws \(service) \(operation)"] + place + options).joined(separator: " \\\n  ")
    }

    /// For about two minutes, as long as IAM may need until a new role is known everywhere.
    private static func repeated(_ command: String) -> String {
        """
        attempt=1
        until \(command)
        do
          [ "$attempt" -lt 24 ] || exit 1
          attempt=$((attempt + 1))
          sleep 5
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
