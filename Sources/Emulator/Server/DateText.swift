import Glibc

/// A moment, given in milliseconds since 1970, as AWS writes it in three places. Always UTC.
enum DateText {
    /// HTTP's Date header: `Fri, 20 Nov 2026 12:00:00 GMT`.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats
    static func http(_ milliseconds: Int64) -> String {
        let date = parts(milliseconds)
        return "\(weekday(date)), \(padded(date.tm_mday)) \(month(date)) \(1900 + date.tm_year) \(time(date)) GMT"
    }

    /// Inside Kinesis's messages: `Fri Nov 20 12:00:00 UTC 2026`.
    static func message(_ milliseconds: Int64) -> String {
        let date = parts(milliseconds)
        return "\(weekday(date)) \(month(date)) \(padded(date.tm_mday)) \(time(date)) UTC \(1900 + date.tm_year)"
    }

    /// In the query protocol's replies: `2026-11-20T12:00:00Z`.
    static func iso8601(_ milliseconds: Int64) -> String {
        let date = parts(milliseconds)
        return "\(1900 + date.tm_year)-\(padded(date.tm_mon + 1))-\(padded(date.tm_mday))T\(time(date))Z"
    }

    private static func parts(_ milliseconds: Int64) -> tm {
        var seconds = time_t(milliseconds / 1000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        return parts
    }

    private static func weekday(_ date: tm) -> String {
        ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][Int(date.tm_wday)]
    }

    private static func month(_ date: tm) -> String {
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][Int(date.tm_mon)]
    }

    private static func time(_ date: tm) -> String {
        [date.tm_hour, date.tm_min, date.tm_sec].map(padded).joined(separator: ":")
    }

    private static func padded(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
