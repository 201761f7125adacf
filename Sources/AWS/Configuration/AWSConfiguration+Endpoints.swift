extension AWSConfiguration {
    /// Where `service` is: `setting`, else what the environment or the profile names, else AWS's own host.
    ///
    /// https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
    package func endpoint(
        of service: AWSService, region: String, setting: String? = nil
    ) throws(AWSSettingsError) -> ServiceEndpoint {
        let fips = try flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")
        let dualStack = try flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")
        guard let (url, place) = try configuredURL(of: service, setting: setting) else {
            return ServiceEndpoint(service: service, region: region, fips: fips, dualStack: dualStack)
        }
        guard !fips, !dualStack else {
            throw AWSSettingsError("\(place) cannot be combined with FIPS or dual-stack endpoints")
        }
        guard let endpoint = ServiceEndpoint(url: url, region: region) else {
            throw AWSSettingsError("\(place): \"\(url)\" is not an address like https://host:port")
        }
        return endpoint
    }

    /// The first address that somebody configured, and where. A variable for all services beats a file's entry for one.
    private func configuredURL(
        of service: AWSService, setting: String?
    ) throws(AWSSettingsError) -> (url: String, place: String)? {
        if let setting { return (setting, "the endpoint setting") }
        if try flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls") { return nil }
        for variable in ["AWS_ENDPOINT_URL_\(service.endpointKey)", "AWS_ENDPOINT_URL"] {
            if let url = environment[variable] { return (url, variable) }
        }
        if let url = try files.serviceEndpoint(service) { return (url, files.place(of: "services")) }
        return files["endpoint_url"].map { ($0, files.place(of: "endpoint_url")) }
    }

    private func flag(_ variable: String, _ key: String) throws(AWSSettingsError) -> Bool {
        if let flag = try environment.flag(variable) { return flag }
        return try files.flag(key) ?? false
    }
}
