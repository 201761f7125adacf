extension RecipientGoal {
    /// The destination's ARN, and what each sender runs. The log group is theirs to name.
    package var senderLines: [String] {
        let role = senders.isByOrganization ? " --with-role" : ""
        let command =
            "tailrace setup sender --destination \(ShellText.quoted(destinationARN.description)) --log-group LOG-GROUP"
            + "\(role)"
        let who = senders.accounts + senders.organizations + senders.paths
        return ["destination: \(destinationARN)"]
            + who.map { "sender \($0): \(command)" }
    }
}
