/// Watches what the generator itself uses, from second to second.
struct UsageMeter {
    private var lastProcessor = 0
    private var lastAt = 0
    private var samples: [Int] = []
    private var memoryBefore = 0
    private var memoryMax = 0

    mutating func begin() {
        lastProcessor = ProcessUsage.processorMicroseconds
        memoryBefore = ProcessUsage.memoryBytes
    }

    /// Percent of one core since the last sample.
    mutating func sample(at now: Int) -> Int {
        let processor = ProcessUsage.processorMicroseconds
        defer {
            lastProcessor = processor
            lastAt = now
            memoryMax = max(memoryMax, ProcessUsage.memoryBytes)
        }
        guard lastAt > 0, now > lastAt else { return 0 }
        let percent = (processor - lastProcessor) * 100_000 / (now - lastAt)
        samples.append(percent)
        return percent
    }

    func generator(people: Int) -> LoadReport.Generator {
        var generator = LoadReport.Generator()
        generator.people = people
        generator.processorMean = samples.isEmpty ? 0 : samples.reduce(0, +) / samples.count
        generator.processorMax = samples.max() ?? 0
        generator.bytesPerPerson = people == 0 ? 0 : max(0, memoryMax - memoryBefore) / people
        return generator
    }
}
