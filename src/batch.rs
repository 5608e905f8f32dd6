//! Many texts on several threads: a scope of threads per call, no pool that outlives it (so `fork` is safe).

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::doc::Doc;
use crate::sentence::LineMode;

/// Reads the texts, quotations included, on at most `threads` threads; the documents come in the order of the texts.
#[must_use]
pub fn parse(texts: &[&str], threads: usize, lines: LineMode) -> Vec<Doc> {
    map(texts, threads, |text| {
        let doc = Doc::with_lines(*text, lines);
        let _ = doc.quotes();
        doc
    })
}

/// `work` applied to every item on at most `threads` threads, results in the order of the items.
///
/// Threads take the next item as they become free, so that one long text does not hold up a share of the others.
pub(crate) fn map<I: Sync, O: Send>(items: &[I], threads: usize, work: impl Fn(&I) -> O + Sync) -> Vec<O> {
    let threads = threads.clamp(1, items.len().max(1));
    if threads == 1 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let run = || {
        let mut done = Vec::new();
        while let Some((index, item)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            items.get(index).map(|item| (index, item))
        } {
            done.push((index, work(item)));
        }
        done
    };
    let mut results: Vec<(usize, O)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        let mut results = run();
        for worker in workers {
            match worker.join() {
                Ok(done) => results.extend(done),
                Err(cause) => std::panic::resume_unwind(cause),
            }
        }
        results
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_order_is_that_of_the_items_whatever_the_number_of_threads() {
        let items: Vec<u32> = (0..1000).collect();
        for threads in [0, 1, 2, 7] {
            let doubled = super::map(&items, threads, |item| item * 2);
            assert!(doubled.iter().zip(&items).all(|(result, item)| *result == item * 2));
            assert_eq!(doubled.len(), items.len());
        }
    }
}
