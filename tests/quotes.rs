//! Readable gold of quotations: one line a case, marked as it must be found.
//!
//! ```text
//! « {D1:Je pars} », {V1:a dit} {S1:Paul Roy}, « {D1:demain} ». # name: Paul Roy (m)
//! ```
//!
//! A mark is `{` letter number `:` words `}`: D, M, I the content of a direct, mixed or indirect quotation (C: of any
//! kind), V its cue, S its speaker; the number is the quotation's, several where they share the words (`{V1,2:dit}`). `?`
//! after the number of a cue: reported but not asserted ("n'a pas dit"). `\n` is a line break. After ` # name: ` the
//! resolved name of each quotation in turn, `-` if it cannot be known, with `(f)` or `(m)` to ask for the gender too.
//!
//! `known_failures.txt` has what is still wrong, `file | case`. `BLESS=1 cargo test --test quotes` rewrites: what is
//! now right goes from there to its file, what is now wrong comes there, to be read in the diff.
//!
//! `cues.txt` has an example for each line of `src/data/cues.txt`: `lemma | case`. That cue must find it in a frame that
//! the line gives; where the bounds are not right yet, the line stands in `known_failures.txt` too (`cues | lemma | case`).
//! `nouns.txt` is the same for `src/data/noun_cues.txt`.
//!
//! A clitic subject is marked with its hyphens (`{V1:a{S1:-t-il} dit}`), as it is one token.

#![expect(clippy::expect_used, clippy::print_stderr, reason = "a test fails by a panic and prints what is wrong")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use propos::{Doc, Quote, QuoteKind, TokenRange};

const FILES: [&str; 9] =
    ["direct", "mixed", "indirect", "sources", "speakers", "bounds", "marks", "traps", "regressions"];

/// Bytes of the text.
type Range = (usize, usize);

/// A quotation as far as a case tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Told {
    kind: Option<char>,
    parts: Vec<Range>,
    cue: Option<Range>,
    speaker: Option<Range>,
    hedged: bool,
    /// Name and gender.
    who: (Option<String>, Option<String>),
}

impl Told {
    fn start(&self) -> (Option<usize>, Option<usize>) {
        let spans = self.parts.iter().chain(&self.cue).chain(&self.speaker);
        (spans.map(|span| span.0).min(), self.parts.first().map(|part| part.0))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Case {
    text: String,
    told: Vec<Told>,
    /// The case asks for names.
    names: bool,
}

/// Reads a marked line.
fn read(line: &str) -> Case {
    let (marked, names) = line.split_once(" # name: ").map_or((line, None), |(marked, names)| (marked, Some(names)));
    let mut text = String::new();
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut by_number: BTreeMap<u32, Told> = BTreeMap::new();
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        if let Some(after) = rest.strip_prefix("\\n") {
            text.push('\n');
            rest = after;
        } else if c == '{' {
            let (label, after) = after.split_once(':').expect("a colon after the label of a mark");
            open.push((label, text.len()));
            rest = after;
        } else if c == '}' {
            let (label, start) = open.pop().unwrap_or(("", 0));
            assert!(!label.is_empty(), "a mark closes that is not open: {line}");
            put(&mut by_number, label, (start, text.len()));
            rest = after;
        } else {
            text.push(c);
            rest = after;
        }
    }
    assert!(open.is_empty(), "a mark is not closed: {line}");
    let mut told: Vec<Told> = by_number.into_values().collect();
    for quote in &mut told {
        quote.parts.sort_unstable();
    }
    told.sort_by_key(Told::start);
    if let Some(names) = names {
        let mut names = names.split("; ");
        for quote in &mut told {
            let name = names.next().unwrap_or("-").trim();
            let (name, gender) = match name.strip_suffix(')').and_then(|name| name.split_once(" (")) {
                Some((name, gender)) => (name, Some(gender.to_owned())),
                None => (name, None),
            };
            quote.who = ((name != "-").then(|| name.to_owned()), gender);
        }
    }
    Case { text, told, names: names.is_some() }
}

/// Adds the span of a mark to the quotations that its label names.
fn put(by_number: &mut BTreeMap<u32, Told>, label: &str, span: Range) {
    let letter = label.chars().next().unwrap_or_default();
    let numbers = label.trim_start_matches(char::is_alphabetic);
    let hedged = numbers.ends_with('?');
    for number in numbers.trim_end_matches('?').split(',') {
        let quote = by_number.entry(number.parse().expect("the number of a quotation")).or_default();
        match letter {
            'V' => (quote.cue, quote.hedged) = (Some(span), hedged),
            'S' => quote.speaker = Some(span),
            'C' => quote.parts.push(span),
            'D' | 'M' | 'I' => {
                quote.kind = Some(letter);
                quote.parts.push(span);
            }
            _ => assert!("VSCDMI".contains(letter), "no mark has the letter {letter}"),
        }
    }
}

/// Writes a case as a marked line.
fn write(case: &Case) -> String {
    let mut labels: BTreeMap<(Range, char), BTreeSet<String>> = BTreeMap::new();
    for (quote, number) in case.told.iter().zip(1..) {
        let mut put = |letter, span, sign| labels.entry((span, letter)).or_default().insert(format!("{number}{sign}"));
        for &part in &quote.parts {
            put(quote.kind.unwrap_or('C'), part, "");
        }
        if let Some(cue) = quote.cue {
            put('V', cue, if quote.hedged { "?" } else { "" });
        }
        if let Some(speaker) = quote.speaker {
            put('S', speaker, "");
        }
    }
    let mut spans: Vec<_> = labels.into_iter().collect();
    spans.sort_by_key(|&(((start, end), letter), _)| (start, std::cmp::Reverse(end), letter));
    let mut out = String::new();
    for (at, c) in case.text.char_indices().chain([(case.text.len(), '\0')]) {
        for _ in spans.iter().filter(|((span, _), _)| span.1 == at) {
            out.push('}');
        }
        for ((_, letter), numbers) in spans.iter().filter(|((span, _), _)| span.0 == at) {
            let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
            let hedge = if numbers.iter().any(|number| number.ends_with('?')) { "?" } else { "" };
            let _ = write!(out, "{{{letter}{}{hedge}:", numbers.join(",").replace('?', ""));
        }
        match c {
            '\0' => {}
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    if case.names {
        let name = |quote: &Told| {
            let name = quote.who.0.as_deref().unwrap_or("-");
            quote.who.1.as_ref().map_or_else(|| name.to_owned(), |gender| format!("{name} ({gender})"))
        };
        let _ = write!(out, " # name: {}", case.told.iter().map(name).collect::<Vec<_>>().join("; "));
    }
    out
}

/// What is found in the text of `gold`, told in as much detail as `gold` tells.
fn find(gold: &Case) -> (Case, Doc) {
    let doc = Doc::new(gold.text.as_str());
    let span = |range: TokenRange| {
        let span = doc.span(range);
        (span.start as usize, span.end as usize)
    };
    let kinds = gold.told.iter().all(|quote| quote.kind.is_some());
    let told = |quote: &Quote| Told {
        kind: kinds.then_some(match quote.kind {
            QuoteKind::Direct => 'D',
            QuoteKind::Mixed => 'M',
            QuoteKind::Indirect => 'I',
        }),
        parts: quote.content.iter().map(|&part| span(part)).collect(),
        cue: quote.cue.as_ref().map(|cue| span(cue.range)),
        speaker: quote.speaker.map(|speaker| span(speaker.range)),
        hedged: !quote.asserted,
        who: (
            doc.entity_of(quote).filter(|_| gold.names).map(|entity| entity.name.to_string()),
            doc.gender_of(quote).filter(|_| gold.names).map(|gender| gender.as_str().to_owned()),
        ),
    };
    let mut told: Vec<Told> = doc.quotes().iter().map(told).collect();
    told.sort_by_key(Told::start);
    for (found, gold) in told.iter_mut().zip(&gold.told) {
        if gold.who.1.is_none() {
            found.who.1 = None;
        }
    }
    (Case { text: gold.text.clone(), told, names: gold.names }, doc)
}

/// What is wrong first, for the count of the known failures.
fn class(gold: &Case, found: &Case) -> &'static str {
    let touches = |a: &Told, b: &Told| {
        a.parts.iter().any(|a| b.parts.iter().any(|b| a.0 < b.1 && b.0 < a.1)) && (a.cue == b.cue || a.parts == b.parts)
    };
    if gold.told.iter().any(|gold| !found.told.iter().any(|found| touches(gold, found))) {
        return "missed";
    }
    if found.told.len() > gold.told.len() {
        return "invented";
    }
    let differ = |what: fn(&Told, &Told) -> bool| gold.told.iter().zip(&found.told).any(|(a, b)| what(a, b));
    if differ(|a, b| a.parts != b.parts) {
        "content"
    } else if differ(|a, b| a.kind != b.kind) {
        "kind"
    } else if differ(|a, b| a.speaker != b.speaker) {
        "speaker"
    } else if differ(|a, b| a.cue != b.cue) {
        "cue"
    } else if differ(|a, b| a.who.0 != b.who.0) {
        "name"
    } else if differ(|a, b| a.who.1 != b.who.1) {
        "gender"
    } else {
        "asserted"
    }
}

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/quotes").join(format!("{file}.txt"))
}

fn lines(file: &str) -> Vec<String> {
    fs::read_to_string(path(file)).expect("a gold file").lines().map(str::to_owned).collect()
}

fn is_case(line: &str) -> bool {
    !line.is_empty() && !line.starts_with('#')
}

#[test]
fn marks_are_read_and_written_back() {
    for line in [
        "« {D1:Je pars} », {V1,2?:dit} {S1:la {S2:dame}}\\n{D2:é} # name: A B (f); -",
        "{S1:Elle} {V1:a dit} que {I1:{S2:Luc} {V2:dit} que {I2:rien}}.",
    ] {
        assert_eq!(write(&read(line)), line);
    }
    assert_eq!(write(&read("{S4:Elle} {V4:dit} « {C4:é} »")), "{S1:Elle} {V1:dit} « {C1:é} »");
}

#[test]
fn quotations_of_the_readable_gold() {
    let bless = std::env::var_os("BLESS").is_some();
    let known = lines("known_failures");
    let mut counts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let (mut wrong, mut cases, mut failures) = (Vec::new(), 0, Vec::new());
    for file in FILES {
        let prefix = format!("{file} | ");
        let mut kept = Vec::new();
        for line in lines(file) {
            let gold = is_case(&line).then(|| read(&line));
            let Some(gold) = gold else {
                kept.push(line);
                continue;
            };
            cases += 1;
            let (found, _) = find(&gold);
            if write(&found) == write(&gold) {
                kept.push(line);
            } else {
                wrong.push(format!(
                    "{file}: {}\n  expected {line}\n  found    {}",
                    class(&gold, &found),
                    write(&found)
                ));
                failures.push(format!("{prefix}{line}"));
            }
        }
        for line in known.iter().filter_map(|line| line.strip_prefix(&prefix)) {
            let gold = read(line);
            let (found, _) = find(&gold);
            if write(&found) == write(&gold) {
                wrong.push(format!("{file}: no failure any more, BLESS=1 moves it\n  {line}"));
                kept.push(line.to_owned());
            } else {
                let class = class(&gold, &found);
                counts
                    .entry(class)
                    .or_default()
                    .push(format!("{file}\n  expected {line}\n  found    {}", write(&found)));
                failures.push(format!("{prefix}{line}"));
            }
        }
        if bless {
            fs::write(path(file), kept.join("\n") + "\n").expect("a gold file is written");
        }
    }
    for (class, examples) in &counts {
        eprintln!("known failures, {class}: {}", examples.len());
        if std::env::var_os("SHOW").is_some() {
            eprintln!("{}", examples.join("\n"));
        }
    }
    let strays: Vec<_> = known
        .iter()
        .filter(|line| {
            is_case(line) && !FILES.iter().chain(&["cues", "nouns"]).any(|file| line.starts_with(&format!("{file} | ")))
        })
        .collect();
    assert!(strays.is_empty(), "known failures of no file: {strays:?}");
    let total: usize = counts.values().map(Vec::len).sum();
    eprintln!("{cases} cases, {total} known failures");
    if bless {
        let head = known
            .iter()
            .filter(|line| !is_case(line) || line.starts_with("cues | ") || line.starts_with("nouns | "))
            .cloned();
        let all: Vec<String> = head.chain(failures).collect();
        fs::write(path("known_failures"), all.join("\n") + "\n").expect("the known failures are written");
    } else {
        assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
    }
}

/// The frames of a line of the lexicon that the name of a pattern can come from.
fn frames(pattern: &str) -> &'static [&'static str] {
    match pattern {
        "que-clause" | "noun-que-clause" => &["que"],
        "ce-que-clause" => &["que", "si"],
        "question" => &["si"],
        "infinitive" => &["inf"],
        "de-infinitive" => &["de"],
        "à-infinitive" => &["à"],
        "marked-infinitive" => &["inf", "de", "à"],
        "marked-object" => &["np", "attr", "que"],
        "attribute" | "adjective" => &["attr"],
        "colon" | "marks-after-verb" => &["inc"],
        "noun-selon" => &["selon"],
        "noun-infinitive" => &["de", "à"],
        "noun-colon" => &["colon"],
        "adjective-que-clause" => &["adj"],
        _ if pattern.starts_with("incise") => &["inc"],
        _ => &[],
    }
}

#[test]
fn every_cue_of_the_lexicon_has_an_example_that_it_finds() {
    every_line_has_an_example(include_str!("../src/data/cues.txt"), "cues");
}

#[test]
fn every_noun_and_adjective_has_an_example_that_it_finds() {
    every_line_has_an_example(include_str!("../src/data/noun_cues.txt"), "nouns");
}

/// Each line `lemma : frames` of `lexicon` has an example in `tests/quotes/FILE.txt`, found by it in a frame that it gives.
fn every_line_has_an_example(lexicon: &str, file: &str) {
    let mut entries: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for line in lexicon.lines().filter(|line| is_case(line)) {
        let (lemma, frames) = line.split_once(" : ").expect("lemma and frames");
        entries.insert(lemma.trim(), frames.split_whitespace().collect());
    }
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    let examples = lines(file);
    let known = lines("known_failures");
    for line in examples.iter().filter(|line| is_case(line)) {
        let (lemma, marked) = line.split_once(" | ").expect("lemma and example");
        let Some(frames_of) = entries.get(lemma) else {
            wrong.push(format!("{lemma}: not in the lexicon"));
            continue;
        };
        seen.insert(lemma);
        let gold = read(marked);
        let (found, doc) = find(&gold);
        let right = write(&found) == write(&gold);
        if right == known.contains(&format!("{file} | {line}")) {
            let is = if right { "no failure any more" } else { "wrong" };
            wrong.push(format!("{lemma}: {is}\n  expected {marked}\n  found    {}", write(&found)));
            continue;
        }
        let by = |quote: &Quote| {
            quote.cue.as_ref().is_some_and(|cue| &*cue.lemma == lemma)
                && frames(quote.why.content).iter().any(|frame| frames_of.contains(frame))
                && quote.belief == frames_of.contains("belief")
        };
        if !doc.quotes().iter().any(by) {
            let cues: Vec<_> = doc.quotes().iter().map(|quote| (&quote.cue, quote.why.content, quote.belief)).collect();
            wrong.push(format!("{lemma}: found by {cues:?} instead\n  {marked}"));
        }
    }
    let without: Vec<_> = entries.keys().filter(|lemma| !seen.contains(*lemma)).collect();
    assert!(wrong.is_empty(), "{} examples:\n{}", wrong.len(), wrong.join("\n"));
    assert!(without.is_empty(), "{} cues without an example: {without:?}", without.len());
}
