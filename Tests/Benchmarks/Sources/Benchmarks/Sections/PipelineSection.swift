internal import FoundationEssentials

/// The whole program as a process of its own: what it spends to read, decode and deliver, beside the decoder alone.
struct PipelineSection {
    struct Row: Encodable {
        let corpus: String
        let destination: Destination
        let shards: Int
        /// Of decompressed JSON; user and system time of the daemon's whole life.
        let cpuSecondsPerGB: Double
        /// The part of it that the system spent for the daemon.
        let systemSecondsPerGB: Double
        /// The plain decode loop on the same payloads, measured just before.
        let decodeSecondsPerGB: Double
        let timesDecode: Double
        /// Over what the daemon spends to deliver nothing from as many shards.
        let timesNothing: Double
        let peakMiB: Double
        let eventsPerSecond: Double
    }

    /// What the daemon may have resident at this many shards.
    private static let peakMark = (shards: 64, mebibytes: 200)

    let effort: Effort
    let tailrace: String

    func report(_ arguments: Arguments) throws {
        var report = Report<Row>(
            json: arguments.json,
            columns: [
                Column("corpus", width: 14, \.corpus), Column("delivers to", \.destination.rawValue),
                Column("shards") { String($0.shards) }, Column("CPU s/GB") { $0.cpuSecondsPerGB.text(places: 3) },
                Column("system") { $0.systemSecondsPerGB.text(places: 3) },
                Column("decode s/GB") { $0.decodeSecondsPerGB.text(places: 3) },
                Column("x decode") { $0.timesDecode.text(places: 2) },
                Column("x nothing") { $0.timesNothing.text(places: 2) },
                Column("mark") { $0.destination.mark?.text(places: 1) ?? "" },
                Column("peak MiB") { $0.peakMiB.text(places: 0) },
                Column("mark") { $0.shards == Self.peakMark.shards ? "\(Self.peakMark.mebibytes)" : "" },
                Column("events/s", width: 9) { $0.eventsPerSecond.text(places: 0) },
            ])
        // CloudWatch Logs takes events of the last 14 days only.
        let yesterday = Int(Date.now.timeIntervalSince1970 - 86_400) * 1000
        for corpus in try arguments.corpora(orElse: [.mixed], startMilliseconds: yesterday) {
            let scene = try PipelineScene(corpus, effort: effort, tailrace: tailrace)
            for shards in effort.shards {
                let runs = try runs(of: scene, shards: shards)
                let nothing = runs[0].cpuSecondsPerGB
                for run in runs {
                    report.add(Row(run, of: corpus, timesNothing: run.cpuSecondsPerGB / nothing))
                }
            }
        }
        try report.finish()
    }

    /// For each destination, nothing first, the run in the middle of some that alternate, with the peak of all.
    private func runs(of scene: PipelineScene, shards: Int) throws -> [PipelineScene.Run] {
        var runs: [Destination: [PipelineScene.Run]] = [:]
        for _ in 0..<effort.runs {
            for destination in Destination.allCases {
                runs[destination, default: []].append(try scene.run(to: destination, shards: shards))
            }
        }
        return Destination.allCases.compactMap { destination in
            let ascending = runs[destination, default: []].sorted { $0.cpuSecondsPerGB < $1.cpuSecondsPerGB }
            guard !ascending.isEmpty else { return nil }
            var middle = ascending[ascending.count / 2]
            middle.peakResidentBytes = ascending.map(\.peakResidentBytes).max() ?? 0
            return middle
        }
    }
}

extension PipelineSection.Row {
    fileprivate init(_ run: PipelineScene.Run, of corpus: Corpus, timesNothing: Double) {
        self.init(
            corpus: corpus.name, destination: run.destination, shards: run.shards,
            cpuSecondsPerGB: run.cpuSecondsPerGB.rounded(toPlaces: 3),
            systemSecondsPerGB: run.systemSecondsPerGB.rounded(toPlaces: 3),
            decodeSecondsPerGB: run.decodeSecondsPerGB.rounded(toPlaces: 3),
            timesDecode: (run.cpuSecondsPerGB / run.decodeSecondsPerGB).rounded(toPlaces: 3),
            timesNothing: timesNothing.rounded(toPlaces: 3),
            peakMiB: (Double(run.peakResidentBytes) / 1_048_576).rounded(toPlaces: 1),
            eventsPerSecond: run.eventsPerSecond.rounded())
    }
}
