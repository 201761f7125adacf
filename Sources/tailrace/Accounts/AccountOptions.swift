internal import ArgumentParser

/// Which credentials lead into the recipient's account, or into the only one a command is about.
struct RecipientCredentials: ParsableArguments {
    @Option(
        name: .long,
        help:
            "The profile of AWS's shared files for the recipient, or for the only account; by default AWS's own search (AWS_PROFILE and so on)."
    )
    var profile: String?

    @Option(
        name: .long,
        help: ArgumentHelp("A role to assume in the recipient's account, with those credentials.", valueName: "arn"))
    var assumeRole: String?

    var identity: IdentityChoice { IdentityChoice(profile: profile, role: assumeRole) }
}

/// Which credentials lead into the sender's account.
struct SenderCredentials: ParsableArguments {
    @Option(name: .long, help: "The profile of AWS's shared files for the sender; by default AWS's own search.")
    var senderProfile: String?

    @Option(
        name: .long,
        help: ArgumentHelp("A role to assume in the sender's account, with those credentials.", valueName: "arn"))
    var senderAssumeRole: String?

    var identity: IdentityChoice { IdentityChoice(profile: senderProfile, role: senderAssumeRole) }

    /// For a command that is about one account only, whichever of the options leads into it.
    func identity(or other: RecipientCredentials) -> IdentityChoice {
        IdentityChoice(profile: senderProfile ?? other.profile, role: senderAssumeRole ?? other.assumeRole)
    }
}

/// Who to be towards AWS.
struct IdentityChoice: Hashable {
    var profile: String?
    var role: String?
}
