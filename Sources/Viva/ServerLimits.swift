import Redis
import RoomModel
import SocketIO
import SocketIOServer

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension EngineLimits {
    /// The bounds of Viva for each connection, and for as many as there are descriptors for.
    static func viva(descriptors: Int) -> EngineLimits {
        var limits = EngineLimits()
        limits.payloadBytesMax = Limits.Socket.messageBytesMax
        limits.pingIntervalMilliseconds = 1_000 * Limits.Socket.pingIntervalSeconds
        limits.pingTimeoutMilliseconds = 1_000 * Limits.Socket.pingTimeoutSeconds
        limits.upgradeTimeoutMilliseconds = 1_000 * Limits.Socket.upgradeTimeoutSeconds
        limits.connectTimeoutMilliseconds = 1_000 * Limits.Socket.connectTimeoutSeconds
        limits.closeTimeoutMilliseconds = 1_000 * Limits.Socket.closeTimeoutSeconds
        limits.connectionsMax = min(
            Limits.Process.connectionsMax,
            descriptors - Limits.Process.descriptorsKept
        )
        return limits
    }
}

extension TransportLimits {
    static var viva: TransportLimits {
        var limits = TransportLimits()
        limits.headerFieldBytesMax = Limits.HTTP.headerFieldBytesMax
        limits.headerBytesMax = Limits.HTTP.headerBytesMax
        limits.headerFieldsMax = Limits.HTTP.headerFieldsMax
        limits.bodyBytesMax = Limits.HTTP.bodyBytesMax
        limits.headTimeoutSeconds = Limits.HTTP.headTimeoutSeconds
        limits.bodyTimeoutSeconds = Limits.HTTP.bodyTimeoutSeconds
        limits.idleTimeoutSeconds = Limits.HTTP.idleTimeoutSeconds
        limits.queuedBytesTotalMax = Limits.Process.queuedBytesMax
        limits.connectionsPerAddressMax = Limits.Address.connectionsMax
        limits.receivedBytesPerSecond = Limits.Socket.receivedBytesPerSecond
        limits.receivedBytesBurst = Limits.Socket.receivedBytesBurst
        return limits
    }
}

extension RedisSettings {
    static func viva(_ url: RedisURL, caFile: String?, clientName: String) -> RedisSettings {
        var settings = RedisSettings(url: url)
        settings.caFile = caFile
        settings.clientName = clientName
        settings.commandsInFlightMax = Limits.Process.commandsInFlightMax
        settings.bytesQueuedMax = Limits.Process.commandBytesQueuedMax
        settings.channelsMax = Limits.Process.channelsMax
        settings.replyLimits.bytesMax = Limits.Process.replyBytesMax
        settings.replyLimits.elementsMax = Limits.Process.replyElementsMax
        return settings
    }
}

enum FileDescriptors {
    /// Takes as many as the system lets us have, and returns how many that are.
    ///
    /// The soft limit, mostly 1024, is for programs that use `select`.
    static func raiseLimit() -> Int {
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return 1_024 }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(resource, &limit)
        _ = getrlimit(resource, &limit)
        return Int(clamping: limit.rlim_cur)
    }
}
