extension BadFilesTests {
    /// What is no settings file at all, and keys that are unknown.
    static let shapes = [
        Case(
            "",
            "t.yaml:1: needs stream; allowed: a mapping with name or arn",
            "t.yaml:1: needs sinks; allowed: a mapping of at least one NAME: {log-group | files | stdout: {…}}"),
        Case(
            "# nothing\n",
            "t.yaml:1: needs stream; allowed: a mapping with name or arn",
            "t.yaml:1: needs sinks; allowed: a mapping of at least one NAME: {log-group | files | stdout: {…}}"),
        Case(
            "[a]",
            "t.yaml:1: a list stands here; allowed: a mapping of stream, checkpoints, sinks, routes, dead-letters, memory, max-record, admin, stuck-after, log"
        ),
        Case(
            "stream",
            "t.yaml:1: 'stream' stands here; allowed: a mapping of stream, checkpoints, sinks, routes, dead-letters, memory, max-record, admin, stuck-after, log"
        ),
        Case(
            "stream: {name: S}\n\tsinks: {}",
            "t.yaml:2: not YAML: found character that cannot start any token"),
        Case(
            "stream: {name: S}\nsinks:\n  a: {files: {directory: /d, path: {owner}/x.log}}",
            "t.yaml:3: not YAML: did not find expected ',' or '}' (text that begins with { or * needs quotes)"),
        Case(
            "stream: {name: S}\nsinks:\n  a: {files: {directory: /d, path: {owner}}}",
            "t.yaml:3: sinks.a.files.path: a mapping stands here; allowed: a template such as {owner}/{log-group}/{log-stream}/{date}.ndjson (text that begins with { needs quotes)"
        ),
        Case(
            "stream: {name: S}\nstream: {name: T}" + sink,
            "t.yaml:1: stream: stands more than once in the same mapping; allowed: once"),
        Case(
            "stream: {name: S, !x name: T}" + sink,
            "t.yaml:1: name: stands more than once in the same mapping; allowed: once"),
        Case(
            stream + "sinks: {out: {stdout: {}}}\n---\na: b",
            "t.yaml:3: not YAML: expected a single document in the stream, but found another document"),
        Case(
            "stream: {name: S}\n? [a]\n: b" + sink,
            "t.yaml:2: a key is text"),
        Case(
            "stream: {name: S}\nlog: \u{1}" + sink,
            "t.yaml:2: not YAML: control characters are not allowed"),
        Case(
            stream + "sinks:\n  a: {stdout: {}}\nroutes:\n  - {match: {log-group: *}, to: [a]}",
            "t.yaml:5: not YAML: did not find expected alphabetic or numeric character (text that begins with { or * needs quotes)"
        ),
        Case(
            stream + "memroy: 256MiB\nfoo: 1" + sink,
            "t.yaml:2: memroy: no such key (did you mean memory?); allowed: stream, checkpoints, sinks, routes, dead-letters, memory, max-record, admin, stuck-after, log",
            "t.yaml:3: foo: no such key; allowed: stream, checkpoints, sinks, routes, dead-letters, memory, max-record, admin, stuck-after, log"
        ),
        Case(
            "stream: S" + sink,
            "t.yaml:1: stream: 'S' stands here; allowed: a mapping of name, arn, region, start, reader, protocol, shard-rate"
        ),
        Case(
            "stream:" + sink,
            "t.yaml:1: stream: no value stands here; allowed: a mapping of name, arn, region, start, reader, protocol, shard-rate"
        ),
        Case(
            "stream: [S]" + sink,
            "t.yaml:1: stream: a list stands here; allowed: a mapping of name, arn, region, start, reader, protocol, shard-rate"
        ),
    ]

    /// `stream:`
    static let streams = [
        Case(
            "stream: {region: us-east-1}" + sink,
            "t.yaml:1: stream: needs name or arn; allowed: name: NAME, or arn: arn:aws:kinesis:us-east-1:111111111111:stream/NAME"
        ),
        Case(
            "stream: {name: S, arn: \"arn:aws:kinesis:us-east-1:111111111111:stream/S\"}" + sink,
            "t.yaml:1: stream.arn: name stands here as well; allowed: name or arn, not both"),
        Case(
            "stream: {name: a b}" + sink,
            "t.yaml:1: stream.name: 'a b' does not fit; allowed: 1 to 128 letters, digits and _ . -"),
        Case(
            "stream: {name: [a]}" + sink,
            "t.yaml:1: stream.name: a list stands here; allowed: 1 to 128 letters, digits and _ . -"),
        Case(
            "stream: {name: }" + sink,
            "t.yaml:1: stream.name: no value stands here; allowed: 1 to 128 letters, digits and _ . -"),
        Case(
            "stream: {arn: \"arn:aws:logs:us-east-1:111111111111:stream/S\"}" + sink,
            "t.yaml:1: stream.arn: 'arn:aws:logs:us-east-1:111111111111:stream/S' does not fit; allowed: arn:aws:kinesis:us-east-1:111111111111:stream/NAME"
        ),
        Case(
            "stream:\n  arn: arn:aws:kinesis:us-east-1:111111111111:stream/S\n  region: eu-west-1" + sink,
            "t.yaml:3: stream.region: 'eu-west-1' is not the Region of arn; allowed: us-east-1, or leave it out"),
        Case(
            "stream: {name: S, region: \"evil.com/\"}" + sink,
            "t.yaml:1: stream.region: 'evil.com/' does not fit; allowed: a Region such as us-east-1"),
        Case(
            "stream: {name: S, regoin: us-east-1}" + sink,
            "t.yaml:1: stream.regoin: no such key (did you mean region?); allowed: name, arn, region, start, reader, protocol, shard-rate"
        ),
        Case(
            "stream: {name: S, start: yesterday}" + sink,
            "t.yaml:1: stream.start: 'yesterday' does not fit; allowed: trim-horizon, latest or a time such as 2026-11-20T10:00:00Z"
        ),
        Case(
            "stream: {name: S, start: 2026-11-20T10:00:00}" + sink,
            "t.yaml:1: stream.start: '2026-11-20T10:00:00' does not fit; allowed: trim-horizon, latest or a time such as 2026-11-20T10:00:00Z"
        ),
        Case(
            "stream: {name: S, reader: fan-out}" + sink,
            "t.yaml:1: stream.reader: fan-out comes in a later version of Tailrace; allowed for now: polling"),
        Case(
            "stream:\n  name: S\n  protocol: CBOR" + sink,
            "t.yaml:3: stream.protocol: 'CBOR' does not fit; allowed: cbor, json"),
        Case(
            "stream:\n  name: S\n  reader: {fan-out: {consumer: tailrace}}" + sink,
            "t.yaml:3: stream.reader: fan-out comes in a later version of Tailrace; allowed for now: polling"),
    ]
}
