import NIOCore

/// Matches the commands of one connection with its replies: Redis answers in order.
///
/// States: *open* takes commands and replies; *closed*, reached by `close` and never left, takes
/// neither. What was in flight then is handed back, once, for its callers to be told.
struct ReplyQueue<Completion> {
    /// As many replies may be owed; the next command is turned away.
    let commandsMax: Int
    private(set) var isOpen = true
    private var completions = CircularBuffer<Completion>()

    init(commandsMax: Int) {
        self.commandsMax = commandsMax
    }

    /// How many replies are owed.
    var count: Int { completions.count }

    enum Admission {
        case accepted
        case full
        case closed
    }

    /// A command is about to be sent; unless it is accepted it must not be.
    mutating func send(_ completion: Completion) -> Admission {
        guard isOpen else { return .closed }
        guard completions.count < commandsMax else { return .full }
        completions.append(completion)
        return .accepted
    }

    /// A reply arrived: the completion it belongs to, or nil when no command is waiting for one.
    mutating func receive() -> Completion? {
        completions.popFirst()
    }

    /// The connection ended: the completions that will see no reply, oldest first.
    mutating func close() -> [Completion] {
        isOpen = false
        let abandoned = Array(completions)
        completions.removeAll()
        return abandoned
    }
}
