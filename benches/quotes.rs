//! Speed of a text to its quotations, one thread: `cargo bench --bench quotes`.
//!
//! Prints the median time of one article of `../shared/data/quotes/afp`, the rate on `../shared/data/text/ntrex`, and, for
//! texts made to be hard, the time of a text and of one four times as long: four times the time is linear.

#![expect(clippy::cast_precision_loss, clippy::print_stdout, reason = "figures for people")]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use propos::Doc;

const RUNS: usize = 21;

/// Median seconds of reading `text` to its quotations.
fn median(text: &str, runs: usize) -> f64 {
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            black_box(Doc::new(black_box(text)).quotes().len());
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times.get(runs / 2).copied().unwrap_or_default()
}

fn main() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    black_box(Doc::new("« Oui », dit-elle.").quotes());
    match fs::read_to_string(shared.join("quotes/afp/texts/armenie.txt")) {
        Ok(article) => println!("AFP article: {:.2} ms", 1e3 * median(&article, RUNS)),
        Err(_) => println!("../shared is not here: only texts of our own are measured"),
    }
    let texts: Vec<String> = fs::read_dir(shared.join("text/ntrex"))
        .into_iter()
        .flatten()
        .filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok())
        .collect();
    if !texts.is_empty() {
        let bytes: usize = texts.iter().map(String::len).sum();
        let seconds: f64 = texts.iter().map(|text| median(text, 5)).sum();
        println!("ntrex: {:.2} MB/s ({} texts, {bytes} bytes)", bytes as f64 / seconds / 1e6, texts.len());
    }
    for piece in [
        "«",
        "\"",
        "(",
        "« Je pars. ",
        "selon Paul, ",
        "il dit que ",
        "« A », dit-il, ",
        "« A, dit-il, ",
        "a-t-elle dit (",
    ] {
        let short = median(&piece.repeat(100_000 / piece.len()), 3);
        let long = median(&piece.repeat(400_000 / piece.len()), 3);
        println!("{piece:?} 100 kB {:.0} ms, 400 kB {:.0} ms, ratio {:.1}", 1e3 * short, 1e3 * long, long / short);
    }
}
