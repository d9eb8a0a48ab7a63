extension Room {
    /// Who may do what, and when: the rules of asyncapi.yaml in one place.
    func checkPermission(of proposal: Proposal) throws(Rejection) {
        switch proposal.request {
        case .join: try checkJoin(proposal)
        // A leave is a fact, not a wish: it is recorded even in a session that has ended.
        case .leave: try require(roster[proposal.by]?.connected == true)
        case .edit:
            try checkPresent(proposal)
            try require(proposal.role != .observer)
            if locked, proposal.role == .candidate { throw .locked }
        case .language:
            try checkPresent(proposal)
            try require(proposal.role != .observer)
        case .lock, .end:
            try checkPresent(proposal)
            try require(proposal.role == .interviewer)
        }
    }

    private func checkJoin(_ proposal: Proposal) throws(Rejection) {
        if ended { throw .ended }
        if !roster.hasRoom(for: proposal.by) { throw .roomFull }
    }

    /// Only who has joined may propose, in a session that goes on.
    private func checkPresent(_ proposal: Proposal) throws(Rejection) {
        if ended { throw .ended }
        try require(roster[proposal.by] != nil)
    }

    private func require(_ allowed: Bool) throws(Rejection) {
        if !allowed { throw .forbidden }
    }
}
