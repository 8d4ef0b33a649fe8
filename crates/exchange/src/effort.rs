//! A bound on the work of RDFC-1.0: on a hostile graph its effort grows without limit.

use sophia_c14n::hash::{HashFunction, Sha256};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

thread_local! {
    /// Bytes that may still be hashed on this thread.
    static LEFT: Cell<u64> = const { Cell::new(u64::MAX) };
}

/// SHA-256 that stops the algorithm when it has hashed more than its budget.
///
/// The algorithm has no way to be stopped by a result, and what it hashes measures its work.
pub(crate) struct Counted(Sha256);

/// What is thrown; the panic hook does not see it.
struct Exhausted;

impl HashFunction for Counted {
    type Output = [u8; 32];

    fn initialize() -> Self {
        Self(Sha256::initialize())
    }

    fn update(&mut self, data: impl AsRef<[u8]>) {
        // a call costs more than its bytes
        let cost = data.as_ref().len() as u64 + 16;
        match LEFT.get().checked_sub(cost) {
            Some(left) => LEFT.set(left),
            None => resume_unwind(Box::new(Exhausted)),
        }
        self.0.update(data);
    }

    fn finalize(self) -> Self::Output {
        self.0.finalize()
    }
}

/// Runs something that hashes with [`Counted`]; none when it would hash more than `budget` bytes.
pub(crate) fn within<T>(budget: &mut u64, work: impl FnOnce() -> T) -> Option<T> {
    LEFT.set(*budget);
    let result = catch_unwind(AssertUnwindSafe(work));
    *budget = LEFT.replace(u64::MAX);
    match result {
        Ok(done) => Some(done),
        Err(thrown) if thrown.is::<Exhausted>() => None,
        Err(panic) => resume_unwind(panic),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(times: usize) -> [u8; 32] {
        let mut hash = Counted::initialize();
        (0..times).for_each(|_| hash.update(b"0123456789"));
        hash.finalize()
    }

    #[test]
    fn work_within_the_budget_ends_and_costs_what_it_took() {
        let mut budget = 100;
        assert!(within(&mut budget, || hash(2)).is_some());
        assert_eq!(budget, 48);
        assert!(within(&mut budget, || hash(2)).is_none());
        assert_ne!(hash(9), [0; 32]); // outside, there is no budget
    }
}
