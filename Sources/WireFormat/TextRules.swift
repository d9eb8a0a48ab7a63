import RoomModel

extension String {
    /// Whether somebody may be called this: something that can be seen, not too long, on one line.
    package var isPersonName: Bool {
        utf16.count <= Limits.Room.nameLengthMax && isPlainLine
            && unicodeScalars.contains { $0.isVisible }
    }

    /// Whether a session may be called this; it may have no title at all.
    package var isTitle: Bool {
        utf16.count <= Limits.Room.titleLengthMax && isPlainLine
    }

    /// Whether somebody may say this: something that can be seen, of several lines if need be.
    package var isChat: Bool {
        utf16.count <= Limits.Room.chatLengthMax
            && unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || $0.staysOnItsLine }
            && unicodeScalars.contains { $0.isVisible }
    }

    /// Whether this can be the identifier of a language: short, and plain in every context.
    package var isLanguage: Bool {
        (1...Limits.Room.languageLengthMax).contains(utf8.count)
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "+"), UInt8(ascii: "#"),
                    UInt8(ascii: "."), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// Whether this stays on its line and leaves what stands beside it as it is.
    ///
    /// Control characters and line breaks do not, nor do those that turn the direction of writing for
    /// all that follows: a name with one could make a page say something else than it does. The
    /// joiners of emoji and of Persian stay, as letters of their own do.
    package var isPlainLine: Bool {
        unicodeScalars.allSatisfy(\.staysOnItsLine)
    }
}

extension Unicode.Scalar {
    fileprivate var staysOnItsLine: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default: !(0x202A...0x202E ~= value || 0x2066...0x2069 ~= value)
        }
    }

    /// Neither white space nor one of those that are drawn as nothing, such as U+200B and U+3164.
    fileprivate var isVisible: Bool {
        let isUnseen = properties.isWhitespace || properties.isDefaultIgnorableCodePoint
        return !isUnseen && properties.generalCategory != .unassigned && value != 0x2800
    }
}
