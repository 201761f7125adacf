/// The services that share one address. Here, and only here, they are put together.
struct AWSBox: Sendable {
    let kinesis: KinesisService
    let services: [any EmulatedService]

    init(settings: EmulatorSettings, clock: WallClock) {
        kinesis = KinesisService(
            rules: settings.kinesis, clock: clock, seal: UInt64.random(in: .min ... .max))
        services = [kinesis]
    }
}
