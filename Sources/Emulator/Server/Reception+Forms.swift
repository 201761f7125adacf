import Signing

// Calls in forms: who makes them, whether they may, and what is answered in XML.
extension Reception {
    func answer(_ call: Call, form: Form) async -> Answer {
        let scope = call.request.header("authorization").flatMap { AuthorizationHeader(parsing: $0)?.scope.service }
        let service = forms.service(for: form, scope: scope)
        do {
            return try await answer(call, form: form, by: service)
        } catch {
            let text = type(of: service).errorText(error, requestID: call.id)
            return Answer(
                status: error.status, contentType: FormServices.contentType, body: ReplyBody(Array(text.utf8)))
        }
    }

    private func answer(
        _ call: Call, form: Form, by service: any FormService
    ) async throws(ServiceFault) -> Answer {
        let (kind, contentType) = (type(of: service), FormServices.contentType)
        let caller: Caller
        do {
            caller = try await signatures.caller(of: call.request, service: kind.signingName, now: clock.now())
        } catch {
            throw error.queryFault
        }
        let strike = await faults.strike(onNext: form.action, in: .json)
        if let instead = try await answer(insteadBy: strike, contentType: contentType) { return instead }
        guard form["Version"] ?? kind.version == kind.version else { throw kind.unknown(form) }
        do {
            try await access.admit(caller) { await service.neededRights(form, caller: caller) }
        } catch {
            throw error.queryFault
        }
        let result = try await service.answer(form, caller: caller)
        let text = kind.replyText(form.action, result, requestID: call.id)
        return Answer(contentType: contentType, body: ReplyBody(Array(text.utf8))).spoiled(by: strike?.effect)
    }
}
