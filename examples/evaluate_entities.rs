//! Measures names and gender of speakers on gold speaker phrases: what the entity stage does by itself.
//!
//! `cargo run --release --example evaluate_entities -- ../shared/data/quotes/ntrex [--errors]` prints, for the sure
//! quotations, the share of resolved names (all; where the phrase does not hold the name; none where the gold has
//! none), of genders and of kinds, for women and men separately. Names are compared as `../shared/tools/scoring.py` does.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::Path;

use propos::entity::{Entity, Resolution, SpeakerRef, names, resolve};
use propos::{Doc, TokenRange, tag};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

const TITLES: [&str; 17] = [
    "m",
    "mm",
    "mr",
    "mme",
    "mmes",
    "mlle",
    "monsieur",
    "madame",
    "dr",
    "docteur",
    "pr",
    "professeur",
    "me",
    "le",
    "la",
    "l",
    "",
];

/// The words of a name without case, accents, titles and articles.
fn name_words(name: &str) -> Vec<String> {
    let folded: String = name.to_lowercase().nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !TITLES.contains(word)).map(str::to_owned).collect()
}

fn same_name(gold: &str, predicted: &str) -> bool {
    let p = name_words(predicted);
    gold.split(';').any(|one| {
        let g = name_words(one);
        let within = p.iter().all(|w| g.contains(w)) || g.iter().all(|w| p.contains(w));
        !p.is_empty() && within && g.last().is_some_and(|last| p.contains(last))
    })
}

/// Hits and cases of each figure.
#[derive(Default)]
struct Figures(BTreeMap<String, (u32, u32)>);

impl Figures {
    fn add(&mut self, key: &str, right: bool) {
        let cell = self.0.entry(key.to_owned()).or_default();
        cell.0 += u32::from(right);
        cell.1 += 1;
    }
}

/// The tokens that a range of code points covers.
fn tokens_of(doc: &Doc, span: &Value) -> Option<TokenRange> {
    let (start, end) = (span.get(0)?.as_u64()?, span.get(1)?.as_u64()?);
    let first = doc.tokens().partition_point(|token| u64::from(token.chars.end) <= start);
    let last = doc.tokens().partition_point(|token| u64::from(token.chars.start) < end);
    Some(TokenRange::new(u32::try_from(first).ok()?, u32::try_from(last).ok()?))
}

fn analyse(doc: &Doc, refs: &[SpeakerRef], spoken: &[TokenRange]) -> (Vec<Entity>, Vec<Resolution>) {
    let (mut workspace, mut tags) = (tag::Workspace::default(), Vec::new());
    for sentence in doc.sentences() {
        tag::tag(doc.text(), doc.tokens(), *sentence, &mut workspace, &mut tags);
    }
    let names = names::find(doc.text(), doc.tokens(), doc.sentences(), &tags);
    resolve::resolve(doc.text(), doc.tokens(), doc.sentences(), &tags, &names, refs, spoken)
}

/// Gold quotations, what is asked of each, the ranges between marks.
type Questions<'a> = (Vec<&'a Value>, Vec<SpeakerRef>, Vec<TokenRange>);

/// The sure and doubtful quotations of a gold document, in the order of the text, and what the stage is asked.
fn questions<'a>(doc: &Doc, row: &'a Value) -> Result<Questions<'a>, Box<dyn Error>> {
    let mut quotes: Vec<&Value> = row["quotes"].as_array().into_iter().flatten().collect();
    quotes.sort_by_key(|quote| place(quote));
    let content: Vec<Vec<TokenRange>> = quotes
        .iter()
        .map(|quote| quote["content"].as_array().into_iter().flatten().filter_map(|s| tokens_of(doc, s)).collect())
        .collect();
    let mut spoken: Vec<TokenRange> = row["quotes"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|quote| quote["quoted"].as_array().into_iter().flatten())
        .filter_map(|span| tokens_of(doc, span))
        .collect();
    spoken.sort();
    let mut refs = Vec::new();
    for (index, quote) in quotes.iter().enumerate() {
        let range = tokens_of(doc, &quote["speaker"]);
        let at = doc.tokens().partition_point(|token| u64::from(token.chars.end) <= place(quote));
        let at = u32::try_from(at)?;
        let inside = range.and_then(|range| {
            let outer = content.iter().enumerate().filter(|(k, _)| *k != index);
            let holds = |parts: &Vec<TokenRange>| parts.iter().any(|part| part.contains(range) && *part != range);
            outer.filter(|(_, parts)| holds(parts)).map(|(k, _)| k).next_back()
        });
        refs.push(SpeakerRef { range, at, inside: inside.and_then(|k| u32::try_from(k).ok()) });
    }
    Ok((quotes, refs, spoken))
}

/// Where a quotation stands: the first code point of its content, cue or speaker.
fn place(quote: &Value) -> u64 {
    let spans = quote["content"].as_array().into_iter().flatten().chain([&quote["cue"], &quote["speaker"]]);
    spans.filter_map(|span| span.get(0)?.as_u64()).min().unwrap_or_default()
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: evaluate_entities FOLDER [--errors]")?;
    let show = arguments.next().is_some();
    let mut out = std::io::stdout().lock();
    let mut figures = Figures::default();
    for line in std::fs::read_to_string(Path::new(&folder).join("gold.jsonl"))?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let name = row["doc"].as_str().unwrap_or_default().trim_end_matches(".txt").to_owned();
        let doc = Doc::new(std::fs::read_to_string(Path::new(&folder).join("texts").join(name.clone() + ".txt"))?);
        let (quotes, refs, spoken) = questions(&doc, &row)?;
        let (entities, found) = analyse(&doc, &refs, &spoken);
        for ((quote, reference), found) in quotes.iter().zip(&refs).zip(&found) {
            if quote["doubt"].as_bool() == Some(true) {
                continue;
            }
            let entity = found.entity.and_then(|e| entities.get(e as usize));
            let predicted = entity.map(|e| &*e.name);
            let phrase = reference.range.map_or("", |range| doc.slice(range));
            let gender = quote["gender"].as_str();
            let mut wrong = Vec::new();
            if let Some(gold) = quote["resolved"].as_str() {
                let right = same_name(gold, predicted.unwrap_or(phrase));
                figures.add("name", right);
                if !same_name(gold, phrase) {
                    figures.add("name, not in the phrase", right);
                }
                if let Some(gender) = gender {
                    figures.add(&format!("name ({gender})"), right);
                }
                if predicted.is_some() {
                    figures.add(&format!("confidence {:.1}", found.confidence), right);
                }
                if !right {
                    wrong.push("NAME");
                }
            } else {
                figures.add("none", predicted.is_none());
                if predicted.is_some() {
                    wrong.push("NONE");
                }
            }
            if let Some(gold) = gender {
                let right = found.gender.map(propos::Gender::as_str) == Some(gold);
                figures.add("gender", right);
                figures.add(&format!("gender ({gold})"), right);
                if !right {
                    wrong.push("GENDER");
                }
            }
            if let Some(gold) = quote["speaker_type"].as_str() {
                let right = found.kind.as_str() == gold;
                figures.add("kind", right);
                if !right {
                    wrong.push("KIND");
                }
            }
            if show && !wrong.is_empty() {
                writeln!(
                    out,
                    "{name}@{}: {} {phrase:?} gold {} {} {} | found {predicted:?} {:?} {} ({}, {:.2})",
                    place(quote),
                    wrong.join("+"),
                    quote["resolved"],
                    quote["gender"],
                    quote["speaker_type"],
                    found.gender.map(propos::Gender::as_str),
                    found.kind.as_str(),
                    found.why,
                    found.confidence
                )?;
            }
        }
    }
    for (key, (right, all)) in &figures.0 {
        writeln!(out, "{key:28} {:6.1} %  ({right} of {all})", 100.0 * f64::from(*right) / f64::from(*all))?;
    }
    Ok(())
}
