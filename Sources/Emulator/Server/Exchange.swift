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

    init(status: Int = 200, contentType: String, body: ReplyBody, isCutOff: Bool = false) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.isCutOff = isCutOff
    }
}
