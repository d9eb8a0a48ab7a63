/// Every bound of Viva on what peers send and on what is kept for them, each with its reason.
package enum Limits {
    // MARK: A room

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

    // MARK: The log

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

    // MARK: A connection

    /// A paste of a whole document, escaped, fits; Engine.IO calls it `maxPayload`, in bytes.
    package static let messageBytesMax = 1_000_000
    /// People type 15 keys a second at most, and one proposal is in flight at a time.
    package static let proposalsPerSecond = 50
    package static let proposalsBurst = 100
    package static let presencePerSecond = 20
    /// Selections of one participant: multiple cursors beyond this are not shown to others.
    package static let selectionsMax = 32
    package static let presenceBytesMax = 2_048
    /// A participant's connect payload: a token, a name, a resume.
    package static let authBytesMax = 4_096
    /// Above this, presence is no longer queued for a connection.
    package static let queuedBytesForPresence = 128 << 10
    /// Above this the peer does not read: the connection ends and may resume by revision.
    ///
    /// It leaves room for the largest welcome, six bytes for each code unit of an escaped document.
    package static let queuedBytesMax = 12 << 20

    // MARK: A request

    /// The largest starter text, escaped, in a request that creates a session.
    package static let requestBytesMax = 4 << 20
}
