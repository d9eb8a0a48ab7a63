import NIOCore

#if canImport(Glibc)
    import Glibc
#endif

/// The two times a process needs, injected so that whatever decides by them can be tested.
package struct ProcessClock: Sendable {
    /// Milliseconds since 1970: for people to read.
    ///
    /// It may jump.
    package let wallMilliseconds: @Sendable () -> Int
    /// Milliseconds since some moment: for durations.
    ///
    /// It never goes back.
    package let uptimeMilliseconds: @Sendable () -> Int

    package init(
        wallMilliseconds: @escaping @Sendable () -> Int,
        uptimeMilliseconds: @escaping @Sendable () -> Int
    ) {
        self.wallMilliseconds = wallMilliseconds
        self.uptimeMilliseconds = uptimeMilliseconds
    }

    package static let system = ProcessClock(
        wallMilliseconds: {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
        },
        uptimeMilliseconds: { Int(NIODeadline.now().uptimeNanoseconds / 1_000_000) }
    )
}
