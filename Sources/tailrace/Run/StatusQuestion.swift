internal import Adapters
internal import Admin
internal import Core
import FoundationEssentials
internal import HTTPClient
internal import Settings

/// How a daemon is, by its own words or by what its store holds.
struct StatusAnswer {
    let document: StatusDocument
    /// As the daemon wrote it.
    let json: [UInt8]
}

/// Asks the daemon how it is, and its store when it does not answer.
struct StatusQuestion {
    /// The daemon is on this machine, or near. It answers at once, whatever it does.
    private static let connectTimeout = Duration.seconds(3)
    private static let timeout = Duration.seconds(10)
    /// A shard takes some 400 bytes, and no stream has 100,000.
    private static let bytesMax = 64 << 20

    private let place: StoreAndStream
    /// `nil` when the daemon answers nowhere.
    private let address: AdminAddress?
    private let transport: HTTPTransport

    /// - Parameter address: in place of that of the settings.
    init(_ options: StreamOptions, address text: String?) throws {
        let written = try options.store.load().settings?.admin
        place = try options.load()
        if let text {
            guard let given = AdminAddress(text), given.port > 0 else {
                throw CommandFailure(
                    .usage, "--admin: '\(text)' is no address; allowed: one such as \(AdminAddress.standard)")
            }
            address = given
        } else {
            address = written.map(\.address) ?? .standard
        }
        transport = try HTTPTransport(HTTPTransportSettings(proxies: .none))
    }

    func end() async { await transport.shutdown() }

    /// Throws a `CommandFailure` when neither the daemon nor its store can be read.
    func answer() async throws -> StatusAnswer {
        switch try await ask() {
        case .success(let answer): return answer
        case .failure(let silence): return try await saved(because: silence.why)
        }
    }

    // MARK: The daemon

    /// Why no daemon told how it is.
    private struct Silence: Error {
        let why: String
    }

    private func ask() async throws -> Result<StatusAnswer, Silence> {
        guard let address else { return .failure(Silence(why: "the settings say that the daemon answers nowhere")) }
        guard address.port > 0 else {
            return .failure(
                Silence(why: "the system chose the daemon's port: its log says which, and --admin takes it"))
        }
        let request = HTTPRequest(
            url: "http://\(address.toAsk)/status", timeout: Self.timeout, connectTimeout: Self.connectTimeout,
            bodyBytesMax: Self.bytesMax, proxy: .none)
        let response: HTTPResponse
        do {
            response = try await transport.perform(request)
        } catch let failure as HTTPFailure {
            return .failure(Silence(why: "no daemon answers at \(address) (\(failure.briefly))"))
        }
        guard response.status == 200,
            let document = try? JSONDecoder().decode(StatusDocument.self, from: Data(response.body))
        else {
            return .failure(Silence(why: "what answers at \(address) is no daemon of this Tailrace's version"))
        }
        if let stream = document.stream, !isMeant(stream) {
            return .failure(Silence(why: "the daemon at \(address) reads another stream, \(stream)"))
        }
        return .success(StatusAnswer(document: document, json: response.body))
    }

    private func isMeant(_ arn: String) -> Bool {
        switch place.stream {
        case .arn(let meant): meant.text == arn
        case .name(let name):
            StreamARN(arn).map { $0.name == name && place.region ?? $0.region == $0.region } ?? (arn == name)
        case nil: true
        }
    }

    // MARK: The store

    private func saved(because why: String) async throws -> StatusAnswer {
        let (stream, stored): (String, StoredStream)
        do {
            let streams = try SQLiteStateStore.readStreams(path: place.path)
            guard !streams.isEmpty else { throw CommandFailure(.failed, "\(place.path) holds no checkpoint") }
            stream = try await place.arn(known: streams.keys) { name, _ in
                throw CommandFailure(.failed, "\(place.path) holds no checkpoint of \(name)")
            }
            guard let found = streams[stream] else {
                throw CommandFailure(.failed, "\(place.path) holds no checkpoint of \(stream)")
            }
            stored = found
        } catch let failure as CommandFailure {
            throw CommandFailure(failure.exitCode, "\(why), and \(failure.message)")
        } catch {
            throw CommandFailure(.failed, "\(why), and its store cannot be read: \(error)")
        }
        let holder = SQLiteStateStore.holder(path: place.path)
        let cause =
            holder.map { "\(why), though \($0) holds the store" } ?? "\(why), and none is seen to hold the store"
        let document = StatusDocument(
            saved: stored.checkpoints, ledger: stored.ledger, of: stream, daemon: holder == nil ? .down : .silent,
            causes: [cause + "; this is what \(place.path) holds"], version: Tailrace.version, now: .now)
        return StatusAnswer(document: document, json: JSONText.bytes(document))
    }
}

extension AdminAddress {
    /// What listens everywhere is asked here.
    fileprivate var toAsk: AdminAddress {
        switch host {
        case "0.0.0.0": AdminAddress(host: "127.0.0.1", port: port)
        case "::": AdminAddress(host: "::1", port: port)
        default: self
        }
    }
}

extension HTTPFailure {
    /// For somebody who knows where was asked.
    fileprivate var briefly: String {
        switch kind {
        case .unresolved: "the name has no address"
        case .connect: "no connection"
        case .timedOut: "not in time"
        case .interrupted: "the connection was lost"
        case .tls, .bodyTooLarge, .stale, .closed, .badRequest, .other: detail
        }
    }
}
