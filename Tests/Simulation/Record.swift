import RoomModel

/// What one person did and was told, kept beside the cluster: the judge believes nobody else.
///
/// Every edit carries a mark, one character that occurs nowhere else.
struct Record {
    typealias Marks = Set<Unicode.Scalar>

    private(set) var typed: Marks = []
    private(set) var deleted: Marks = []
    /// What the person was told to be saved.
    private(set) var saved: Marks = []
    /// What the person was told to be taken back.
    private(set) var takenBack: Marks = []
    /// What the person was given back when the room was loaded afresh.
    private(set) var noticed: Marks = []
    private(set) var noticeCount = 0
    /// Saved, and no longer on any screen of theirs: nobody could tell them of its loss.
    private(set) var forgotten: Marks = []
    /// Numbers that the owner refused for good.
    private(set) var refused: Set<ProposalNumber> = []
    private var sent: [ProposalNumber: Marks] = [:]

    mutating func typed(_ mark: String, over text: String) {
        typed.formUnion(marks(in: mark))
        deleted.formUnion(marks(in: text))
    }

    mutating func sent(_ number: ProposalNumber, _ text: String) { sent[number] = marks(in: text) }

    mutating func saved(_ number: ProposalNumber) { saved.formUnion(sent[number] ?? []) }

    mutating func tookBack(_ number: ProposalNumber, _ text: String, byOwner: Bool) {
        takenBack.formUnion(marks(in: text))
        if byOwner { refused.insert(number) }
    }

    mutating func noticed(_ text: String) {
        noticed.formUnion(marks(in: text))
        noticeCount += 1
    }

    mutating func forgetSaved() { forgotten.formUnion(saved) }
}

func marks(in text: String) -> Record.Marks {
    Set(text.unicodeScalars.filter { (0xE000..<0xF900).contains($0.value) })
}
