//! Trains `src/data/speech.bin`, the model of speech and narration in novels, on the train part of the AADS corpus:
//!
//! `cargo run --release --example train_speech -- ../shared/data/novels/direct_speech.json src/data/speech.bin`
//!
//! A log-linear model of the next voice, learned by `AdaGrad`, deterministic (fixed seeds, no clock): the mean of four. Each text is read as it
//! stands and in disguises that other editions wear: lines joined, dashes written `--` or `-`, straight quotation marks.
//! With `--predict SPLIT` instead of an output it prints the spans of that split by the shipped model; with `--cross`
//! those of the train part, each work by a model learned from the others. One JSON object a text, for
//! `../shared/tools/score_direct_speech.py`.

use std::error::Error;
use std::io::Write;

use propos::speech_training::{
    FeatureTable, SpeechModel, Voice, Weights, crossed, features, plain, read_units, speech_spans, speech_spans_with,
    steps, style,
};

const USAGE: &str = "usage: train_speech CORPUS.json (OUT.bin | --cross | --predict SPLIT)";
const BITS: u32 = 17;
const SEEDS: [u64; 4] = [0x2545_F491_4F6C_DD1D, 0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB];
const EPOCHS: usize = 2;
const RATE: f32 = 0.05;
const DECAY: f32 = 1e-4;
/// Share of features left out at random of each step: the model learns not to hang on a single one.
const DROP: u64 = 30;

/// Weights with the squared gradients that `AdaGrad` divides its steps by.
struct Learner {
    weights: Vec<f32>,
    squares: Vec<f32>,
}

impl Learner {
    fn update(&mut self, hash: u32, gradient: f32) {
        let cell = hash as usize & (self.weights.len() - 1);
        let gradient = gradient - DECAY * self.weights[cell];
        self.squares[cell] += gradient * gradient;
        self.weights[cell] += RATE * gradient / self.squares[cell].sqrt().max(1e-3);
    }
}

impl Weights for Learner {
    fn weight(&self, hash: u32) -> f32 {
        self.weights[hash as usize & (self.weights.len() - 1)]
    }
}

struct Text {
    table: FeatureTable,
    gold: Vec<Voice>,
}

/// The text with `inside[i]` true for the characters in speech.
fn disguise(chars: &[char], inside: &[bool], kind: usize) -> (String, Vec<bool>) {
    let mut text = String::new();
    let mut marks = Vec::new();
    for (i, (&c, &speech)) in chars.iter().zip(inside).enumerate() {
        let joined = matches!(kind, 1 | 3);
        let out: &str = match (c, kind) {
            ('\n', 1 | 3) => " ",
            ('—' | '–', 1) => "--",
            ('—' | '–', 2) => "-",
            ('«' | '»', 2) => "\"",
            ('-', _) if joined && chars.get(i + 1) == Some(&'-') && i > 0 && chars[i - 1] == '\n' => "-",
            _ => {
                text.push(c);
                marks.push(speech);
                continue;
            }
        };
        for d in out.chars() {
            text.push(d);
            marks.push(speech);
        }
    }
    (text, marks)
}

fn gold_voices(text: &str, inside: &[bool]) -> (FeatureTable, Vec<Voice>) {
    let (tokens, units) = read_units(text);
    let mut gold: Vec<Voice> = Vec::with_capacity(units.len());
    for unit in &units {
        let (mut said, mut all) = (0_usize, 0_usize);
        for token in &tokens[unit.body.indices()] {
            let (start, end) = (token.chars.start as usize, token.chars.end as usize);
            all += end - start;
            said += inside[start..end].iter().filter(|&&b| b).count();
        }
        let voice = if said * 2 > all {
            Voice::Speech
        } else {
            match gold.last() {
                Some(Voice::Speech) if !unit.first => Voice::Incise,
                Some(Voice::Incise) if !unit.first && !units[gold.len() - 1].trail.ends() => Voice::Incise,
                _ => Voice::Narration,
            }
        };
        gold.push(voice);
    }
    (features(&units, style(&units)), gold)
}

/// The mean of the weights that several orders of the units give.
fn train(texts: &[&Text]) -> Vec<f32> {
    let mut sum = vec![0.0; 1 << BITS];
    for seed in SEEDS {
        for (total, weight) in sum.iter_mut().zip(train_once(texts, seed)) {
            *total += weight;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of seeds")]
    let count = SEEDS.len() as f32;
    sum.into_iter().map(|total| total / count).collect()
}

/// The weights that one order of the units gives.
fn train_once(texts: &[&Text], seed: u64) -> Vec<f32> {
    let size = 1 << BITS;
    let mut model = Learner { weights: vec![0.0; size], squares: vec![1.0; size] };
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (t, text) in texts.iter().enumerate() {
        places.extend((0..text.gold.len()).map(|unit| (t, unit)));
    }
    let mut seed = seed;
    let mut kept: Vec<u32> = Vec::new();
    for epoch in 0..EPOCHS {
        for i in (1..places.len()).rev() {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            places.swap(i, usize::try_from(seed % (i as u64 + 1)).unwrap_or(0));
        }
        let mut loss = 0.0_f64;
        for &(t, unit) in &places {
            let text = texts[t];
            let gold = text.gold[unit];
            let before = if unit == 0 { Voice::Narration } else { text.gold[unit - 1] };
            kept.clear();
            let (own, cross) = text.table.of(unit);
            for &hash in own.iter().chain(cross) {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                if (seed >> 32) % 100 >= DROP {
                    kept.push(hash);
                }
            }
            let steps = steps(&kept, before, &model);
            loss -= f64::from(steps[gold as usize]);
            for voice in Voice::ALL {
                let gradient = f32::from(u8::from(voice == gold)) - steps[voice as usize].exp();
                if gradient.abs() < 1e-3 {
                    continue;
                }
                for &hash in &kept {
                    model.update(plain(hash, voice), gradient);
                    model.update(crossed(hash, before, voice), gradient);
                }
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a mean to look at")]
        let mean = loss / places.len() as f64;
        if epoch + 1 == EPOCHS {
            eprintln!("mean loss in the last round {mean:.4}");
        }
    }
    model.weights
}

type Corpus = serde_json::Map<String, serde_json::Value>;

/// The work a text is a chapter of: what stands before the first `_` or digit, shortened.
fn work(name: &str) -> String {
    name.chars().take(8).collect()
}

/// The texts of the train part, each in four guises, with the work each is of.
fn read(corpus: &Corpus) -> Vec<(String, Text)> {
    let mut texts = Vec::new();
    for (name, row) in corpus.iter().filter(|(_, row)| row["split"] == "train") {
        let text = row["text"].as_str().unwrap_or_default();
        let chars: Vec<char> = text.chars().collect();
        let mut inside = vec![false; chars.len()];
        for label in row["labels"].as_array().into_iter().flatten() {
            let place = |i: usize| label[i].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            inside[place(0)..place(1)].fill(true);
        }
        for kind in 0..4 {
            let (text, inside) = disguise(&chars, &inside, kind);
            let (table, gold) = gold_voices(&text, &inside);
            texts.push((work(name), Text { table, gold }));
        }
    }
    texts
}

/// The weights as the shipped file has them.
fn round(weights: &[f32]) -> (Vec<i8>, f32) {
    let largest = weights.iter().fold(0.0_f32, |m, w| m.max(w.abs()));
    let scale = largest / 127.0;
    #[expect(clippy::cast_possible_truncation, reason = "at most 127 by the scale")]
    let codes = weights.iter().map(|w| (w / scale).round() as i8).collect();
    (codes, scale)
}

struct Rounded(Vec<i8>, f32);

impl Weights for Rounded {
    fn weight(&self, hash: u32) -> f32 {
        f32::from(self.0[hash as usize & (self.0.len() - 1)]) * self.1
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [corpus, rest @ ..] = &arguments[..] else { return Err(USAGE.into()) };
    let corpus: Corpus = serde_json::from_slice(&std::fs::read(corpus)?)?;
    let mut out = std::io::stdout().lock();
    match rest {
        [flag] if flag == "--cross" => {
            let texts = read(&corpus);
            let mut works: Vec<&String> = texts.iter().map(|(work, _)| work).collect();
            works.dedup();
            for left_out in works {
                let rest: Vec<&Text> =
                    texts.iter().filter(|(work, _)| work != left_out).map(|(_, text)| text).collect();
                let (codes, scale) = round(&train(&rest));
                let weights = Rounded(codes, scale);
                for (name, row) in
                    corpus.iter().filter(|(name, row)| row["split"] == "train" && work(name) == *left_out)
                {
                    let spans = speech_spans_with(row["text"].as_str().unwrap_or_default(), &weights);
                    writeln!(out, "{}", serde_json::json!({"doc": name, "spans": spans}))?;
                }
            }
        }
        [flag, split] if flag == "--predict" => {
            for (name, row) in corpus.iter().filter(|(_, row)| row["split"] == *split) {
                let spans = speech_spans(row["text"].as_str().unwrap_or_default());
                writeln!(out, "{}", serde_json::json!({"doc": name, "spans": spans}))?;
            }
        }
        [path] => {
            let texts = read(&corpus);
            let all: Vec<&Text> = texts.iter().map(|(_, text)| text).collect();
            let (codes, scale) = round(&train(&all));
            std::fs::write(path, SpeechModel::write(&codes, scale))?;
        }
        _ => return Err(USAGE.into()),
    }
    Ok(())
}
