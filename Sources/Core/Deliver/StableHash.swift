/// FNV-1a with 128 bits: the same for the same bytes on every machine and in every version.
///
/// Tells names apart that had to be shortened. It keeps two sources apart by chance, not against someone who crafts
/// names; whoever can craft names of an account can as well write into that account's logs.
/// https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
package struct StableHash: Hashable, Sendable {
    package static let hexDigits = 32

    package let value: UInt128

    package init(_ bytes: some Sequence<UInt8>) {
        var value: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        for byte in bytes {
            value = (value ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b
        }
        self.value = value
    }

    /// 32 hexadecimal digits in lower case.
    package var hex: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: Self.hexDigits - digits.utf8.count) + digits
    }
}
