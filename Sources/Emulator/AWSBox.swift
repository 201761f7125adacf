/// The services that share one address. Here, and only here, they are put together.
struct AWSBox: Sendable {
    let kinesis: KinesisService
    let keys: KeyService
    let logs: LogsService
    let organizations: OrganizationsService

    var services: [any EmulatedService] { [kinesis, keys, logs, organizations] }

    init(settings: EmulatorSettings, clock: WallClock, faults: FaultPlan) {
        keys = KeyService(clock: clock)
        kinesis = KinesisService(
            rules: settings.kinesis, clock: clock, seal: UInt64.random(in: .min ... .max), seed: settings.seed,
            keys: keys, faults: faults)
        logs = LogsService(streams: kinesis, clock: clock, settings: settings.logs)
        organizations = OrganizationsService(members: settings.logs.organizations)
    }
}
