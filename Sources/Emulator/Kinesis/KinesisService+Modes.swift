extension KinesisService {
    func updateMode(_ request: UpdateModeRequest, _ caller: Caller) throws(ServiceFault) {
        let now = clock.now()
        let ready = streams.ready(after: now)
        let name = try StreamReference(name: nil, arn: request.streamARN).resolved(for: caller)
        try streams.withStream(name, now: now) { stream throws(ServiceFault) in
            try stream.change(to: request.streamModeDetails.streamMode, now: now, ready: ready)
        }
    }

    func updateDistribution(_ request: UpdateDistributionRequest, _ caller: Caller) throws(ServiceFault) {
        let now = clock.now()
        let name = try StreamReference(name: nil, arn: request.streamARN).resolved(for: caller)
        try streams.withStream(name, now: now) { stream throws(ServiceFault) in
            try stream.distribute(request.recordDistributionStrategy, now: now)
        }
    }
}
