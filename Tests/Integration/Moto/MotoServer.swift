import Foundation

/// A moto server that scripts of boto3 fill, and the program that reads from it.
///
/// moto is a reading of AWS's documents by other people, in another language, all Regions behind one port:
/// https://docs.getmoto.org
struct MotoServer {
    let workplace: Workplace
    let scripts: PythonScripts
    private let endpoint: String
    /// Ended with this value at the latest; by SIGKILL, since SIGTERM is blocked in children of a test.
    private let server: Program

    /// What the first script made: a user who may do everything.
    private struct Keys: Decodable {
        let AccessKeyId: String
        let SecretAccessKey: String
    }

    /// Starts one on a port that the system chooses.
    static func started(in workplace: Workplace) async throws -> MotoServer {
        let errors = workplace.directory.appendingPathComponent("moto.errors")
        let server = try PythonScripts.started(
            [PythonScripts.moto ?? "moto_server", "-H", "127.0.0.1", "-p", "0"], adding: [:], errors: errors)
        let endpoint = try await PythonScripts.word(after: "Running on ", in: errors, of: server, workplace)
        let scripts = PythonScripts(
            workplace: workplace,
            variables: ["MOTO_ENDPOINT": endpoint, "MOTO_DIRECTORY": workplace.directory.path])
        return MotoServer(workplace: workplace, scripts: scripts, endpoint: endpoint, server: server)
    }

    func stop() async throws { try await server.kill() }

    /// Starts the program as the user that the scripts made, or with another secret.
    func program(_ arguments: [String], secret: String? = nil) throws -> Program {
        let keys = try JSONDecoder().decode(
            Keys.self, from: Data(contentsOf: workplace.directory.appendingPathComponent("credentials.json")))
        let environment = [
            "AWS_ACCESS_KEY_ID": keys.AccessKeyId, "AWS_SECRET_ACCESS_KEY": secret ?? keys.SecretAccessKey,
            "AWS_ENDPOINT_URL": endpoint, "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
            "PATH": "/usr/bin:/bin",
        ]
        let (output, errors) = (try appending(workplace.output), try appending(workplace.log))
        defer { [output, errors].forEach { close($0) } }
        return try Program(arguments, environment: environment, output: output, errors: errors)
    }

    private func appending(_ file: URL) throws -> Int32 {
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw PythonScripts.Failure(description: "\(file.path): error \(errno)") }
        return descriptor
    }
}
