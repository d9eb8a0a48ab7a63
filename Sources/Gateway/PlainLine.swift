import RoomModel

extension String {
    /// Whether somebody may be called this: something that can be seen, not too long, on one line.
    package var isPersonName: Bool {
        utf16.count <= Limits.Room.nameLengthMax && isPlainLine
            && unicodeScalars.contains { $0.isVisible }
    }

    /// Whether this stays on its line and leaves what stands beside it as it is.
    ///
    /// Control characters and line breaks do not, nor do those that turn the direction of writing for
    /// all that follows: a name with one could make a page say something else than it does. The
    /// joiners of emoji and of Persian stay, as letters of their own do.
    package var isPlainLine: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: false
            default: !(0x202A...0x202E ~= scalar.value || 0x2066...0x2069 ~= scalar.value)
            }
        }
    }
}

extension Unicode.Scalar {
    /// Neither white space nor one of those that are drawn as nothing, such as U+200B and U+3164.
    fileprivate var isVisible: Bool {
        let isUnseen = properties.isWhitespace || properties.isDefaultIgnorableCodePoint
        return !isUnseen && properties.generalCategory != .unassigned && value != 0x2800
    }
}
