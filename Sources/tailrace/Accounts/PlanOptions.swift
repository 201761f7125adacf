internal import ArgumentParser
internal import Setup

/// What is done with a plan.
struct PlanOptions: ParsableArguments {
    @Flag(name: .long, help: "Only show what would be done.")
    var plan = false

    @Flag(name: .long, help: "Do it without asking.")
    var yes = false

    @Option(
        name: .customLong("as"),
        help: "Write the plan and do nothing: aws-cli, a shell script with AWS's command line, or json.")
    var form: PlanForm?

    var isOnlyShown: Bool { plan || form != nil }
}

enum PlanForm: String, ExpressibleByArgument, CaseIterable {
    case awsCLI = "aws-cli"
    case json
}

/// What set-up may do beyond making what is missing.
struct ConsentOptions: ParsableArguments {
    @Flag(name: .long, help: "Change resources that tailrace did not make, too.")
    var adopt = false

    @Flag(name: .long, help: "Do also what may stop senders, or match nothing.")
    var force = false

    var consent: Consent { Consent(adopt: adopt, force: force) }
}
