//! Trains `src/data/speech.bin`, the model of speech and narration in novels, on the train part of the AADS corpus:
//!
//! `cargo run --release --example train_speech -- ../shared/data/novels/direct_speech.json src/data/speech.bin`
//!
//! An averaged structured perceptron over windows of units, deterministic (fixed seed, no clock). Each text is read as it
//! stands and in disguises that other editions wear: lines joined, dashes written `--` or `-`, straight quotation marks.
//! With `--predict SPLIT` instead of an output it prints the spans of that split, one JSON object a text, for
//! `../shared/tools/score_direct_speech.py`.

use std::error::Error;
use std::io::Write;

use propos::speech_training::{
    FeatureTable, SpeechModel, Voice, Weights, crossed, decode, features, plain, read_units, style,
};

const BITS: u32 = 17;
const EPOCHS: usize = 12;
const WINDOW: usize = 160;

struct Perceptron {
    weights: Vec<f32>,
    totals: Vec<f32>,
    step: f32,
}

impl Perceptron {
    fn update(&mut self, hash: u32, by: f32) {
        let cell = hash as usize & (self.weights.len() - 1);
        self.weights[cell] += by;
        self.totals[cell] += by * self.step;
    }
}

impl Weights for Perceptron {
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

fn train(texts: &[Text]) -> Vec<f32> {
    let size = 1 << BITS;
    let mut model = Perceptron { weights: vec![0.0; size], totals: vec![0.0; size], step: 1.0 };
    let mut windows: Vec<(usize, usize, usize)> = Vec::new();
    for (t, text) in texts.iter().enumerate() {
        for start in (0..text.gold.len()).step_by(WINDOW) {
            windows.push((t, start, (start + WINDOW).min(text.gold.len())));
        }
    }
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    for epoch in 0..EPOCHS {
        for i in (1..windows.len()).rev() {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            windows.swap(i, usize::try_from(seed % (i as u64 + 1)).unwrap_or(0));
        }
        let (mut wrong, mut all) = (0, 0);
        for &(t, start, end) in &windows {
            let text = &texts[t];
            let found = decode(&text.table, start..end, &model);
            for (i, &voice) in found.iter().enumerate() {
                let gold = text.gold[start + i];
                let before = if i == 0 { Voice::Narration } else { text.gold[start + i - 1] };
                let found_before = if i == 0 { Voice::Narration } else { found[i - 1] };
                all += 1;
                wrong += usize::from(gold != voice);
                let (own, cross) = text.table.of(start + i);
                if gold != voice {
                    for &hash in own {
                        model.update(plain(hash, gold), 1.0);
                        model.update(plain(hash, voice), -1.0);
                    }
                }
                if gold != voice || before != found_before {
                    for &hash in cross {
                        model.update(crossed(hash, before, gold), 1.0);
                        model.update(crossed(hash, found_before, voice), -1.0);
                    }
                }
            }
            model.step += 1.0;
        }
        eprintln!("epoch {epoch}: {wrong} of {all} units wrong");
    }
    let step = model.step;
    model.weights.iter().zip(&model.totals).map(|(w, total)| w - total / step).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (corpus, out) = match &arguments[..] {
        [corpus, out] => (corpus, out),
        [corpus, flag, split] if flag == "--predict" => return predict(corpus, split),
        _ => return Err("usage: train_speech CORPUS.json OUT.bin | CORPUS.json --predict SPLIT".into()),
    };
    let corpus: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&std::fs::read(corpus)?)?;
    let mut texts = Vec::new();
    for row in corpus.values().filter(|row| row["split"] == "train") {
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
            texts.push(Text { table, gold });
        }
    }
    let weights = train(&texts);
    let largest = weights.iter().fold(0.0_f32, |m, w| m.max(w.abs()));
    let scale = largest / 127.0;
    #[expect(clippy::cast_possible_truncation, reason = "at most 127 by the scale")]
    let codes: Vec<i8> = weights.iter().map(|w| (w / scale).round() as i8).collect();
    std::fs::write(out, SpeechModel::write(&codes, scale))?;
    Ok(())
}

fn predict(corpus: &str, split: &str) -> Result<(), Box<dyn Error>> {
    let corpus: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&std::fs::read(corpus)?)?;
    let mut out = std::io::stdout().lock();
    for (name, row) in corpus.iter().filter(|(_, row)| row["split"] == split) {
        let spans: Vec<[u32; 2]> = propos::speech_training::speech_spans(row["text"].as_str().unwrap_or_default());
        writeln!(out, "{}", serde_json::json!({"doc": name, "spans": spans}))?;
    }
    Ok(())
}
