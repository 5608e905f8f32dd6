//! Compiles `src/data/lexicon.bin` from the Grammalecte lexicon (MPL-2.0), INSEE's first names and our own lists, and
//! `src/data/first_name_endings.txt`, the share of women by the last letters of INSEE's first names.
//!
//! `cargo run --release --example build_lexicon -- ../shared/data/lexicon`; the layout is described in
//! `docs/analysis.md`, the reader is `src/lexicon.rs`.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::print_stdout,
    clippy::too_many_lines,
    reason = "a tool for developers; the sizes are asserted"
)]

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use propos::lexicon::Label;
use propos::{Feats, Upos};

const LICENCE: &str = "This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0 \
(https://mozilla.org/MPL/2.0/). Compiled from: Lexique Grammalecte/Dicollecte v7.5 (c) Olivier R., MPL-2.0; \
INSEE, Fichier des prenoms, Licence Ouverte; lists of propos. See NOTICE.";

/// (lemma, part of speech, features, labels)
type Analysis = (String, Upos, Feats, u32);
type Forms = BTreeMap<Vec<u8>, Vec<Analysis>>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let source = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "../shared/data/lexicon".into()));
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/data");
    let mut forms = Forms::new();
    for line in fs::read_to_string(source.join("French.lex"))?.lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        if let [form, lemma, tags] = fields[..]
            && !form.contains(' ')
            && !lemma.contains(' ')
        {
            read_entry(&mut forms, &form.replace('’', "'"), &lemma.replace('’', "'"), tags);
        }
    }
    add_lists(&mut forms, &data)?;
    mark_feminines(&mut forms);
    let insee = source.join("insee_names_fr_1900_2023.csv");
    fs::write(data.join("first_name_endings.txt"), endings(&insee)?)?;
    let names = read_names(&insee, &forms)?;
    let bytes = compile(&forms, names);
    println!("{} forms, {} bytes", forms.len(), bytes.len());
    fs::write(data.join("lexicon.bin"), bytes)?;
    Ok(())
}

fn add(forms: &mut Forms, form: &str, lemma: &str, upos: Upos, feats: &str, labels: u32) {
    let list = forms.entry(form.as_bytes().to_vec()).or_default();
    let feats = Feats::parse(feats);
    match list.iter_mut().find(|a| a.0 == lemma && a.1 == upos && a.2 == feats) {
        Some(same) => same.3 |= labels,
        None => list.push((lemma.to_string(), upos, feats, labels)),
    }
}

/// One line of French.lex: tags such as `:V1_it_q__a:Ip:Sp:3p/*`, `:N:A:f:s#G/*`.
fn read_entry(forms: &mut Forms, form: &str, lemma: &str, tags: &str) {
    let body = tags.split('/').next().unwrap_or("");
    let (body, semantic) = body.split_once('#').unwrap_or((body, ""));
    let body = body.split(';').next().unwrap_or("");
    let parts: Vec<&str> = body.split(':').filter(|p| !p.is_empty()).collect();
    let has = |part: &str| parts.contains(&part);
    let gender = if has("m") {
        "Gender=Masc|"
    } else if has("f") {
        "Gender=Fem|"
    } else {
        ""
    };
    let number = if has("s") {
        "Number=Sing"
    } else if has("p") {
        "Number=Plur"
    } else {
        ""
    };
    let agreement = format!("{gender}{number}");
    let mut labels = 0;
    for (letter, mark) in [("C", Label::Place), ("G", Label::Demonym), ("L", Label::Language), ("P", Label::Country)] {
        if semantic.split('#').any(|s| s == letter) {
            labels |= mark as u32;
        }
    }
    let capital = form.starts_with(char::is_uppercase);
    let acronym = capital && form.chars().nth(1).is_some_and(char::is_uppercase);
    if acronym {
        labels |= Label::Acronym as u32;
    }
    if let Some(verb) = parts.iter().find(|p| p.starts_with('V')) {
        return read_verb(forms, form, lemma, verb, &parts, &agreement);
    }
    if has("G") {
        return read_function_word(forms, form, lemma, &parts, gender, number);
    }
    if has("T") {
        add(forms, form, lemma, Upos::Noun, &agreement, labels | Label::Title as u32);
    }
    for (tag, mark) in [("M1", Label::FirstName as u32), ("M2", Label::Surname as u32), ("MP", 0), ("NM", 0)] {
        if has(tag) {
            add(forms, form, lemma, Upos::Propn, &agreement, labels | mark);
        }
    }
    if has("N") {
        let proper = capital && !acronym;
        add(forms, form, lemma, if proper { Upos::Propn } else { Upos::Noun }, &agreement, labels);
    }
    if has("A") {
        add(forms, form, lemma, Upos::Adj, &agreement, labels);
    }
    if has("W") || has("X") || has("U") {
        add(forms, form, lemma, Upos::Adv, if has("U") { "PronType=Int" } else { "" }, labels);
    }
    if has("J") {
        add(forms, form, lemma, Upos::Intj, "", labels);
    }
    if has("B") || has("Br") {
        add(forms, form, lemma, Upos::Num, "NumType=Card", labels);
    }
}

fn read_verb(forms: &mut Forms, form: &str, lemma: &str, class: &str, parts: &[&str], agreement: &str) {
    // V1_it_q__a: group, "e" or "a" for être/avoir, then i t n p m e a (see French.tagset.txt).
    let mut labels = 0;
    for (place, mark) in [
        (3, Label::Intransitive),
        (4, Label::Transitive),
        (5, Label::Indirect),
        (6, Label::Pronominal),
        (7, Label::Impersonal),
        (8, Label::WithEtre),
    ] {
        if class.chars().nth(place).is_some_and(|c| c != '_' && c != 'z') {
            labels |= mark as u32;
        }
    }
    let mut readings: Vec<String> = Vec::new();
    let persons: Vec<(&str, &str)> = parts
        .iter()
        .filter_map(|p| {
            let mut chars = p.chars();
            let person = match chars.next() {
                Some('1') => "1",
                Some('2') => "2",
                Some('3') => "3",
                _ => return None,
            };
            match chars.next() {
                Some('s') => Some((person, "Sing")),
                Some('p') => Some((person, "Plur")),
                // "1ś": the form of an inversion, "dussé-je".
                _ => None,
            }
        })
        .collect();
    for part in parts {
        let mood = match *part {
            "Ip" => "Mood=Ind|Tense=Pres",
            "Iq" => "Mood=Ind|Tense=Imp",
            "Is" => "Mood=Ind|Tense=Past",
            "If" => "Mood=Ind|Tense=Fut",
            "K" => "Mood=Cnd|Tense=Pres",
            "Sp" => "Mood=Sub|Tense=Pres",
            "Sq" => "Mood=Sub|Tense=Imp",
            "E" => "Mood=Imp|Tense=Pres",
            "Y" => {
                readings.push("VerbForm=Inf".into());
                continue;
            }
            "P" => {
                readings.push("Tense=Pres|VerbForm=Part".into());
                continue;
            }
            "Q" => {
                let feats = Feats::parse(agreement);
                let feats = if feats.value("Gender").is_none() { feats.with("Gender", "Masc") } else { feats };
                let feats = if feats.value("Number").is_none() { feats.with("Number", "Sing") } else { feats };
                readings.push(format!("{feats}|Tense=Past|VerbForm=Part"));
                continue;
            }
            _ => continue,
        };
        for (person, number) in &persons {
            readings.push(format!("{mood}|Number={number}|Person={person}|VerbForm=Fin"));
        }
    }
    for feats in &readings {
        add(forms, form, lemma, Upos::Verb, feats, labels);
        if lemma == "être" || lemma == "avoir" {
            add(forms, form, lemma, Upos::Aux, feats, labels);
        }
    }
    if parts.contains(&"A") {
        let masculine = masculine_participle(form, agreement);
        add(forms, form, &masculine, Upos::Adj, agreement, 0);
    }
}

/// The lemma of a participle as an adjective: "données" -> "donné", "écrites" -> "écrit", "mis" -> "mis".
fn masculine_participle(form: &str, agreement: &str) -> String {
    let feats = Feats::parse(agreement);
    let singular = if feats.is_plural() { form.strip_suffix('s').unwrap_or(form) } else { form };
    let stem = if feats.is_feminine() { singular.strip_suffix('e').unwrap_or(singular) } else { singular };
    stem.to_string()
}

fn read_function_word(forms: &mut Forms, form: &str, lemma: &str, parts: &[&str], gender: &str, number: &str) {
    let has = |part: &str| parts.contains(&part);
    let person = if has("O1") {
        "Person=1|"
    } else if has("O2") {
        "Person=2|"
    } else if has("O3") {
        "Person=3|"
    } else {
        ""
    };
    let mut put = |upos, kind: &str| add(forms, form, lemma, upos, &format!("{gender}{person}{kind}{number}"), 0);
    for part in parts {
        match *part {
            "D" => put(Upos::Det, "PronType=Art|"),
            "Dp" => put(Upos::Det, "Poss=Yes|PronType=Prs|"),
            "Dd" => put(Upos::Det, "PronType=Dem|"),
            "Di" | "De" => put(Upos::Det, "PronType=Ind|"),
            "Dn" => put(Upos::Det, "PronType=Neg|"),
            "R" | "Rv" => put(Upos::Adp, ""),
            "C" | "Cc" => put(Upos::Cconj, ""),
            "Cs" => put(Upos::Sconj, ""),
            "Os" | "Oo" | "Ov" => put(Upos::Pron, "PronType=Prs|"),
            "Ow" => put(Upos::Pron, "Person=3|PronType=Prs|"),
            "Od" => put(Upos::Pron, "PronType=Dem|"),
            "Oi" | "On" => put(Upos::Pron, "PronType=Ind|"),
            "Or" => put(Upos::Pron, "PronType=Rel|"),
            "Oj" | "Ot" => put(Upos::Pron, "PronType=Int|"),
            "U" => put(Upos::Adv, "PronType=Int|"),
            "X" => put(Upos::Adv, "Polarity=Neg|"),
            "W" => put(Upos::Adv, ""),
            "B" => put(Upos::Num, "NumType=Card|"),
            _ => {}
        }
    }
}

/// Lines of a list: blank-separated fields, `#` comments.
fn list(path: &Path) -> std::io::Result<Vec<Vec<String>>> {
    let lines = fs::read_to_string(path)?;
    let fields = |l: &str| l.split_whitespace().map(String::from).collect();
    Ok(lines.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(fields).collect())
}

fn gender_of(letter: &str) -> &'static str {
    match letter {
        "m" => "Gender=Masc|",
        "f" => "Gender=Fem|",
        _ => "",
    }
}

fn add_lists(forms: &mut Forms, data: &Path) -> std::io::Result<()> {
    for fields in list(&data.join("titles.txt"))? {
        if let [form, gender, number, lemma] = &fields[..] {
            let feats = format!("{}Number={}", gender_of(gender), if number == "p" { "Plur" } else { "Sing" });
            mark_or_add(forms, form, lemma, Upos::Noun, &feats, Label::Title);
        }
    }
    for fields in list(&data.join("countries.txt"))? {
        if let [form, gender] = &fields[..] {
            mark_or_add(forms, form, form, Upos::Propn, gender_of(gender).trim_end_matches('|'), Label::Country);
        }
    }
    for fields in list(&data.join("capitals.txt"))? {
        if let [form] = &fields[..] {
            mark_or_add(forms, form, form, Upos::Propn, "", Label::Capital);
        }
    }
    for (file, mark) in [
        ("functions.txt", Label::Function),
        ("organizations.txt", Label::Organization),
        ("demonyms.txt", Label::Demonym),
    ] {
        let wanted: Vec<String> = list(&data.join(file))?.into_iter().flatten().collect();
        let mut known = vec![false; wanted.len()];
        for analyses in forms.values_mut() {
            for analysis in analyses.iter_mut().filter(|a| matches!(a.1, Upos::Noun | Upos::Adj)) {
                if let Some(i) = wanted.iter().position(|w| *w == analysis.0) {
                    known[i] = true;
                    if analysis.1 == Upos::Noun || mark == Label::Demonym {
                        analysis.3 |= mark as u32;
                    }
                }
            }
        }
        for (word, _) in wanted.iter().zip(known).filter(|(_, known)| !known) {
            println!("{file}: {word} is not in the lexicon, added as it is");
            add(forms, word, word, Upos::Noun, "Number=Sing", mark as u32);
            add(forms, &format!("{word}s"), word, Upos::Noun, "Number=Plur", mark as u32);
        }
    }
    Ok(())
}

/// Marks the analyses of `form` with this part of speech, or adds one.
fn mark_or_add(forms: &mut Forms, form: &str, lemma: &str, upos: Upos, feats: &str, mark: Label) {
    let list = forms.entry(form.as_bytes().to_vec()).or_default();
    let mut found = false;
    for analysis in list.iter_mut().filter(|a| a.1 == upos) {
        analysis.3 |= mark as u32;
        if analysis.2.is_empty() {
            analysis.2 = Feats::parse(feats);
        }
        found = true;
    }
    if !found {
        add(forms, form, lemma, upos, feats, mark as u32);
    }
}

/// A feminine noun whose lemma is a masculine one: "présidente", "actrices".
fn mark_feminines(forms: &mut Forms) {
    let masculine = |list: &Vec<Analysis>| list.iter().any(|a| a.1 == Upos::Noun && a.2.is_masculine());
    let lemmas: HashMap<Vec<u8>, bool> = forms.iter().map(|(form, list)| (form.clone(), masculine(list))).collect();
    for analyses in forms.values_mut() {
        for analysis in analyses.iter_mut().filter(|a| a.1 == Upos::Noun && a.2.is_feminine()) {
            if lemmas.get(analysis.0.as_bytes()) == Some(&true) {
                analysis.3 |= Label::Feminized as u32;
            }
        }
    }
}

/// Lower-case first name -> (women in percent, binary logarithm of the number of births).
fn read_names(path: &Path, forms: &Forms) -> std::io::Result<BTreeMap<String, (u16, u16)>> {
    let mut names = BTreeMap::new();
    for line in fs::read_to_string(path)?.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let number = |i: usize| fields.get(i).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
        let (male, female) = (number(1), number(2));
        // INSEE's "_prenoms_rares" and names of one letter are none.
        if male + female >= 1.0 && fields[0].chars().count() > 1 && !fields[0].starts_with('_') {
            names.insert(
                fields[0].to_lowercase(),
                ((100.0 * female / (male + female)).round() as u16, (male + female).log2() as u16),
            );
        }
    }
    for (form, analyses) in forms {
        for analysis in analyses.iter().filter(|a| a.3 & Label::FirstName as u32 != 0) {
            let share = if analysis.2.is_feminine() {
                100
            } else if analysis.2.is_masculine() {
                0
            } else {
                50
            };
            names.entry(String::from_utf8_lossy(form).to_lowercase()).or_insert((share, 0));
        }
    }
    Ok(names)
}

/// Endings of first names, each with the percentage of women among the names (not the people) that have it: those of at
/// least twelve names that differ by more than twelve points from the next shorter ending kept. "^" is the name's start.
fn endings(path: &Path) -> std::io::Result<String> {
    const LONGEST: usize = 5;
    let mut counts: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for line in fs::read_to_string(path)?.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let number = |i: usize| fields.get(i).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
        let (male, female) = (number(1), number(2));
        let letters: Vec<char> = std::iter::once('^').chain(propos::entity::plain_letters(fields[0])).collect();
        if male + female < 3.0 || letters.len() < 4 || fields[0].contains('-') || fields[0].starts_with('_') {
            continue;
        }
        for start in letters.len().saturating_sub(LONGEST)..letters.len() {
            let (women, all) = counts.entry(letters[start..].iter().collect()).or_default();
            *women += female / (male + female);
            *all += 1.0;
        }
    }
    let mut keys: Vec<&String> = counts.keys().collect();
    keys.sort_by_key(|key| (key.chars().count(), *key));
    let mut kept: BTreeMap<&str, f64> = BTreeMap::new();
    for key in keys {
        let (women, all) = counts[key];
        let share = (women + 1.0) / (all + 2.0);
        let shorter = key.char_indices().skip(1).find_map(|(at, _)| kept.get(key.get(at..)?));
        if all >= 12.0 && shorter.is_none_or(|other| (share - other).abs() > 0.12) {
            kept.insert(key, share);
        }
    }
    let mut text = "# Endings of first names and the percentage of women among the names of INSEE that have them; ^ is the start.\n\
                    # Built by examples/build_lexicon.rs; INSEE, Fichier des prénoms, Licence Ouverte.\n"
        .to_owned();
    for (ending, share) in kept {
        text.push_str(&[ending, " ", &(100.0 * share).round().to_string(), "\n"].concat());
    }
    Ok(text)
}

/// What the tagger sees of an analysis: part of speech and verb form, pronoun type, number.
fn coarse(analysis: &Analysis) -> String {
    let value = |name| analysis.2.value(name).unwrap_or("");
    let number =
        if matches!(analysis.1, Upos::Noun | Upos::Adj) || analysis.2.is_participle() { value("Number") } else { "" };
    let person = if analysis.2.is_finite() { format!("{}{}", value("Person"), value("Number")) } else { String::new() };
    let mood = if analysis.2.has("Mood", "Imp") || analysis.2.has("Mood", "Sub") { value("Mood") } else { "" };
    let tense = if analysis.2.is_participle() { value("Tense") } else { "" };
    let shown = (Label::Title as u32) | (Label::FirstName as u32) | (Label::Surname as u32);
    format!(
        "{}/{}/{tense}{mood}{person}/{}/{number}/{}",
        analysis.1,
        value("VerbForm"),
        value("PronType"),
        analysis.3 & shown
    )
}

/// Numbers things in the order in which they first come.
#[derive(Default)]
struct Numbered<T> {
    items: Vec<T>,
    index: HashMap<T, u32>,
}

impl<T: Clone + Eq + std::hash::Hash> Numbered<T> {
    fn number(&mut self, item: T) -> u32 {
        let next = self.items.len() as u32;
        *self.index.entry(item.clone()).or_insert_with(|| {
            self.items.push(item);
            next
        })
    }
}

fn compile(forms: &Forms, names: BTreeMap<String, (u16, u16)>) -> Vec<u8> {
    let mut rules: Numbered<(u8, String)> = Numbered::default();
    let mut analyses: Numbered<(u64, u32, u32, u8)> = Numbered::default();
    let mut values: Numbered<Vec<u32>> = Numbered::default();
    let mut classes: Numbered<Vec<String>> = Numbered::default();
    let mut class_of: Vec<u16> = vec![0];
    values.number(Vec::new());
    classes.number(Vec::new());
    let mut keys: Vec<(Vec<u8>, u16)> = Vec::new();
    for (form, list) in forms.iter().filter(|(_, list)| !list.is_empty()) {
        let text = String::from_utf8_lossy(form);
        let numbers: Vec<u32> = list
            .iter()
            .map(|a| {
                let common: usize =
                    text.chars().zip(a.0.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
                let rule =
                    rules.number(((text.len() - common) as u8, a.0.get(common..).unwrap_or_default().to_string()));
                analyses.number((a.2.bits(), a.3, rule, a.1 as u8))
            })
            .collect();
        let value = values.number(numbers);
        if value as usize == class_of.len() {
            let mut class: Vec<String> = list.iter().map(coarse).collect();
            class.sort();
            class.dedup();
            class_of.push(classes.number(class) as u16);
        }
        keys.push((form.clone(), value as u16));
    }
    for (name, (share, frequency)) in names {
        let mut key = vec![1];
        key.extend_from_slice(name.as_bytes());
        keys.push((key, 0x8000 | share << 5 | frequency.min(31)));
    }
    keys.sort();
    println!(
        "{} keys, {} values, {} classes, {} analyses, {} rules",
        keys.len(),
        values.items.len(),
        classes.items.len(),
        analyses.items.len(),
        rules.items.len()
    );
    let mut builder = Builder::default();
    let root = builder.state(&keys, 0);

    let mut strings = String::new();
    let mut rule_bytes = Vec::new();
    for (strip, text) in &rules.items {
        let offset = strings.find(text.as_str()).unwrap_or_else(|| {
            strings.push_str(text);
            strings.len() - text.len()
        });
        rule_bytes.extend((offset as u32).to_le_bytes());
        rule_bytes.extend([text.len() as u8, *strip, 0, 0]);
    }
    let mut analysis_bytes = Vec::new();
    for (feats, labels, rule, upos) in &analyses.items {
        analysis_bytes.extend(feats.to_le_bytes());
        analysis_bytes.extend(labels.to_le_bytes());
        analysis_bytes.extend((*rule as u16).to_le_bytes());
        analysis_bytes.extend([*upos, 0]);
    }
    let (mut starts, mut lists) = (vec![0_u16], Vec::new());
    for value in &values.items {
        lists.extend(value.iter().map(|n| *n as u16));
        starts.push(lists.len() as u16);
    }
    assert!(
        lists.len() < 65536 && values.items.len() < 32768 && analyses.items.len() < 65536 && rules.items.len() < 65536
    );
    let u16s = |list: &[u16]| -> Vec<u8> { list.iter().flat_map(|n| n.to_le_bytes()).collect() };
    let words: Vec<u8> = builder.words.iter().flat_map(|n| n.to_le_bytes()).collect();
    let lengths = [
        builder.words.len(),
        starts.len(),
        class_of.len(),
        lists.len(),
        analyses.items.len(),
        rules.items.len(),
        strings.len(),
        LICENCE.len(),
    ];
    let mut body = LICENCE.as_bytes().to_vec();
    for section in
        [words, u16s(&starts), u16s(&class_of), u16s(&lists), analysis_bytes, rule_bytes, strings.into_bytes()]
    {
        body.extend(section);
    }
    let mut out = b"proposLX".to_vec();
    out.extend(1_u32.to_le_bytes());
    out.extend(root.to_le_bytes());
    out.extend(lengths.iter().flat_map(|n| (*n as u32).to_le_bytes()));
    let hash = body.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3));
    out.extend(hash.to_le_bytes());
    out.extend(body);
    out
}

/// Builds the minimal automaton: equal states (same value, same arcs) are written once.
#[derive(Default)]
struct Builder {
    words: Vec<u32>,
    known: HashMap<(u16, Vec<(u8, u32)>), u32>,
}

impl Builder {
    /// The state that accepts the rest of `keys` (sorted) after `depth` bytes, as its place in `words`.
    fn state(&mut self, mut keys: &[(Vec<u8>, u16)], depth: usize) -> u32 {
        let mut value = 0;
        while let Some((key, v)) = keys.first().filter(|(key, _)| key.len() == depth) {
            value = *v;
            keys = &keys[1..];
            debug_assert_eq!(key.len(), depth);
        }
        let mut arcs = Vec::new();
        while let Some((key, _)) = keys.first() {
            let label = key[depth];
            let end = keys.partition_point(|(k, _)| k[depth] <= label);
            arcs.push((label, self.state(&keys[..end], depth + 1)));
            keys = &keys[end..];
        }
        if let Some(place) = self.known.get(&(value, arcs.clone())) {
            return *place;
        }
        let place = self.words.len() as u32;
        assert!(place < 1 << 24);
        self.words.push(u32::from(value) | (arcs.len() as u32) << 16);
        self.words.extend(arcs.iter().map(|(label, target)| u32::from(*label) | target << 8));
        self.known.insert((value, arcs), place);
        place
    }
}
