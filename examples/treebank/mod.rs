//! Reads UD treebanks as surface tokens: contractions stay whole, as `propos` analyses them.

use std::fs;
use std::path::Path;

use propos::tag::Tag;
use propos::{Feats, Upos};

/// One surface token with its gold analysis.
#[derive(Debug, Clone)]
pub struct Gold {
    pub form: String,
    pub lemma: String,
    pub feats: Feats,
    pub tag: Tag,
    /// Surface index in the sentence; `None` for the root.
    pub head: Option<usize>,
    pub deprel: String,
}

/// A sentence of surface tokens.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    pub tokens: Vec<Gold>,
    /// False if some word has no head (a few of `fib-gsd`): good for tagging only.
    pub has_tree: bool,
    /// What an augmented copy shares with its original: the number of that.
    pub origin: usize,
    /// True of Sequoia and GSD, whose conventions are followed where others differ (lemmas of pronouns).
    pub standard: bool,
}

impl Sentence {
    /// The forms.
    pub fn forms(&self) -> impl Iterator<Item = &str> + Clone {
        self.tokens.iter().map(|t| t.form.as_str())
    }

    /// A sentence without tree: these forms, and the tags of these codes where they are known.
    pub fn tagged(forms: Vec<String>, tags: &[u8]) -> Self {
        let tag = |i: usize| tags.get(i).map_or(Tag::NONE, |code| Tag::from_code(*code));
        let token = |(i, form)| Gold {
            form,
            lemma: String::new(),
            feats: Feats::NONE,
            tag: tag(i),
            head: None,
            deprel: String::new(),
        };
        Self { tokens: forms.into_iter().enumerate().map(token).collect(), ..Self::default() }
    }

    /// All tokens joined: to find sentences that stand in a test too.
    pub fn joined(&self) -> String {
        self.tokens.iter().map(|t| t.form.as_str()).collect::<Vec<_>>().join(" ")
    }
}

struct Row {
    form: String,
    lemma: String,
    upos: Upos,
    feats: Feats,
    head: Option<usize>,
    deprel: String,
}

/// The sentences of a CoNLL-U file.
pub fn read(path: &Path) -> std::io::Result<Vec<Sentence>> {
    let text = fs::read_to_string(path)?;
    Ok(text.split("\n\n").filter_map(read_sentence).collect())
}

fn read_sentence(block: &str) -> Option<Sentence> {
    let mut rows: Vec<Row> = Vec::new();
    let mut ranges: Vec<(usize, usize, String)> = Vec::new();
    for line in block.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, upos, _, feats, head, deprel, ..] = fields[..] else { continue };
        if let Some((from, to)) = id.split_once('-') {
            ranges.push((from.parse().ok()?, to.parse().ok()?, form.to_string()));
        } else if !id.contains('.') {
            rows.push(Row {
                form: form.into(),
                lemma: lemma.into(),
                upos: Upos::parse(upos).unwrap_or_default(),
                feats: Feats::parse(feats),
                head: head.parse().ok(),
                deprel: deprel.into(),
            });
        }
    }
    if rows.is_empty() {
        return None;
    }
    let has_tree = rows.iter().all(|r| r.head.is_some_and(|h| h <= rows.len()) && r.deprel != "_");
    // Surface index of each word.
    let mut surface = vec![0; rows.len()];
    let mut groups: Vec<(usize, usize, Option<String>)> = Vec::new();
    let mut i = 0;
    while i < rows.len() {
        let range = ranges.iter().find(|r| r.0 == i + 1);
        let end = range.map_or(i + 1, |r| r.1);
        surface[i..end].fill(groups.len());
        groups.push((i, end, range.map(|r| r.2.clone())));
        i = end;
    }
    let tokens = groups
        .iter()
        .enumerate()
        .map(|(at, (start, end, form))| {
            let outside = |k: &usize| rows[*k].head.is_none_or(|h| h == 0 || surface[h - 1] != at);
            let main = (*start..*end).find(outside).unwrap_or(*start);
            let (row, last) = (&rows[main], &rows[end - 1]);
            let contracted = end - start == 2;
            let tag = if contracted { Tag::contracted(last.upos) } else { Tag::of(row.upos, row.feats) };
            Gold {
                form: form.clone().unwrap_or_else(|| row.form.clone()),
                lemma: rows[*start].lemma.clone(),
                feats: if contracted { last.feats } else { row.feats },
                tag,
                head: row.head.filter(|h| *h > 0).map(|h| surface[h - 1]),
                deprel: row.deprel.clone(),
            }
        })
        .collect();
    Some(Sentence { tokens, has_tree, origin: 0, standard: true })
}
