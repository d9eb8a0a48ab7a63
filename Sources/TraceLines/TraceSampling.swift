package import WireFormat

/// Which of the traces that begin here are kept.
///
/// The trace's ID decides, by its last seven bytes, which W3C Trace Context asks to be random: whoever
/// samples by the same fraction keeps the same traces.
package struct TraceSampling: Sendable {
    private static let all: UInt64 = 1 << 56
    private let below: UInt64

    /// `fraction` is from 0, none, to 1, all.
    package init(fraction: Double) {
        below = UInt64(min(max(fraction, 0), 1) * Double(Self.all))
    }

    package func keeps(_ trace: TraceParent.TraceID) -> Bool {
        trace.low & (Self.all - 1) < below
    }
}
