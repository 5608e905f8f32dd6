//! The CoNLL-U of any text keeps the rules of <https://universaldependencies.org/format.html>, as far as they can be
//! checked without lists of a language: lines, columns, identifiers, ranges, characters, features, trees, the text.

use propos::parse::Parser;
use propos::{Doc, LineMode, Upos};
use proptest::prelude::*;

/// What is wrong with a CoNLL-U file, if anything; else the number of its sentences and words.
fn check(file: &str) -> Result<(usize, usize), String> {
    if file.is_empty() {
        return Ok((0, 0));
    }
    if !file.ends_with("\n\n") || file.contains("\n\n\n") || file.starts_with('\n') || file.contains('\r') {
        return Err("sentences are not ended by one empty line each".into());
    }
    let (mut sentences, mut words, mut names) = (0, 0, Vec::new());
    for sentence in file.trim_end_matches('\n').split("\n\n") {
        let lines: Vec<&str> = sentence.split('\n').collect();
        let count = lines.iter().take_while(|line| line.starts_with('#')).count();
        let (comments, rows) = lines.split_at(count);
        let field = |name: &str| -> Result<String, String> {
            let start = format!("# {name} = ");
            let found: Vec<&str> = comments.iter().filter_map(|line| line.strip_prefix(&start)).collect();
            match found[..] {
                [one] => Ok(one.to_string()),
                _ => Err(format!("{} comments {name} in {sentence:?}", found.len())),
            }
        };
        let name = field("sent_id")?;
        if name.is_empty() || name.contains(char::is_whitespace) || names.contains(&name) {
            return Err(format!("bad sent_id {name:?}"));
        }
        names.push(name);
        words += check_rows(rows, &field("text")?).map_err(|what| format!("{what} in\n{sentence}"))?;
        sentences += 1;
    }
    Ok((sentences, words))
}

/// Checks the lines of a sentence; gives the number of its words.
fn check_rows(rows: &[&str], text: &str) -> Result<usize, String> {
    let mut heads: Vec<usize> = Vec::new();
    // The last word of the range that is open, and the text that the lines spell.
    let (mut covered, mut spelled) = (0, String::new());
    for row in rows {
        let columns: Vec<&str> = row.split('\t').collect();
        let [id, form, lemma, upos, xpos, feats, head, deprel, deps, misc] = columns[..] else {
            return Err(format!("{} columns", columns.len()));
        };
        for (i, column) in columns.iter().enumerate() {
            let spaces_allowed = i == 1 || i == 2;
            if column.is_empty()
                || column.trim() != *column
                || column.contains("  ")
                || column.contains(char::is_control)
                || (!spaces_allowed && column.contains(char::is_whitespace))
            {
                return Err(format!("bad column {column:?}"));
            }
        }
        if (xpos, deps) != ("_", "_") {
            return Err("XPOS or DEPS".into());
        }
        if let Some((first, last)) = id.split_once('-') {
            let (first, last) = (number(first)?, number(last)?);
            if first != heads.len() + 1 || last <= first || covered > heads.len() {
                return Err(format!("bad range {id}"));
            }
            if [lemma, upos, feats, head, deprel] != ["_"; 5] {
                return Err(format!("a range with analysis: {row:?}"));
            }
            covered = last;
        } else {
            heads.push(number(head)?);
            if number(id)? != heads.len() {
                return Err(format!("word {id} at place {}", heads.len()));
            }
            if Upos::parse(upos).is_none() || (lemma == "_" && form != "_") {
                return Err(format!("UPOS {upos}, LEMMA {lemma}"));
            }
            check_feats(feats)?;
            let bad = |part: &str| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_lowercase());
            if deprel.split(':').any(bad) || deprel.split(':').count() > 2 {
                return Err(format!("relation {deprel}"));
            }
            if (head == "0") != (deprel == "root") {
                return Err(format!("head {head} with relation {deprel}"));
            }
            if heads.len() <= covered {
                if misc != "_" {
                    return Err("MISC inside a range".into());
                }
                continue;
            }
        }
        spelled.push_str(form);
        if misc != "SpaceAfter=No" {
            spelled.push(' ');
        }
        if misc != "_" && misc != "SpaceAfter=No" && !misc.starts_with("SpacesAfter=\\") {
            return Err(format!("MISC {misc}"));
        }
    }
    if covered > heads.len() {
        return Err("a range past the end".into());
    }
    if spelled.trim_end() != text || text.is_empty() {
        return Err(format!("text {text:?}, but the forms give {spelled:?}"));
    }
    check_tree(&heads)?;
    Ok(heads.len())
}

/// One root, every head is a word, and from every word one comes to the root.
fn check_tree(heads: &[usize]) -> Result<(), String> {
    if heads.iter().filter(|head| **head == 0).count() != 1 {
        return Err("not one root".into());
    }
    let mut good = vec![false; heads.len() + 1];
    good[0] = true;
    for word in 1..=heads.len() {
        let (mut at, mut path) = (word, Vec::new());
        while !good[at] {
            path.push(at);
            if path.len() > heads.len() {
                return Err(format!("a cycle at word {word}"));
            }
            at = *heads.get(at - 1).filter(|head| **head <= heads.len()).ok_or("a head outside")?;
        }
        for at in path {
            good[at] = true;
        }
    }
    Ok(())
}

/// `Name=Value|…`, sorted without regard to case, no name twice.
fn check_feats(feats: &str) -> Result<(), String> {
    if feats == "_" {
        return Ok(());
    }
    let mut last = String::new();
    for feature in feats.split('|') {
        let (name, value) = feature.split_once('=').ok_or("a feature without =")?;
        let capital = |s: &str| s.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
        if !capital(name) || !capital(value) || name.to_lowercase() <= last {
            return Err(format!("features {feats}"));
        }
        last = name.to_lowercase();
    }
    Ok(())
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| format!("not a number: {text:?}"))
}

const TEXTS: [&str; 17] = [
    "",
    " \n\t ",
    "Il parle du lac et des rives. « Auquel ? » demande-t-elle.",
    "DU VIN DES AMIS AUXQUELLES AU AUX\n\nDUDIT",
    "des du des du des au",
    "Le projet a coûté 30\u{202f}000 € à l’État, soit 12 % du budget.\n– Oui.\n– Non !",
    "_ _ _\n_",
    "# text = a\n1\tb\t_\n\n# newdoc",
    "a\tb \u{2028}c\n\n#\u{a0}d  e\u{f} -\ng \u{85}h\u{feff}i",
    "\u{0}\u{1}\u{2}",
    "((((((((((\n»»»»»»«««««\"\"\"\"",
    "🚆🏴‍☠️ #a @b https://a.fr/x?y=1|z e-mail: a@b.fr",
    "inter-\nnational aujour-\r\nd’hui",
    "e\u{301}\u{301}\u{301} \u{200d}\u{200b}\u{ad} \u{202e}abc",
    "-t-il -ce -là - -- --- … .... ?! '' ’’ l' d’ qu'",
    "1=2|3=4 A=B|a=b \\n \\s SpaceAfter=No",
    // A model once named `root` for an arc inside this one.
    "BA{0»–é#««O{’C<)!céH[A",
];

#[test]
fn own_and_hostile_texts_give_valid_files() {
    for text in TEXTS {
        for (parser, lines) in [(Parser::Fast, LineMode::Auto), (Parser::Accurate, LineMode::Line)] {
            let doc = Doc::with_lines(text, lines).with_parser(parser);
            let found = check(&doc.to_conllu("a b\n"));
            assert_eq!(found, Ok((doc.sentences().len(), doc.trees().words().len())), "{text:?}");
        }
    }
}

#[test]
fn a_sentence_without_end_is_valid_too() {
    let long = "et du pain, ".repeat(8_000);
    let doc = Doc::new(long);
    assert!(check(&doc.to_conllu("")).is_ok_and(|(_, words)| words == doc.trees().words().len() && words >= 32_000));
}

#[test]
fn columns_hold_the_analysis() {
    let doc = Doc::new("Elle répond aux élus du nord.");
    let expected = "# newdoc id = doc\n# sent_id = doc-1\n# text = Elle répond aux élus du nord.\n\
        1\tElle\tlui\tPRON\t_\tEmph=No|Gender=Fem|Number=Sing|Person=3|PronType=Prs\t2\tnsubj\t_\t_\n";
    assert!(doc.to_conllu("").starts_with(expected), "{}", doc.to_conllu(""));
    let out = doc.to_conllu("");
    let rows: Vec<Vec<&str>> = out.lines().skip(5).map(|row| row.split('\t').collect()).collect();
    let shown: Vec<[&str; 5]> =
        rows.iter().filter(|row| row.len() == 10).map(|row| [row[0], row[1], row[2], row[6], row[7]]).collect();
    assert_eq!(
        shown,
        [
            ["3-4", "aux", "_", "_", "_"],
            ["3", "à", "à", "5", "case"],
            ["4", "les", "le", "5", "det"],
            ["5", "élus", "élu", "2", "obl:arg"],
            ["6-7", "du", "_", "_", "_"],
            ["6", "de", "de", "8", "case"],
            ["7", "le", "le", "8", "det"],
            ["8", "nord", "nord", "5", "nmod"],
            ["9", ".", ".", "2", "punct"],
        ]
    );
}

#[test]
fn the_check_sees_what_is_wrong() {
    let good = Doc::new("Il va au lac. Oui.").to_conllu("a");
    assert_eq!(check(&good), Ok((2, 8)));
    for (from, to) in [
        ("1\tIl", "2\tIl"),
        ("3-4\t", "3-3\t"),
        ("\t0\troot", "\t1\troot"),
        ("\t0\troot", "\t0\tobj"),
        ("\t2\tnsubj", "\t0\troot"),
        ("\t2\tnsubj", "\t99\tnsubj"),
        ("\t2\tnsubj", "\t1\tnsubj"),
        ("# sent_id = a-2", "# sent_id = a-1"),
        ("# text = Il", "# text = il"),
        ("\tPRON\t", "\tPronoun\t"),
        ("\t_\tSpaceAfter=No", "\t\tSpaceAfter=No"),
        ("\n\n", "\n\n\n"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert!(bad != good && check(&bad).is_err(), "{from:?} -> {to:?}");
    }
}

proptest! {
    #[test]
    fn any_text_gives_a_valid_file(text in "\\PC{0,80}|[ -~\\t\\n«»’“”éàÉ—–…]{0,120}|(du|des|au|AUX|auquel|dudit|_|#|[.?!\\n ]|\\s|.){0,60}") {
        let doc = Doc::new(text.as_str());
        prop_assert_eq!(check(&doc.to_conllu("x")), Ok((doc.sentences().len(), doc.trees().words().len())));
    }
}
