package import OperationalTransform

extension PendingEdits {
    /// What survives a reload of the page or a night offline, as plain data.
    package struct State: Equatable, Sendable {
        package var participant: ParticipantID
        package var revision: Revision
        package var text: String
        package var numberLast: ProposalNumber
        /// Whether the first of `changes` is in flight, and under which number.
        package var inFlight: ProposalNumber?
        package var changes: [Change]
    }

    package var state: State {
        State(
            participant: participant,
            revision: revision,
            text: document.text,
            numberLast: numberLast,
            inFlight: inFlight?.number,
            changes: uncommitted
        )
    }

    /// Throws where the changes do not follow one another from the text: it was stored damaged.
    package init(restoring state: State) throws(OperationError) {
        self.init(
            participant: state.participant,
            revision: state.revision,
            document: Document(state.text)
        )
        numberLast = max(state.numberLast, state.inFlight ?? .none)
        waiting = state.changes
        if let number = state.inFlight, !waiting.isEmpty {
            inFlight = InFlight(number: number, change: waiting.removeFirst())
        }
        try checkLengths()
    }

    private func checkLengths() throws(OperationError) {
        var length = document.length
        for change in uncommitted {
            guard let operation = change.operation else { continue }
            guard operation.baseLength == length else {
                throw .lengthMismatch(expected: length, actual: operation.baseLength)
            }
            length = operation.targetLength
        }
    }
}
