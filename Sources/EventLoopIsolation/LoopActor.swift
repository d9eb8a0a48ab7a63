package import NIOCore
package import NIOPosix

/// The one event loop of this process, as an isolation domain: everything that has state is confined
/// to it, so there are no locks and the hot path never changes threads.
///
/// A machine is filled by starting more processes, not more loops.
@globalActor
package actor LoopActor {
    package static let shared = LoopActor()

    /// Where servers and clients of this process are bootstrapped: a group of exactly one loop.
    package static let group = MultiThreadedEventLoopGroup(
        numberOfThreads: 1,
        metricsDelegate: rest
    )
    package static let eventLoop: any EventLoop = group.next()
    private static let rest = LoopRest()

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        Self.eventLoop.executor.asUnownedSerialExecutor()
    }

    /// From now on a busy loop rests between its turns: for servers, which many wait for at once.
    package static func restWhenBusy(turningAt beat: LoopPace.Beat) {
        eventLoop.preconditionInEventLoop()
        rest.begin(beat)
    }

    /// Enters the isolation from code that already runs on the loop, such as a channel handler.
    ///
    /// Stops the process when called from any other thread: that would be a data race.
    package static func assumeIsolated<Result: Sendable>(
        _ operation: @LoopActor () throws -> Result
    ) rethrows -> Result {
        eventLoop.preconditionInEventLoop()
        // The closure differs from an isolated one in its type only, and the line above has shown
        // that it runs where it must; the standard library does the same for the main actor.
        return try withoutActuallyEscaping(operation) { escaping in
            try unsafeBitCast(escaping, to: (() throws -> Result).self)()
        }
    }
}
