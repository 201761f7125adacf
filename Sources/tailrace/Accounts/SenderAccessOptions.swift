internal import ArgumentParser
internal import Settings
internal import Setup

/// Who may send.
struct SenderAccessOptions: ParsableArguments {
    @Option(
        name: .customLong("sender"), parsing: .upToNextOption,
        help: ArgumentHelp("Accounts that may send, twelve digits each.", valueName: "account"))
    var senders: [String] = []

    @Option(
        name: .customLong("organization"), parsing: .upToNextOption,
        help: ArgumentHelp(
            "Organizations whose accounts may send: o-… Every sender then needs a role.", valueName: "id"))
    var organizations: [String] = []

    @Option(
        name: .customLong("organization-path"), parsing: .upToNextOption,
        help: ArgumentHelp("Parts of an organization that may send: o-…/r-…/ou-…/*", valueName: "path"))
    var paths: [String] = []

    @Flag(name: .long, help: "Whole accounts may be subscribed as well, by an account policy.")
    var wholeAccounts = false

    func validate() throws {
        for sender in senders {
            try RecipientOptions.check(sender, "--sender", AWSNames.isAccount, "twelve digits")
        }
        for id in organizations {
            try RecipientOptions.check(
                id, "--organization", ResourceNames.isOrganization, ResourceNames.organizationAllowed)
        }
        for path in paths {
            try RecipientOptions.check(
                path, "--organization-path", ResourceNames.isOrganizationPath, ResourceNames.pathAllowed)
        }
    }

    var access: SenderAccess {
        SenderAccess(accounts: senders, organizations: organizations, paths: paths, wholeAccounts: wholeAccounts)
    }
}
