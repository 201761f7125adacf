internal import Core

/// All records of a corpus, decoded and kept.
struct DecodedCorpus {
    let name: String
    let records: [DecodedRecord]

    init(_ corpus: Corpus) throws(BenchmarkFailure) {
        name = corpus.name
        records = try DecodePass(pool: TextPool()).records(corpus.payloads)
    }
}
