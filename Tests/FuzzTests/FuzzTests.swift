import FuzzTargets
import TestSupport
import Testing

struct FuzzTests {
    @Test(arguments: FuzzTarget.all)
    func `every input of the corpus keeps the laws`(target: FuzzTarget) throws {
        let corpus = try Corpus(of: target)
        #expect(!corpus.inputs.isEmpty, "\(target.name) has no corpus")
        for input in corpus.inputs { check(target, input.bytes, "\(input.name)") }
    }

    @Test(arguments: FuzzTarget.all)
    func `mutations of the corpus keep the laws`(target: FuzzTarget) throws {
        let corpus = try Corpus(of: target).inputs.map(\.bytes)
        for seed in seeds(600) {
            let mutation = Mutation(seed: seed, corpus: corpus)
            check(target, mutation.bytes, "seed \(seed)")
        }
    }

    private func check(_ target: FuzzTarget, _ input: [UInt8], _ name: String) {
        do {
            try LastInput.write(input, of: target)
            try input.withUnsafeBytes { try target.run($0) }
        } catch {
            Issue.record("\(target.name), \(name): \(error)")
        }
    }
}
