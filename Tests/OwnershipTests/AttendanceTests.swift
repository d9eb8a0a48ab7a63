import Ownership
import RoomModel
import Testing
import WireFormat

@Suite struct AttendanceTests {
    let adaAgain = sender("ada", "g2.a", .interviewer)

    private func attendance(of senders: OwnerMessage.Sender...) -> Attendance {
        var attendance = Attendance()
        for sender in senders { attendance.admit(sender) }
        return attendance
    }

    @Test func `nobody is there until somebody is admitted`() {
        var attendance = Attendance()
        #expect(attendance.isEmpty)
        #expect(attendance.arrival(of: ada) == .new(evicts: nil))
        #expect(attendance.isEmpty)
        attendance.admit(ada)
        #expect(attendance.connection(of: ada.participant) == ada.connection)
        #expect(attendance.arrival(of: ada) == .known)
    }

    @Test func `the gateways are those that hold somebody`() {
        #expect(attendance(of: ada, bob, eve).gateways == ["g1", "g2"])
    }

    @Test func `a newer connection evicts the older one, which is not heard again`() {
        var attendance = attendance(of: ada)
        #expect(attendance.arrival(of: adaAgain) == .new(evicts: ada.connection))
        attendance.admit(adaAgain)
        #expect(attendance.isEvicted(ada.connection))
        #expect(attendance.arrival(of: ada) == .known)
        #expect(attendance.connection(of: ada.participant) == adaAgain.connection)
    }

    @Test func `an evicted connection that leaves takes nobody along and is forgotten`() {
        var attendance = attendance(of: ada, adaAgain)
        let isGone = attendance.leave(ada)
        #expect(!isGone)
        #expect(!attendance.isEvicted(ada.connection))
        #expect(attendance.connection(of: ada.participant) == adaAgain.connection)
    }

    @Test func `a participant is gone with their connection, and with one nobody heard of`() {
        var attendance = attendance(of: ada)
        let knownIsGone = attendance.leave(ada)
        let unheardIsGone = attendance.leave(bob)
        #expect(knownIsGone && unheardIsGone)
        #expect(attendance.isEmpty)
    }

    @Test func `another connection than the current one takes nobody along`() {
        var attendance = attendance(of: ada)
        let isGone = attendance.leave(adaAgain)
        #expect(!isGone)
        #expect(attendance.connection(of: ada.participant) == ada.connection)
    }

    // MARK: A gateway's word

    @Test func `whom a gateway does not hold any more is gone, and nobody else`() {
        var attendance = attendance(of: ada, bob, eve)
        let gone = attendance.holding(gateway: "g1", [bob])
        #expect(gone == [ada.participant])
        #expect(attendance.connection(of: bob.participant) == bob.connection)
        #expect(attendance.connection(of: eve.participant) == eve.connection)
    }

    @Test func `a gateway's word is news of whoever is not there yet, and takes nobody in`() {
        var attendance = attendance(of: eve)
        #expect(attendance.holding(gateway: "g1", [ada]).isEmpty)
        #expect(attendance.isNews(ada))
        #expect(attendance.arrival(of: ada) == .new(evicts: nil))
        attendance.admit(ada)
        #expect(!attendance.isNews(ada))
    }

    @Test func `a connection that was evicted does not come back by its gateway's word`() {
        let attendance = attendance(of: ada, adaAgain)
        #expect(!attendance.isNews(ada))
    }

    @Test func `who is held by another gateway already stays there`() {
        let attendance = attendance(of: adaAgain)
        #expect(!attendance.isNews(ada))
    }

    @Test func `a gateway that is no more takes along whom it held, in a fixed order`() {
        var attendance = attendance(of: bob, eve, ada)
        let gone = attendance.gatewayGone("g1")
        #expect(gone == [ada.participant, bob.participant])
        #expect(attendance.gateways == ["g2"])
    }
}
