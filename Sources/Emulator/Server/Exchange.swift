/// A call as the server read it.
struct Call: Sendable {
    let request: SignedRequest
    /// Names the call in the reply and the log.
    let id: String
}

/// What the server is to send.
struct Answer: Sendable {
    let status: Int
    let contentType: String
    let body: ReplyBody
    /// Send half of the body and hang up.
    let isCutOff: Bool
    /// Whether it carries the call's id, as everything does that AWS says.
    let hasID: Bool

    init(
        status: Int = 200, contentType: String, body: ReplyBody, isCutOff: Bool = false, hasID: Bool = true
    ) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.isCutOff = isCutOff
        self.hasID = hasID
    }
}
