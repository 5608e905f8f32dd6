//! Normalization on real text (`../shared/data/text`, skipped where it is absent): mojibake is repaired, and correct
//! French is never damaged.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may panic and print")]

use std::path::{Path, PathBuf};

use propos::Normalizer;

/// Lines of the texts, with what is typical of them: ASCII lines cannot be damaged and are left out.
fn texts() -> Option<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/text");
    if !folder.exists() {
        println!("skipped: ../shared/data/text is not here");
        return None;
    }
    let mut files: Vec<PathBuf> = Vec::new();
    for kind in std::fs::read_dir(folder).unwrap() {
        let kind = kind.unwrap().path();
        if kind.is_dir() {
            files.extend(std::fs::read_dir(kind).unwrap().map(|file| file.unwrap().path()));
        }
    }
    files.sort();
    let read = |file: PathBuf| std::fs::read_to_string(file).ok();
    Some(files.into_iter().filter(|file| file.extension().is_some_and(|end| end == "txt")).filter_map(read).collect())
}

const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];
const MAC: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

/// UTF-8 read in another encoding.
fn damage(text: &str, encoding: &str) -> String {
    let mac: Vec<char> = MAC.chars().collect();
    let read = |byte: u8| match encoding {
        _ if byte < 0x80 => char::from(byte),
        "windows-1252" if byte < 0xa0 => WINDOWS[usize::from(byte) - 0x80],
        "mac-roman" => mac[usize::from(byte) - 0x80],
        _ => char::from(byte),
    };
    text.bytes().map(read).collect()
}

#[test]
fn correct_french_is_not_repaired() {
    let Some(texts) = texts() else { return };
    let mojibake = Normalizer::new().with("mojibake", "on").unwrap().with("entities", "on").unwrap();
    let (mut lines, mut changed) = (0, Vec::new());
    for text in &texts {
        assert!(mojibake.align(text).is_unchanged());
        for line in text.lines() {
            lines += 1;
            if !mojibake.align(line).is_unchanged() {
                changed.push(line);
            }
        }
    }
    println!("{lines} lines, {} changed", changed.len());
    assert!(changed.is_empty(), "{changed:#?}");
}

#[test]
fn mojibake_is_repaired() {
    let Some(texts) = texts() else { return };
    let mojibake = Normalizer::new().with("mojibake", "on").unwrap();
    for encodings in [
        &["windows-1252"][..],
        &["latin-1"],
        &["mac-roman"],
        &["windows-1252", "windows-1252"],
        &["latin-1", "latin-1"],
        &["mac-roman", "mac-roman"],
    ] {
        let (mut total, mut exact, mut shown) = (0_u32, 0_u32, Vec::new());
        for line in texts.iter().flat_map(|text| text.lines()).filter(|line| !line.is_ascii()) {
            let damaged = encodings.iter().fold(line.to_owned(), |text, encoding| damage(&text, encoding));
            total += 1;
            if mojibake.normalize(&damaged) == line {
                exact += 1;
            } else if shown.len() < 5 {
                shown.push(format!("{line}\n  {}", mojibake.normalize(&damaged)));
            }
        }
        let percent = 100.0 * f64::from(exact) / f64::from(total);
        println!("{encodings:?}: {exact} of {total} lines exact, {percent:.3} %");
        assert!(percent >= 99.5, "{encodings:?}: {percent}\n{}", shown.join("\n"));
    }
}

#[test]
fn real_text_is_idempotent_under_every_preset() {
    let Some(texts) = texts() else { return };
    for preset in Normalizer::presets() {
        let normalizer = Normalizer::preset(preset).unwrap();
        for text in texts.iter().step_by(7) {
            let once = normalizer.normalize(text).into_owned();
            let twice = normalizer.normalize(&once);
            if twice != once {
                let (a, b) = once.lines().zip(twice.lines()).find(|(a, b)| a != b).unwrap();
                panic!("{preset}\n{a}\n{b}");
            }
        }
    }
}
