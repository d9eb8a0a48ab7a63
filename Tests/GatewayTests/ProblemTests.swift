import Foundation
import HTTPTypes
import Testing

@testable import Gateway

@Suite struct ProblemTests {
    static let problems: [Problem] = [
        .malformedRequest, .malformedJSON, .missingToken, .invalidToken, .apiKeyRequired,
        .wrongRole, .unknownSession,
        .notFound, .tooLarge, .unsupportedType, .rateLimited,
        .invalidField("title", expected: "short"),
        .methodNotAllowed(allowed: [.get]), .unavailable(part: nil),
    ]

    static func contract() throws -> String {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "openapi.yaml")
        return try String(contentsOf: file, encoding: .utf8)
    }

    /// The contract's table of codes: a status for each.
    static func table() throws -> [String: Int] {
        let rows = try contract().matches(of: /\| `([a-z_]+)` \| (\d{3}) \|/)
        return Dictionary(uniqueKeysWithValues: rows.map { (String($0.1), Int($0.2) ?? 0) })
    }

    /// Refusals of requests that were not read to their end; `BrokenRequestTests` sees them.
    static let unread = ["request_timeout", "uri_too_long", "headers_too_large"]

    @Test(arguments: problems)
    func `a problem has the code and status that the contract promises`(problem: Problem) throws {
        #expect(try Self.table()[problem.code] == problem.status.code)
    }

    @Test func `every code of the contract is used, some before a request is read`() throws {
        let codes = Set(Self.problems.map(\.code))
        #expect(Set(try Self.table().keys) == codes.union(Self.unread))
    }

    @Test func `the table and the enumeration of the contract agree`() throws {
        let schema = try #require(
            try Self.contract().firstMatch(of: /\n    Code:\n[\s\S]*?enum:\n((?: +- [a-z_]+\n)+)/)
        )
        let enumerated = schema.1.matches(of: /- ([a-z_]+)/).map { String($0.1) }
        #expect(Set(enumerated) == Set(try Self.table().keys))
    }

    @Test func `who lacks a token is told how to bring one`() {
        for problem in [Problem.missingToken, .invalidToken, .apiKeyRequired] {
            #expect(problem.headers[.wwwAuthenticate] == "Bearer")
        }
    }

    @Test func `a method that is not allowed is answered with those that are`() {
        #expect(
            Problem.methodNotAllowed(allowed: [.delete, .get]).headers[.allow] == "DELETE, GET"
        )
    }
}
