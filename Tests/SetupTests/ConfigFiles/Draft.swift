import Setup

/// A JSON document that is left open in places: texts hold placeholders such as `${AWS::Region}`, and parts are there or
/// differ depending on a wish.
indirect enum Draft: Hashable, Sendable {
    case text(String)
    case list([Draft])
    case object([Member])
    /// One of two; without the second, the part itself is there or not.
    case choice(Wish, Draft, Draft?)

    struct Member: Hashable, Sendable {
        let name: String
        let value: Draft
    }
}

/// What may be wanted or not.
enum Wish: Hashable, Sendable {
    case senderAccounts, organization, wholeAccounts, key, logGroups, role
}

extension Draft {
    /// Folds the documents that `document` gives for every combination of `wishes` into one, with a choice where they
    /// differ and nowhere else.
    init(over wishes: [Wish], _ document: (Set<Wish>) -> JSONTree) {
        self.init(over: wishes[...], given: [], document)
    }

    private init(over wishes: ArraySlice<Wish>, given: Set<Wish>, _ document: (Set<Wish>) -> JSONTree) {
        guard let wish = wishes.first else {
            self = Draft(document(given))
            return
        }
        let with = Draft(over: wishes.dropFirst(), given: given.union([wish]), document)
        let without = Draft(over: wishes.dropFirst(), given: given, document)
        self = with.otherwise(without, wish)
    }

    private init(_ tree: JSONTree) {
        self =
            switch tree {
            case .text(let text): .text(text)
            case .number(let number): .text(String(number))
            case .flag(let flag): .text(String(flag))
            case .list(let items): .list(items.map(Draft.init))
            case .object(let members): .object(members.map { Member(name: $0.name, value: Draft($0.value)) })
            }
    }
}

// MARK: folding

extension Draft {
    private func otherwise(_ other: Draft, _ wish: Wish) -> Draft {
        switch (self, other) {
        case (let with, let without) where with == without: self
        case (.list(let with), .list(let without)): Self.fold(with, without, wish)
        case (.object(let with), .object(let without)): Self.fold(with, without, wish)
        case (.choice(let inner, let one, nil), .choice(let same, let other, nil)) where inner == same:
            .choice(inner, one.otherwise(other, wish), nil)
        case (.text, _), (.list, _), (.object, _), (.choice, _): .choice(wish, self, other)
        }
    }

    private static func fold(_ with: [Draft], _ without: [Draft], _ wish: Wish) -> Draft {
        // A placeholder that stands for a list may stand for none: that needs no choice.
        if without == with.filter({ !$0.isListText }) { return .list(with) }
        if with.count == without.count, !with.allSatisfy(\.isText) {
            return .list(zip(with, without).map { $0.otherwise($1, wish) })
        }
        // What is there in both stands in the same order.
        var rest = without[...]
        let items = with.map { item -> Draft in
            guard item == rest.first else { return .choice(wish, item, nil) }
            rest.removeFirst()
            return item
        }
        let isTexts = with.contains(where: \.isText)
        return rest.isEmpty && !isTexts ? .list(items) : .choice(wish, .list(with), .list(without))
    }

    private static func fold(_ with: [Member], _ without: [Member], _ wish: Wish) -> Draft {
        let other = Dictionary(uniqueKeysWithValues: without.map { ($0.name, $0.value) })
        guard Set(with.map(\.name)).isSuperset(of: other.keys) else {
            return .choice(wish, .object(with), .object(without))
        }
        return .object(
            with.map { member in
                let value = other[member.name].map { member.value.otherwise($0, wish) }
                return Member(name: member.name, value: value ?? .choice(wish, member.value, nil))
            })
    }

    var isText: Bool {
        if case .text = self { true } else { false }
    }

    private var isListText: Bool {
        if case .text(let text) = self { Placeholder.lists.contains { text.contains($0) } } else { false }
    }
}

/// The placeholders that more than one place has to know. Any other is a parameter's name.
enum Placeholder {
    static let partition = "${AWS::Partition}"
    static let account = "${AWS::AccountId}"
    static let region = "${AWS::Region}"
    /// Stands for several ids, or none.
    static let senders = "${SenderAccounts}"
    /// Stands for several names, or none.
    static let logGroups = "${LogGroups}"
    static let lists = [senders, logGroups]
    /// May hold quotation marks and backslashes.
    static let pattern = "${FilterPattern}"
}
