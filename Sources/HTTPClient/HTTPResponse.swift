/// What comes before a response's body.
package struct HTTPResponseHead: Equatable, Sendable {
    /// 200 … 999; interim responses (1xx) are not shown.
    package let status: Int
    /// Names as the server wrote them; the fields of a trailer are left out.
    package let headers: HTTPHeaders

    package init(status: Int, headers: HTTPHeaders) {
        self.status = status
        self.headers = headers
    }
}

/// A complete response. A 4xx or 5xx is a response like any other.
package struct HTTPResponse: Equatable, Sendable {
    package let status: Int
    package let headers: HTTPHeaders
    /// As it came: no content coding is undone.
    package let body: [UInt8]

    package init(status: Int, headers: HTTPHeaders, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
