/// Every bound of Viva on what peers send and on what is kept for them, each with its reason.
///
/// Modules that know nothing of Viva take theirs as parameters, which are set from here.
/// deploy/BOUNDS.md shows what happens beyond each, and a contract test holds it, both contracts and nginx.conf
/// to this file.
package enum Limits {
    package enum Room {
        /// A million code units: no interview comes near it, and a snapshot of it stays a few megabytes.
        package static let documentLengthMax = 1 << 20
        /// Connected at once: a panel and an audience, not a broadcast.
        package static let connectedMax = 256
        /// Remembered, connected or not: bounds the snapshot.
        ///
        /// The longest gone make place first.
        package static let participantsMax = 512
        /// As many colors as the page's palette can tell apart.
        package static let colors = 12
        package static let nameLengthMax = 80
        package static let titleLengthMax = 200
        /// The longest identifier of a language in Monaco is 21.
        package static let languageLengthMax = 40
        /// What is said at once; more is a document, and has its place in the editor.
        package static let chatLengthMax = 2_000
        /// A day.
        package static let timerMillisecondsMax = 86_400_000
        /// Commits beside edits that a snapshot keeps, and their bytes in JSON.
        ///
        /// Hours of talk, coming and going, in every welcome; the log has all of them.
        package static let journalCommitsMax = 500
        package static let journalBytesMax = 256 << 10
        /// Of those, reports of pages that went out of sight or came back: a hundred looks elsewhere.
        ///
        /// Pages send them by themselves: they must not take the place of what people said.
        package static let journalHiddenMax = 200
        /// What one gateway passes on for one room: fifty people who type as fast as they can.
        ///
        /// More would be a flood, and an owner has other rooms to order.
        package static let proposalsPerSecond = 500
        package static let proposalsBurst = 1_000
        /// The same in bytes: each of them is logged, and sent to everybody in the room.
        package static let proposalBytesPerSecond = 2 << 20
        package static let proposalBytesBurst = 8 << 20
        /// Private notes: one every few seconds of a long interview.
        package static let notesMax = 500
        /// A note is a page at most.
        package static let noteLengthMax = 4_000
    }

    package enum Log {
        /// A snapshot after so many commits bounds what a join reads and an owner replays.
        package static let commitsPerSnapshot = 100
        /// Commits an owner keeps in memory to transform late edits over; older ones are `too_old`.
        package static let historyCommitsMax = 1_000
        /// Commits read from the log or sent in one piece.
        package static let commitsPerPage = 1_000
        /// Commits in one call of commit.lua: more would hold up the other rooms of the shard.
        package static let commitsPerBatch = 128
        /// Calls of one room that are under way at once; what comes meanwhile makes the next batch.
        package static let callsInFlightMax = 32
        /// Proposals that wait while a room is claimed or its calls are under way.
        ///
        /// What does not fit is dropped: its sender hears nothing and sends it again.
        package static let proposalsWaitingMax = 4_096
    }

    /// One connection of a participant.
    package enum Socket {
        /// A paste of a whole document, escaped, fits; Engine.IO calls it `maxPayload`, in bytes.
        package static let messageBytesMax = 1_000_000
        /// People type 15 keys a second at most, and one proposal is in flight at a time.
        package static let proposalsPerSecond = 50
        package static let proposalsBurst = 100
        /// Far above what is typed; the burst is a document pasted twice.
        package static let proposalBytesPerSecond = 256 << 10
        package static let proposalBytesBurst = 2 << 20
        package static let presencePerSecond = 20
        /// Pulses: a page beats every ten seconds, and when its person turns idle or comes back.
        package static let pulsesPerSecond = 1
        /// What a page may say a word took: whoever waits longer for an answer has lost the connection.
        package static let roundTripMillisecondsMax = 60_000
        /// Selections of one participant: multiple cursors beyond this are not shown to others.
        package static let selectionsMax = 32
        package static let presenceBytesMax = 2_048
        /// A participant's connect payload: a token, a name, a resume.
        package static let authBytesMax = 4_096
        /// What is read of a WebSocket, whatever is in it; beyond that it is read later.
        ///
        /// Each frame counts as 200 bytes more, so a flood of small ones is held to some thousand a second.
        package static let receivedBytesPerSecond = 512 << 10
        package static let receivedBytesBurst = 4 << 20
        /// Above this, presence is no longer queued for a connection.
        package static let queuedBytesForPresence = 128 << 10
        /// Above this the peer does not read: the connection ends and may resume by revision.
        ///
        /// It leaves room for the largest welcome, six bytes for each code unit of an escaped document.
        package static let queuedBytesMax = 12 << 20
        /// The protocol's defaults, announced when a connection opens.
        package static let pingIntervalSeconds = 25
        package static let pingTimeoutSeconds = 20
        /// To move from polling to a WebSocket: the protocol's default.
        package static let upgradeTimeoutSeconds = 10
        /// To say who one is: the protocol's default.
        package static let connectTimeoutSeconds = 45
        /// To read the last packets and say goodbye.
        package static let closeTimeoutSeconds = 5
    }

    package enum HTTP {
        /// The largest starter text, escaped, in a request that creates a session.
        package static let bodyBytesMax = 4 << 20
        /// The target, or a header's name or value: what nginx reads, too.
        package static let headerFieldBytesMax = 8 << 10
        /// All headers: the four buffers that nginx has for them, and what it adds.
        package static let headerBytesMax = 36 << 10
        /// Browsers send some twenty.
        package static let headerFieldsMax = 100
        /// Time for the headers of a request: they fit into one packet on the slowest line.
        package static let headTimeoutSeconds = 10
        /// Time for its body: a session with the largest text over a telephone line's 600 kbit/s.
        package static let bodyTimeoutSeconds = 60
        /// Longer than nginx keeps an unused connection, so that it never closes first.
        package static let idleTimeoutSeconds = 75
    }

    /// Everybody behind one address: it may be a company's, with hundreds of interviews at a time.
    package enum Address {
        /// Connections at one gateway.
        package static let connectionsMax = 1_000
        /// REST: people create and read sessions by hand, programs wait.
        package static let requestsPerSecond = 10
        package static let requestsBurst = 50
        /// Requests of polling, by which whoever's proxy forbids WebSockets sends and receives.
        package static let pollsPerSecond = 100
        package static let pollsBurst = 500
        /// Addresses whose rate is remembered: those that asked least lately are forgotten first.
        package static let ratesMax = 20_000
    }

    /// One gateway, or one owner.
    package enum Process {
        /// Open connections of a gateway at some 10 kB each.
        package static let connectionsMax = 50_000
        /// What may wait for all connections together; the slowest are closed first.
        package static let queuedBytesMax = 1 << 30
        /// Connections that wait to be accepted: a deployment's browsers, coming back all at once.
        package static let backlog = 4_096
        /// Descriptors left over for requests, Redis and files.
        package static let descriptorsKept = 256
        /// Redis replies owed at a time; each costs about 100 bytes.
        package static let commandsInFlightMax = 1 << 16
        /// Bytes of commands that Redis has not taken yet; one command may go beyond.
        package static let commandBytesQueuedMax = 32 << 20
        /// Rooms that a process follows.
        package static let channelsMax = 1 << 16
        /// One reply of Redis: the whole log of a large room is about a quarter of this.
        package static let replyBytesMax = 64 << 20
        package static let replyElementsMax = 1 << 20
        /// Spans that wait for their file: seconds of a busy process, and no burden to it.
        package static let traceBytesQueuedMax = 4 << 20
    }
}
