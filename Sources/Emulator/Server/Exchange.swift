/// A call as the server read it.
struct Call: Sendable {
    let request: SignedRequest
    /// Names the call in the reply and the log.
    let id: String
}

/// What the server is to send.
struct Answer: Sendable {
    /// How much of it arrives, and how.
    enum Delivery: Hashable, Sendable {
        case whole
        /// Half of the body, then the connection is closed.
        case cutOff
        /// Half of the body, then the connection is reset.
        case reset
        /// All of it, so many bytes a second.
        case drip(bytesPerSecond: Int)
        /// Nothing: the connection is closed.
        case nothing
    }

    let status: Int
    let contentType: String
    let body: ReplyBody
    let delivery: Delivery
    /// Whether it carries the call's id, as everything does that AWS says.
    let hasID: Bool

    init(
        status: Int = 200, contentType: String, body: ReplyBody, delivery: Delivery = .whole, hasID: Bool = true
    ) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.delivery = delivery
        self.hasID = hasID
    }

    /// What is announced. A connection that ends within an answer only shows if something of that was still to come, and
    /// many calls of AWS are answered by an empty body.
    var bytesPromised: Int {
        switch delivery {
        case .cutOff, .reset: max(1, body.byteCount)
        case .whole, .drip, .nothing: body.byteCount
        }
    }
}
