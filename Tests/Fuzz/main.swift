import FuzzTargets
import Glibc

// Built by deploy/fuzz only, which links libFuzzer without its own `main`.

typealias Callback = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

/// Runs until its options say to stop; the arguments are libFuzzer's.
@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: Callback
) -> CInt

/// Named first, so that libFuzzer, which starts again as its own child, sees it too.
let chosen = FuzzTarget.all.first { CommandLine.arguments.contains("-target=\($0.name)") }

guard chosen != nil else {
    for target in FuzzTarget.all { print(target.name) }
    exit(0)
}

var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(
    runDriver(&count, &arguments) { start, count in
        do {
            try chosen?.run(UnsafeRawBufferPointer(start: start, count: count))
        } catch { fatalError("\(error)") }
        return 0
    }
)
