// PutLogEvents and what follows from it.
extension LogsService {
    func putLogEvents(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        let request = try PutLogEventsRequest(call.body)
        let outcome = try await call.region.put(request, now: clock.now())
        if let delivery = outcome.delivery {
            let origin = SubscriptionPayload.Origin(place: call.place, group: request.group, stream: request.stream)
            await call.region.count(await deliver(delivery, from: origin), group: request.group)
        }
        var reply = JSONWriter()
        reply.object { reply in
            // Old clients wait for a token. It means nothing.
            let token = EventID(timestamp: clock.now(), ingestion: clock.now(), request: random(), index: 0)
            reply.member("nextSequenceToken", token.digits)
            outcome.verdict.write(to: &reply)
        }
        return reply.bytes
    }

    /// Writes what each filter matches to its stream. A filter whose stream fails is no trouble to the others.
    private func deliver(_ delivery: PendingDelivery, from origin: SubscriptionPayload.Origin) async -> DeliveryCounts {
        // Matching and packing need no turn; only the writes must keep the order of the puts.
        let payloads = delivery.filters.map { SubscriptionPayload(delivery.batch, from: origin, through: $0) }
        await delivery.line.wait(delivery.ticket)
        var counts = DeliveryCounts()
        for (filter, payload) in zip(delivery.filters, payloads) where payload.count > 0 {
            counts += await write(payload, of: filter, from: origin)
        }
        await delivery.line.leave()
        return counts
    }

    private func write(
        _ payload: SubscriptionPayload, of filter: SubscriptionFilter, from origin: SubscriptionPayload.Origin
    ) async -> DeliveryCounts {
        var counts = DeliveryCounts()
        let byStream = origin.partitionKey
        let bytesMax = settings.recordBytesMax - byStream.utf8.count
        guard let stream = await openStream(of: filter, from: origin),
            let records = try? payload.records(bytesMax: bytesMax)
        else {
            counts.failedEvents = payload.count
            return counts
        }
        for record in records {
            let key =
                switch filter.distribution {
                case .byLogStream: byStream
                case .random: RandomKey.uuid(random)
                }
            do throws(ServiceFault) {
                try await streams.write(record.data, partitionKey: key, streamARN: stream)
                counts.records += 1
                counts.events += record.events
            } catch {
                // AWS would try again for a day and then drop it; who runs the emulator sees it in the counts.
                counts.failedRecords += 1
                counts.failedEvents += record.events
            }
        }
        return counts
    }
}

/// A name that nobody else will think of: the partition key of a filter that spreads its records over all shards, or the id
/// of a key.
enum RandomKey {
    /// A version 4 UUID (RFC 9562) in lower case.
    static func uuid(_ random: () -> UInt64) -> String {
        let (high, low) = (random() & ~0xf000 | 0x4000, random() & ~(0b11 << 62) | 0b10 << 62)
        let bytes = [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
        let parts = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16]
        return parts.map { bytes[$0].lowercaseHex }.joined(separator: "-")
    }
}
