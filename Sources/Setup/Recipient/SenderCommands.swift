extension RecipientGoal {
    /// The destination's ARN, and what each sender runs. The log group is theirs to name.
    ///
    /// `state` is what there was before set-up ran.
    package func senderLines(after state: RecipientState) -> [String] {
        let access = access(after: existingAccess(state) ?? SenderAccess())
        let role = access.isByOrganization ? " --with-role" : ""
        let command = "tailrace setup sender --destination \(ShellText.quoted(destinationARN.description))"
        let whole = access.wholeAccounts ? ["\(command) --account-policy NAME --except-log-group LOG-GROUP\(role)"] : []
        let commands = ["\(command) --log-group LOG-GROUP\(role)"] + whole
        let who = access.accounts + access.organizations + access.paths
        return ["destination: \(destinationARN)"] + who.map { "sender \($0): \(commands.joined(separator: ", or "))" }
    }
}
