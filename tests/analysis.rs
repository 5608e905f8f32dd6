//! Tags, heads and relations of our own sentences: what attribution needs to come out right.
//!
//! Each case is one line of `tests/analysis.txt`: a sentence, and arcs `dependent < head relation` that its tree must
//! have. `cargo test --test analysis -- --nocapture` prints the trees that fail.

#![expect(clippy::expect_used, reason = "a case that cannot be read fails its test")]

use propos::{TokenRange, parse, tag, tokenize};

/// The arcs of `text`, taken as one sentence.
fn arcs(text: &str, accurate: bool) -> Vec<(String, String, String)> {
    let tokens = tokenize(text);
    let range = TokenRange::new(0, u32::try_from(tokens.len()).unwrap_or(u32::MAX));
    let (mut tagged, mut heads, mut deprels) = (Vec::new(), Vec::new(), Vec::new());
    tag::tag(text, &tokens, range, &mut tag::Workspace::default(), &mut tagged);
    let run = if accurate { parse::parse_accurate } else { parse::parse };
    run(&tagged, 0, &mut parse::Workspace::default(), &mut heads, &mut deprels);
    let form = |i: usize| tokens[i].text(text).to_string();
    (0..tokens.len()).map(|i| (form(i), form(heads[i] as usize), deprels[i].universal().to_string())).collect()
}

#[test]
fn reporting_verbs_get_their_subjects_and_complements() {
    check_arcs(false);
    check_arcs(true);
}

/// Fails if more than one arc of `tests/analysis.txt` in twelve is wrong.
fn check_arcs(accurate: bool) {
    let (mut right, mut all, mut failed) = (0, 0, Vec::new());
    let mut sentence = String::new();
    for line in include_str!("analysis.txt").lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
        let Some(arc) = line.strip_prefix("  ") else {
            sentence = line.to_string();
            continue;
        };
        let (dependent, rest) = arc.split_once(" < ").expect("dependent < head relation");
        let (head, relation) = rest.rsplit_once(' ').expect("dependent < head relation");
        let found = arcs(&sentence, accurate);
        all += 1;
        if found.iter().any(|(d, h, r)| d == dependent && h == head && r == relation) {
            right += 1;
        } else {
            let got: Vec<_> = found.iter().filter(|(d, _, _)| d == dependent).collect();
            failed.push(format!("{sentence}\n  {arc}  found {got:?}"));
        }
    }
    for case in &failed {
        eprintln!("{case}");
    }
    // A greedy parser is allowed one arc in twelve.
    assert!(right * 12 >= all * 11, "{right} of {all} arcs are right");
}

type Run = fn(&[tag::Tagged], u32, &mut parse::Workspace, &mut Vec<u32>, &mut Vec<parse::Deprel>);

#[test]
fn every_sentence_gets_a_tree() {
    for text in ["", "a", "(((((", "« » « »", &"et ".repeat(20_000), "DIT-IL ! – « Oui », a-t-il dit : « Non »…"]
    {
        let tokens = tokenize(text);
        let range = TokenRange::new(0, u32::try_from(tokens.len()).unwrap_or(u32::MAX));
        let (mut tagged, mut heads, mut deprels) = (Vec::new(), Vec::new(), Vec::new());
        tag::tag(text, &tokens, range, &mut tag::Workspace::default(), &mut tagged);
        for run in [parse::parse as Run, parse::parse_accurate] {
            heads.clear();
            deprels.clear();
            run(&tagged, 0, &mut parse::Workspace::default(), &mut heads, &mut deprels);
            assert_eq!((heads.len(), deprels.len()), (tokens.len(), tokens.len()));
            let roots = heads.iter().enumerate().filter(|(i, h)| **h as usize == *i).count();
            assert_eq!(roots, usize::from(!tokens.is_empty()));
            for (i, head) in heads.iter().enumerate() {
                assert_eq!(*head as usize == i, deprels[i] == parse::Deprel::ROOT);
            }
        }
    }
}
