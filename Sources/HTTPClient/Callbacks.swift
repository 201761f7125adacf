internal import CCurl
internal import Glibc

// What libcurl calls, on the loop's thread, while it works on a transfer.

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

/// Any answer but the number of bytes ends the transfer.
let onHeaderLine: curl_write_callback = { start, size, count, context in
    let line = UnsafeRawBufferPointer(start: start, count: size * count)
    return transfer(context)?.received(line: line) == true ? line.count : 0
}

let onBody: curl_write_callback = { start, size, count, context in
    let chunk = UnsafeRawBufferPointer(start: start, count: size * count)
    return switch transfer(context)?.received(body: chunk) {
    case .taken: chunk.count
    case .later: Int(CURL_WRITEFUNC_PAUSE)
    case .refused, nil: 0
    }
}

/// Writes the next piece of a request's body into libcurl's buffer. Returns 0 at its end.
let onSend: curl_read_callback = { start, size, count, context in
    let room = UnsafeMutableRawBufferPointer(start: start, count: size * count)
    return transfer(context)?.send(into: room) ?? Int(CURL_READFUNC_ABORT)
}

/// Called when a request has to be sent once more: on another connection, as the one it was begun on was dead.
let onRewind: curl_seek_callback = { context, offset, origin in
    guard origin == SEEK_SET, transfer(context)?.rewind(to: Int(offset)) == true else { return CURL_SEEKFUNC_FAIL }
    return CURL_SEEKFUNC_OK
}

/// Called when the connection is there, new or kept, and the request is about to be written to it.
let onBeforeRequest: curl_prereq_callback = { context, _, _, _, _ in
    transfer(context)?.mayBeSent() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

/// Called for each new socket.
let onSocket: curl_sockopt_callback = { _, socket, _ in
    var limit = TransportLimits.unacknowledgedMilliseconds
    let size = socklen_t(MemoryLayout.size(ofValue: limit))
    // Not every kind of socket has it, and without it a lost connection is only noticed later.
    _ = setsockopt(socket, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &limit, size)
    return CURL_SOCKOPT_OK
}
