internal import CCurl

/// A libcurl easy handle with what it points to. Confined to the loop's thread.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private let errorBuffer: UnsafeMutablePointer<CChar>
    private var headerList: UnsafeMutablePointer<curl_slist>?
    /// May hold a password, and libcurl quotes it when it cannot read it.
    private var proxyURL = ""
    /// What the first option that was refused said, since `reset`.
    private var refusal = CURLE_OK

    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headerList)
        errorBuffer.deallocate()
    }

    /// Makes the handle as new. Connections are the multi handle's and stay.
    func reset() {
        curl_easy_reset(pointer)
        curl_slist_free_all(headerList)
        headerList = nil
        errorBuffer[0] = 0
        refusal = CURLE_OK
    }

    /// What libcurl says beyond the code of its result.
    var errorText: String? {
        guard errorBuffer[0] != 0 else { return nil }
        let text = String(cString: errorBuffer)
        return proxyURL.isEmpty ? text : text.replacing(proxyURL, with: "(the proxy's URL)")
    }

    /// As the response's head announces it.
    var contentLength: Int? {
        var length: curl_off_t = -1
        let code = ccurl_get_offset(pointer, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length)
        return code == CURLE_OK && length >= 0 ? Int(length) : nil
    }

    /// Lets a paused transfer go on. May call the write callback before it returns.
    /// Whether the transfer went over a connection that was there before, and over no other.
    var wentOverKeptConnection: Bool {
        var made = 0
        return ccurl_get_long(pointer, CURLINFO_NUM_CONNECTS, &made) == CURLE_OK && made == 0
    }

    func unpause() -> CURLcode { curl_easy_pause(pointer, CURLPAUSE_CONT) }

    /// The transfer that a handle was prepared for.
    static func transfer(of easy: UnsafeMutableRawPointer) -> Transfer? {
        var context: UnsafeMutableRawPointer?
        guard ccurl_get_pointer(easy, CURLINFO_PRIVATE, &context) == CURLE_OK, let context else { return nil }
        return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }
}

// MARK: - Options

extension EasyHandle {
    /// Sets every option the transfer needs, on a handle that is as new. Anything but `CURLE_OK` is the first refusal.
    func prepare(
        for transfer: Transfer, _ settings: HTTPTransportSettings, caBundle: String?, lifetime: ConnectionTrust.Lifetime
    ) -> CURLcode {
        let wire = transfer.order.wire
        setGeneral(settings)
        setTLS(caBundle: caBundle)
        setCallbacks(to: transfer)
        setRequest(transfer)
        setProxy(wire, settings.proxies)
        setConnection(settings, lifetime)
        if transfer.wantsOwnConnection {
            set(CURLOPT_FRESH_CONNECT, 1)
            set(CURLOPT_FORBID_REUSE, 1)
        }
        return refusal
    }

    private func setGeneral(_ settings: HTTPTransportSettings) {
        set(CURLOPT_NOSIGNAL, 1)
        note(ccurl_set_no_wait_for_resolver(pointer))
        note(ccurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorBuffer))
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_PATH_AS_IS, 1)
        set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        // Refused where the handle still has the buffer of an earlier transfer; then that one serves.
        _ = ccurl_set_long(pointer, CURLOPT_BUFFERSIZE, TransportLimits.receiveBufferBytes)
        set(CURLOPT_USERAGENT, settings.userAgent)
    }

    private func setTLS(caBundle: String?) {
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        set(CURLOPT_PROXY_SSL_VERIFYPEER, 1)
        set(CURLOPT_PROXY_SSL_VERIFYHOST, 2)
        set(CURLOPT_PROXY_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        guard let caBundle else { return }
        set(CURLOPT_CAINFO, caBundle)
        set(CURLOPT_CAPATH, nil)
        set(CURLOPT_PROXY_CAINFO, caBundle)
        set(CURLOPT_PROXY_CAPATH, nil)
        note(ccurl_set_ca_cache_seconds(pointer, TransportLimits.caCacheSeconds))
    }

    private func setRequest(_ transfer: Transfer) {
        let wire = transfer.order.wire
        set(CURLOPT_URL, wire.url)
        switch wire.version {
        case .http1: set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        case .http2: set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        }
        set(CURLOPT_TIMEOUT_MS, (wire.deadline - .now).wholeMilliseconds)
        set(CURLOPT_CONNECTTIMEOUT_MS, wire.connectTimeout.wholeMilliseconds)
        if wire.hasBody {
            set(CURLOPT_POST, 1)
            setOffset(CURLOPT_POSTFIELDSIZE_LARGE, wire.body.count)
            if wire.body.count > TransportLimits.copiedBodyBytesMax { lend(transfer) } else { copyBody(wire.body) }
        } else if wire.method == "HEAD" {
            set(CURLOPT_NOBODY, 1)
        } else {
            set(CURLOPT_HTTPGET, 1)
        }
        if !["GET", "HEAD", "POST"].contains(wire.method) || (wire.hasBody && wire.method != "POST") {
            set(CURLOPT_CUSTOMREQUEST, wire.method)
        }
        wire.headerLines.forEach(append)
        note(ccurl_set_list(pointer, CURLOPT_HTTPHEADER, headerList))
    }

    /// Lets libcurl fetch the body piece by piece.
    private func lend(_ transfer: Transfer) {
        set(CURLOPT_UPLOAD_BUFFERSIZE, TransportLimits.sendBufferBytes)
        note(ccurl_set_pointer(pointer, CURLOPT_READDATA, Unmanaged.passUnretained(transfer).toOpaque()))
        note(ccurl_set_reader(pointer, onSend))
        note(ccurl_set_pointer(pointer, CURLOPT_SEEKDATA, Unmanaged.passUnretained(transfer).toOpaque()))
        note(ccurl_set_seeker(pointer, onRewind))
    }

    /// Goes out together with the head. libcurl takes a null pointer for "there is no body here, call me for it".
    private func copyBody(_ body: [UInt8]) {
        body.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, !bytes.isEmpty else { return set(CURLOPT_COPYPOSTFIELDS, "") }
            note(ccurl_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, start))
        }
    }

    private func append(headerLine line: String) {
        guard let list = curl_slist_append(headerList, line) else { return note(CURLE_OUT_OF_MEMORY) }
        headerList = list
    }

    /// Always says which, or that there is none: libcurl would look into the environment otherwise.
    private func setProxy(_ wire: WireRequest, _ proxies: ProxySettings) {
        switch wire.proxy {
        case .none: proxyURL = ""
        case .environment: proxyURL = (wire.endpoint.isSecure ? proxies.https : proxies.http) ?? ""
        }
        set(CURLOPT_PROXY, proxyURL)
        set(CURLOPT_NOPROXY, proxies.except)
    }

    private func setConnection(_ settings: HTTPTransportSettings, _ lifetime: ConnectionTrust.Lifetime) {
        set(CURLOPT_MAXAGE_CONN, Int(settings.idleMax.components.seconds))
        switch lifetime {
        case .fresh: set(CURLOPT_FRESH_CONNECT, 1)
        case .seconds(let seconds): set(CURLOPT_MAXLIFETIME_CONN, seconds)
        }
        set(CURLOPT_DNS_CACHE_TIMEOUT, TransportLimits.resolvedSeconds)
        set(CURLOPT_TCP_KEEPALIVE, 1)
        set(CURLOPT_TCP_KEEPIDLE, TransportLimits.probeAfterSeconds)
        set(CURLOPT_TCP_KEEPINTVL, TransportLimits.probeIntervalSeconds)
    }

    private func setCallbacks(to transfer: Transfer) {
        // The loop holds the transfer until it has taken the handle out of libcurl's hands.
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        note(ccurl_set_pointer(pointer, CURLOPT_PRIVATE, context))
        note(ccurl_set_pointer(pointer, CURLOPT_HEADERDATA, context))
        note(ccurl_set_writer(pointer, CURLOPT_HEADERFUNCTION, onHeaderLine))
        note(ccurl_set_pointer(pointer, CURLOPT_WRITEDATA, context))
        note(ccurl_set_writer(pointer, CURLOPT_WRITEFUNCTION, onBody))
        note(ccurl_set_pointer(pointer, CURLOPT_PREREQDATA, context))
        note(ccurl_set_before_request(pointer, onBeforeRequest))
        note(ccurl_set_on_socket(pointer, onSocket))
    }

    private func set(_ option: CURLoption, _ value: Int) { note(ccurl_set_long(pointer, option, value)) }

    private func set(_ option: CURLoption, _ text: String?) { note(ccurl_set_text(pointer, option, text)) }

    private func setOffset(_ option: CURLoption, _ value: Int) {
        note(ccurl_set_offset(pointer, option, curl_off_t(value)))
    }

    private func note(_ code: CURLcode) {
        if refusal == CURLE_OK { refusal = code }
    }
}
