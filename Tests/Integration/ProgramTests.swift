import Testing

/// The built program as a process of its own, against an emulator in this one.
///
/// One test at a time: each wants the machine for itself. The limit is for a program that hangs, far above what any
/// test takes.
@Suite(.serialized, .timeLimit(.minutes(10))) enum ProgramTests {}
