//! Names in sentences of our own (`tests/names/*.txt`): spans, kinds and genders.
//!
//! A line is a sentence with its names marked: `{Pf:…}` a woman, `{Pm:…}` a man, `{P?:…}` a person of unknown gender,
//! `{O:…}` an organization, `{L:…}` a place, `{X:…}` another thing. `cargo test --test names -- --nocapture` prints the
//! figures; `benches/compare_names.py` prints those of spaCy beside them.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a case that cannot be read fails its test; the table is its report"
)]

use std::collections::BTreeMap;

use propos::entity::{Name, NameKind, names};
use propos::{Doc, Gender, tag};

/// A marked name: code points, kind, gender if it is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Marked {
    start: usize,
    end: usize,
    kind: char,
    gender: Option<char>,
}

/// The text of a line without its marks, and the names.
fn unmark(line: &str) -> (String, Vec<Marked>) {
    let (mut text, mut marked) = (String::new(), Vec::new());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').expect("a closing brace");
        let (label, name) = name.split_once(':').expect("a label");
        text.push_str(before);
        let start = text.chars().count();
        text.push_str(name);
        let mut label = label.chars();
        marked.push(Marked {
            start,
            end: text.chars().count(),
            kind: label.next().expect("a kind"),
            gender: label.next().filter(|&c| c != '?'),
        });
        rest = after;
    }
    text.push_str(rest);
    (text, marked)
}

fn find(doc: &Doc) -> Vec<Name> {
    let (mut workspace, mut tags) = (tag::Workspace::default(), Vec::new());
    for sentence in doc.sentences() {
        tag::tag(doc.text(), doc.tokens(), *sentence, &mut workspace, &mut tags);
    }
    names::find(doc.text(), doc.tokens(), doc.sentences(), &tags)
}

/// Right, found and marked, by what is counted.
type Figures = BTreeMap<&'static str, [u32; 3]>;

fn count(file: &str, figures: &mut Figures) -> u32 {
    let mut mentions = 0;
    let lines = std::fs::read_to_string(file).expect("a file of sentences");
    for line in lines.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (text, gold) = unmark(line);
        let doc = Doc::new(text.as_str());
        let found: Vec<Marked> = find(&doc)
            .iter()
            .map(|name| {
                let chars = doc.chars(name.range);
                let kind = match name.kind {
                    NameKind::Person => 'P',
                    NameKind::Organization => 'O',
                    NameKind::Place => 'L',
                    NameKind::Other => 'X',
                };
                let gender = name.gender.map(|g| if g == Gender::Feminine { 'f' } else { 'm' });
                Marked { start: chars.start as usize, end: chars.end as usize, kind, gender }
            })
            .collect();
        mentions += u32::try_from(gold.len()).expect("few");
        let same = |a: &Marked, b: &Marked| (a.start, a.end) == (b.start, b.end);
        let cells: [(&'static str, Option<char>); 5] = [
            ("all, spans", None),
            ("all, kinds", Some('*')),
            ("persons", Some('P')),
            ("organizations", Some('O')),
            ("places", Some('L')),
        ];
        for (cell, kind) in cells {
            let of = |m: &&Marked| matches!(kind, None | Some('*')) || kind == Some(m.kind);
            let right = gold
                .iter()
                .filter(of)
                .filter(|g| found.iter().any(|f| same(f, g) && (kind.is_none() || f.kind == g.kind)));
            let cell = figures.entry(cell).or_default();
            cell[0] += u32::try_from(right.count()).expect("few");
            cell[1] += u32::try_from(found.iter().filter(of).count()).expect("few");
            cell[2] += u32::try_from(gold.iter().filter(of).count()).expect("few");
        }
        for g in gold.iter().filter(|g| g.kind == 'P' && g.gender.is_some()) {
            let cell = figures.entry(if g.gender == Some('f') { "gender, women" } else { "gender, men" }).or_default();
            if let Some(f) = found.iter().find(|f| same(f, g) && f.kind == 'P') {
                cell[0] += u32::from(f.gender == g.gender);
                cell[1] += u32::from(f.gender.is_some());
                cell[2] += 1;
            }
        }
        let plain =
            |list: &[Marked]| -> Vec<(usize, usize, char)> { list.iter().map(|m| (m.start, m.end, m.kind)).collect() };
        if file.contains("dev") && plain(&gold) != plain(&found) {
            let show = |m: &Marked| {
                format!("{}:{}", m.kind, text.chars().skip(m.start).take(m.end - m.start).collect::<String>())
            };
            println!("  {line}\n    found {:?}", found.iter().map(show).collect::<Vec<_>>());
        }
    }
    mentions
}

fn print(file: &str, figures: &Figures) {
    println!("{file}");
    for (what, [right, found, gold]) in figures {
        let percent = |a: &u32, b: &u32| 100.0 * f64::from(*a) / f64::from((*b).max(1));
        println!(
            "  {what:16} P {:5.1}  R {:5.1}  ({right} right, {found} found, {gold} marked)",
            percent(right, found),
            percent(right, gold)
        );
    }
}

#[test]
fn names_are_found_in_our_own_sentences() {
    let mut total = 0;
    for (file, least) in [("tests/names/dev.txt", 93), ("tests/names/held.txt", 85)] {
        let mut figures = Figures::new();
        total += count(file, &mut figures);
        print(file, &figures);
        let [right, found, gold] = figures["persons"];
        assert!(200 * right >= least * (found + gold), "{file}: F1 of persons under {least}");
    }
    assert!(total >= 300, "{total} mentions");
}
