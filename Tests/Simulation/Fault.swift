/// What goes wrong in a simulated cluster, or is done to it.
package enum Fault: String, CaseIterable, Sendable {
    case ownerKilled, ownerHangs, ownerStopped
    case gatewayKilled, gatewayHangs, gatewayStopped, gatewayGivenUp
    case redisRestarted, redisLosesItsTail, redisRefusesWrites, redisHangs
    case ownerUnsubscribed, gatewayUnsubscribed, ownerCommandsCut, gatewayCommandsCut
    case messageLost, messageRepeated, pipeHeld
    case offeredWhileOwned, ownerHandsOver
    case browserCut, browsersCut, browserReloaded
}
