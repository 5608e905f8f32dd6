//! Whole articles of our own, marked by hand before propos had read them: what is found of them must not grow less.
//!
//! `articles/*.txt` are written for this test in the manner of dispatches, of the regional, Belgian and Québec press, of
//! courts, sports and politics; `articles/rounds/*.txt`, four rounds more, in that of translated press, of Wikinews and
//! of agencies (the number of the round stands before the name). Marks are those of `quotes.rs` (`{D1:Je pars}`, `{V1:a dit}`, `{S1:Paul Roy}`; `s` is a
//! shorter phrase that names the same source, `T` a marked span that nobody says); a content marked `I` with quotation
//! marks in it is mixed. After a line `---` stands who each quotation is of:
//!
//! ```text
//! 1: Paul Roy (m)      the name that the text gives, and the gender that it shows
//! 2: - (f)             somebody without a name
//! 3: Le Soir noname    who it is is debatable; 4: - doubt: whether it is a quotation
//! ```
//!
//! `cargo test --test articles -- --nocapture` prints the table of docs/accuracy.md.

#![expect(clippy::expect_used, clippy::print_stderr, reason = "a test fails by a panic and prints its figures")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use propos::{Doc, Quote, TokenRange};

/// Bytes of the text.
type Range = (usize, usize);

/// A quotation of the gold.
#[derive(Debug, Clone, Default)]
struct Gold {
    parts: Vec<Range>,
    name: Option<String>,
    gender: Option<String>,
    /// Who it is is not asked.
    nameless: bool,
    doubt: bool,
}

/// A text and its quotations.
#[derive(Debug, Default)]
struct Article {
    text: String,
    gold: BTreeMap<u32, Gold>,
}

fn read(marked: &str) -> Article {
    let (body, tail) = marked.split_once("\n---\n").expect("a line --- before the names");
    let mut article = Article::default();
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut rest = body;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = after;
        if c == '{' {
            let (label, after) = after.split_once(':').expect("a colon after the label of a mark");
            open.push((label, article.text.len()));
            rest = after;
        } else if c == '}' {
            let (label, start) = open.pop().expect("a mark that is open");
            if label.starts_with(['D', 'M', 'I']) {
                let numbers = label.trim_start_matches(char::is_alphabetic);
                for number in numbers.split(',') {
                    let number = number.parse().expect("the number of a quotation");
                    article.gold.entry(number).or_default().parts.push((start, article.text.len()));
                }
            }
        } else {
            article.text.push(c);
        }
    }
    assert!(open.is_empty(), "a mark is not closed: {body}");
    for line in tail.lines().filter(|line| !line.trim().is_empty()) {
        let (number, told) = line.split_once(':').expect("a number and a name");
        let gold = article.gold.get_mut(&number.parse().expect("a number")).expect("a quotation of this number");
        let mut name: Vec<&str> = Vec::new();
        for word in told.split_whitespace() {
            match word {
                "(f)" | "(m)" => gold.gender = Some(word.trim_matches(['(', ')']).to_owned()),
                "noname" => gold.nameless = true,
                "doubt" => gold.doubt = true,
                _ if word.starts_with("alt=") => {}
                _ => name.push(word),
            }
        }
        gold.name = Some(name.join(" ")).filter(|name| name != "-");
    }
    article
}

/// The bytes of letters and digits in some ranges.
fn letters(text: &str, ranges: &[Range]) -> Vec<usize> {
    let inside = |at: usize| ranges.iter().any(|&(start, end)| start <= at && at < end);
    text.char_indices().filter(|&(at, c)| c.is_alphanumeric() && inside(at)).map(|(at, _)| at).collect()
}

/// Percent that two sorted lists share of all that is in either.
fn overlap(one: &[usize], two: &[usize]) -> usize {
    let shared = one.iter().filter(|at| two.binary_search(at).is_ok()).count();
    let all = one.len() + two.len() - shared;
    (100 * shared).checked_div(all).unwrap_or_default()
}

/// What is right, of how many.
#[derive(Debug, Default, Clone, Copy)]
struct Share {
    right: usize,
    of: usize,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    fn tenths(self) -> usize {
        (1000 * self.right + self.of / 2) / self.of.max(1)
    }
}

#[derive(Debug, Default)]
struct Figures {
    /// Gold quotations found at 0.8.
    recall: Share,
    /// Quotations given that are one of the gold at 0.8.
    precision: Share,
    name: Share,
    gender: Share,
    /// Those given with a confidence of 0.9 and more whose content and name are right.
    confident: Share,
}

fn score(article: &Article, figures: &mut Figures) {
    let doc = Doc::new(article.text.as_str());
    let span = |range: TokenRange| {
        let span = doc.span(range);
        (span.start as usize, span.end as usize)
    };
    let found: Vec<(Vec<usize>, &Quote)> = doc
        .quotes()
        .iter()
        .map(|quote| {
            let parts: Vec<Range> = quote.content.iter().map(|&part| span(part)).collect();
            (letters(&article.text, &parts), quote)
        })
        .collect();
    let gold: Vec<(Vec<usize>, &Gold)> =
        article.gold.values().map(|gold| (letters(&article.text, &gold.parts), gold)).collect();
    for (own, gold) in gold.iter().filter(|(_, gold)| !gold.doubt) {
        let best = found.iter().max_by_key(|(other, _)| overlap(own, other));
        let best = best.map(|(other, quote)| (overlap(own, other), *quote));
        figures.recall.count(best.is_some_and(|(share, _)| share >= 80));
        let Some((_, quote)) = best.filter(|(share, _)| *share >= 30) else { continue };
        if !gold.nameless {
            let name = doc.entity_of(quote).map(|entity| entity.name.to_string());
            figures.name.count(name == gold.name);
        }
        if gold.gender.is_some() && !gold.nameless {
            let gender = doc.gender_of(quote).map(|gender| gender.as_str().to_owned());
            figures.gender.count(gender == gold.gender);
        }
    }
    for (own, quote) in &found {
        let sure = |least: usize| gold.iter().any(|(other, gold)| !gold.doubt && overlap(own, other) >= least);
        let doubtful = gold.iter().any(|(other, gold)| gold.doubt && overlap(own, other) >= 30);
        // What lies in another one is a report that the gold need not have.
        if sure(30) || !(doubtful || quote.parent.is_some()) {
            figures.precision.count(sure(80));
            if quote.rounded_confidence() >= 0.9 {
                let name = doc.entity_of(quote).map(|entity| entity.name.to_string());
                let named = |gold: &Gold| gold.name.is_none() || gold.name == name;
                let right = |(other, gold): &(Vec<usize>, &Gold)| overlap(own, other) >= 80 && named(gold);
                figures.confident.count(gold.iter().any(|own| !own.1.doubt && right(own)));
            }
        }
    }
}

#[test]
fn what_is_found_in_articles_of_our_own() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let texts = |folder: PathBuf| {
        let paths = fs::read_dir(folder).expect("the articles").map(|entry| entry.expect("an article").path());
        let mut paths: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
        paths.sort();
        paths
    };
    let (paths, rounds) = (texts(folder.clone()), texts(folder.join("rounds")));
    assert_eq!((paths.len(), rounds.len()), (86, 118));
    let (first, later) = paths.split_at(FIRST);
    let sets = [("first thirty", first), ("later ones", later), ("rounds six to nine", &rounds)];
    for ((set, paths), floors) in sets.into_iter().zip(FLOORS) {
        let mut figures = Figures::default();
        for path in paths {
            let marked = fs::read_to_string(path).expect("an article");
            score(&read(&marked), &mut figures);
        }
        let all = [
            ("recall at 0.8", figures.recall, floors[0]),
            ("precision at 0.8", figures.precision, floors[1]),
            ("name, or none where there is none", figures.name, floors[2]),
            ("gender", figures.gender, floors[3]),
            ("right, content and name, at a confidence of 0.9 and more", figures.confident, floors[4]),
        ];
        eprintln!("{set}:");
        for (what, share, floor) in all {
            let tenths = share.tenths();
            eprintln!("  {what}: {}.{} of {}", tenths / 10, tenths % 10, share.of);
            assert!(tenths >= floor, "{set}, {what}: {tenths} tenths of a percent, {floor} before");
        }
    }
}

/// Articles of the first set.
const FIRST: usize = 30;

/// Tenths of a percent below which none of the figures may fall: the first articles, the later ones, those of the rounds.
const FLOORS: [[usize; 5]; 3] = [[969, 953, 916, 994, 887], [945, 951, 927, 991, 969], [967, 967, 928, 987, 940]];
