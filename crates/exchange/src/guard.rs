//! Calls of libraries that panic on input they should refuse.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether this thread is within [`guarded`].
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs something that may panic; none when it does, and nothing is printed then.
///
/// What `work` had begun to change is as the panic left it: it is for whoever calls to throw that away.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if !GUARDED.get() {
                before(panic);
            }
        }));
    });
    let outer = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_nothing_and_the_next_one_outside_is_a_panic_again() {
        assert_eq!(guarded(|| 1 + 1), Some(2));
        assert_eq!(guarded(|| -> i32 { guarded(|| -> i32 { panic!("inner") }).unwrap_or(3) }), Some(3));
        assert_eq!(guarded(|| -> i32 { panic!("false length") }), None);
        assert!(!GUARDED.get());
    }
}
