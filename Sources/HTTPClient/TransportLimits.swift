/// Bounds that are nobody's setting.
enum TransportLimits {
    /// A response's head, all its lines together. libcurl from 8.4 on stops at 300 KB by itself, before that never.
    static let headBytesMax = 256 << 10
    /// What is set aside for a body on the word of its Content-Length alone.
    static let reservedBytesMax = 16 << 20
    /// What one read from a connection may fetch.
    static let receiveBufferBytes = 64 << 10
    /// A body of at most so many bytes is copied, as libcurl sends it together with the head.
    static let copiedBodyBytesMax = 64 << 10
    /// What one write to a connection may take of a larger body.
    static let sendBufferBytes = 256 << 10
    /// Easy handles kept for later requests.
    static let pooledHandlesMax = 64
    /// How long a resolved name is believed. A new connection after a timeout must find a moved address at once.
    static let resolvedSeconds = 10
    /// A silent connection is probed after this time, then at each interval.
    static let probeAfterSeconds = 10
    static let probeIntervalSeconds = 5
    /// How long sent bytes and probes may stay unacknowledged until the kernel gives the connection up (TCP_USER_TIMEOUT):
    /// what ends a stream whose server is gone.
    static let unacknowledgedMilliseconds: Int32 = 30_000
    /// For how long the parsed CA bundle is used before the file is read again.
    static let caCacheSeconds = 300
    /// How often the thread looks up when nothing happens.
    static let pollMilliseconds = 60_000
}
