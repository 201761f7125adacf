extension BadFilesTests {
    /// `sinks:`
    static let sinks = [
        Case(
            stream + "sinks: {}",
            "t.yaml:2: sinks: has no sink; allowed: a mapping of at least one NAME: {log-group | files | stdout: {…}}"),
        Case(
            stream + "sinks: [a]",
            "t.yaml:2: sinks: a list stands here; allowed: a mapping of at least one NAME: {log-group | files | stdout: {…}}"
        ),
        Case(
            "stream: {name: S}",
            "t.yaml:1: needs sinks; allowed: a mapping of at least one NAME: {log-group | files | stdout: {…}}"),
        Case(
            stream + "sinks: {\"a b\": {stdout: {}}}",
            "t.yaml:2: sinks.a b: a sink may not be called 'a b'; allowed: 1 to 64 letters, digits, - and _"),
        Case(
            stream + "sinks: {a: {}}",
            "t.yaml:2: sinks.a: needs exactly one kind; allowed: log-group, files, stdout"),
        Case(
            stream + "sinks: {a: {stdout: {}, files: {directory: d}}}",
            "t.yaml:2: sinks.a: needs exactly one kind; allowed: log-group, files, stdout"),
        Case(
            stream + "sinks: {a: {stdout: }}",
            "t.yaml:2: sinks.a.stdout: no value stands here; allowed: a mapping of format"),
        Case(
            stream + "sinks: {a: {std-out: {}}}",
            "t.yaml:2: sinks.a.std-out: no such key (did you mean stdout?); allowed: log-group, files, stdout"),
        Case(
            stream + "sinks:\n  a: {stdout: {format: xml}}\n  b: {stdout: {}}",
            "t.yaml:3: sinks.a.stdout.format: 'xml' does not fit; allowed: ndjson, text",
            "t.yaml:4: sinks.b.stdout: a writes to standard output already; allowed: one such sink"),
        Case(
            stream + "sinks: {a: {files: {}}}",
            "t.yaml:2: sinks.a.files: needs directory; allowed: a directory"),
        Case(
            stream + "sinks: {a: {files: {directory: d, rotate: {size: 1MiB}, compress: gzip, keep: 30d}}}",
            "t.yaml:2: sinks.a.files.rotate: comes in a later version of Tailrace; allowed for now: directory, path, format",
            "t.yaml:2: sinks.a.files.compress: comes in a later version of Tailrace; allowed for now: directory, path, format",
            "t.yaml:2: sinks.a.files.keep: comes in a later version of Tailrace; allowed for now: directory, path, format"
        ),
        Case(
            stream + "sinks: {a: {files: {directory: d, path: \"../{owner}.log\", format: text}}}",
            "t.yaml:2: sinks.a.files.path: character 1: no part of a path may begin with '.': such names are kept for Tailrace's own files"
        ),
        Case(
            stream + "sinks: {a: {files: {directory: d, path: \"{grp}.log\"}}}",
            "t.yaml:2: sinks.a.files.path: character 1: no placeholder {grp}; allowed: {owner} {log-group} {log-stream} {date} {year} {month} {day} {hour}"
        ),
        Case(
            stream + "sinks: {a: {log-group: {}}}",
            "t.yaml:2: sinks.a.log-group: needs group; allowed: a template such as /central/{owner}{log-group}"),
        Case(
            stream
                + "sinks:\n  a:\n    log-group:\n      group: \"/a b\"\n      stream: \"a:b\"\n      region: x\n      create: yes\n      retention-days: 31\n      linger: 2m\n      class: STANDARD",
            "t.yaml:5: sinks.a.log-group.group: character 3: the name of a log group may not contain ' '; allowed: letters, digits and . - _ / #",
            "t.yaml:6: sinks.a.log-group.stream: character 2: the name of a log stream may not contain ':'; allowed: anything but : and *",
            "t.yaml:7: sinks.a.log-group.region: 'x' does not fit; allowed: a Region such as us-east-1",
            "t.yaml:8: sinks.a.log-group.create: 'yes' does not fit; allowed: true, false",
            "t.yaml:9: sinks.a.log-group.retention-days: '31' does not fit; allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
            "t.yaml:10: sinks.a.log-group.linger: '2m' does not fit; allowed: 0s to 1m, written with ms, s, m, h or d",
            "t.yaml:11: sinks.a.log-group.class: comes in a later version of Tailrace; allowed for now: region, group, stream, create, retention-days, linger"
        ),
        Case(
            stream + "sinks: {a: {log-group: {group: /a, create: false, retention-days: 30}}}",
            "t.yaml:2: sinks.a.log-group.retention-days: is for groups that Tailrace creates; allowed: together with create: true"
        ),
    ]

    /// `routes:`
    static let routes = [
        Case(
            stream + "routes: {}" + sink,
            "t.yaml:2: routes: a mapping stands here; allowed: a list of {match: {…}, to: [SINK, …]}"),
        Case(
            stream + "routes: [out]" + sink,
            "t.yaml:2: routes[0]: 'out' stands here; allowed: a mapping of match, to"),
        Case(
            stream + "routes:\n  - {}" + sink,
            "t.yaml:3: routes[0]: needs match; allowed: {} for everything, or any of owner, log-group, log-stream",
            "t.yaml:3: routes[0]: needs to; allowed: a list of out"),
        Case(
            stream + "routes:\n  - {match: {owner: \"\", group: a}, to: out}" + sink,
            "t.yaml:3: routes[0].match.group: no such key; allowed: owner, log-group, log-stream",
            "t.yaml:3: routes[0].match.owner: '' does not fit; allowed: a name, with * for any run of characters and ? for one",
            "t.yaml:3: routes[0].to: 'out' stands here; allowed: a list of out"),
        Case(
            stream + "routes:\n  - {match: , to: []}" + sink,
            "t.yaml:3: routes[0].match: no value stands here; allowed: a mapping of owner, log-group, log-stream",
            "t.yaml:3: routes[0].to: names no sink; allowed: out"),
        Case(
            stream + "routes:\n  - match: {}\n    to: [oot, out, out, [x]]" + sink,
            "t.yaml:4: routes[0].to[0]: no sink is called 'oot' (did you mean out?); allowed: out",
            "t.yaml:4: routes[0].to[2]: 'out' stands here twice; allowed: each sink once",
            "t.yaml:4: routes[0].to[3]: a list stands here; allowed: out"),
    ]
}
