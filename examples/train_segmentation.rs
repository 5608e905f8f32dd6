//! Learns `src/data/segmentation.bin`: word classes from a lexicon, sentence boundaries and contractions from treebanks.
//!
//! `cargo run --release --example train_segmentation -- ../shared/data src/data/segmentation.bin`
//!
//! Reads `lexicon/French.lex`, `ud/sequoia` (train, dev, and `ordered/` without any sentence of test), `ud/gsd` dev,
//! `ud/fqb`, `ud/fib-gsd`, `text/ntrex` (one sentence a line) and, as weak evidence that a capital inside a sentence ends
//! nothing, `text/eltec` and `text/debates`. Never a test file. With `--check` as third argument nothing is written: each
//! tenth of the sentences (in runs of 20) is held out in turn and scored with what the others taught.

#![expect(clippy::cast_precision_loss, reason = "figures for people")]

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use propos::training::{
    Features, Segmentation, boundary_examples, class, contraction_features, is_ambiguous, split_with, word_hash,
};
use propos::{LineMode, Token, tokenize};

const CLASS_CELLS: usize = 1 << 16;
const BOUNDARY_CELLS: usize = 1 << 17;
const CONTRACTION_CELLS: usize = 1 << 15;
/// The words of the lexicon, which is in order of frequency, that get a class.
const FREQUENT: usize = 52_000;
const EPOCHS: usize = 15;
const RATE: f32 = 0.05;
const L2: f32 = 1e-3;
/// Weight of an example from prose without annotation, beside 1 of a treebank's: of a boundary, of `des`.
const WEAK: f32 = 0.5;
const PROXY: f32 = 0.1;
/// How many models are averaged, each from its own order of the examples.
const MODELS: usize = 6;
/// How often the sentences are joined: once in order, then shuffled.
const ROUNDS: usize = 5;
const FOLDS: usize = 10;
/// The corpora that `--check` scores, in the order of `corpora`.
const SCORED: [&str; 4] = ["sequoia", "gsd", "fqb", "ntrex"];

/// A sentence as it stands in its source.
#[derive(Clone)]
struct Sentence {
    text: String,
    /// Surface forms with whether they are contractions.
    tokens: Vec<(String, bool)>,
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

    let classes = word_classes(&fs::read_to_string(data.join("lexicon/French.lex"))?, &finite_counts(data)?);
    if check {
        let mut scores = vec![Score::default(); SCORED.len()];
        for fold in 0..FOLDS {
            let mut held_out = Vec::new();
            let corpora = corpora(data, Some((fold, &mut held_out)))?;
            let file = train(data, &classes, corpora)?;
            score(&held_out, Segmentation::read(&file)?, &mut scores);
        }
        for (name, score) in SCORED.iter().zip(&scores) {
            eprintln!("{name:8} {score}");
        }
    } else {
        let file = train(data, &classes, corpora(data, None)?)?;
        fs::write(&out, &file)?;
        eprintln!("{out}: {} bytes", file.len());
    }
    Ok(())
}

/// Learns both models; gives the bytes of the file.
fn train(data: &Path, classes: &[u16], mut corpora: Vec<Corpus>) -> Result<Vec<u8>, Box<dyn Error>> {
    let table = Segmentation::write(classes, &[0], &[0], "");
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
    }
    let contraction = learn(&mut contractions, CONTRACTION_CELLS, &mut random);

    let mut boundaries = Vec::new();
    for corpus in &mut corpora {
        // In their order, and shuffled: a test joins sentences that do not follow each other.
        for round in 0..ROUNDS {
            if round > 0 {
                random.shuffle(&mut corpus.sentences);
            }
            sentence_examples(&corpus.sentences, corpus.weight, corpus.lines, models, &mut boundaries);
        }
    }
    let mut mixed: Vec<Sentence> =
        corpora.iter().filter(|corpus| !corpus.lines).flat_map(|corpus| corpus.sentences.iter().cloned()).collect();
    random.shuffle(&mut mixed);
    sentence_examples(&mixed, 1.0, false, models, &mut boundaries);
    for folder in ["text/eltec", "text/debates"] {
        weak_examples(&data.join(folder), models, &mut boundaries)?;
    }
    let boundary = learn(&mut boundaries, BOUNDARY_CELLS, &mut random);
    eprintln!("{} examples of boundaries, {} of du and des", boundaries.len(), contractions.len());
    Ok(Segmentation::write(classes, &boundary, &contraction, "cargo run --release --example train_segmentation"))
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

/// How often each lower-cased form of the training treebanks is a finite verb, and how often it stands there.
fn finite_counts(data: &Path) -> Result<HashMap<String, (u32, u32)>, Box<dyn Error>> {
    let ud = data.join("ud");
    let mut counts: HashMap<String, (u32, u32)> = HashMap::new();
    for file in ["sequoia/fr_sequoia-ud-train", "sequoia/fr_sequoia-ud-dev", "gsd/fr_gsd-ud-dev", "fqb/fr_fqb-ud-test"]
    {
        for line in fs::read_to_string(ud.join(format!("{file}.conllu")))?.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            if let [_, form, _, _, _, features, ..] = fields[..] {
                let count = counts.entry(form.to_lowercase()).or_default();
                count.0 += u32::from(features.contains("VerbForm=Fin"));
                count.1 += 1;
            }
        }
    }
    Ok(counts)
}

/// The treebanks and the news articles, without the sentences of any test.
fn corpora(data: &Path, mut held_out: Option<(usize, &mut Vec<Vec<Sentence>>)>) -> Result<Vec<Corpus>, Box<dyn Error>> {
    let ud = data.join("ud");
    let test: HashSet<String> = sentence_ids(&fs::read_to_string(ud.join("sequoia/fr_sequoia-ud-test.conllu"))?);
    let mut all = Vec::new();
    let mut add = |mut sentences: Vec<Sentence>, weight: f32, scored: bool| {
        if let Some((fold, held_out)) = held_out.as_mut().filter(|_| scored) {
            let mut kept = Vec::new();
            let mut out = Vec::new();
            for (i, run) in sentences.chunks(20).enumerate() {
                if i % FOLDS == *fold { out.extend(run.to_vec()) } else { kept.extend(run.to_vec()) }
            }
            held_out.push(out);
            sentences = kept;
        }
        all.push(Corpus { lines: sentences.iter().all(|sentence| sentence.tokens.is_empty()), sentences, weight });
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
            lines.push(Sentence { text: line.to_owned(), tokens: Vec::new() });
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
        let mut sentence = Sentence { text: String::new(), tokens: Vec::new() };
        let mut inside = 0_u32;
        let mut left_out = false;
        let mut words: Vec<&str> = Vec::new();
        for line in block.lines() {
            if let Some(id) = line.strip_prefix("# sent_id = ") {
                left_out = leave_out.contains(id);
            } else if let Some(text) = line.strip_prefix("# text = ") {
                text.trim().clone_into(&mut sentence.text);
            } else if !line.starts_with('#') {
                let fields: Vec<&str> = line.split('\t').collect();
                let [id, form, ..] = fields[..] else { continue };
                if let Some((first, last)) = id.split_once('-') {
                    inside = last.parse::<u32>().unwrap_or(0) + 1 - first.parse::<u32>().unwrap_or(0);
                    sentence.tokens.push((form.to_owned(), true));
                } else if inside > 0 {
                    inside -= 1;
                } else if !id.contains('.') {
                    sentence.tokens.push((form.to_owned(), false));
                }
                words.push(form);
            }
        }
        if !left_out && !sentence.text.is_empty() {
            sentences.push(sentence);
        }
    }
    sentences
}

/// The examples of du and des of a sentence, where our tokens can be matched with those of the treebank.
fn contraction_examples(sentence: &Sentence, models: Segmentation<'_>, examples: &mut Vec<Example>) {
    let tokens = tokenize(&sentence.text);
    let answers: Vec<bool> =
        sentence.tokens.iter().filter(|(form, _)| is_ambiguous(form)).map(|(_, contracted)| *contracted).collect();
    let places: Vec<usize> = (0..tokens.len()).filter(|i| is_ambiguous(tokens[*i].text(&sentence.text))).collect();
    if places.len() != answers.len() {
        return;
    }
    for (i, answer) in places.into_iter().zip(answers) {
        examples.push(Example {
            features: contraction_features(&sentence.text, &tokens, i, models),
            answer,
            weight: 1.0,
        });
    }
}

/// Examples of `des` from text without annotation: where "quelques" or "plusieurs" stands an article could, where "de
/// ces" or "de leurs" stands a contraction could. `des` is put in their place.
fn proxy_examples(folder: &Path, models: Segmentation<'_>, examples: &mut Vec<Example>) -> Result<(), Box<dyn Error>> {
    for path in text_files(folder)? {
        for line in fs::read_to_string(path)?.lines() {
            let tokens = tokenize(line);
            let forms: Vec<&str> = tokens.iter().map(|token| token.text(line)).collect();
            for i in 0..forms.len() {
                let next = forms.get(i + 1).copied().unwrap_or("");
                let last = i.checked_sub(1).and_then(|at| forms.get(at)).copied().unwrap_or("");
                let contracted =
                    forms[i] == "de" && matches!(next, "ces" | "ses" | "leurs" | "mes" | "nos" | "vos" | "tes");
                let article =
                    matches!(forms[i], "quelques" | "plusieurs" | "certains" | "certaines" | "divers" | "diverses")
                        && !matches!(last, "de" | "d'" | "d’" | "les" | "ces" | "ses" | "leurs");
                if !(contracted || article) {
                    continue;
                }
                let after = i + 1 + usize::from(contracted);
                let text = format!(
                    "{} des {}",
                    forms.get(i.saturating_sub(9)..i).unwrap_or(&[]).join(" "),
                    forms.get(after..(after + 4).min(forms.len())).unwrap_or(&[]).join(" ")
                );
                let tokens = tokenize(&text);
                if let Some(at) = (0..tokens.len()).rev().find(|at| tokens[*at].text(&text) == "des") {
                    let features = contraction_features(&text, &tokens, at, models);
                    examples.push(Example { features, answer: contracted, weight: PROXY });
                }
            }
        }
    }
    Ok(())
}

/// Joins sentences by spaces; gives the text and the bytes where sentences begin.
fn join(sentences: &[Sentence]) -> (String, HashSet<u32>) {
    let mut text = String::new();
    let mut starts = HashSet::new();
    for sentence in sentences {
        if !text.is_empty() {
            text.push(' ');
        }
        starts.insert(u32::try_from(text.len()).unwrap_or(u32::MAX));
        text.push_str(&sentence.text);
    }
    (text, starts)
}

fn sentence_examples(
    sentences: &[Sentence],
    weight: f32,
    lines: bool,
    models: Segmentation<'_>,
    examples: &mut Vec<Example>,
) {
    let (text, starts) = join(sentences);
    let tokens = tokenize(&text);
    let is_start = |i: usize| tokens.get(i).is_some_and(|token: &Token| starts.contains(&token.span.start));
    for (features, answer, after_stop) in boundary_examples(&text, &tokens, models, &is_start) {
        if lines && after_stop && !answer {
            continue;
        }
        examples.push(Example { features, answer, weight });
    }
}

/// Paragraphs of prose: a sentence begins after a full stop and before a capital, nowhere else.
fn weak_examples(folder: &Path, models: Segmentation<'_>, examples: &mut Vec<Example>) -> Result<(), Box<dyn Error>> {
    for path in text_files(folder)? {
        let text = fs::read_to_string(path)?;
        let prose: Vec<&str> =
            text.lines().filter(|line| line.len() > 200 && line.trim().ends_with('.')).step_by(3).collect();
        let text = prose.join("\n");
        let tokens = tokenize(&text);
        let is_start = |i: usize| {
            let form =
                |back: usize| i.checked_sub(back).and_then(|at| tokens.get(at)).map_or("", |token| token.text(&text));
            let last = if matches!(form(1), "»" | ")" | "\"") { form(2) } else { form(1) };
            matches!(last, "." | "!" | "?" | "..." | "…")
                && form(0).starts_with(|c: char| c.is_uppercase() || matches!(c, '«' | '—' | '–' | '"' | '('))
        };
        for (features, answer, _) in boundary_examples(&text, &tokens, models, &is_start) {
            examples.push(Example { features, answer, weight: WEAK });
        }
    }
    Ok(())
}

/// Logistic regression by adaptive steps, then rounded to bytes.
fn learn(examples: &mut [Example], cells: usize, random: &mut Random) -> Vec<i8> {
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
                    let gradient = error + L2 * own[at];
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
    weights.iter().map(|weight| (weight * scale).round().clamp(-127.0, 127.0) as i8).collect()
}

/// What was right among the sentences held out.
#[derive(Default, Clone)]
struct Score {
    found: usize,
    gold: usize,
    right: usize,
    boundaries: usize,
    ambiguous: usize,
    misread: usize,
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let percent = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
        write!(
            f,
            "{} sentences: F1 {:.2}, beginnings P {:.2} R {:.2}; {} of {} du and des misread",
            self.gold,
            percent(2 * self.right, self.found + self.gold),
            percent(self.boundaries, self.found),
            percent(self.boundaries, self.gold),
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
