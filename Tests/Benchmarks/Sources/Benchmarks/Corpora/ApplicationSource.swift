/// What applications write: lines of text, objects of JSON, stack traces over many lines; names and sentences in
/// several languages.
struct ApplicationSource: LogSource {
    private static let services = ["checkout", "catalogue", "payments", "search", "accounts", "shipping"]
    private static let levels = ["INFO", "INFO", "INFO", "DEBUG", "WARN", "ERROR"]
    private static let loggers = [
        "c.e.checkout.CartService", "c.e.http.AccessLog", "c.e.payments.Ledger", "c.e.search.Indexer", "o.h.SQL",
        "c.e.accounts.SessionStore", "c.e.shipping.LabelPrinter", "c.e.common.RetryTemplate",
    ]
    private static let sentences = [
        "Order accepted for customer", "Payment authorised by provider in", "Index refreshed, documents changed:",
        "Session expired for user", "Slow query took", "Connection pool exhausted, waiting for",
        "Label printed for parcel",
        "Cart updated with items", "Circuit breaker half open after", "Rate limit reached by client",
    ]
    private static let names = [
        "Anna Schmidt", "Jürgen Müller", "François Lefèvre", "Łukasz Wiśniewski", "José Ñíguez", "山田太郎", "Иван Петров",
        "Zoë O’Connor", "이서연", "Maria Silva", "John Smith", "Nguyễn Thị Hoa", "Emily Jones 🎉", "David Brown",
    ]
    private static let paths = [
        "/api/v1/orders", "/api/v1/cart", "/healthz", "/api/v2/search", "/login", "/static/app.js",
    ]
    private static let frames = [
        "com.example.checkout.CartService.addItem(CartService.java:", "java.base/java.lang.Thread.run(Thread.java:",
        "com.example.common.RetryTemplate.execute(RetryTemplate.java:",
        "org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:",
        "org.apache.catalina.core.ApplicationFilterChain.doFilter(ApplicationFilterChain.java:",
        "io.netty.channel.AbstractChannelHandlerContext.invokeChannelRead(AbstractChannelHandlerContext.java:",
        "com.zaxxer.hikari.pool.HikariPool.getConnection(HikariPool.java:",
    ]

    /// A task of each service a few times.
    private let tasks: [(service: String, id: String)]
    private var service = ""
    private(set) var escapesUnicode = false

    init(random: inout SplitMix64) {
        tasks = (0..<24).map { (Self.services[$0 % Self.services.count], random.hex(32)) }
    }

    mutating func origin(at time: LogTime, random: inout SplitMix64) -> LogOrigin {
        let task = random.pick(tasks)
        service = task.service
        escapesUnicode = random.chance(percent: 30)
        return LogOrigin(
            group: "/ecs/\(service)", stream: "\(service)/web/\(task.id)", filter: "application-to-recipient")
    }

    func message(at time: LogTime, random: inout SplitMix64) -> String {
        switch random.below(100) {
        case 0..<45: line(at: time, random: &random)
        case 45..<90: object(at: time, random: &random)
        default: trace(at: time, random: &random)
        }
    }

    private func line(at time: LogTime, random: inout SplitMix64) -> String {
        let who = random.chance(percent: 30) ? " (\(random.pick(Self.names)))" : ""
        return "\(time.dateAndTime).\(LogTime.padded(time.milliseconds % 1000, 3)) \(random.pick(Self.levels)) "
            + "[http-nio-8080-exec-\(random.within(1...32))] \(random.favour(Self.loggers)) : "
            + "\(random.favour(Self.sentences)) \(random.within(1...999_999))\(who)"
    }

    private func object(at time: LogTime, random: inout SplitMix64) -> String {
        CompactJSON.object([
            "timestamp": CompactJSON.string(time.precise),
            "level": CompactJSON.string(random.pick(Self.levels).lowercased()),
            "service": CompactJSON.string(service),
            "logger": CompactJSON.string(random.favour(Self.loggers)),
            "trace_id": CompactJSON.string(random.hex(32)), "span_id": CompactJSON.string(random.hex(16)),
            "method": CompactJSON.string(random.favour(["GET", "POST", "PUT", "DELETE"])),
            "path": CompactJSON.string("\(random.favour(Self.paths))?id=\(random.within(1...99_999))"),
            "status": String(random.favour([200, 201, 204, 304, 400, 404, 500])),
            "duration_ms": "\(random.below(900)).\(random.below(1000))",
            "user": CompactJSON.object([
                "id": String(random.within(1000...99_999)), "name": CompactJSON.string(random.pick(Self.names)),
            ]),
            "msg": CompactJSON.string("\(random.favour(Self.sentences)) \\\"\(random.within(1...9999))\\\""),
        ])
    }

    private func trace(at time: LogTime, random: inout SplitMix64) -> String {
        var text =
            line(at: time, random: &random) + "\njava.lang.IllegalStateException: "
            + "\(random.pick(Self.sentences)) \(random.pick(Self.names))"
        for _ in 0..<random.within(8...30) { text += "\n\tat \(random.favour(Self.frames))\(random.within(20...900)))" }
        return text
    }

    func pauseMilliseconds(random: inout SplitMix64) -> Int { random.below(300) }
}
