//! Measures the analysis: accuracy on gold tokens, CoNLL-U of raw text, speed.
//!
//! * `cargo run --release --example evaluate -- gold ../shared/data/ud/gsd/fr_gsd-ud-test.conllu ...`: UPOS and lemma over
//!   surface words that are no contraction; UAS and LAS (universal part of the relation) over those that are no
//!   punctuation either.
//! * `... -- raw [--accurate] text.txt > out.conllu`: analysis of raw text, for `../shared/tools/ud_eval.py`.
//! * `... -- speed ../shared/data/text/ntrex/*.txt`: words a second on one thread, best of five; loading time.
//! * `... -- tokens [--accurate] file.conllu`: one line `form TAB upos TAB lemma TAB head TAB deprel` a gold token, for
//!   `benches/compare_spacy.py`.

#![allow(
    clippy::pedantic,
    clippy::print_stdout,
    clippy::expect_used,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "a tool for developers"
)]

#[path = "treebank/mod.rs"]
mod treebank;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use propos::parse::{self, Deprel};
use propos::tag::{self, Tagged};
use propos::{LineMode, TokenRange, Upos, contraction, split, tokenize};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let accurate = arguments.iter().any(|a| a == "--accurate");
    arguments.retain(|a| a != "--accurate");
    let Some((mode, files)) = arguments.split_first() else {
        return Err("gold, raw, speed or tokens, then files".into());
    };
    match mode.as_str() {
        "gold" => files.iter().try_for_each(|file| gold(Path::new(file))),
        "raw" => files.iter().try_for_each(|file| raw(Path::new(file), accurate)),
        "tokens" => files.iter().try_for_each(|file| print_tokens(Path::new(file), accurate)),
        "speed" => speed(files),
        other => Err(format!("no such mode: {other}").into()),
    }
}

/// Tags, then heads and relations, of one sentence; heads from `first` on.
struct Analyzer {
    tags: tag::Workspace,
    trees: parse::Workspace,
    tagged: Vec<Tagged>,
    heads: Vec<u32>,
    deprels: Vec<Deprel>,
}

impl Analyzer {
    fn new() -> Self {
        Self {
            tags: tag::Workspace::default(),
            trees: parse::Workspace::default(),
            tagged: Vec::new(),
            heads: Vec::new(),
            deprels: Vec::new(),
        }
    }

    fn parse(&mut self, accurate: bool) {
        self.heads.clear();
        self.deprels.clear();
        let run = if accurate { parse::parse_accurate } else { parse::parse };
        run(&self.tagged, 0, &mut self.trees, &mut self.heads, &mut self.deprels);
    }
}

fn gold(file: &Path) -> Outcome {
    let sentences = treebank::read(file)?;
    let mut analyzer = Analyzer::new();
    let (mut all, mut upos, mut feats, mut lemma) = (0, 0, 0, 0);
    let mut arcs = [[0; 3]; 2];
    for sentence in &sentences {
        let n = sentence.tokens.len();
        analyzer.tagged.clear();
        tag::tag_forms(tag::shipped(), sentence.forms(), &mut analyzer.tags, &mut analyzer.tagged);
        for (gold, found) in sentence.tokens.iter().zip(&analyzer.tagged).filter(|(g, _)| !g.tag.is_contraction()) {
            all += 1;
            upos += u32::from(gold.tag.upos() == found.upos());
            feats += u32::from(gold.feats == found.feats);
            lemma += u32::from(tag::lemma_of(&gold.form, *found) == gold.lemma);
        }
        for (accurate, counts) in arcs.iter_mut().enumerate() {
            analyzer.parse(accurate == 1);
            for (i, gold) in sentence.tokens.iter().enumerate() {
                if gold.tag.is_contraction() || gold.tag.upos() == Upos::Punct {
                    continue;
                }
                let head = Some(analyzer.heads[i] as usize).filter(|h| *h != i);
                let universal = gold.deprel.split(':').next().unwrap_or_default();
                counts[0] += 1;
                counts[1] += u32::from(head == gold.head);
                counts[2] += u32::from(head == gold.head && analyzer.deprels[i].universal() == universal);
            }
        }
        debug_assert_eq!(n, analyzer.heads.len());
    }
    let percent = |part: u32, all: u32| 100.0 * f64::from(part) / f64::from(all.max(1));
    println!(
        "{}: UPOS {:.2} feats {:.2} lemma {:.2} ({all} words)",
        file.file_name().map_or_else(Default::default, |n| n.to_string_lossy()),
        percent(upos, all),
        percent(feats, all),
        percent(lemma, all),
    );
    for (name, [all, heads, relations]) in ["fast", "accurate"].iter().zip(arcs) {
        println!("  {name}: UAS {:.2} LAS {:.2} ({all} words)", percent(heads, all), percent(relations, all));
    }
    Ok(())
}

fn raw(file: &Path, accurate: bool) -> Outcome {
    let text = fs::read_to_string(file)?;
    let tokens = tokenize(&text);
    let mut analyzer = Analyzer::new();
    for range in split(&text, &tokens, LineMode::default()) {
        analyzer.tagged.clear();
        tag::tag(&text, &tokens, range, &mut analyzer.tags, &mut analyzer.tagged);
        analyzer.parse(accurate);
        let words = parse::expand(&analyzer.tagged, 0, &analyzer.heads, &analyzer.deprels);
        for (i, word) in words.iter().enumerate() {
            let token = &tokens[(range.start + word.token) as usize];
            let form = token.text(&text);
            let tagged = analyzer.tagged[word.token as usize];
            let parts = contraction(form).filter(|_| tagged.tag.is_contraction());
            if let (Some(_), 0) = (parts, word.part) {
                println!("{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_", i + 1, i + 2);
            }
            let own = parts.map_or(form, |p| p[usize::from(word.part)]);
            let lemma = match (parts.is_some(), word.part) {
                (false, _) => tag::lemma(&text, token, tagged).into_owned(),
                (true, 0) => own.to_string(),
                (true, _) if own.ends_with("quel") || own.contains("quel") => "lequel".into(),
                (true, _) => "le".into(),
            };
            let head = if word.head as usize == i { 0 } else { word.head + 1 };
            println!(
                "{}\t{own}\t{lemma}\t{}\t_\t{}\t{head}\t{}\t_\t_",
                i + 1,
                word.upos,
                word.feats,
                if head == 0 { "root" } else { word.deprel.as_str() }
            );
        }
        println!();
    }
    Ok(())
}

fn print_tokens(file: &Path, accurate: bool) -> Outcome {
    let mut analyzer = Analyzer::new();
    for sentence in treebank::read(file)? {
        analyzer.tagged.clear();
        tag::tag_forms(tag::shipped(), sentence.forms(), &mut analyzer.tags, &mut analyzer.tagged);
        analyzer.parse(accurate);
        for (i, token) in sentence.tokens.iter().enumerate() {
            let tagged = analyzer.tagged[i];
            let lemma = tag::lemma_of(&token.form, tagged);
            println!(
                "{}\t{}\t{lemma}\t{}\t{}",
                token.form,
                tagged.upos(),
                analyzer.heads[i],
                analyzer.deprels[i].universal()
            );
        }
        println!();
    }
    Ok(())
}

fn speed(files: &[String]) -> Outcome {
    let start = Instant::now();
    let mut analyzer = Analyzer::new();
    tag::tag_forms(tag::shipped(), ["Bonjour"].into_iter(), &mut analyzer.tags, &mut analyzer.tagged);
    analyzer.parse(false);
    analyzer.parse(true);
    println!("first use, all models: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let texts: Vec<String> = files.iter().map(fs::read_to_string).collect::<Result<_, _>>()?;
    let mut best = [Duration::MAX; 4];
    let mut words = 0_usize;
    for _ in 0..5 {
        let mut spent = [Duration::ZERO; 4];
        words = 0;
        for text in &texts {
            let start = Instant::now();
            let tokens = tokenize(text);
            let sentences = split(text, &tokens, LineMode::default());
            spent[0] += start.elapsed();
            words += tokens.len();
            for range in sentences {
                let start = Instant::now();
                analyzer.tagged.clear();
                tag::tag(
                    text,
                    &tokens,
                    TokenRange::new(range.start, range.end),
                    &mut analyzer.tags,
                    &mut analyzer.tagged,
                );
                let tagged = Instant::now();
                analyzer.parse(false);
                let fast = Instant::now();
                analyzer.parse(true);
                spent[1] += tagged - start;
                spent[2] += fast - tagged;
                spent[3] += fast.elapsed();
            }
        }
        for (best, spent) in best.iter_mut().zip(spent) {
            *best = (*best).min(spent);
        }
    }
    let rate = |time: Duration| words as f64 / time.as_secs_f64();
    println!("{words} tokens, one thread, best of five, tokens a second:");
    println!("  tokens and sentences {:.0}", rate(best[0]));
    println!("  tagger alone         {:.0}", rate(best[1]));
    println!("  fast parser alone    {:.0}", rate(best[2]));
    println!("  accurate alone       {:.0}", rate(best[3]));
    println!("  text to tree, fast   {:.0}", rate(best[0] + best[1] + best[2]));
    println!("  text to tree, accurate {:.0}", rate(best[0] + best[1] + best[3]));
    Ok(())
}
