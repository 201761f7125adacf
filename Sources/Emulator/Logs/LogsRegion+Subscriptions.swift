// Destinations and subscription filters.
extension LogsRegion {
    func destination(named name: String) -> Destination? { destinations[name] }

    /// In the order of their names.
    func destinations(prefix: String) -> [Destination] {
        destinations.values.filter { $0.name.hasPrefix(prefix) }.sorted { $0.name < $1.name }
    }

    /// Makes a destination or gives an old one a new stream and role. Its policy stays.
    func putDestination(
        _ name: String, targetARN: String, roleARN: String, tags added: [String: String], now: Int64
    ) -> Destination {
        let arn = ResourceName.logs("destination:\(name)", in: place)
        var destination =
            destinations[name]
            ?? Destination(name: name, arn: arn, created: now, targetARN: targetARN, roleARN: roleARN, policy: nil)
        destination.targetARN = targetARN
        destination.roleARN = roleARN
        destinations[name] = destination
        if !added.isEmpty { tags[arn, default: [:]].merge(added) { _, new in new } }
        return destination
    }

    /// `isForced` accepts that senders who were admitted by account id may need a role from now on.
    func setPolicy(_ policy: DestinationPolicy, of name: String, isForced: Bool) throws(ServiceFault) {
        guard let old = destinations[name] else { throw SubscriptionFault.noDestination(named: name) }
        if let oldPolicy = old.policy, !oldPolicy.namesOrganizations, policy.namesOrganizations, !isForced {
            throw SubscriptionFault.needsForce
        }
        destinations[name]?.policy = policy
    }

    func deleteDestination(_ name: String) throws(ServiceFault) {
        guard let old = destinations.removeValue(forKey: name) else { throw LogsFault.noDestination }
        tags[old.arn] = nil
    }

    /// Whether a group may have subscription filters at all.
    func checkSubscribable(_ name: String) throws(ServiceFault) {
        guard try group(name).isStandard else { throw LogsFault.notStandardClass }
    }

    /// Adds a filter, or replaces all of one but its time of creation.
    func putFilter(_ filter: SubscriptionFilter, group: String) throws(ServiceFault) {
        try withGroup(group) { group throws(ServiceFault) in
            if let index = group.filters.firstIndex(where: { $0.name == filter.name }) {
                let created = group.filters[index].created
                group.filters[index] = filter
                group.filters[index].created = created
                return
            }
            guard group.filters.count < settings.filtersPerGroup else { throw LogsFault.limit }
            group.filters.append(filter)
            group.filters.sort { $0.name < $1.name }
        }
    }

    func deleteFilter(_ name: String, group: String) throws(ServiceFault) {
        try withGroup(group) { group throws(ServiceFault) in
            guard let index = group.filters.firstIndex(where: { $0.name == name }) else { throw LogsFault.noFilter }
            group.filters.remove(at: index)
        }
    }
}
