import Signing

/// The static keys of a profile in the shared files.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html
enum ProfileCredentials {
    /// Ways to get credentials that a profile may name and we do not know yet. Passing one over could sign as somebody
    /// else than the profile means.
    private static let unsupportedKeys = [
        "role_arn", "source_profile", "credential_source", "web_identity_token_file", "credential_process",
        "sso_session", "sso_start_url", "sso_account_id", "login_session", "mfa_serial",
    ]

    /// `nil` when the profile has no keys; throws when it has only half of them, or names a source that is not
    /// supported.
    static func read(_ files: SharedFiles) throws(AWSSettingsError) -> Credentials? {
        if let key = unsupportedKeys.first(where: { files[$0] != nil }) {
            throw AWSSettingsError(
                "\(files.place(of: key)): this source of credentials is not supported yet; "
                    + "use aws_access_key_id and aws_secret_access_key, or the environment")
        }
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
