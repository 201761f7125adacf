import Signing

/// A part of one of IAM's lists, by `Marker` and `MaxItems`.
struct IdentityPage<Item> {
    let items: ArraySlice<Item>
    /// What gets the next part: the last item's key, made opaque.
    private let marker: String?

    init(_ all: [Item], _ form: Form, key: (Item) -> String) throws(ServiceFault) {
        var fields = FormFields(form)
        let limit = fields.integer("MaxItems", in: 1...IdentityLimits.pageItemsMax)
        try fields.checked()
        var start = 0
        if let marker = form["Marker"] {
            guard let last = PageToken.name(marker), let index = all.firstIndex(where: { key($0) == last }) else {
                throw IdentityFault.badMarker
            }
            start = index + 1
        }
        let end = min(start + (limit ?? IdentityLimits.pageItemsDefault), all.count)
        items = all[start..<end]
        marker = end < all.count ? items.last.map { PageToken.token(key($0)) } : nil
    }

    func writeEnd(to result: inout XMLWriter) {
        result.element("IsTruncated", marker == nil ? "false" : "true")
        result.element("Marker", marker)
    }
}

extension PolicyDocument {
    /// As IAM shows documents: percent-encoded.
    ///
    /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html
    var encoded: String { PercentEncoding.encode(source.utf8) }
}
