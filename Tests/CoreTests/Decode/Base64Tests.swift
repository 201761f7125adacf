import Core
import Foundation
import Testing

@Suite struct Base64GoesBothWays {
    @Test(arguments: 0...100)
    func asFoundationDoesIt(count: Int) {
        var random = SplitMix(seed: UInt64(count))
        let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        var encoded: [UInt8] = []
        bytes.withUnsafeBytes { Base64.encode($0, to: &encoded) }
        #expect(String(decoding: encoded, as: UTF8.self) == Data(bytes).base64EncodedString())
        #expect(Base64.decode(encoded) == bytes)
    }

    static let refused = [
        "A", "AA", "AAA", "AA=", "A===", "====", "=", "AAAA=", "AAAA====", "AA==AAAA", "AAA=A", "AB==", "AAB=", "AA-_",
        "AA A",
        "AAA\n", "A=AA", "AAAé",
    ]

    @Test(arguments: refused)
    func whatIsNotIsRefused(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }
}
