/// One page of a list, and the token for the page after it.
struct ListPage<Item> {
    let items: [Item]
    let next: String?
}

extension ServiceClient {
    /// Pages hold 50 items and more, and no list that we read has 50,000: one this long is a loop.
    static var pagesMax: Int { 1000 }

    /// Every item of a list. `page` makes one call, with the token that the page before gave.
    func allItems<Item>(
        of operation: String, _ page: (_ token: String?) async throws -> ListPage<Item>
    ) async throws -> [Item] {
        var items: [Item] = []
        try await eachPage(of: operation, page) { more in
            items += more
            return true
        }
        return items
    }

    /// The first item that `matches`, and no page after its own is asked for; `nil` when the list holds none.
    func firstItem<Item>(
        of operation: String, where matches: (Item) -> Bool, _ page: (_ token: String?) async throws -> ListPage<Item>
    ) async throws -> Item? {
        var found: Item?
        try await eachPage(of: operation, page) { items in
            found = items.first(where: matches)
            return found == nil
        }
        return found
    }

    /// `take` answers whether to go on.
    private func eachPage<Item>(
        of operation: String, _ page: (_ token: String?) async throws -> ListPage<Item>, take: ([Item]) -> Bool
    ) async throws {
        var token: String?
        for _ in 0..<Self.pagesMax {
            let answer = try await page(token)
            guard take(answer.items), let next = answer.next else { return }
            token = next
        }
        throw unreadable(operation, "the list does not end after \(Self.pagesMax) pages")
    }
}
