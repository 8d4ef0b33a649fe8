//! Room for recursion: parser, planner and evaluator go down a level for every level of a query,
//! and a worker thread's stack is small.

/// Enough for any query that passes [`crate::lexical`].
const ROOM: usize = 128 << 20;
/// What one step of a running query needs at most.
const STEP: usize = 512 << 10;

/// Parses, plans or starts a query with enough stack.
pub(crate) fn with_room<T>(work: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(ROOM / 2, ROOM, work)
}

/// Takes the next solution of a running query with enough stack.
pub(crate) fn with_room_for_step<T>(work: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(STEP, ROOM, work)
}
