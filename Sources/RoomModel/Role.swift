/// What a link lets its holder do; the gateway reads it from the token, the owner decides by it.
package enum Role: String, CaseIterable, Sendable {
    case interviewer
    case candidate
    case observer
}
