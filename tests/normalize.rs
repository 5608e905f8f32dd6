//! Normalization: readable cases (`tests/normalize/*.txt`), each step on and off, and properties on any text.
//!
//! A line `[step=value, ...]` says which steps are on; `[preset=name, step=value]` starts from a preset. A case is
//! `input => output` (the spaces beside `=>` are not part of it); a line without `=>` must stay as it is. `⍽` stands
//! for the no-break space, `⎵` for the narrow one, `\n \t \r \u{..}` as in Rust. `BLESS=1` rewrites the outputs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::similar_names,
    clippy::format_push_string,
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    reason = "a test may panic"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use propos::{CharSpan, Normalizer, Span};

fn read(written: &str) -> String {
    let mut out = String::new();
    let mut chars = written.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '⍽' => out.push('\u{a0}'),
            '⎵' => out.push('\u{202f}'),
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('r') => out.push('\r'),
                Some('s') => out.push(' '),
                Some('u') => {
                    let code: String = chars.by_ref().skip(1).take_while(|&c| c != '}').collect();
                    out.push(char::from_u32(u32::from_str_radix(&code, 16).unwrap()).unwrap());
                }
                other => {
                    out.push('\\');
                    out.extend(other);
                }
            },
            _ => out.push(c),
        }
    }
    out
}

fn write(text: &str) -> String {
    let mut out = String::new();
    for (at, c) in text.char_indices() {
        match c {
            '\u{a0}' => out.push('⍽'),
            '\u{202f}' => out.push('⎵'),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            ' ' if at == 0 || at + 1 == text.len() => out.push_str("\\s"),
            '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{80}'..='\u{9f}' | '\u{2000}'..='\u{200f}' => {
                out.push_str(&c.escape_unicode().to_string());
            }
            _ => out.push(c),
        }
    }
    out
}

fn normalizer(header: &str) -> Normalizer {
    let mut normalizer = Normalizer::new();
    for pair in header.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, "on"));
        normalizer = if name == "preset" {
            Normalizer::preset(value).unwrap()
        } else {
            normalizer.with(name, value).unwrap_or_else(|error| panic!("{pair}: {error}"))
        };
    }
    normalizer
}

/// The way back and forth is exact, and every character of the output has its place in the input.
fn check_alignment(normalizer: Normalizer, text: &str) {
    let normalized = normalizer.align(text);
    assert_eq!(normalized.text(), normalizer.normalize(text), "align and normalize agree on {text:?}");
    let alignment = normalized.alignment();
    // The edits, applied to the original, give the normalized text.
    let mut rebuilt = String::new();
    let mut at = 0;
    for edit in alignment.edits() {
        assert!(edit.start as usize >= at && edit.start <= edit.end && edit.new_start <= edit.new_end, "{text:?}");
        rebuilt.push_str(&text[at..edit.start as usize]);
        assert_eq!(rebuilt.len(), edit.new_start as usize, "{text:?}");
        rebuilt.push_str(&normalized.text()[edit.new_start as usize..edit.new_end as usize]);
        at = edit.end as usize;
    }
    rebuilt.push_str(&text[at..]);
    assert_eq!(rebuilt, normalized.text(), "{text:?}");
    // Each character maps to a span whose own image holds it; spans grow with what they hold.
    let mut last = Span::new(0, 0);
    for (start, c) in normalized.text().char_indices() {
        let span = Span::new(u32::try_from(start).unwrap(), u32::try_from(start + c.len_utf8()).unwrap());
        let original = alignment.original_span(span);
        assert!(text.is_char_boundary(original.start as usize) && text.is_char_boundary(original.end as usize));
        assert!(original.start >= last.start && original.end >= last.end, "{text:?} {span:?}");
        if original.is_empty() {
            // Inserted: nothing of the input made it.
            assert!(
                alignment
                    .edits()
                    .iter()
                    .any(|edit| edit.start == edit.end && edit.new_start <= span.start && span.end <= edit.new_end)
            );
        } else {
            assert!(alignment.normalized_span(original).contains(span), "{text:?} {span:?} {original:?}");
            let outside = alignment.edits().iter().all(|edit| span.end <= edit.new_start || edit.new_end <= span.start);
            if outside {
                assert_eq!(original.of(text), span.of(normalized.text()), "{text:?}");
            }
        }
        last = original;
    }
    // The same in code points.
    let chars = normalized.in_code_points();
    let count = |text: &str, to: u32| u32::try_from(text[..to as usize].chars().count()).unwrap();
    for (edit, in_chars) in alignment.edits().iter().zip(chars.edits()) {
        assert_eq!(in_chars.start, count(text, edit.start));
        assert_eq!(in_chars.end, count(text, edit.end));
        assert_eq!(in_chars.new_start, count(normalized.text(), edit.new_start));
        assert_eq!(in_chars.new_end, count(normalized.text(), edit.new_end));
    }
    let whole = CharSpan { start: 0, end: count(normalized.text(), u32::try_from(normalized.text().len()).unwrap()) };
    let back = chars.original_span(whole);
    assert!(back.end <= count(text, u32::try_from(text.len()).unwrap()));
}

fn check_idempotent(normalizer: Normalizer, text: &str) {
    let once = normalizer.normalize(text).into_owned();
    let twice = normalizer.align(&once);
    assert!(twice.is_unchanged(), "{:?}\n{text:?}\n{once:?}\n{:?}", normalizer.steps(), twice.text());
}

#[test]
fn every_case_reads_as_written() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/normalize");
    let bless = std::env::var_os("BLESS").is_some();
    let (mut failures, mut cases) = (Vec::new(), 0);
    let mut seen: BTreeMap<&str, u32> = Normalizer::all_steps().into_iter().map(|(name, _)| (name, 0)).collect();
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let mut now = Normalizer::new();
        let mut rewritten = String::new();
        for (number, line) in std::fs::read_to_string(&file).unwrap().lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                rewritten.push_str(line);
            } else if let Some(header) = header(line) {
                now = normalizer(header);
                rewritten.push_str(line);
            } else {
                cases += 1;
                for (name, _) in now.steps() {
                    *seen.entry(name).or_default() += 1;
                }
                let (input, expected) = line.split_once(" => ").unwrap_or((line, line));
                let text = read(input);
                let got = now.normalize(&text).into_owned();
                if got != read(expected) {
                    failures.push(format!(
                        "{}:{}: {input}\n   expected {expected}\n        got {}",
                        file.file_name().unwrap().to_string_lossy(),
                        number + 1,
                        write(&got)
                    ));
                }
                if got == text {
                    rewritten.push_str(input);
                } else {
                    rewritten.push_str(&format!("{input} => {}", write(&got)));
                }
                // Off: nothing changes.
                let mut off = now;
                for (name, _) in now.steps() {
                    off = off.with(name, "off").unwrap();
                }
                assert!(off.align(&text).is_unchanged());
                check_alignment(now, &text);
                check_idempotent(now, &text);
                for preset in Normalizer::presets() {
                    let preset = Normalizer::preset(preset).unwrap();
                    check_alignment(preset, &text);
                    check_idempotent(preset, &text);
                }
            }
            rewritten.push('\n');
        }
        if bless {
            std::fs::write(&file, rewritten).unwrap();
        }
    }
    assert!(bless || failures.is_empty(), "{} of {cases} cases:\n{}", failures.len(), failures.join("\n"));
    assert!(cases >= 300, "{cases} cases");
    let unseen: Vec<&&str> = seen.iter().filter(|(_, count)| **count == 0).map(|(name, _)| name).collect();
    assert!(unseen.is_empty(), "steps without a case: {unseen:?}");
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    /// Text made of the pieces that the steps look for, and of anything.
    fn text() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "a",
            "é",
            "É",
            "e\u{301}",
            "L'",
            "œ",
            "Œ",
            "ﬁ",
            " ",
            "\u{a0}",
            "\u{202f}",
            "\n",
            "\r\n",
            "\t",
            "'",
            "’",
            "´",
            "\"",
            "“",
            "”",
            "„",
            "«",
            "»",
            "<<",
            ">>",
            "''",
            "``",
            "-",
            "--",
            "–",
            "—",
            "...",
            "…",
            ".",
            ",",
            ";",
            ":",
            "!",
            "?",
            "(",
            ")",
            "%",
            "€",
            "&",
            "&amp;",
            "&eacute;",
            "&#233;",
            "amp;",
            "eacute;",
            ";",
            "#",
            "x",
            "Ã©",
            "Ã",
            "Â",
            "â€™",
            "Â«",
            "\u{92}",
            "√©",
            "¬´",
            "‚Äô",
            "\u{ad}",
            "\u{200b}",
            "\u{200d}",
            "\u{feff}",
            "\u{0}",
            "\u{85}",
            "1",
            "12",
            "000",
            "30 000",
            "6.500",
            "3,5",
            "km",
            "M.",
            "Mme",
            "n°",
            "XVI",
            "e",
            "er",
            "1er",
            "14h30",
            "vingt",
            "et",
            "un",
            "quatre",
            "cent",
            "mille",
            "virgule",
            "ème",
            "aaaa",
            "ß",
            "İ",
            "ǆ",
            "中",
            "😀",
            "\u{1f468}\u{200d}\u{1f469}",
            "ア",
            "\u{ac00}",
            "\u{1100}",
            "\u{1161}",
            "Ⅳ",
            "ﷺ",
            "½",
            "²",
            "ſ",
            "ς",
            "β",
            "oeil",
            "coeur",
            "-\n",
            "gouver-\nnement",
            "A PARIS",
            "12/03/2024",
            "10:30",
            "$",
            "US",
            "p.",
            "J.-C.",
            "bd",
            "St",
        ])
        .prop_map(str::to_owned);
        let anything = prop_oneof![4 => pieces, 1 => any::<char>().prop_map(String::from)];
        prop::collection::vec(anything, 0..24).prop_map(|parts| parts.concat())
    }

    /// The French of the project's own texts and cases, by paragraph.
    fn french() -> Vec<String> {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let files = ["examples/article.txt", "examples/roman.txt", "docs/dialogue.md", "docs/annotation.md"];
        let mut paragraphs: Vec<String> = Vec::new();
        for file in files {
            let text = std::fs::read_to_string(root.join(file)).unwrap();
            paragraphs.extend(text.split("\n\n").map(str::to_owned));
        }
        paragraphs
    }

    /// Any combination of steps.
    fn steps() -> impl Strategy<Value = Normalizer> {
        let all = Normalizer::all_steps();
        prop::collection::vec(0_usize..10, all.len()).prop_map(move |choices| {
            let mut normalizer = Normalizer::new();
            for ((name, values), choice) in all.iter().zip(choices) {
                if let Some(value) = values.get(choice) {
                    normalizer = normalizer.with(name, value).unwrap();
                }
            }
            normalizer
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_preset_is_idempotent(text in text()) {
            for preset in Normalizer::presets() {
                check_idempotent(Normalizer::preset(preset).unwrap(), &text);
            }
        }

        #[test]
        fn any_steps_lead_back(text in text(), normalizer in steps()) {
            check_alignment(normalizer, &text);
            check_idempotent(normalizer, &text);
        }

        #[test]
        fn french_leads_back(at in any::<prop::sample::Index>(), odd in text(), normalizer in steps()) {
            let mut text = at.get(&french()).clone();
            text.push_str(&odd);
            check_alignment(normalizer, &text);
            check_idempotent(normalizer, &text);
        }

        #[test]
        fn any_text_leads_back(text in any::<String>(), normalizer in steps()) {
            check_alignment(normalizer, &text);
        }

        #[test]
        fn unicode_forms_are_unicodes(text in text()) {
            use unicode_normalization::UnicodeNormalization;
            for (form, expected) in [
                ("NFC", text.nfc().collect::<String>()),
                ("NFD", text.nfd().collect()),
                ("NFKC", text.nfkc().collect()),
                ("NFKD", text.nfkd().collect()),
            ] {
                prop_assert_eq!(Normalizer::new().with("unicode", form).unwrap().normalize(&text), expected);
            }
        }
    }

    #[test]
    fn hostile_repetitions_take_linear_time() {
        let started = std::time::Instant::now();
        for piece in [
            "\"", "'", "«", "<<", ">>", "<", "-", ".", " ", "\u{a0}", "!", "&", "&amp;", "&#38;", "1 ", "1 234 ", "Ã",
            "Â\u{a0}", "e\u{301}", "\u{301}", "a\n", "\r", "vingt ", "cent-", "M. ", "XV", "a", "IIII", "1,", "1.234",
        ] {
            let text = piece.repeat(400_000 / piece.len());
            for preset in Normalizer::presets() {
                let normalized = Normalizer::preset(preset).unwrap().align(&text);
                assert!(normalized.text().len() <= 64 * text.len());
            }
        }
        let seconds = started.elapsed().as_secs();
        assert!(seconds < 120, "{seconds} s for 400 kB texts");
    }
}

/// The steps of a line `[step=value, ...]`; `[?]` is a case.
fn header(line: &str) -> Option<&str> {
    let header = line.strip_prefix('[')?.strip_suffix(']')?;
    header.starts_with(|c: char| c.is_ascii_lowercase()).then_some(header)
}
