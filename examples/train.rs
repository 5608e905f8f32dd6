//! Trains the shipped models from the treebanks: `cargo run --release --example train -- all ../shared/data`.
//!
//! The first argument names what is trained (`tagger`, `accurate`, `fast`, `all`) or measured on held-out sentences
//! (`dev-tagger`, ...). Everything is seeded: the same data gives the same files. Tests are never read, except to
//! leave out the training sentences that stand in them too.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    clippy::print_stdout,
    clippy::pedantic,
    clippy::too_many_lines,
    clippy::expect_used,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "a tool for developers"
)]

#[path = "train/fast.rs"]
mod fast;
#[path = "train/incises.rs"]
mod incises;
#[path = "train/linear.rs"]
mod linear;
#[path = "train/neural.rs"]
mod neural;
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
        "all" => {
            train_tagger(&sentences, &out)?;
            train_accurate(&sentences, &out)?;
            train_fast(&sentences, &data, &out)?;
        }
        "tagger" => train_tagger(&sentences, &out)?,
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
        "show-incises" => {
            for sentence in incises::make(&sentences, 40) {
                for (i, t) in sentence.tokens.iter().enumerate() {
                    println!("{}\t{}\t{}\t{}\t{}", i, t.form, t.tag.upos(), t.head.map_or(-1, |h| h as i64), t.deprel);
                }
                println!("{}", sentence.has_tree);
            }
        }
        "test-tagger" => {
            let bytes: &'static [u8] = fs::read(out.join("tagger.bin"))?.leak();
            for name in TESTS {
                println!("{name}");
                tagger::measure_folds(&[(bytes.to_vec(), &treebank::read(&data.join("ud").join(name))?)]);
            }
        }
        "accurate" => train_accurate(&sentences, &out)?,
        "fast" => train_fast(&sentences, &data, &out)?,
        "dev-fast" => {
            let (train, dev) = fold_of(&sentences, 5, 0);
            let (train, dev) = (with_trees(&augmented(&train)), with_trees(&dev));
            let trees = jackknifed(&train);
            let bytes = fast::train(&trees, true);
            fast::measure("dev", bytes, &dev, &tagged_by(&tagger::train(&train, false), &dev));
        }
        "dev-student" => {
            let (train, dev) = fold_of(&sentences, 5, 0);
            let dev = with_trees(&dev);
            let gold = jackknifed(&augmented(&train));
            let tagger = tagger::train(&augmented(&train), false);
            let dev_trees = tagged_by(&tagger, &dev);
            let teachers = [neural::together(&networks(&gold)), fast::train(&gold, false)];
            neural::measure("networks", teachers[0].clone(), None, &dev, &dev_trees);
            fast::measure("fast, of gold alone", teachers[1].clone(), &dev, &dev_trees);
            neural::measure("both", teachers[0].clone(), Some(teachers[1].clone()), &dev, &dev_trees);
            let student = student(gold, &data, &tagger, &teachers)?;
            fast::measure("fast, as a student", student.clone(), &dev, &dev_trees);
            neural::measure("networks and student", teachers[0].clone(), Some(student), &dev, &dev_trees);
        }
        "test-accurate" => {
            let tagger = fs::read(out.join("tagger.bin"))?;
            for name in TESTS {
                let sentences = treebank::read(&data.join("ud").join(name))?;
                let trees = tagged_by(&tagger, &sentences);
                let (networks, fast) = (fs::read(out.join("accurate.bin"))?, fs::read(out.join("fast.bin"))?);
                neural::measure(&format!("{name}, networks alone"), networks.clone(), None, &sentences, &trees);
                neural::measure(name, networks, Some(fast), &sentences, &trees);
            }
        }
        "test-fast" => {
            let tagger = fs::read(out.join("tagger.bin"))?;
            for name in TESTS {
                let sentences = treebank::read(&data.join("ud").join(name))?;
                fast::measure(name, fs::read(out.join("fast.bin"))?, &sentences, &tagged_by(&tagger, &sentences));
            }
        }
        other => return Err(format!("nothing called {other} to train").into()),
    }
    Ok(())
}

fn train_tagger(sentences: &[Sentence], out: &Path) -> Outcome<()> {
    Ok(fs::write(out.join("tagger.bin"), tagger::train(&augmented(sentences), true))?)
}

/// Seeds of the networks of the accurate parser.
const NETWORKS: [u64; 3] = [7, 5, 6];

/// Trains the networks on the gold trees.
fn train_accurate(sentences: &[Sentence], out: &Path) -> Outcome<()> {
    let networks = networks(&jackknifed(&augmented(sentences)));
    Ok(fs::write(out.join("accurate.bin"), neural::together(&networks))?)
}

fn networks(gold: &[fast::Tree]) -> Vec<Vec<u8>> {
    NETWORKS.iter().map(|seed| neural::train(gold, *seed)).collect()
}

/// Trains the fast parser as a student: on the gold trees, and on those that the networks and a fast parser learned
/// from gold alone give to unannotated text together.
fn train_fast(sentences: &[Sentence], data: &Path, out: &Path) -> Outcome<()> {
    let gold = jackknifed(&augmented(sentences));
    let teachers = [fs::read(out.join("accurate.bin"))?, fast::train(&gold, true)];
    let student = student(gold, data, &fs::read(out.join("tagger.bin"))?, &teachers)?;
    Ok(fs::write(out.join("fast.bin"), student)?)
}

/// A fast parser learned from gold trees and from those of its teachers.
fn student(gold: Vec<fast::Tree>, data: &Path, tagger: &[u8], teachers: &[Vec<u8>; 2]) -> Outcome<Vec<u8>> {
    let mut trees = silver(data, tagger, teachers)?;
    println!("{} silver sentences, {} tokens", trees.len(), trees.iter().map(|t| t.heads.len()).sum::<usize>());
    trees.extend(gold);
    Ok(fast::train(&trees, true))
}

const TESTS: [&str; 2] = ["gsd/fr_gsd-ud-test.conllu", "sequoia/fr_sequoia-ud-test.conllu"];

fn with_trees(sentences: &[Sentence]) -> Vec<Sentence> {
    sentences.iter().filter(|s| s.has_tree).cloned().collect()
}

/// The trees of sentences, with the tags of this tagger.
fn tagged_by(tagger: &[u8], sentences: &[Sentence]) -> Vec<fast::Tree> {
    let model = propos::tag::Model::open(tagger.to_vec().leak()).expect("a tagger");
    let mut workspace = propos::tag::Workspace::default();
    sentences
        .iter()
        .map(|s| {
            let mut tagged = Vec::new();
            propos::tag::tag_forms(&model, s.forms(), &mut workspace, &mut tagged);
            fast::Tree::new(s, tagged)
        })
        .collect()
}

/// Tokens of novels, and of debates, whose trees are learned from.
const SILVER: usize = 400_000;

/// Trees that the tagger, networks and a fast parser give to raw text (news, novels and debates), where the networks
/// alone say the same.
fn silver(data: &Path, tagger: &[u8], [networks, linear]: &[Vec<u8>; 2]) -> Outcome<Vec<fast::Tree>> {
    let tagger = propos::tag::Model::open(tagger.to_vec().leak())?;
    let networks = propos::parse::neural::Neural::open(networks.clone().leak())?;
    let linear = propos::parse::Model::open(linear.clone().leak())?;
    let mut trees = Vec::new();
    let (mut tags, mut parses) = (propos::tag::Workspace::default(), propos::parse::Workspace::default());
    for (folder, words) in [("ntrex", 60_000), ("eltec", SILVER), ("debates", SILVER)] {
        let mut files: Vec<PathBuf> =
            fs::read_dir(data.join("text").join(folder))?.map(|f| f.map(|f| f.path())).collect::<Result<_, _>>()?;
        files.sort();
        let share = words / files.len();
        for file in files {
            let text = fs::read_to_string(&file)?;
            let tokens = propos::tokenize(&text);
            let mut left = share;
            for range in propos::split(&text, &tokens, propos::LineMode::default()) {
                let n = range.len() as usize;
                if !(5..=60).contains(&n) {
                    continue;
                }
                let forms = tokens[range.indices()].iter().map(|token| token.text(&text));
                let mut tagged = Vec::new();
                propos::tag::tag_forms(&tagger, forms, &mut tags, &mut tagged);
                let mut parse = |linear| {
                    let (mut heads, mut deprels) = (Vec::new(), Vec::new());
                    propos::parse::parse_neural(&networks, linear, &tagged, 0, &mut parses, &mut heads, &mut deprels);
                    (heads, deprels)
                };
                let (mut heads, deprels) = parse(Some(&linear));
                if parse(None) != (heads.clone(), deprels.clone()) {
                    continue;
                }
                for (i, head) in heads.iter_mut().enumerate() {
                    *head = if *head as usize == i { n as u32 } else { *head };
                }
                trees.push(fast::Tree::of(tagged, heads, deprels));
                left = left.saturating_sub(n);
                if left == 0 {
                    break;
                }
            }
        }
    }
    Ok(trees)
}

/// The trees of the sentences that have one, each with the tags of a tagger that has not seen it.
fn jackknifed(sentences: &[Sentence]) -> Vec<fast::Tree> {
    const FOLDS: usize = 8;
    let sentences = with_trees(sentences);
    let mut trees = Vec::new();
    let (mut right, mut all) = (0, 0);
    for fold in 0..FOLDS {
        let part = |held: bool| -> Vec<Sentence> {
            let of = |s: &&Sentence| (s.origin % FOLDS == fold) == held;
            sentences.iter().filter(of).cloned().collect()
        };
        let held = part(true);
        let found = tagged_by(&tagger::train(&part(false), false), &held);
        for (gold, found) in held.iter().zip(&found).filter(|(s, _)| s.standard) {
            all += gold.tokens.len();
            right += gold.tokens.iter().zip(&found.tagged).filter(|(g, f)| g.tag.upos() == f.upos()).count();
        }
        trees.extend(found);
    }
    println!("jackknifed: {:.2} % of the parts of speech are right", 100.0 * right as f64 / all as f64);
    trees
}

/// All training sentences: Sequoia train and dev, GSD dev, FQB, FIB-GSD and our own, without those of the tests.
fn training(data: &Path) -> Outcome<Vec<Sentence>> {
    let ud = data.join("ud");
    let mut tests = HashSet::new();
    for name in TESTS {
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
    for (i, sentence) in sentences.iter_mut().enumerate() {
        sentence.origin = i;
    }
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

/// The sentences, some of them made into quotations with our own incises, and copies of some with what the treebanks lack: other quotation marks and dashes, capitals, no
/// final full stop.
fn augmented(sentences: &[Sentence]) -> Vec<Sentence> {
    let mut out = sentences.to_vec();
    out.extend(incises::make(sentences, 3));
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
