//! Tokens, words and sentences: readable gold, the cases users complained about elsewhere, and properties of any text.

#![expect(clippy::expect_used, clippy::string_slice, reason = "a test fails by a panic")]

use std::fs;
use std::path::Path;

use propos::{LineMode, Tokenizer, contraction, is_contraction, split, tokenize};
use proptest::prelude::*;

fn token_texts(text: &str) -> Vec<String> {
    tokenize(text).iter().map(|token| token.text(text).to_owned()).collect()
}

fn word_texts(text: &str) -> Vec<String> {
    let tokens = tokenize(text);
    let mut words = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        match contraction(token.text(text)).filter(|_| is_contraction(text, &tokens, i)) {
            Some(pair) => words.extend(pair.map(str::to_owned)),
            None => words.push(token.text(text).to_owned()),
        }
    }
    words
}

fn sentence_texts(text: &str, mode: LineMode) -> Vec<String> {
    let tokens = tokenize(text);
    let sentences = split(text, &tokens, mode);
    sentences
        .iter()
        .map(|range| {
            let span =
                tokens[range.start as usize].span.start as usize..tokens[range.end as usize - 1].span.end as usize;
            text[span].to_owned()
        })
        .collect()
}

/// `\n` in a case stands for a line break, `\u{…}` for a character that cannot be seen.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(tail) = rest.strip_prefix('n') {
            out.push('\n');
            rest = tail;
        } else if let Some(tail) = rest.strip_prefix("u{") {
            let (code, tail) = tail.split_once('}').expect("\\u{…}");
            out.push(char::from_u32(u32::from_str_radix(code, 16).expect("hexadecimal")).expect("a character"));
            rest = tail;
        } else {
            out.push('\\');
        }
    }
    out + rest
}

/// Checks `file` of tests/tokens: a line of text, then an indented line with the expected parts between `¦`.
fn check(file: &str, parts: impl Fn(&str) -> Vec<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tokens").join(file);
    let cases = fs::read_to_string(&path).expect("the gold file");
    let lines: Vec<&str> = cases.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(!lines.is_empty() && lines.len().is_multiple_of(2), "{file}: pairs of lines");
    let mut wrong = Vec::new();
    for pair in lines.chunks(2) {
        let [text, expected] = pair else { unreachable!() };
        assert!(expected.starts_with("  "), "{file}: an indented line should follow {text}");
        let found = parts(&unescape(text)).join(" ¦ ").replace('\n', "\\n");
        if found != unescape(expected.trim()).replace('\n', "\\n") {
            wrong.push(format!("{text}\n  expected {}\n  found    {found}", expected.trim()));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases of {file}:\n{}", wrong.len(), lines.len() / 2, wrong.join("\n"));
}

#[test]
fn tokens_of_the_readable_gold() {
    check("tokens.txt", token_texts);
}

#[test]
fn words_of_the_readable_gold() {
    check("words.txt", word_texts);
}

#[test]
fn sentences_of_the_readable_gold() {
    check("sentences.txt", |text| sentence_texts(text, LineMode::Auto));
}

#[test]
fn hard_cases_of_other_tools() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/hard_cases.tsv");
    let Ok(cases) = fs::read_to_string(&path) else {
        eprintln!("skipped: ../shared/data is not here");
        return;
    };
    let mut wrong = Vec::new();
    for line in cases.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, kind, text, expected, ..] = fields[..] else { continue };
        let found = match kind {
            "t" => token_texts(text),
            "w" => word_texts(text),
            "s" => sentence_texts(text, LineMode::Auto),
            _ => continue,
        };
        let found = found.join("|");
        if found != expected {
            wrong.push(format!("{line}\n  found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What must hold of any text.
fn check_properties(text: &str, tokenizer: &Tokenizer) {
    let tokens = tokenizer.tokenize(text);
    let mut at = 0;
    for token in &tokens {
        let span = token.span.start as usize..token.span.end as usize;
        assert!(at <= span.start && span.start < span.end, "sorted, disjoint, not empty");
        assert!(text[at..span.start].chars().all(propos::is_blank), "only blanks between tokens: {text:?}");
        assert_eq!(token.chars.start as usize, text[..span.start].chars().count(), "code points: {text:?}");
        assert_eq!(token.chars.end as usize, text[..span.end].chars().count(), "code points: {text:?}");
        at = span.end;
    }
    assert!(text[at..].chars().all(propos::is_blank), "only blanks after the last token: {text:?}");
    for mode in [LineMode::Auto, LineMode::Paragraph, LineMode::Wrapped, LineMode::Line] {
        let mut next = 0;
        for range in split(text, &tokens, mode) {
            assert_eq!(range.start, next, "sentences cover the tokens in order");
            assert!(range.start < range.end, "no empty sentence");
            next = range.end;
        }
        assert_eq!(next as usize, tokens.len(), "sentences cover the tokens to the end");
    }
}

/// Strings of the pieces that the rules look at, in any order.
fn french_pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "l",
        "'",
        "’",
        "''",
        "-",
        "--",
        "‑",
        "–",
        "—",
        ".",
        "...",
        "…",
        ",",
        " ",
        "\u{a0}",
        "\u{202f}",
        "\n",
        "\r\n",
        "\n\n",
        "M.",
        "J.-C.",
        "etc.",
        "p.",
        "S.N.C.F.",
        "aujourd'hui",
        "qu",
        "t",
        "il",
        "-t-il",
        "-je",
        "est-ce",
        "ça",
        "É",
        "e\u{301}",
        "œ",
        "10",
        "000",
        "3",
        "h",
        "30",
        "%",
        "°",
        "C",
        "n°",
        "€",
        "(",
        ")",
        "(s)",
        "«",
        "»",
        "\"",
        "“",
        "”",
        "?",
        "!",
        ":",
        ";",
        "http://",
        "www.",
        "exemple.fr",
        "@",
        "#",
        "a.b",
        "😀",
        "👩\u{200d}👧",
        "🇫🇷",
        "1\u{fe0f}\u{20e3}",
        "\u{200b}",
        "\u{ad}",
        "·",
        "/",
        "_",
        "&",
        "+",
        "<",
        ">",
        "=",
        ")",
        ":-)",
        "日本",
        "\u{0}",
        "½",
        "²",
        "Le",
        "le",
        "du",
        "des",
        "Dupont",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

#[test]
fn additions_hold_where_they_stand_as_a_whole() {
    let tokenizer = Tokenizer::default().exception("c'est", &["c'est"]).unwrap().abbreviation("réf.").unwrap();
    let text = "c'est-à-dire c'est, c'est-il réf. Dupont";
    let tokens = tokenizer.tokenize(text);
    let forms: Vec<&str> = tokens.iter().map(|token| token.text(text)).collect();
    assert_eq!(forms, ["c'est-à-dire", "c'est", ",", "c'", "est", "-il", "réf.", "Dupont"]);
    for wrong in [".", "2e.", "§.", "réf", "ab cd.", &format!("{}.", "a".repeat(32))] {
        assert!(Tokenizer::default().abbreviation(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn lines_end_as_they_are_written() {
    let wrapped = "Le maire de la ville a dit hier matin devant la presse que les|travaux de la gare ne seront pas finis avant la \
                   fin du mois et|que la rue reste fermée. Il attend.";
    for sign in ["\n", "\r\n", "\r", "\u{2028}"] {
        let text = wrapped.replace('|', sign);
        assert_eq!(split(&text, &tokenize(&text), LineMode::Auto).len(), 2, "{sign:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn any_text_keeps_its_properties(text in any::<String>()) {
        check_properties(&text, &Tokenizer::default());
    }

    #[test]
    fn french_text_keeps_its_properties(text in french_pieces()) {
        check_properties(&text, &Tokenizer::default());
    }

    #[test]
    fn options_keep_the_properties(text in french_pieces(), elisions: bool, hyphens: bool, urls: bool) {
        let tokenizer = Tokenizer::default()
            .keep_elisions(elisions)
            .split_hyphens(hyphens)
            .merge_urls(urls)
            .abbreviation("réf.").unwrap()
            .exception("est-ce", &["est-ce"]).unwrap()
            .exception("qu'il", &["qu'i", "l"]).unwrap();
        check_properties(&text, &tokenizer);
    }
}
