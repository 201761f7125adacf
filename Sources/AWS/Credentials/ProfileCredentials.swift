import Signing

/// The static keys of a profile in the shared files.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html
enum ProfileCredentials {
    /// Ways to get credentials that a profile may name and we do not know yet. Passing one over could sign as somebody
    /// else than the profile means.
    private static let unsupportedKeys = [
        "web_identity_token_file", "credential_process", "sso_session", "sso_start_url", "sso_account_id",
        "login_session",
    ]

    static func refuseUnsupported(_ files: SharedFiles) throws(AWSSettingsError) {
        guard let key = unsupportedKeys.first(where: { files[$0] != nil }) else { return }
        throw AWSSettingsError(
            "\(files.place(of: key)): this source of credentials is not supported yet; "
                + "use aws_access_key_id and aws_secret_access_key, role_arn, or the environment")
    }

    /// `nil` when the profile has no keys; throws when it has only half of them.
    static func read(_ files: SharedFiles) throws(AWSSettingsError) -> Credentials? {
        let (keyName, secretName) = ("aws_access_key_id", "aws_secret_access_key")
        switch (files[keyName], files[secretName]) {
        case (nil, nil): return nil
        case (nil, .some): throw AWSSettingsError("\(files.place(of: secretName)): \(keyName) is missing")
        case (.some, nil): throw AWSSettingsError("\(files.place(of: keyName)): \(secretName) is missing")
        case (.some(let key), .some(let secret)):
            return Credentials(accessKeyID: key, secretAccessKey: secret, sessionToken: files["aws_session_token"])
        }
    }
}
