/// How Kinesis is spoken to where it matters.
package enum KinesisProtocol: Hashable, Sendable, CaseIterable {
    /// CBOR for records, which is a quarter fewer bytes than JSON and nothing to decode. An endpoint that refuses it gets
    /// JSON.
    case cbor
    case json
}

/// Kinesis Data Streams; one file per operation.
///
/// AWS takes the protocol from each request. Only GetRecords is worth CBOR: the other operations say little, and JSON is
/// what AWS's model of Kinesis describes.
///
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/
package struct KinesisClient: Sendable {
    let service: ServiceClient
    let recordsProtocol: KinesisProtocol

    /// `service` is a client of `.kinesis`.
    package init(_ service: ServiceClient, speaking recordsProtocol: KinesisProtocol = .cbor) {
        precondition(service.service == .kinesis, "a client of \(service.service) given to Kinesis")
        self.service = service
        self.recordsProtocol = recordsProtocol
    }
}
