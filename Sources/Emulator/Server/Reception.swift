/// Finds out who calls and what for, hands the call to the service, and gives the answer its shape.
///
/// Two protocols come in at one address: JSON 1.1, told by `X-Amz-Target`, and STS's forms, told by `Action=`.
struct Reception: Sendable {
    private static let json = "application/x-amz-json-1.1"

    private let services: [String: any EmulatedService]
    private let signatures: SignatureCheck
    private let faults: FaultPlan
    private let clock: WallClock

    init(services: [any EmulatedService], accounts: AccountBook, faults: FaultPlan, clock: WallClock) {
        self.services = Dictionary(uniqueKeysWithValues: services.map { (type(of: $0).targetPrefix, $0) })
        signatures = SignatureCheck(accounts: accounts)
        self.faults = faults
        self.clock = clock
    }

    func answer(_ call: Call) async -> Answer {
        if call.request.header("x-amz-target") == nil, let action = TokenService.action(ofForm: call.request.body) {
            return await answerForm(call, action: action)
        }
        do {
            return try await answerJSON(call)
        } catch {
            return Self.refusal(error)
        }
    }

    private func answerJSON(_ call: Call) async throws(ServiceFault) -> Answer {
        let (service, operation) = try target(of: call.request)
        let caller: Caller
        do {
            caller = try signatures.caller(
                of: call.request, service: type(of: service).signingName, now: clock.now())
        } catch {
            throw error.jsonFault
        }
        let isCutOff = try await faultStrikes(operation)
        let body = try await service.reply(operation: operation, body: call.request.body, caller: caller)
        return Answer(contentType: Self.json, body: body, isCutOff: isCutOff)
    }

    /// Whether the answer is to be cut off; throws when the call is to be refused.
    private func faultStrikes(_ operation: String) async throws(ServiceFault) -> Bool {
        switch await faults.effect(onNext: operation) {
        case .refuse(let code, let message, let status): throw ServiceFault(code, message, status: status)
        case .cutOff: return true
        case nil: return false
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
        let type = request.header("content-type")?.prefix { $0 != ";" } ?? ""
        guard request.method == "POST", type == Self.json else {
            throw ServiceFault(
                "UnknownOperationException",
                "The emulator speaks \(Self.json) over POST only. AWS's Java SDK needs AWS_CBOR_DISABLED=true.")
        }
        return (service, parts[1])
    }

    private func answerForm(_ call: Call, action: String) async -> Answer {
        do {
            return try await identify(call, action: action)
        } catch {
            let text = TokenService.errorText(error, requestID: call.id)
            return Answer(
                status: error.status, contentType: TokenService.contentType, body: ReplyBody(Array(text.utf8)))
        }
    }

    private func identify(_ call: Call, action: String) async throws(ServiceFault) -> Answer {
        let caller: Caller
        do {
            caller = try signatures.caller(of: call.request, service: TokenService.signingName, now: clock.now())
        } catch {
            throw error.queryFault
        }
        let isCutOff = try await faultStrikes(action)
        let text = try TokenService.answer(action: action, caller: caller, requestID: call.id)
        return Answer(contentType: TokenService.contentType, body: ReplyBody(Array(text.utf8)), isCutOff: isCutOff)
    }

    /// `fault` as JSON 1.1 says it.
    static func refusal(_ fault: ServiceFault) -> Answer {
        let text = #"{"__type":"\#(JSONText.escaped(fault.code))","message":"\#(JSONText.escaped(fault.message))"}"#
        return Answer(status: fault.status, contentType: json, body: ReplyBody(Array(text.utf8)))
    }
}
