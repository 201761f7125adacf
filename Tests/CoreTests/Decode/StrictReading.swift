import Core

extension Judgement {
    /// What a text is by the rules of what a record may be, read the slow way.
    init(strictly text: [UInt8]) {
        guard !text.starts(with: [0xEF, 0xBB, 0xBF]), String(validating: text, as: UTF8.self) != nil else {
            self = .refused(.notUTF8)
            return
        }
        do throws(StrictJSON.Refused) {
            let documents = try StrictJSON.documents(of: text)
            let reading = Reading(documents, of: text)
            self = reading.map(Judgement.says) ?? .refused(.notASubscriptionMessage)
        } catch {
            self = .refused(.notJSON)
        }
    }
}

extension Reading {
    /// `nil` when one of the documents is no subscription message.
    fileprivate init?(_ documents: [StrictValue], of text: [UInt8]) {
        for document in documents {
            guard let type = document["messageType"]?.text(in: text)?.unescaped else { return nil }
            if type == Array("CONTROL_MESSAGE".utf8) {
                controlMessages += 1
            } else if type == Array("DATA_MESSAGE".utf8), let message = Message(document, of: text) {
                messages.append(message)
            } else {
                return nil
            }
        }
    }
}

extension Reading.Message {
    fileprivate init?(_ document: StrictValue, of text: [UInt8]) {
        guard let owner = document["owner"]?.text(in: text), !owner.range.isEmpty,
            let logGroup = document["logGroup"]?.text(in: text), !logGroup.range.isEmpty,
            let logStream = document["logStream"]?.text(in: text), !logStream.range.isEmpty,
            let elements = document["logEvents"]?.elements
        else { return nil }
        let events = elements.compactMap { Reading.Event($0, of: text) }
        guard events.count == elements.count else { return nil }
        self.init(
            owner: owner, logGroup: logGroup, logStream: logStream,
            subscriptionFilters: document["subscriptionFilters"].flatMap { $0.elements == nil ? nil : $0.range },
            events: events)
    }
}

extension Reading.Event {
    fileprivate init?(_ value: StrictValue, of text: [UInt8]) {
        guard let message = value["message"]?.text(in: text),
            let timestamp = value["timestamp"]?.timestamp(in: text)
        else { return nil }
        let id = value["id"].map { $0.text(in: text) ?? $0.integer(in: text) }
        let fields = value["extractedFields"]
        if case .some(nil) = id { return nil }
        if let fields, !fields.isObject { return nil }
        self.init(
            timestamp: timestamp, id: id ?? nil, message: message, messageBytes: message.unescaped.count,
            extractedFields: fields?.range)
    }
}

extension Reading.Text {
    fileprivate var string: String { String(decoding: unescaped, as: UTF8.self) }
}

extension StrictValue {
    /// The last member of that name, if this is an object that has one.
    fileprivate subscript(name: String) -> StrictValue? {
        guard case .object(let members) = content else { return nil }
        return members.last { $0.name == Array(name.utf16) }?.value
    }

    fileprivate var elements: [StrictValue]? {
        guard case .array(let elements) = content else { return nil }
        return elements
    }

    fileprivate var isObject: Bool {
        guard case .object = content else { return false }
        return true
    }

    fileprivate func text(in text: [UInt8]) -> Reading.Text? {
        guard case .string(let units) = content else { return nil }
        let inside = range.lowerBound + 1..<range.upperBound - 1
        return Reading.Text(range: inside, unescaped: Array(String(decoding: units, as: UTF16.self).utf8))
    }

    fileprivate func integer(in text: [UInt8]) -> Reading.Text? {
        guard case .number(isInteger: true) = content else { return nil }
        return Reading.Text(range: range, unescaped: Array(text[range]))
    }

    /// An integer from 0 to 2^63−1, or a string of its digits.
    fileprivate func timestamp(in text: [UInt8]) -> Int64? {
        if let number = integer(in: text) { return Int64(number.string).flatMap { $0 < 0 ? nil : $0 } }
        guard let string = self.text(in: text)?.string, string.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int64(string)
    }
}
