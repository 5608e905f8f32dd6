//! Trains the shipped models from the treebanks: `cargo run --release --example train -- all ../shared/data`.
//!
//! The first argument names what is trained (`tagger`, `fast`, `accurate`, `all`) or measured on held-out sentences
//! (`dev-tagger`, ...). Everything is seeded: the same data gives the same files. Tests are never read, except to
//! leave out the training sentences that stand in them too.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    clippy::print_stdout,
    clippy::too_many_lines,
    clippy::expect_used,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "a tool for developers"
)]

#[path = "train/linear.rs"]
mod linear;
#[path = "train/tagger.rs"]
mod tagger;
#[path = "treebank/mod.rs"]
mod treebank;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use treebank::Sentence;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_else(|| "all".into());
    let data = PathBuf::from(arguments.next().unwrap_or_else(|| "../shared/data".into()));
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/data");
    let sentences = training(&data)?;
    println!("{} sentences, {} tokens", sentences.len(), sentences.iter().map(|s| s.tokens.len()).sum::<usize>());
    match what.as_str() {
        "tagger" => fs::write(out.join("tagger.bin"), tagger::train(&augmented(&sentences), true))?,
        "dev-tagger" => {
            let (train, dev) = split(&sentences);
            let bytes = tagger::train(&augmented(&train), true);
            tagger::measure_folds(&[(bytes, &dev)]);
        }
        "cv-tagger" => {
            let pairs: Vec<_> = (0..5).map(|fold| fold_of(&sentences, 5, fold)).collect();
            tagger::measure_folds(
                &pairs.iter().map(|(train, dev)| (tagger::train(&augmented(train), false), dev)).collect::<Vec<_>>(),
            );
        }
        "test-tagger" => {
            let bytes: &'static [u8] = fs::read(out.join("tagger.bin"))?.leak();
            for name in ["gsd/fr_gsd-ud-test.conllu", "sequoia/fr_sequoia-ud-test.conllu"] {
                println!("{name}");
                tagger::measure_folds(&[(bytes.to_vec(), &treebank::read(&data.join("ud").join(name))?)]);
            }
        }
        other => return Err(format!("nothing called {other} to train").into()),
    }
    Ok(())
}

/// All training sentences: Sequoia train and dev, GSD dev, FQB, FIB-GSD and our own, without those of the tests.
fn training(data: &Path) -> Outcome<Vec<Sentence>> {
    let ud = data.join("ud");
    let mut tests = HashSet::new();
    for name in ["gsd/fr_gsd-ud-test.conllu", "sequoia/fr_sequoia-ud-test.conllu"] {
        tests.extend(treebank::read(&ud.join(name))?.iter().map(Sentence::joined));
    }
    let mut sentences = Vec::new();
    for name in [
        "sequoia/fr_sequoia-ud-train.conllu",
        "sequoia/fr_sequoia-ud-dev.conllu",
        "gsd/fr_gsd-ud-dev.conllu",
        "fqb/fr_fqb-ud-test.conllu",
        "fib-gsd/fr_fib_gsd-ud-train.conllu",
    ] {
        let mut read = treebank::read(&ud.join(name))?;
        let standard = !name.starts_with('f');
        for sentence in &mut read {
            sentence.standard = standard;
        }
        sentences.extend(read);
    }
    sentences.retain(|s| !tests.contains(&s.joined()));
    Ok(sentences)
}

/// Every tenth sentence of Sequoia and GSD for measuring, the others for training.
fn split(sentences: &[Sentence]) -> (Vec<Sentence>, Vec<Sentence>) {
    let part = |held: bool| {
        sentences
            .iter()
            .enumerate()
            .filter(|(i, s)| (i % 10 == 7 && s.standard) == held)
            .map(|(_, s)| s.clone())
            .collect()
    };
    (part(false), part(true))
}

/// One fold of `n`: the sentences for training and, of Sequoia and GSD, those for measuring.
fn fold_of(sentences: &[Sentence], n: usize, fold: usize) -> (Vec<Sentence>, Vec<Sentence>) {
    let held = |i: usize| (i / 5) % n == fold;
    let train = sentences.iter().enumerate().filter(|(i, _)| !held(*i)).map(|(_, s)| s.clone()).collect();
    let dev = sentences.iter().enumerate().filter(|(i, s)| held(*i) && s.standard).map(|(_, s)| s.clone()).collect();
    (train, dev)
}

/// The sentences, and copies of some with what the treebanks lack: other quotation marks and dashes, capitals, no
/// final full stop.
fn augmented(sentences: &[Sentence]) -> Vec<Sentence> {
    let mut out = sentences.to_vec();
    for (i, sentence) in sentences.iter().enumerate() {
        let quoted = sentence.tokens.iter().any(|t| matches!(t.form.as_str(), "\"" | "«" | "-" | "--" | "..."));
        if quoted {
            let mut copy = sentence.clone();
            let mut open = false;
            for token in &mut copy.tokens {
                let pair = if i % 2 == 0 { ["“", "”"] } else { ["«", "»"] };
                token.form = match token.form.as_str() {
                    "\"" => {
                        open = !open;
                        pair[usize::from(!open)].into()
                    }
                    "«" => if i % 2 == 0 { "\"" } else { "“" }.into(),
                    "»" => if i % 2 == 0 { "\"" } else { "”" }.into(),
                    "-" | "--" => if i % 2 == 0 { "–" } else { "—" }.into(),
                    "..." => "…".into(),
                    other => other.into(),
                };
            }
            out.push(copy);
        }
        // One sentence in forty as a headline or a shout.
        if i % 40 == 3 {
            let mut copy = sentence.clone();
            for token in &mut copy.tokens {
                token.form = token.form.to_uppercase();
            }
            out.push(copy);
        }
    }
    out
}
