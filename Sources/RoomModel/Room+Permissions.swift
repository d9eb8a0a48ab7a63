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
        case .wish(_, let wish):
            try checkPresent(proposal)
            try require(proposal.role.may(wish))
            if case .admitted(let participant) = wish, roster[participant] == nil {
                throw .invalidProposal
            }
        }
    }

    private func checkJoin(_ proposal: Proposal) throws(Rejection) {
        if ended { throw .ended }
        if !roster.hasRoom(for: proposal.by) { throw .roomFull }
    }

    /// Only who has joined may propose, in a session that goes on.
    private func checkPresent(_ proposal: Proposal) throws(Rejection) {
        if ended { throw .ended }
        guard let participant = roster[proposal.by] else { throw .forbidden }
        if participant.waiting { throw .waiting }
    }

    private func require(_ allowed: Bool) throws(Rejection) {
        if !allowed { throw .forbidden }
    }
}

extension Role {
    fileprivate func may(_ wish: Wish) -> Bool {
        switch wish {
        case .locked, .ended, .title, .timer, .admission, .admitted: self == .interviewer
        case .language, .chat, .pasted: self != .observer
        // What is recorded of one is recorded of all.
        case .hidden: true
        }
    }
}
