extension BadFilesTests {
    /// `checkpoints:`, `dead-letters:`, `memory:`, `max-record:`, `admin:`, `stuck-after:`, `log:`
    static let others = [
        Case(
            stream + "checkpoints: {dynamodb: {table: tailrace}}" + sink,
            "t.yaml:2: checkpoints.dynamodb: comes in a later version of Tailrace; allowed for now: sqlite, interval"),
        Case(
            stream + "checkpoints: {sqlite: /var/lib/, interval: 1}" + sink,
            "t.yaml:2: checkpoints.sqlite: '/var/lib/' does not fit; allowed: a file",
            "t.yaml:2: checkpoints.interval: '1' does not fit; allowed: 10ms to 5m, written with ms, s, m, h or d"),
        Case(
            stream + "checkpoints: {interval: 10m}" + sink,
            "t.yaml:2: checkpoints.interval: '10m' does not fit; allowed: 10ms to 5m, written with ms, s, m, h or d"),
        Case(
            stream + "checkpoints: state.db" + sink,
            "t.yaml:2: checkpoints: 'state.db' stands here; allowed: a mapping of sqlite, interval"),
        Case(
            stream + "dead-letters: {directory: \"\"}" + sink,
            "t.yaml:2: dead-letters.directory: '' does not fit; allowed: a directory"),
        Case(
            stream + "memory: 1MiB" + sink,
            "t.yaml:2: memory: '1MiB' does not fit; allowed: 64MiB to 1024GiB, written as bytes or with KiB, MiB, GiB"),
        Case(
            stream + "memory: 256MB" + sink,
            "t.yaml:2: memory: '256MB' does not fit; allowed: 64MiB to 1024GiB, written as bytes or with KiB, MiB, GiB"),
        Case(
            stream + "max-record: 2GiB\nmemory: 99999999999GiB" + sink,
            "t.yaml:2: max-record: '2GiB' does not fit; allowed: 1MiB to 1GiB, written as bytes or with KiB, MiB, GiB",
            "t.yaml:3: memory: '99999999999GiB' does not fit; allowed: 64MiB to 1024GiB, written as bytes or with KiB, MiB, GiB"
        ),
        Case(
            stream + "memory: 128MiB" + sink,
            "t.yaml:2: memory: 128MiB is less than four times max-record (64MiB, the default); allowed: max-record up to 32MiB, or memory from 256MiB"
        ),
        Case(
            stream + "max-record: 128MiB" + sink,
            "t.yaml:2: max-record: 128MiB is more than a quarter of memory (256MiB, the default); allowed: max-record up to 64MiB, or memory from 512MiB"
        ),
        Case(
            stream + "memory: 64MiB\nmax-record: 16777217" + sink,
            "t.yaml:3: max-record: 16777217 is more than a quarter of memory (64MiB); allowed: max-record up to 16MiB, or memory from 67108868"
        ),
        Case(
            stream + "admin: {listen: 9600, port: 1}" + sink,
            "t.yaml:2: admin.port: no such key; allowed: listen",
            "t.yaml:2: admin.listen: '9600' does not fit; allowed: an address such as 127.0.0.1:9600 or [::1]:9600, port 0 for any, or off"
        ),
        Case(
            stream + "admin: off" + sink,
            "t.yaml:2: admin: 'off' stands here; allowed: a mapping of listen"),
        Case(
            stream + "stuck-after: 9s" + sink,
            "t.yaml:2: stuck-after: '9s' does not fit; allowed: 10s to 1d, written with ms, s, m, h or d"),
        Case(
            stream + "stuck-after: 10m\ncheckpoints: {interval: 300001ms}" + sink,
            "t.yaml:3: checkpoints.interval: '300001ms' does not fit; allowed: 10ms to 5m, written with ms, s, m, h or d"
        ),
        Case(
            stream + "log: {level: verbose, format: JSON}" + sink,
            "t.yaml:2: log.level: 'verbose' does not fit; allowed: trace, debug, info, notice, warning, error, critical",
            "t.yaml:2: log.format: 'JSON' does not fit; allowed: text, json"),
    ]

    /// What two keys may not say together.
    static let rules = [
        Case(
            stream + "sinks:\n  a: {files: {directory: /d/}}\n  b: {files: {directory: //d/./}}",
            "t.yaml:4: sinks.b.files.directory: '//d/./' and a's '/d/' overlap; allowed: a directory of its own"),
        Case(
            stream + "sinks:\n  a: {files: {directory: /d/x}}\n  b: {files: {directory: /d}}",
            "t.yaml:4: sinks.b.files.directory: '/d' and a's '/d/x' overlap; allowed: a directory of its own"),
        Case(
            stream + "checkpoints: {sqlite: out/state.db}\nsinks: {a: {files: {directory: ./out}}}",
            "t.yaml:3: sinks.a.files.directory: the checkpoints ('out/state.db') lie in './out'; allowed: a directory of its own"
        ),
        Case(
            stream + "sinks: {a: {files: {directory: /var/lib/tailrace}}}",
            "t.yaml:2: sinks.a.files.directory: the checkpoints ('/var/lib/tailrace/state.db') lie in '/var/lib/tailrace'; allowed: a directory of its own",
            "t.yaml:2: sinks.a.files.directory: the dead letters ('/var/lib/tailrace/dead-letters') lie in '/var/lib/tailrace'; allowed: a directory of its own"
        ),
        Case(
            stream + "checkpoints: {interval: 7500ms}\nstuck-after: 14s" + sink,
            "t.yaml:3: stuck-after: is less than twice as long as events may rest in a sink, by checkpoints.interval or a sink's linger; allowed: from 15s on"
        ),
        Case(
            stream + "stuck-after: 1m\nsinks: {a: {log-group: {group: \"/{owner}{log-group}\", linger: 1m}}}",
            "t.yaml:2: stuck-after: is less than twice as long as events may rest in a sink, by checkpoints.interval or a sink's linger; allowed: from 120s on"
        ),
    ]
}
