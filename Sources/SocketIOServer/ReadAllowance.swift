/// How much may be read of one peer: a bucket of bytes that fills steadily.
///
/// It may go below nothing by what had come already; then reading pauses until it is filled again.
struct ReadAllowance {
    /// What a frame costs beside its bytes: a flood of small ones is work too.
    static let frameBytes = 200

    private let bytesPerSecond: Int
    private let burst: Int
    private var left: Int
    private var since: Int

    /// All times are milliseconds of one clock that never goes back.
    init(bytesPerSecond: Int, burst: Int, at now: Int) {
        self.bytesPerSecond = bytesPerSecond
        self.burst = burst
        left = burst
        since = now
    }

    /// Counts what was read; returns for how many milliseconds nothing more should be.
    mutating func read(bytes: Int, frames: Int, at now: Int) -> Int {
        // Time beyond what fills the bucket is of no use, and could overflow.
        let elapsed = min(max(0, now - since), 60_000)
        left = min(burst, left + elapsed * bytesPerSecond / 1_000)
        since = now
        left -= bytes + frames * Self.frameBytes
        return left >= 0 ? 0 : -left * 1_000 / bytesPerSecond + 1
    }
}
