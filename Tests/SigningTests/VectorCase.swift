import Foundation
import Signing
import Testing

/// One case of the published suite: a folder with a request, its context, and what each step must yield.
struct VectorCase: CustomTestStringConvertible, Sendable {
    let name: String
    let request: Signer.Request
    let options: Signer.Options
    let credentials: Credentials
    let region: String
    let service: String
    let time: UTCTime
    let canonicalRequest: String
    let stringToSign: String
    let signature: String

    var testDescription: String { name }

    static let all: [VectorCase] = {
        guard let root = Bundle.module.url(forResource: "Vectors", withExtension: nil)?.appending(path: "v4"),
            let names = try? FileManager.default.contentsOfDirectory(atPath: root.path)
        else { return [] }
        return names.sorted().compactMap { try? VectorCase(folder: root.appending(path: $0)) }
    }()

    private init(folder: URL) throws {
        let context = try JSONDecoder().decode(
            VectorContext.self, from: Data(contentsOf: folder.appending(path: "context.json")))
        func text(_ file: String) throws -> String {
            try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        }
        name = folder.lastPathComponent
        credentials = Credentials(
            accessKeyID: context.credentials.access_key_id, secretAccessKey: context.credentials.secret_access_key,
            sessionToken: context.credentials.token)
        region = context.region
        service = context.service
        time = try context.time
        options = context.options
        request = try Signer.Request(vector: text("request.txt"))
        canonicalRequest = try text("header-canonical-request.txt")
        stringToSign = try text("header-string-to-sign.txt")
        signature = try text("header-signature.txt")
    }
}

private struct VectorContext: Decodable {
    struct Keys: Decodable {
        let access_key_id: String
        let secret_access_key: String
        let token: String?
    }

    let credentials: Keys
    let region: String
    let service: String
    let timestamp: String
    let normalize: Bool
    let sign_body: Bool
    let omit_session_token: Bool?

    var time: UTCTime {
        get throws {
            let basic = timestamp.filter { $0 != "-" && $0 != ":" }
            guard let time = UTCTime(basic: basic) else { throw CocoaError(.formatting) }
            return time
        }
    }

    var options: Signer.Options {
        var options = Signer.Options()
        options.pathStyle = normalize ? .normalized : .asWritten
        options.addsPayloadHash = sign_body
        options.signsSessionToken = omit_session_token != true
        return options
    }
}

extension Signer.Request {
    /// Reads `request.txt`: a request line whose target may hold raw spaces, `Name:value` lines, a line that starts
    /// blank continues the one before, then an empty line and the body.
    fileprivate init(vector text: String) throws {
        let halves = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        var lines = halves[0].split(separator: "\n")[...]
        let requestLine = lines.removeFirst()
        guard let space = requestLine.firstIndex(of: " "), requestLine.hasSuffix(" HTTP/1.1") else {
            throw CocoaError(.formatting)
        }
        let target = requestLine[space...].dropFirst().dropLast(" HTTP/1.1".count)
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)

        var headers: [(name: String, value: String)] = []
        for line in lines {
            if line.hasPrefix(" ") {
                headers[headers.count - 1].value += "\n" + line
            } else if let colon = line.firstIndex(of: ":") {
                headers.append((String(line[..<colon]), String(line[colon...].dropFirst())))
            }
        }
        let body = halves.count == 2 ? Array(halves[1].utf8) : []
        self.init(
            method: String(requestLine[..<space]), path: String(parts[0]),
            query: parts.count == 2 ? String(parts[1]) : "", headers: headers, payloadHash: Digest.payloadHash(body))
    }
}
