//! Learns `src/data/segmentation.bin`: word classes from a lexicon, sentence boundaries and contractions from treebanks.
//! `segmentation/net.rs` learns the net.
//!
//! `cargo run --release --example train_segmentation -- ../shared/data src/data/segmentation.bin`
//!
//! Reads `lexicon/French.lex`, `ud/sequoia` (train, dev, and `ordered/` without any sentence of test), `ud/gsd` dev,
//! `ud/fqb`, `ud/fib-gsd`, `text/ntrex` (one sentence a line) and, with full stops left out so that only words
//! tell where sentences begin, `text/eltec` and `text/debates`. Never a test file. With `--check` as third argument nothing is written: a
//! seventh of the sentences, drawn one by one as those of the tests were (of NTREX in runs of 20), is held out in turn and scored
//! with what the others taught.

#![expect(
    clippy::cast_precision_loss,
    clippy::string_slice,
    clippy::too_many_lines,
    reason = "a program for the one who runs it"
)]

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use propos::training::{Features, Place, Segmentation, class, places, split_with, word_hash};
use propos::{LineMode, Token, tokenize};

#[path = "segmentation/contractions.rs"]
mod contractions;
#[path = "segmentation/net.rs"]
mod net;
use contractions::{contraction_examples, proxy_examples, silver_examples};
use net::{Lesson, Trainer};

const CLASS_CELLS: usize = 1 << 16;
const BOUNDARY_CELLS: usize = 1 << 17;
const CONTRACTION_CELLS: usize = 1 << 17;
/// The words of the lexicon, which is in order of frequency, that get a class.
const FREQUENT: usize = 52_000;
const EPOCHS: usize = 15;
const RATE: f32 = 0.05;
const L2: f32 = 1e-3;
/// Weight of a boundary from prose without annotation, beside 1 of a treebank's.
const WEAK: f32 = 0.5;
/// How many models are averaged, each from its own order of the examples.
const MODELS: usize = 6;
/// How often the sentences are joined: once in order, then shuffled.
const ROUNDS: usize = 5;
/// How many of the rounds have neither added headings nor full stops left out.
const PLAIN: usize = 3;
/// In a hundred sentences of the other rounds: headings added, full stops left out; the latter in prose.
const HEADINGS: usize = 20;
const DROPPED: usize = 10;
const DROPPED_PROSE: usize = 50;
/// In a hundred headings added: that another follows, that it stands in capitals; and in a hundred places without mark in
/// these rounds, that what comes after is read as if the beginning there had not been seen.
const COMPANY: usize = 40;
const CAPITALS: usize = 20;
const MISSED: usize = 15;
/// How many nets are learned, each from its own numbers; their mean answers.
const NETS: u64 = 2;
const SILVER_EPOCHS: usize = 3;
const GOLD_EPOCHS: usize = 4;
const FOLDS: usize = 7;
/// The corpora that `--check` scores, in the order of `corpora`.
const SCORED: [&str; 4] = ["sequoia", "gsd", "fqb", "ntrex"];

/// A sentence as it stands in its source.
#[derive(Clone)]
struct Sentence {
    text: String,
    /// Surface forms with whether they are contractions.
    tokens: Vec<(String, bool)>,
    /// Lower-cased forms of its words and contractions with whether they are finite verbs.
    words: Vec<(String, bool)>,
    /// Noun phrases in it, as a heading would write them.
    phrases: Vec<String>,
}

struct Corpus {
    sentences: Vec<Sentence>,
    weight: f32,
    /// Lines that can hold several sentences: a full stop inside one teaches nothing.
    lines: bool,
}

/// One decision to learn.
struct Example {
    features: Features,
    answer: bool,
    weight: f32,
}

/// Reproducible shuffling (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % n.max(1)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let data = arguments.next().ok_or("usage: train_segmentation DATA OUT [--check]")?;
    let out = arguments.next().ok_or("usage: train_segmentation DATA OUT [--check]")?;
    let check = arguments.next().is_some();
    let data = Path::new(&data);

    let lexicon = fs::read_to_string(data.join("lexicon/French.lex"))?;
    if check {
        let mut scores = vec![Score::default(); SCORED.len()];
        for fold in 0..FOLDS {
            let mut held_out = Vec::new();
            let corpora = corpora(data, Some((fold, &mut held_out)))?;
            let file = train(data, &word_classes(&lexicon, &finite_counts(&corpora)), corpora)?;
            let models = Segmentation::read(&file)?;
            let nets = models.unpack();
            score(&held_out, models.with_nets(&nets), &mut scores);
        }
        for (name, score) in SCORED.iter().zip(&scores) {
            eprintln!("{name:8} {score}");
        }
    } else {
        let corpora = corpora(data, None)?;
        let file = train(data, &word_classes(&lexicon, &finite_counts(&corpora)), corpora)?;
        fs::write(&out, &file)?;
        eprintln!("{out}: {} bytes", file.len());
    }
    Ok(())
}

/// Learns both models; gives the bytes of the file.
fn train(data: &Path, classes: &[u16], mut corpora: Vec<Corpus>) -> Result<Vec<u8>, Box<dyn Error>> {
    let table = Segmentation::write(classes, (&[0], 1.0), &[0], &[], "");
    let models = Segmentation::read(&table)?;
    let mut random = Random(0x5eed_cafe_f00d_1234);

    let mut contractions = Vec::new();
    for corpus in &corpora {
        for sentence in &corpus.sentences {
            contraction_examples(sentence, models, &mut contractions);
        }
    }
    for folder in ["text/eltec", "text/debates", "text/ntrex"] {
        proxy_examples(&data.join(folder), models, &mut contractions)?;
        silver_examples(&data.join(folder), models, &mut contractions)?;
    }
    let (contraction, _) = learn(&mut contractions, CONTRACTION_CELLS, 3.0 * L2, &mut random);
    let prose: Vec<Vec<String>> = [prose(&data.join("text/eltec"))?, prose(&data.join("text/debates"))?].concat();
    let mut weak = prose_places(&prose, models, &mut random);
    for folder in ["text/eltec", "text/debates"] {
        weak.extend(marked_places(&data.join(folder), models)?);
    }
    let mut boundaries = Vec::new();
    let mut gold = Vec::new();
    for round in 0..ROUNDS {
        // In their order, and shuffled: a test joins sentences that do not follow each other.
        for corpus in &mut corpora {
            if round > 0 {
                random.shuffle(&mut corpus.sentences);
            }
            let (headings, dropped) = if round < PLAIN { (0, 0) } else { (HEADINGS, DROPPED) };
            for place in sentence_places(corpus, headings, dropped, models, &mut random) {
                boundaries.push(Example { features: place.features, answer: place.answer, weight: corpus.weight });
                gold.push(Lesson { inputs: place.inputs, answer: place.answer, weight: corpus.weight });
            }
        }
        let sentences =
            corpora.iter().filter(|corpus| !corpus.lines).flat_map(|corpus| corpus.sentences.iter().cloned());
        let mut mixed = Corpus { sentences: sentences.collect(), weight: 1.0, lines: false };
        random.shuffle(&mut mixed.sentences);
        for place in sentence_places(&mixed, 0, 0, models, &mut random) {
            boundaries.push(Example { features: place.features, answer: place.answer, weight: 0.3 });
            gold.push(Lesson { inputs: place.inputs, answer: place.answer, weight: 0.3 });
        }
    }
    let mut silver: Vec<Lesson> =
        weak.iter().map(|place| Lesson { inputs: place.inputs, answer: place.answer, weight: WEAK }).collect();
    boundaries.extend(weak.into_iter().step_by(2).map(|place| Example {
        features: place.features,
        answer: place.answer,
        weight: WEAK,
    }));
    eprintln!(
        "{} examples of boundaries, {} of them weak, {} of du and des",
        boundaries.len(),
        silver.len(),
        contractions.len()
    );
    let (boundary, unit) = learn(&mut boundaries, BOUNDARY_CELLS, L2, &mut random);
    let sample: Vec<Lesson> = silver.iter().step_by(3).copied().collect();
    gold.extend(sample);
    let mut nets = Vec::new();
    for seed in 0..NETS {
        let mut trainer = Trainer::new(0x0dd_ba11 + seed);
        for epoch in 0..SILVER_EPOCHS {
            let loss = trainer.pass(&mut silver, 1.0, false);
            eprintln!("  silver {epoch}: {loss:.4}");
        }
        for epoch in 0..GOLD_EPOCHS {
            let rate = 1.0 - 0.8 * epoch as f32 / GOLD_EPOCHS as f32;
            let loss = trainer.pass(&mut gold, rate, epoch > 0);
            eprintln!("  gold {epoch}: {loss:.4}");
        }
        nets.extend(trainer.write());
    }
    Ok(Segmentation::write(
        classes,
        (&boundary, unit),
        &contraction,
        &nets,
        "cargo run --release --example train_segmentation",
    ))
}

/// The class of each frequent form of the lexicon.
fn word_classes(lexicon: &str, finite: &HashMap<String, (u32, u32)>) -> Vec<u16> {
    let mut order: Vec<(&str, u8)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for line in lexicon.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(form), Some(_), Some(tags)) = (fields.next(), fields.next(), fields.next()) else { continue };
        let tags = tags.split('/').next().unwrap_or("");
        let has = |wanted: &[&str]| tags.split([':', ';']).any(|tag| wanted.contains(&tag));
        let mut bits = 0;
        let mut set = |yes: bool, bit: u8| bits |= if yes { bit } else { 0 };
        set(has(&["Ip", "Iq", "Is", "If", "K", "Sp", "Sq", "E"]), class::FINITE);
        set(has(&["N"]), class::NOUN);
        set(has(&["A", "Q"]), class::ADJECTIVE);
        set(has(&["G"]), class::GRAMMAR);
        set(has(&["p", "i"]), class::PLURAL);
        set(has(&["Y", "P"]), class::INFINITE);
        set(has(&["M1", "M2", "MP", "NM"]), class::NAME);
        set(has(&["W", "X", "J"]), class::ADVERB);
        if let Some(&at) = known.get(form) {
            order[at].1 |= bits;
        } else if order.len() < FREQUENT && bits != 0 {
            known.insert(form, order.len());
            order.push((form, bits));
        }
    }
    let mut cells = vec![0; CLASS_CELLS];
    for (form, mut bits) in order {
        // est and a are nouns too, in a lexicon; in texts they are verbs.
        match finite.get(form) {
            Some((yes, all)) if *all >= 3 && yes * 10 >= all * 7 => {
                bits = bits & !(class::NOUN | class::ADJECTIVE | class::GRAMMAR) | class::FINITE;
            }
            Some((yes, all)) if *all >= 3 && yes * 10 <= all * 2 => bits &= !class::FINITE,
            _ => {}
        }
        Segmentation::add_class(&mut cells, word_hash(form), bits);
    }
    cells
}

/// How often each lower-cased form of the treebanks that are scored is a finite verb, and how often it stands there.
fn finite_counts(corpora: &[Corpus]) -> HashMap<String, (u32, u32)> {
    let mut counts: HashMap<String, (u32, u32)> = HashMap::new();
    let treebanks = corpora.iter().take(SCORED.len() - 1);
    for (form, finite) in treebanks.flat_map(|corpus| &corpus.sentences).flat_map(|sentence| &sentence.words) {
        let count = counts.entry(form.clone()).or_default();
        count.0 += u32::from(*finite);
        count.1 += 1;
    }
    counts
}

/// The treebanks and the news articles, without the sentences of any test.
fn corpora(data: &Path, mut held_out: Option<(usize, &mut Vec<Vec<Sentence>>)>) -> Result<Vec<Corpus>, Box<dyn Error>> {
    let ud = data.join("ud");
    let test: HashSet<String> = sentence_ids(&fs::read_to_string(ud.join("sequoia/fr_sequoia-ud-test.conllu"))?);
    let mut all = Vec::new();
    let mut add = |mut sentences: Vec<Sentence>, weight: f32, scored: bool| {
        let lines = sentences.iter().all(|sentence| sentence.tokens.is_empty());
        if let Some((fold, held_out)) = held_out.as_mut().filter(|_| scored) {
            // The tests were drawn sentence by sentence, so that their sentences seldom follow each other; lines do.
            let mut random = Random(0x5eed_f01d_0000_0001);
            let mut kept = Vec::new();
            let mut out = Vec::new();
            for run in sentences.chunks(if lines { 20 } else { 1 }) {
                if random.below(FOLDS) == *fold { out.extend(run.to_vec()) } else { kept.extend(run.to_vec()) }
            }
            held_out.push(out);
            sentences = kept;
        }
        all.push(Corpus { sentences, weight, lines });
    };
    let mut sequoia = Vec::new();
    for part in ["train", "dev"] {
        sequoia.extend(conllu(&fs::read_to_string(ud.join(format!("sequoia/fr_sequoia-ud-{part}.conllu")))?, &test));
    }
    add(sequoia, 1.0, true);
    add(conllu(&fs::read_to_string(ud.join("gsd/fr_gsd-ud-dev.conllu"))?, &test), 1.0, true);
    add(conllu(&fs::read_to_string(ud.join("fqb/fr_fqb-ud-test.conllu"))?, &test), 0.3, true);
    add(conllu(&fs::read_to_string(ud.join("fib-gsd/fr_fib_gsd-ud-train.conllu"))?, &test), 0.5, false);
    let mut lines = Vec::new();
    for path in text_files(&data.join("text/ntrex"))? {
        for line in fs::read_to_string(path)?.lines().map(str::trim).filter(|line| !line.is_empty()) {
            lines.push(Sentence { text: line.to_owned(), tokens: Vec::new(), words: Vec::new(), phrases: Vec::new() });
        }
    }
    add(lines, 0.7, true);
    Ok(all)
}

fn text_files(folder: &Path) -> Result<Vec<std::path::PathBuf>, Box<dyn Error>> {
    let mut paths =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
}

fn sentence_ids(text: &str) -> HashSet<String> {
    text.lines().filter_map(|line| line.strip_prefix("# sent_id = ")).map(str::to_owned).collect()
}

fn conllu(text: &str, leave_out: &HashSet<String>) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for block in text.split("\n\n") {
        let mut sentence = Sentence { text: String::new(), tokens: Vec::new(), words: Vec::new(), phrases: Vec::new() };
        let mut inside = 0_u32;
        let mut left_out = false;
        let mut cursor = 0;
        let mut words: Vec<TreeWord<'_>> = Vec::new();
        let mut whole = (0, 0);
        for line in block.lines() {
            if let Some(id) = line.strip_prefix("# sent_id = ") {
                left_out = leave_out.contains(id);
            } else if let Some(text) = line.strip_prefix("# text = ") {
                text.trim().clone_into(&mut sentence.text);
            } else if !line.starts_with('#') {
                let fields: Vec<&str> = line.split('\t').collect();
                let [id, form, _, upos, _, features, head, ..] = fields[..] else { continue };
                if id.contains('.') {
                    continue;
                }
                let contracted = id.contains('-');
                if contracted || inside == 0 {
                    let from =
                        sentence.text.get(cursor..).and_then(|rest| rest.find(form)).map_or(cursor, |at| cursor + at);
                    whole = (from, from + form.len());
                    cursor = whole.1;
                    sentence.tokens.push((form.to_owned(), contracted));
                }
                sentence.words.push((form.to_lowercase(), features.contains("VerbForm=Fin")));
                if let Some((first, last)) = id.split_once('-') {
                    inside = last.parse::<u32>().unwrap_or(0) + 1 - first.parse::<u32>().unwrap_or(0);
                } else {
                    words.push(TreeWord { upos, head: head.parse().unwrap_or(0), span: whole, part: inside > 0 });
                    inside = inside.saturating_sub(1);
                }
            }
        }
        if !left_out && !sentence.text.is_empty() {
            sentence.phrases = phrases(&sentence.text, &words);
            sentences.push(sentence);
        }
    }
    sentences
}

/// A word of a tree.
struct TreeWord<'a> {
    upos: &'a str,
    head: usize,
    span: (usize, usize),
    /// Part of a contraction.
    part: bool,
}

/// The noun phrases of a tree, without the preposition before them and with a capital: what a heading looks like.
fn phrases(text: &str, words: &[TreeWord<'_>]) -> Vec<String> {
    let mut found = Vec::new();
    let under = |mut at: usize, head: usize| {
        for _ in 0..words.len() {
            if at == head {
                return true;
            }
            match words.get(at).and_then(|word| word.head.checked_sub(1)) {
                Some(up) => at = up,
                None => return false,
            }
        }
        false
    };
    for (head, word) in words.iter().enumerate() {
        if !matches!(word.upos, "NOUN" | "PROPN") {
            continue;
        }
        let inside: Vec<usize> = (0..words.len()).filter(|at| under(*at, head)).collect();
        let (Some(first), Some(last)) = (inside.first().copied(), inside.last().copied()) else { continue };
        let first =
            (first..=last).find(|at| !matches!(words[*at].upos, "ADP" | "CCONJ" | "PUNCT" | "SCONJ")).unwrap_or(last);
        let starts_inside = words[first].part && first > 0 && words[first].span == words[first - 1].span;
        if last + 1 - inside[0] != inside.len() || !(1..=11).contains(&(last - first)) || starts_inside {
            continue;
        }
        if words[last].upos == "PUNCT" {
            continue;
        }
        let Some(phrase) = text.get(words[first].span.0..words[last].span.1) else { continue };
        let mut letters = phrase.chars();
        if let Some(letter) = letters.next().filter(|letter| letter.is_alphabetic()) {
            found.push(letter.to_uppercase().chain(letters).collect());
        }
    }
    found
}

/// Joins sentences by spaces; gives the text and the bytes where sentences begin.
fn join(sentences: &[Sentence]) -> (String, HashSet<u32>) {
    join_texts(sentences.iter().map(|sentence| sentence.text.as_str()))
}

fn join_texts<'a>(sentences: impl Iterator<Item = &'a str>) -> (String, HashSet<u32>) {
    let mut text = String::new();
    let mut starts = HashSet::new();
    for sentence in sentences {
        if !text.is_empty() {
            text.push(' ');
        }
        starts.insert(u32::try_from(text.len()).unwrap_or(u32::MAX));
        text.push_str(sentence);
    }
    (text, starts)
}

fn decisions(
    text: &str,
    starts: &HashSet<u32>,
    models: Segmentation<'_>,
    missed: &mut dyn FnMut() -> bool,
) -> Vec<Place> {
    let tokens = tokenize(text);
    let is_start = |i: usize| tokens.get(i).is_some_and(|token: &Token| starts.contains(&token.span.start));
    places(text, &tokens, models, &is_start, missed)
}

/// The places of sentences that follow each other, with headings made of their phrases between some of them, and without
/// the full stop of some.
fn sentence_places(
    corpus: &Corpus,
    headings: usize,
    dropped: usize,
    models: Segmentation<'_>,
    random: &mut Random,
) -> Vec<Place> {
    let mut parts: Vec<Cow<'_, str>> = Vec::new();
    for sentence in &corpus.sentences {
        let mut more = headings;
        while random.below(100) < more && !sentence.phrases.is_empty() {
            let phrase = &sentence.phrases[random.below(sentence.phrases.len())];
            let capitals = random.below(100) < CAPITALS;
            parts.push(if capitals { Cow::Owned(plain_capitals(phrase)) } else { Cow::Borrowed(phrase) });
            // Headings come in company.
            more = COMPANY;
        }
        let bare = sentence.text.strip_suffix('.').map(str::trim_end);
        parts.push(Cow::Borrowed(bare.filter(|_| random.below(100) < dropped).unwrap_or(&sentence.text)));
    }
    let (text, starts) = join_texts(parts.iter().map(AsRef::as_ref));
    let missed = if headings > 0 { MISSED } else { 0 };
    let mut found = decisions(&text, &starts, models, &mut || random.below(100) < missed);
    found.retain(|place| !(corpus.lines && place.after_mark && !place.answer));
    found
}

/// A phrase in capitals without accents, as many headings are written.
fn plain_capitals(phrase: &str) -> String {
    let plain = |c: char| match c {
        'À' | 'Â' => 'A',
        'Ç' => 'C',
        'É' | 'È' | 'Ê' | 'Ë' => 'E',
        'Î' | 'Ï' => 'I',
        'Ô' => 'O',
        'Ù' | 'Û' | 'Ü' => 'U',
        other => other,
    };
    phrase.to_uppercase().chars().map(plain).collect()
}

/// The sentences of prose without annotation, as far as full stops between lower case and capital tell, paragraph by
/// paragraph in their order.
fn prose(folder: &Path) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let mut documents = Vec::new();
    for path in text_files(folder)? {
        let mut sentences = Vec::new();
        for line in fs::read_to_string(path)?.lines().map(str::trim) {
            let mut rest = line;
            while let Some(end) = rest.match_indices(". ").map(|(at, _)| at).find(|at| {
                rest[..*at].chars().next_back().is_some_and(char::is_lowercase)
                    && rest[at + 2..].chars().next().is_some_and(char::is_uppercase)
                    && rest[..*at].chars().rev().take_while(|c| c.is_alphabetic()).count() > 3
            }) {
                sentences.push(rest[..=end].to_owned());
                rest = rest[end + 2..].trim_start();
            }
            if rest.chars().any(char::is_alphabetic) {
                sentences.push(rest.to_owned());
            }
        }
        documents.push(sentences);
    }
    Ok(documents)
}

/// Places of prose where a mark stands. A sentence begins after a full stop, `?`, `!` or ellipsis and before a capital,
/// nowhere else: not after the semicolons of long sentences, nor in lower case after an exclamation.
fn marked_places(folder: &Path, models: Segmentation<'_>) -> Result<Vec<Place>, Box<dyn Error>> {
    let mut all = Vec::new();
    for path in text_files(folder)? {
        let text = fs::read_to_string(path)?;
        let prose: Vec<&str> =
            text.lines().filter(|line| line.len() > 200 && line.trim().ends_with('.')).step_by(3).collect();
        let text = prose.join(" ");
        let tokens = tokenize(&text);
        let is_start = |i: usize| {
            let form =
                |back: usize| i.checked_sub(back).and_then(|at| tokens.get(at)).map_or("", |token| token.text(&text));
            let last = if matches!(form(1), "»" | ")" | "\"") { form(2) } else { form(1) };
            matches!(last, "." | "!" | "?" | "..." | "…")
                && form(0).starts_with(|c: char| c.is_uppercase() || matches!(c, '«' | '—' | '–' | '"' | '('))
        };
        // Whether a sentence ends with an abbreviation is not to be seen.
        let plain = |place: &Place| tokens[place.token - 1].kind != propos::TokenKind::Abbreviation;
        let found = places(&text, &tokens, models, &is_start, &mut || false);
        all.extend(found.into_iter().filter(|place| place.after_mark && plain(place)));
    }
    Ok(all)
}

/// Places of prose where no mark stands: full stops have been left out, so that only words tell where sentences begin.
fn prose_places(documents: &[Vec<String>], models: Segmentation<'_>, random: &mut Random) -> Vec<Place> {
    let mut all = Vec::new();
    for document in documents {
        let parts = document.iter().map(|sentence| {
            let bare = sentence.strip_suffix('.').map_or(sentence.as_str(), str::trim_end);
            if random.below(100) < DROPPED_PROSE { bare } else { sentence }
        });
        let (text, starts) = join_texts(parts);
        all.extend(decisions(&text, &starts, models, &mut || false).into_iter().filter(|place| !place.after_mark));
    }
    all
}

/// Logistic regression by adaptive steps, then rounded to bytes.
fn learn(examples: &mut [Example], cells: usize, l2: f32, random: &mut Random) -> (Vec<i8>, f32) {
    let mask = cells - 1;
    let mut weights = vec![0_f32; cells];
    for _ in 0..MODELS {
        let mut own = vec![0_f32; cells];
        let mut gradients = vec![1e-3_f32; cells];
        for _ in 0..EPOCHS {
            random.shuffle(examples);
            for example in examples.iter() {
                let places = || example.features.hashes().iter().map(|hash| *hash as usize & mask);
                let score: f32 = places().map(|at| own[at]).sum();
                let probability = 1.0 / (1.0 + (-score).exp());
                let error = (probability - f32::from(u8::from(example.answer))) * example.weight;
                if error.abs() < 1e-4 {
                    continue;
                }
                for at in places() {
                    let gradient = error + l2 * own[at];
                    gradients[at] += gradient * gradient;
                    own[at] -= RATE * gradient / gradients[at].sqrt();
                }
            }
        }
        weights.iter_mut().zip(&own).for_each(|(sum, weight)| *sum += weight);
    }
    // The scale lets one weight in a thousand saturate.
    let mut sizes: Vec<f32> = weights.iter().map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    let scale = 127.0 / sizes.get(sizes.len() * 999 / 1000).copied().unwrap_or(1.0);
    #[expect(clippy::cast_possible_truncation, reason = "clamped")]
    let bytes = weights.iter().map(|weight| (weight * scale).round().clamp(-127.0, 127.0) as i8).collect();
    (bytes, 1.0 / (scale * MODELS as f32))
}

/// What was right among the sentences held out.
#[derive(Default, Clone)]
struct Score {
    found: usize,
    gold: usize,
    right: usize,
    boundaries: usize,
    /// Beginnings where no mark stands: found, and rightly.
    bare: usize,
    bare_right: usize,
    bare_gold: usize,
    ambiguous: usize,
    misread: usize,
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let percent = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
        write!(
            f,
            "{} sentences: F1 {:.2}, beginnings P {:.2} R {:.2}, without mark {} found, {} rightly, of {}; {} of {} du and des misread",
            self.gold,
            percent(2 * self.right, self.found + self.gold),
            percent(self.boundaries, self.found),
            percent(self.boundaries, self.gold),
            self.bare,
            self.bare_right,
            self.bare_gold,
            self.misread,
            self.ambiguous
        )
    }
}

/// Splits the sentences held out and reads their du and des; what went wrong goes to standard error with `SHOW` set.
fn score(held_out: &[Vec<Sentence>], models: Segmentation<'_>, scores: &mut [Score]) {
    let show = std::env::var_os("SHOW").is_some();
    for (sentences, score) in held_out.iter().zip(scores) {
        let (text, starts) = join(sentences);
        let tokens = tokenize(&text);
        let found: Vec<u32> = split_with(&text, &tokens, LineMode::Paragraph, models)
            .iter()
            .map(|range| tokens[range.start as usize].span.start)
            .collect();
        let mut gold: Vec<u32> = starts.iter().copied().collect();
        gold.sort_unstable();
        let spans = |starts: &[u32]| -> HashSet<(u32, u32)> {
            starts.iter().copied().zip(starts.iter().skip(1).copied().chain([u32::MAX])).collect()
        };
        score.found += found.len();
        score.gold += gold.len();
        score.right += spans(&found).intersection(&spans(&gold)).count();
        score.boundaries += found.iter().filter(|at| starts.contains(at)).count();
        let bare = |at: &&u32| text[..**at as usize].trim_end().ends_with(char::is_alphanumeric);
        score.bare += found.iter().filter(bare).count();
        score.bare_gold += gold.iter().filter(bare).count();
        score.bare_right += found.iter().filter(bare).filter(|at| starts.contains(at)).count();
        for sentence in sentences {
            let mut examples = Vec::new();
            contraction_examples(sentence, models, &mut examples);
            score.ambiguous += examples.len();
            let wrong = examples.iter().filter(|e| (models.contraction(&e.features) > 0) != e.answer).count();
            score.misread += wrong;
            if show && wrong > 0 {
                eprintln!("  du/des {wrong}: {}", sentence.text);
            }
        }
        let found: HashSet<u32> = found.into_iter().collect();
        for window in tokens.windows(12).filter(|_| show) {
            let at = window[6].span.start;
            if starts.contains(&at) != found.contains(&at) {
                let part = |from: u32, to: u32| propos::Span::new(from, to).of(&text);
                let sign = if found.contains(&at) { '+' } else { '-' };
                eprintln!("  {sign} {} | {}", part(window[0].span.start, at), part(at, window[11].span.end));
            }
        }
    }
}
