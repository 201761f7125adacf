import HTTPTypes

/// Finds out who calls and what for, hands the call to the service, and gives the answer its shape.
///
/// Two protocols come in at one address: JSON 1.1, which Kinesis takes in CBOR as well, told by `X-Amz-Target`, and the
/// forms of IAM and STS, told by `Action=`.
struct Reception: Sendable {
    private let services: [String: any EmulatedService]
    let forms: FormServices
    let access: AccessControl
    let signatures: SignatureCheck
    let faults: FaultPlan
    private let control: ControlDesk
    private let cbor: KinesisRules.CBORManners
    let clock: WallClock

    /// `clock` is what signatures are judged by.
    init(
        box: AWSBox, accounts: AccountBook, faults: FaultPlan, control: ControlDesk, cbor: KinesisRules.CBORManners,
        clock: WallClock
    ) {
        services = Dictionary(uniqueKeysWithValues: box.services.map { (type(of: $0).targetPrefix, $0) })
        forms = box.forms
        access = box.access
        signatures = SignatureCheck(accounts: accounts, sessions: box.sessions)
        self.faults = faults
        self.control = control
        self.cbor = cbor
        self.clock = clock
    }

    func answer(_ call: Call) async -> Answer {
        if ControlDesk.isMeant(by: call.request) { return await control.answer(call.request) }
        if call.request.header("x-amz-target") == nil, let form = Form(call.request.body) {
            return await answer(call, form: form)
        }
        let encoding = BodyEncoding(contentType: call.request.header("content-type"))
        if encoding == .cbor, let refusal = Self.refusalOfCBOR(cbor) { return refusal }
        do {
            return try await answer(call, in: encoding)
        } catch {
            return Self.refusal(error, in: encoding ?? .json)
        }
    }

    private func answer(_ call: Call, in encoding: BodyEncoding?) async throws(ServiceFault) -> Answer {
        let (service, operation) = try target(of: call.request)
        guard call.request.method == "POST", let encoding, type(of: service).encodings.contains(encoding) else {
            let known = type(of: service).encodings.map(\.contentType).sorted().joined(separator: ", ")
            throw ServiceFault("UnknownOperationException", "The operation is taken by POST only, as \(known).")
        }
        let caller: Caller
        do {
            caller = try await signatures.caller(
                of: call.request, service: type(of: service).signingName, now: clock.now())
        } catch {
            throw error.jsonFault
        }
        let strike = await faults.strike(onNext: operation, in: encoding)
        if let instead = try await answer(insteadBy: strike, contentType: encoding.contentType) { return instead }
        do {
            try await access.admit(caller) {
                await service.neededRights(
                    operation: operation, body: call.request.body, encoding: encoding, caller: caller)
            }
        } catch {
            throw error.jsonFault
        }
        let body = try await service.reply(
            operation: operation, body: call.request.body, encoding: encoding, caller: caller)
        return Answer(contentType: encoding.contentType, body: body).spoiled(by: strike?.effect)
    }

    /// What is answered without doing the call; `nil` when it is to be done. Throws when it is to be refused.
    func answer(
        insteadBy strike: FaultPlan.Strike?, contentType: String
    ) async throws(ServiceFault) -> Answer? {
        guard let strike else { return nil }
        switch strike.effect {
        case .refuse(let code, let message, let status): throw ServiceFault(code, message, status: status)
        case .html(let status): return .html(status: status)
        case .empty: return Answer(contentType: contentType, body: .none)
        case .stall:
            await faults.wait(untilLifted: strike.rule)
            return Answer(contentType: contentType, body: .none, delivery: .nothing)
        case .cbor(let manners): return Self.refusalOfCBOR(manners)
        case .truncated, .cutOff, .reset, .drip, .lastPage: return nil
        }
    }

    private func target(of request: SignedRequest) throws(ServiceFault) -> (any EmulatedService, String) {
        let target = request.header("x-amz-target") ?? ""
        let parts = target.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, let service = services[parts[0]] else {
            throw ServiceFault(
                "UnknownOperationException",
                target.isEmpty ? "The request names no operation." : "The emulator has no operation \(target).")
        }
        return (service, parts[1])
    }

    /// `fault` as JSON 1.1 says it, or in CBOR.
    static func refusal(_ fault: ServiceFault, in encoding: BodyEncoding) -> Answer {
        let body: [UInt8]
        switch encoding {
        case .json:
            let text = #"{"__type":"\#(JSONText.escaped(fault.code))","message":"\#(JSONText.escaped(fault.message))"}"#
            body = Array(text.utf8)
        case .cbor:
            var writer = CBORWriter()
            writer.map { error in
                error.text("__type")
                error.text(fault.code)
                error.text("message")
                error.text(fault.message)
            }
            body = writer.bytes
        }
        return Answer(status: fault.status, contentType: encoding.contentType, body: ReplyBody(body))
    }

    /// What endpoints say that do not know CBOR.
    private static func refusalOfCBOR(_ manners: KinesisRules.CBORManners) -> Answer? {
        switch manners {
        case .spoken: nil
        case .unknown:
            Answer(
                status: 404, contentType: "text/plain", body: ReplyBody(Array("<UnknownOperationException/>\n".utf8)))
        case .breaks: .html(status: 500)
        }
    }
}

extension Answer {
    /// What stands between client and service says: an error page that names no request.
    fileprivate static func html(status: Int) -> Answer {
        let reason = HTTPResponse.Status(code: status).reasonPhrase
        let page = "<!doctype html>\n<title>\(status) \(reason)</title>\n"
        return Answer(
            status: status, contentType: "text/html; charset=utf-8", body: ReplyBody(Array(page.utf8)), hasID: false)
    }

    /// The answer to a call that was done, as a fault lets it arrive.
    func spoiled(by effect: FaultRule.Effect?) -> Answer {
        switch effect {
        case .cutOff: delivered(.cutOff)
        case .reset: delivered(.reset)
        case .drip(let bytesPerSecond): delivered(.drip(bytesPerSecond: bytesPerSecond))
        case .truncated:
            Answer(contentType: contentType, body: ReplyBody(Array(body.bytes.prefix(body.byteCount / 2))))
        case .refuse, .html, .empty, .stall, .lastPage, .cbor, nil: self
        }
    }

    private func delivered(_ delivery: Delivery) -> Answer {
        Answer(status: status, contentType: contentType, body: body, delivery: delivery, hasID: hasID)
    }
}
