//! Trains the shipped models from the treebanks, in two of the three steps of `make models`.
//!
//! `teach` writes the gold trees and raw sentences, `train/teachers.py` learns from the former and
//! gives trees to the latter, `all` makes the three files of both. The first argument names what is trained (`tagger`, `accurate`,
//! `fast`, `all`) or measured on held-out sentences (`dev-tagger`, ...), the second is the folder of the data, the third that
//! of the teachers. Everything is seeded: the same data gives the same files. Tests are never read, except to leave out the
//! training sentences that stand in them too.

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
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use propos::parse::Deprel;
use propos::tag::{Tag, Tagged};
use propos::{Feats, Upos};
use treebank::Sentence;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_else(|| "all".into());
    let data = PathBuf::from(arguments.next().unwrap_or_else(|| "../shared/data".into()));
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "target/teachers".into()));
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/data");
    let sentences = training(&data)?;
    println!("{} sentences, {} tokens", sentences.len(), sentences.iter().map(|s| s.tokens.len()).sum::<usize>());
    match what.as_str() {
        "teach" => teach(&sentences, &data, &folder, arguments.next().map(|fold| fold.parse()).transpose()?)?,
        "all" | "tagger" | "accurate" | "fast" => {
            let wanted = |model: &str| what == "all" || what == model;
            if wanted("tagger") {
                fs::write(out.join("tagger.bin"), learned_tagger(&sentences, &data, &folder)?)?;
            }
            if what != "tagger" {
                let trees = lessons(&sentences, &data, &folder, &fs::read(out.join("tagger.bin"))?)?;
                if wanted("accurate") {
                    fs::write(out.join("accurate.bin"), neural::together(&networks(&trees)))?;
                }
                if wanted("fast") {
                    fs::write(out.join("fast.bin"), fast::train(&trees, true))?;
                }
            }
        }
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
        "dev-students" => {
            // The teachers must not have seen the held-out sentences either: `teach` with fold 0.
            let (train, dev) = fold_of(&sentences, 5, 0);
            let dev = with_trees(&dev);
            let tagger = learned_tagger(&train, &data, &folder)?;
            tagger::measure_folds(&[(tagger.clone(), &dev)]);
            let trees = lessons(&train, &data, &folder, &tagger)?;
            let dev_trees = tagged_by(&tagger, &dev);
            let fast = fast::train(&trees, true);
            fast::measure("fast", fast.clone(), &dev, &dev_trees);
            let networks = neural::together(&networks(&trees));
            neural::measure("networks", networks.clone(), None, &dev, &dev_trees);
            neural::measure("accurate", networks, Some(fast), &dev, &dev_trees);
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

/// A tagger that learned from gold tags, and from those that the teachers give to raw sentences.
fn learned_tagger(sentences: &[Sentence], data: &Path, folder: &Path) -> Outcome<Vec<u8>> {
    let taught: Vec<Sentence> = taught(data, folder)?.into_iter().map(|(sentence, _)| sentence).collect();
    Ok(tagger::train_with(&augmented(sentences), &taught, true, &tagger::SEEDS))
}

/// Seeds of the networks of the accurate parser.
const NETWORKS: [u64; 3] = [7, 5, 6];

fn networks(trees: &[fast::Tree]) -> Vec<Vec<u8>> {
    NETWORKS.iter().map(|seed| neural::train(trees, *seed)).collect()
}

/// Writes what the teachers learn from and what they are to analyse, `gold.txt` and `raw.txt`. Without the sentences of
/// a fold, if one is named: they are of kind `dev`.
fn teach(sentences: &[Sentence], data: &Path, folder: &Path, fold: Option<usize>) -> Outcome<()> {
    let (train, dev) = fold.map_or_else(|| (sentences.to_vec(), Vec::new()), |fold| fold_of(sentences, 5, fold));
    let train = augmented(&train);
    let tagger = tagger::train(&train, true);
    let mut gold = String::new();
    for (sentence, tree) in jackknifed(&train) {
        write_rows(&mut gold, "gold", &sentence, &tree)?;
    }
    let dev = with_trees(&dev);
    for (sentence, tree) in dev.iter().zip(tagged_by(&tagger, &dev)) {
        write_rows(&mut gold, "dev", sentence, &tree)?;
    }
    let mut unknown = String::new();
    let sentences: Vec<Sentence> = raw(data)?.into_iter().map(|forms| Sentence::tagged(forms, &[])).collect();
    for (sentence, tree) in sentences.iter().zip(tagged_by(&tagger, &sentences)) {
        write_rows(&mut unknown, "raw", sentence, &tree)?;
    }
    fs::create_dir_all(folder)?;
    fs::write(folder.join("gold.txt"), gold)?;
    Ok(fs::write(folder.join("raw.txt"), unknown)?)
}

/// A line a token: form, what the parsers see of it (lexicon class, tag, close rival, agreement), gold tag, head (the
/// number of tokens for the root), relation. Of a raw sentence the last three say nothing: no tag, the root each.
fn write_rows(out: &mut String, kind: &str, sentence: &Sentence, tree: &fast::Tree) -> Outcome<()> {
    writeln!(out, "# {kind}")?;
    for (i, token) in sentence.tokens.iter().enumerate() {
        let [class, tag, rival, agreement] = tree.tagged[i].seen();
        let form = token.form.replace(char::is_whitespace, "_");
        let (gold, head, relation) = (token.tag.code(), tree.heads[i], tree.deprels[i].code());
        writeln!(out, "{form}\t{class}\t{tag}\t{rival}\t{agreement}\t{gold}\t{head}\t{relation}")?;
    }
    Ok(writeln!(out)?)
}

/// What the teachers say of a raw sentence.
struct Lesson {
    /// Heads, the number of tokens for the root.
    heads: Vec<u32>,
    deprels: Vec<Deprel>,
    tags: Vec<u8>,
}

/// What they say of every raw sentence, in order.
fn silver(folder: &Path) -> Outcome<Vec<Lesson>> {
    let path = folder.join("silver.txt");
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}; `make models` writes it", path.display()))?;
    let numbers = |list: &str| list.split(' ').map(str::parse).collect::<Result<Vec<u32>, _>>();
    let mut lessons = Vec::new();
    for line in text.lines() {
        let [heads, relations, tags] = line
            .split('\t')
            .map(numbers)
            .collect::<Result<Vec<_>, _>>()?
            .try_into()
            .map_err(|_| format!("{}: not three lists: {line}", path.display()))?;
        let n = heads.len() as u32;
        let heads: Vec<u32> = heads.into_iter().map(|head| if head == 0 { n } else { head - 1 }).collect();
        let deprel = |(code, head): (u32, &u32)| match Deprel::from_code(code as u8) {
            _ if *head == n => Deprel::ROOT,
            Deprel::ROOT => Deprel::default(),
            other => other,
        };
        let deprels = relations.into_iter().zip(&heads).map(deprel).collect();
        lessons.push(Lesson { heads, deprels, tags: tags.into_iter().map(|tag| tag as u8).collect() });
    }
    Ok(lessons)
}

/// The raw sentences with the tags of the teachers, and what else they say of each.
fn taught(data: &Path, folder: &Path) -> Outcome<Vec<(Sentence, Lesson)>> {
    let (raw, silver) = (raw(data)?, silver(folder)?);
    let fits = |(forms, lesson): (&Vec<String>, &Lesson)| {
        let n = forms.len();
        [lesson.heads.len(), lesson.deprels.len(), lesson.tags.len()] == [n; 3]
    };
    if raw.len() != silver.len() || !raw.iter().zip(&silver).all(fits) {
        return Err(format!("{}: silver.txt is of other raw sentences; run `make models`", folder.display()).into());
    }
    let tagged = |(forms, lesson): (_, Lesson)| (Sentence::tagged(forms, &lesson.tags), lesson);
    Ok(raw.into_iter().zip(silver).map(tagged).collect())
}

/// The trees that the students learn from: those of the treebanks, and those that the teachers give to raw sentences.
fn lessons(sentences: &[Sentence], data: &Path, folder: &Path, tagger: &[u8]) -> Outcome<Vec<fast::Tree>> {
    let (raw, silver): (Vec<Sentence>, Vec<Lesson>) = taught(data, folder)?.into_iter().unzip();
    let mut trees: Vec<fast::Tree> = tags_by(tagger, &raw)
        .into_iter()
        .zip(silver)
        .map(|(tagged, lesson)| fast::Tree::of(tagged, lesson.heads, lesson.deprels))
        .collect();
    println!("{} silver sentences, {} tokens", trees.len(), trees.iter().map(|t| t.heads.len()).sum::<usize>());
    trees.extend(jackknifed(&augmented(sentences)).into_iter().map(|(_, tree)| tree));
    Ok(trees)
}

const TESTS: [&str; 2] = ["gsd/fr_gsd-ud-test.conllu", "sequoia/fr_sequoia-ud-test.conllu"];

fn with_trees(sentences: &[Sentence]) -> Vec<Sentence> {
    sentences.iter().filter(|s| s.has_tree).cloned().collect()
}

/// The trees of sentences, with the tags of this tagger.
fn tagged_by(tagger: &[u8], sentences: &[Sentence]) -> Vec<fast::Tree> {
    let tags = tags_by(tagger, sentences);
    sentences.iter().zip(tags).map(|(sentence, tagged)| fast::Tree::new(sentence, tagged)).collect()
}

fn tags_by(tagger: &[u8], sentences: &[Sentence]) -> Vec<Vec<Tagged>> {
    let model = propos::tag::Model::open(tagger.to_vec().leak()).expect("a tagger");
    let mut workspace = propos::tag::Workspace::default();
    let tag = |sentence: &Sentence| {
        let mut tagged = Vec::new();
        propos::tag::tag_forms(&model, sentence.forms(), &mut workspace, &mut tagged);
        tagged
    };
    sentences.iter().map(tag).collect()
}

/// Tokens of novels, and of debates, that the teachers analyse.
const RAW: usize = 400_000;

/// The forms of raw sentences of news, novels and debates.
fn raw(data: &Path) -> Outcome<Vec<Vec<String>>> {
    let mut sentences = Vec::new();
    for (folder, words) in [("ntrex", 60_000), ("eltec", RAW), ("debates", RAW)] {
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
                sentences.push(tokens[range.indices()].iter().map(|token| token.text(&text).to_string()).collect());
                left = left.saturating_sub(n);
                if left == 0 {
                    break;
                }
            }
        }
    }
    Ok(sentences)
}

/// The sentences that have a tree, each with the tags of a tagger that has not seen it.
fn jackknifed(sentences: &[Sentence]) -> Vec<(Sentence, fast::Tree)> {
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
        trees.extend(held.into_iter().zip(found));
    }
    println!("jackknifed: {:.2} % of the parts of speech are right", 100.0 * right as f64 / all as f64);
    trees
}

/// All training sentences: Sequoia train and dev, GSD dev, FQB, FIB-GSD, without those of the tests.
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
        // The guidelines of UD, and GSD, have them so; Sequoia has nouns.
        for token in sentence.tokens.iter_mut().filter(|t| matches!(t.form.as_str(), "%" | "‰" | "$" | "€" | "£"))
        {
            if token.tag.upos() == Upos::Noun {
                token.feats = Feats::parse("ExtPos=NOUN|Number=Plur");
                token.tag = Tag::of(Upos::Sym, token.feats);
            }
        }
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

/// The sentences, some of them made into quotations with our own incises, and copies of some with what the treebanks lack:
/// other quotation marks and dashes, capitals.
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
