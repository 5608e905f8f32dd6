//! Speed of tokens, words and sentences on 20 MB of `../shared/data/text`, one thread: `cargo bench --bench tokens`.
//!
//! Prints the median of eleven runs in MB/s, beside a scan that only counts the bytes of words, all in one process.

#![expect(clippy::cast_precision_loss, reason = "figures for people")]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use propos::{LineMode, Token, contraction, is_contraction, split, tokenize};

const SIZE: usize = 20_000_000;
const RUNS: usize = 11;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "txt") {
            found.push(path);
        }
    }
}

fn corpus() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/text");
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    paths.sort();
    let texts: Vec<String> = paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    let mut all = String::with_capacity(SIZE + 2_000_000);
    while all.len() < SIZE && !texts.is_empty() {
        for text in &texts {
            all.push_str(text);
            all.push('\n');
        }
    }
    let mut end = SIZE.min(all.len());
    while !all.is_char_boundary(end) {
        end -= 1;
    }
    all.truncate(end);
    all
}

/// The floor: what a loop over the bytes with a table costs that only notes where runs begin and end.
fn bare_scan(text: &str) -> Vec<(u32, u32)> {
    let mut spans = Vec::with_capacity(text.len() / 5);
    let bytes = text.as_bytes();
    let word = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80;
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        while at < bytes.len() && word(bytes[at]) {
            at += 1;
        }
        at += usize::from(at == start);
        spans.push((u32::try_from(start).unwrap_or(0), u32::try_from(at).unwrap_or(0)));
    }
    spans
}

fn words(text: &str, tokens: &[Token]) -> usize {
    tokens
        .iter()
        .enumerate()
        .map(|(i, token)| 1 + usize::from(contraction(token.text(text)).is_some() && is_contraction(text, tokens, i)))
        .sum()
}

/// What is timed: gives a count, so that nothing is optimised away.
type Task<'a> = Box<dyn Fn() -> usize + 'a>;

fn main() {
    let text = corpus();
    if text.is_empty() {
        eprintln!("skipped: ../shared/data/text is not here");
        return;
    }
    let tokens = tokenize(&text);
    let tasks: [(&str, Task<'_>); 5] = [
        ("bare scan, spans only", Box::new(|| bare_scan(&text).len())),
        ("tokens", Box::new(|| tokenize(&text).len())),
        ("tokens + sentences", Box::new(|| split(&text, &tokenize(&text), LineMode::Auto).len())),
        ("sentences of given tokens", Box::new(|| split(&text, &tokens, LineMode::Auto).len())),
        ("words of given tokens", Box::new(|| words(&text, &tokens))),
    ];
    let mut times = vec![Vec::new(); tasks.len()];
    for _ in 0..RUNS {
        for (task, times) in tasks.iter().zip(&mut times) {
            let start = Instant::now();
            black_box(task.1());
            times.push(start.elapsed().as_secs_f64());
        }
    }
    eprintln!("{} bytes, {} tokens", text.len(), tokens.len());
    for (task, times) in tasks.iter().zip(&mut times) {
        times.sort_by(f64::total_cmp);
        let seconds = times[RUNS / 2];
        eprintln!("{:28} {:7.1} MB/s", task.0, text.len() as f64 / 1e6 / seconds);
    }
}
