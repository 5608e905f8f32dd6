//! Many texts on several threads: a scope of threads per call, no pool that outlives it (so `fork` is safe).

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::doc::Doc;
use crate::sentence::LineMode;

/// Time between two polls: Ctrl-C is answered after this and the texts under way.
const POLL: Duration = Duration::from_millis(50);

/// Reads the texts, quotations included, on at most `threads` threads; the documents come in the order of the texts.
#[must_use]
pub fn parse(texts: &[&str], threads: usize, lines: LineMode) -> Vec<Doc> {
    let read = |text: &str| {
        let doc = Doc::with_lines(text, lines);
        let _ = doc.quotes();
        doc
    };
    match parse_polled(texts, threads, read, || Ok::<(), Infallible>(())) {
        Ok(docs) => docs,
        Err(never) => match never {},
    }
}

/// Documents made by `read`, while `poll` is called by this thread some twenty times a second; its error ends the work.
pub(crate) fn parse_polled<E>(
    texts: &[&str],
    threads: usize,
    read: impl Fn(&str) -> Doc + Sync,
    poll: impl FnMut() -> Result<(), E>,
) -> Result<Vec<Doc>, E> {
    map_polled(texts, threads, |text: &&str, _: &AtomicBool| read(text), poll)
}

/// `work` applied to every item on at most `threads` threads, results in the order of the items, while this thread
/// calls `poll` now and then; if that fails, no further item is begun and its error is given.
///
/// `work` is given a flag that says when its result is not wanted any more. Threads take the next item as they become free, so that one long text does not hold up a share of the others.
pub(crate) fn map_polled<I: Sync, O: Send, E>(
    items: &[I],
    threads: usize,
    work: impl Fn(&I, &AtomicBool) -> O + Sync,
    mut poll: impl FnMut() -> Result<(), E>,
) -> Result<Vec<O>, E> {
    let threads = threads.clamp(1, items.len().max(1));
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (sender, receiver) = channel();
    let run = |sender: std::sync::mpsc::Sender<(usize, O)>| {
        while !stopped.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { break };
            if sender.send((index, work(item, &stopped))).is_err() {
                break;
            }
        }
    };
    std::thread::scope(|scope| {
        let run = &run;
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                let sender = sender.clone();
                scope.spawn(move || run(sender))
            })
            .collect();
        drop(sender);
        let mut results = Vec::with_capacity(items.len());
        let mut polled = Instant::now();
        let mut outcome = Ok(());
        loop {
            match receiver.recv_timeout(POLL.saturating_sub(polled.elapsed())) {
                Ok(result) => results.push(result),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if polled.elapsed() >= POLL {
                outcome = poll();
                if outcome.is_err() {
                    stopped.store(true, Ordering::Relaxed);
                    break;
                }
                polled = Instant::now();
            }
        }
        for worker in workers {
            if let Err(cause) = worker.join() {
                std::panic::resume_unwind(cause);
            }
        }
        outcome?;
        results.sort_unstable_by_key(|(index, _)| *index);
        Ok(results.into_iter().map(|(_, result)| result).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::{AtomicBool, map_polled};

    #[test]
    fn the_order_is_that_of_the_items_whatever_the_number_of_threads() {
        let items: Vec<u32> = (0..1000).collect();
        for threads in [0, 1, 2, 7] {
            let doubled = map_polled(&items, threads, |item, _| item * 2, || Ok::<(), ()>(()));
            assert_eq!(doubled, Ok(items.iter().map(|item| item * 2).collect()));
        }
        assert_eq!(map_polled(&[], 2, |item: &u32, _| *item, || Ok::<(), ()>(())), Ok(Vec::new()));
    }

    #[test]
    fn a_failing_poll_ends_the_work_soon() {
        let items = [1_u64; 500];
        let slow = |item: &u64, _: &AtomicBool| std::thread::sleep(std::time::Duration::from_millis(*item * 10));
        let start = std::time::Instant::now();
        assert_eq!(map_polled(&items, 2, slow, || Err("stop")), Err("stop"));
        assert!(start.elapsed().as_millis() < 1000);
    }
}
