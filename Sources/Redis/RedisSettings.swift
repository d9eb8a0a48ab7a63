package import NIOCore

/// Where Redis is and how much patience and memory it gets.
///
/// Every bound of this module stands here or in `ReplyLimits`.
package struct RedisSettings: Sendable {
    package var url: RedisURL
    /// PEM file of the authorities to trust; nil for those of the system.
    package var caFile: String?
    /// What `CLIENT LIST` shows, without spaces; empty for none.
    package var clientName = ""

    package var connectTimeout = TimeAmount.seconds(3)
    /// A connection on which nothing arrives for so long, though Redis was asked, is given up.
    package var silenceMax = TimeAmount.seconds(5)
    package var firstRetry = TimeAmount.milliseconds(50)
    package var longestRetry = TimeAmount.seconds(5)
    /// After a refused password: only a person can mend that.
    package var refusedRetry = TimeAmount.seconds(30)

    /// Replies owed at a time; each costs about 100 bytes here.
    package var commandsInFlightMax = 1 << 16
    /// Bytes of commands that the network has not taken yet; one command may go beyond.
    package var bytesQueuedMax = 32 << 20
    /// Channels of one subscriber.
    package var channelsMax = 1 << 16
    package var replyLimits = ReplyLimits()

    package init(url: RedisURL) {
        self.url = url
    }
}
