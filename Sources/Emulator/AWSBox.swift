/// The services that share one address. Here, and only here, they are put together.
struct AWSBox: Sendable {
    let kinesis: KinesisService
    let keys: KeyService
    let logs: LogsService
    let organizations: OrganizationsService
    let forms: FormServices
    /// The temporary keys that STS gave out.
    let sessions = SessionBook()
    /// Judges the calls that are made with them.
    let access: AccessControl

    var services: [any EmulatedService] { [kinesis, keys, logs, organizations] }

    /// Everything goes by `clock` but the ends of sessions, which are judged with the signatures, by `signatureClock`.
    init(settings: EmulatorSettings, clock: WallClock, signatureClock: WallClock, faults: FaultPlan) {
        let members = settings.logs.organizations
        let identities = IdentityBook(delay: settings.identityDelay)
        access = AccessControl(identities: identities, organizations: members, clock: clock)
        forms = FormServices(
            identity: IdentityService(book: identities, clock: clock),
            tokens: TokenService(
                identities: identities, sessions: sessions, organizations: members, clock: clock,
                signatureClock: signatureClock))
        keys = KeyService(clock: clock)
        kinesis = KinesisService(
            rules: settings.kinesis, clock: clock, seal: UInt64.random(in: .min ... .max), seed: settings.seed,
            keys: keys, faults: faults)
        logs = LogsService(
            streams: kinesis, clock: clock, settings: settings.logs, roles: settings.checksRoles ? access : nil)
        organizations = OrganizationsService(members: members)
    }
}
