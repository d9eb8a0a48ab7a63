package import OperationalTransform

/// An operation in one word: `op("4 +ab -2")` keeps four units, inserts "ab" and deletes two.
///
/// A space within an insert is written as `_`.
package func op(_ notation: String) throws -> TextOperation {
    var operation = TextOperation()
    for word in notation.split(separator: " ") {
        switch word.first {
        case "+": operation.insert(String(word.dropFirst().map { $0 == "_" ? " " : $0 }))
        case "-": try operation.delete(number(word.dropFirst()))
        default: try operation.keep(number(word))
        }
    }
    return operation
}

private func number(_ word: Substring) throws -> Int {
    guard let number = Int(word) else { throw MissingTestData(what: "number: \(word)") }
    return number
}

extension TextOperation {
    /// From the JSON of ot.js, built step by step: it shares no code with the parser of the product.
    package init(_ json: JSONValue) throws {
        self.init()
        for element in try json.elements {
            if case .string(let units) = element {
                insert(units)
            } else if try element.integer > 0 {
                try keep(element.integer)
            } else {
                try delete(-element.integer)
            }
        }
    }
}
