//! Dialogue and headed turns: readable gold, false alarms, time on hostile texts.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use propos::speech_training::{headed_spans, speech_spans};

/// The lines of a gold file with their number, `\n` for a line break.
fn cases(file: &str) -> Vec<(usize, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dialogue").join(file);
    let text = fs::read_to_string(path).expect("the gold file");
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let cases: Vec<_> = lines.map(|(number, line)| (number + 1, line.replace("\\n", "\n"))).collect();
    assert!(!cases.is_empty(), "{file} has cases");
    cases
}

/// `text` with an opening and a closing sign around each span, white space at their ends left out.
fn mark(text: &str, mut spans: Vec<([u32; 2], [char; 2])>) -> String {
    spans.sort_by_key(|span| span.0);
    let mut out = String::new();
    for (i, c) in (0_u32..).zip(text.chars()) {
        for (span, signs) in &spans {
            if span[1] == i {
                out.push(signs[1]);
            }
        }
        for (span, signs) in &spans {
            if span[0] == i {
                out.push(signs[0]);
            }
        }
        out.push(c);
    }
    let end = u32::try_from(text.chars().count()).expect("a short text");
    for (span, signs) in &spans {
        if span[1] == end {
            out.push(signs[1]);
        }
    }
    out
}

fn check(file: &str, signs: &[char], marked: impl Fn(&str) -> String) {
    let mut wrong = Vec::new();
    let cases = cases(file);
    for (number, gold) in &cases {
        let text: String = gold.chars().filter(|c| !signs.contains(c)).collect();
        let found = marked(&text);
        // Where a comma before an incise goes is free: editions and annotators differ.
        let fold = |s: &str| s.replace(",}", "},").replace('\n', "\\n");
        if fold(&found) != fold(gold) {
            wrong.push(format!("line {number}\n  expected {}\n  found    {}", fold(gold), fold(&found)));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases of {file}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn turns_of_the_readable_gold() {
    check("turns.txt", &['{', '}'], |text| {
        mark(text, speech_spans(text).into_iter().map(|span| (span, ['{', '}'])).collect())
    });
}

#[test]
fn headed_turns_of_the_readable_gold() {
    check("headed.txt", &['{', '}', '[', ']'], |text| {
        let mut spans = Vec::new();
        for (heading, content) in headed_spans(text) {
            spans.push((heading, ['[', ']']));
            spans.extend(content.into_iter().map(|span| (span, ['{', '}'])));
        }
        mark(text, spans)
    });
}

/// The speakers of a text as the gold has them: phrase and entity of each quotation.
fn speakers(text: &str) -> String {
    let doc = propos::Doc::new(text);
    let name = |quote: &propos::Quote| {
        let phrase = quote.speaker.map_or("-", |speaker| doc.slice(speaker.range));
        let who = doc.entity_of(quote).map_or("nobody", |entity| &entity.name);
        format!("{phrase} = {who}")
    };
    doc.quotes().iter().map(name).collect::<Vec<_>>().join("; ")
}

#[test]
fn speakers_of_the_readable_gold() {
    let cases = cases("speakers.txt");
    let mut wrong = Vec::new();
    for (number, case) in &cases {
        let (text, gold) = case.split_once(" ⇒ ").expect("a text and its speakers");
        let found = speakers(text);
        if found != gold {
            wrong.push(format!("line {number}: {text}\n  expected {gold}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn turns_without_narration_alternate() {
    let text = "— Tu viens demain ? demanda Hélène.\n— Je ne sais pas, répondit Victor.\n— Il fera beau !\n— On verra bien.\n\
                — Alors, c'est oui ?\nIls se turent.";
    let doc = propos::Doc::new(text);
    let name = |quote: &propos::Quote| quote.entity.map(|id| doc.entities()[id as usize].name.to_string());
    let found: Vec<_> = doc.quotes().iter().map(name).collect();
    let expected = ["Hélène", "Victor", "Hélène", "Victor", "Hélène"].map(|name| Some(name.to_owned()));
    assert_eq!(found, expected);
}

#[test]
fn news_holds_no_dialogue() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if !shared.is_dir() {
        eprintln!("skipped: ../shared/data is not here");
        return;
    }
    let mut alarms = Vec::new();
    for folder in ["quotes/wikinews/texts", "quotes/ntrex/texts", "quotes/afp/texts", "text/ntrex"] {
        for entry in fs::read_dir(shared.join(folder)).expect("a folder of texts") {
            let path = entry.expect("an entry").path();
            let text = fs::read_to_string(&path).expect("a text");
            if !speech_spans(&text).is_empty() || !headed_spans(&text).is_empty() {
                alarms.push(path);
            }
        }
    }
    assert!(alarms.is_empty(), "{alarms:?}");
}

#[test]
fn time_grows_with_the_text_only() {
    for piece in ["— ", "-- Non, dit-il. ", "«", "- a\n", "Q : ", "M. A. ", "dit-il ", "(", "— « "] {
        // The best of three: other work on the machine only ever adds. Four times the length would take sixteen times as
        // long if time grew with its square.
        let time = |n: usize| {
            let text = piece.repeat(n);
            let once = |_| {
                let start = Instant::now();
                let _ = (speech_spans(&text), headed_spans(&text));
                start.elapsed()
            };
            (0..3).map(once).min().unwrap_or_default()
        };
        let small = time(10_000).max(Duration::from_millis(5));
        let large = time(40_000);
        assert!(large < small * 12, "{piece:?}: {small:?} for 10,000, {large:?} for 40,000");
    }
}

#[test]
fn a_dialogue_in_an_article_leaves_its_other_paragraphs_alone() {
    let article = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/article.txt")).expect("it");
    let both = format!("{article}\n— Tu viens ? dit-il.\n— Non.\n");
    let (alone, both) = (propos::Doc::new(article), propos::Doc::new(both));
    let read = |doc: &propos::Doc| -> Vec<_> {
        let name =
            |quote: &propos::Quote| quote.entity.and_then(|e| Some(doc.entities().get(e as usize)?.name.clone()));
        doc.quotes().iter().map(|quote| (quote.kind, quote.content.clone(), name(quote))).collect()
    };
    let (news, all) = (read(&alone), read(&both));
    assert!(news.iter().any(|(_, content, _)| content.len() == 2), "an interrupted quotation");
    assert_eq!(all.get(..news.len()), Some(news.as_slice()));
    assert_eq!(all.len(), news.len() + 2, "the two turns");
}
