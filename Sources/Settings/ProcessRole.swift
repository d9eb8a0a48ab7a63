/// What a process of a deployment does.
package enum ProcessRole: String, CaseIterable, Sendable {
    case gateway
    case owner
}
