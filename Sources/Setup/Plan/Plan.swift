/// What is to be done so that what is there becomes what is wanted. Nothing is done by having one.
package struct Plan: Hashable, Sendable {
    /// In the order they are carried out.
    package var steps: [Step] = []
    /// Why it cannot be carried out as it is. Each says what to do.
    package var refusals: [String] = []
    /// What can be done and may still not be what was meant.
    package var warnings: [String] = []

    package init() {}

    package struct Step: Hashable, Sendable {
        package let resource: Resource
        package let verdict: Verdict
        package let calls: [SetupCall]
    }

    /// `stream RecipientStream`
    package struct Resource: Hashable, Sendable, CustomStringConvertible {
        package enum Kind: String, Hashable, Sendable {
            case stream
            case role
            case destination
            case subscriptionFilter = "subscription filter"
            case accountPolicy = "account policy"
        }

        package let kind: Kind
        package let name: String

        init(_ kind: Kind, _ name: String) {
            self.kind = kind
            self.name = name
        }

        package var description: String { "\(kind.rawValue) \(name)" }
    }

    package enum Verdict: Hashable, Sendable {
        case keep
        case create([String])
        case change([Difference])
        case remove
    }

    /// One thing that changes: `retention: 24 h → 48 h`.
    package struct Difference: Hashable, Sendable, CustomStringConvertible {
        package let what: String
        package let from: String
        package let to: String

        package init(_ what: String, _ from: String, _ to: String) {
            self.what = what
            self.from = from
            self.to = to
        }

        package var description: String { "\(what): \(from) → \(to)" }
    }
}

extension Plan {
    package var calls: [SetupCall] { steps.flatMap(\.calls) }

    /// Everything is as it is wanted.
    package var changesNothing: Bool { calls.isEmpty && refusals.isEmpty }

    mutating func keep(_ resource: Resource) {
        steps.append(Step(resource: resource, verdict: .keep, calls: []))
    }

    mutating func create(_ resource: Resource, _ properties: [String], _ calls: [SetupCall]) {
        steps.append(Step(resource: resource, verdict: .create(properties), calls: calls))
    }

    mutating func remove(_ resource: Resource, _ calls: [SetupCall]) {
        steps.append(Step(resource: resource, verdict: .remove, calls: calls))
    }

    /// Changes `resource` if there is a difference and it is ours or may be adopted; refuses otherwise.
    ///
    /// `adopting` are the calls that mark it as adopted. They come first: after an interruption it is still ours to change.
    mutating func change(
        _ resource: Resource, _ differences: [Difference], owner: Ownership, consent: Consent,
        adopting: [SetupCall] = [], _ calls: [SetupCall]
    ) {
        guard !differences.isEmpty else { return keep(resource) }
        guard owner.isOurs || consent.adopt else {
            let list = differences.map(\.description).joined(separator: "; ")
            refusals.append(
                "\(resource) is there and tailrace did not make it. It would change \(list). Give --adopt to let it be "
                    + "changed, or another name.")
            return
        }
        let marks = owner.isOurs ? [] : adopting
        steps.append(Step(resource: resource, verdict: .change(differences), calls: marks + calls))
    }
}
