import Core
import Locking
import Logging
import Pipeline
import Settings
import Testing

@testable import tailrace

@Suite struct TheLogIsWhatTheSettingsSay {
    private let lines = Locked<[String]>([])

    private func logger(
        _ level: LogSettings.Level, _ format: LogSettings.Format, provider: Logger.MetadataProvider? = nil
    ) -> Logger {
        Logger(label: "tailrace") { [lines] _ in
            var log = ProgramLog(
                level: level, format: format, now: { Instant(milliseconds: 0) },
                write: { bytes in lines.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } })
            log.metadataProvider = provider
            return log
        }
    }

    private var written: [String] { lines.withLock { $0 } }

    @Test func fromItsLevelUp() {
        let logger = logger(.notice, .text)
        logger.debug("a")
        logger.info("b")
        logger.notice("c")
        logger.error("d")
        #expect(written == ["1970-01-01T00:00:00.000Z notice c\n", "1970-01-01T00:00:00.000Z error d\n"])
    }

    @Test func inItsFormat() {
        logger(.info, .json).info("a", metadata: ["k": "v"])
        #expect(
            written == [
                #"{"time":"1970-01-01T00:00:00.000Z","level":"info","message":"a","metadata":{"k":"v"}}"# + "\n"
            ])
    }

    @Test func theNearestValueOfAKeyWins() {
        var logger = logger(
            .info, .text, provider: Logger.MetadataProvider { ["a": "task", "b": "task", "c": "task"] })
        logger[metadataKey: "b"] = "logger"
        logger[metadataKey: "c"] = "logger"
        #expect(logger[metadataKey: "b"] == "logger")
        logger.info("m", metadata: ["c": "call"])
        #expect(written == ["1970-01-01T00:00:00.000Z info m a=task b=logger c=call\n"])
    }

    @Test func anErrorIsAField() {
        logger(.info, .text).error("m", error: SystemFault(2))
        #expect(written == [#"1970-01-01T00:00:00.000Z error m error="No such file or directory""# + "\n"])
    }
}
