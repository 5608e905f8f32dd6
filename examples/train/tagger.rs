//! Trains and measures the tagger: tags, features, lemmas.

use std::collections::{BTreeMap, HashMap};

use propos::Upos;
use propos::model::File;
use propos::tag::{
    FEATURES, MAX_TAGS, MORPH_FEATURES, Model, Tag, Tagged, Word, Workspace, features, lemma_key, lemma_with,
    morph_features, morph_key, read_words, tag_forms,
};

use super::linear::{Random, Weights, with_seeds};
use super::treebank::Sentence;

pub const LICENCE: &str = "CC BY-SA 4.0 and LGPL-LR: learned from UD French Sequoia, FQB (LGPL-LR), GSD, FIB-GSD \
(CC BY-SA 4.0), and from NTREX-128 (CC BY-SA 4.0), ELTeC-fra (CC BY 4.0) and debates of the Assemblee nationale (encoding \
CC BY 3.0) as teachers that know those treebanks analyse them, with examples/train.rs of propos. See NOTICE.";

const TAG_BITS: u32 = 21;
const MORPH_BITS: u32 = 18;
const ROUNDS: usize = 10;
/// How often a gold sentence comes beside those of the teachers, and how often all are gone through.
const GOLD_TIMES: usize = 3;
const TAUGHT_ROUNDS: usize = 6;
/// By how much the gold tag must win: + 0.15 UPOS over none.
const MARGIN: f32 = 40.0;

/// Seeds of the models whose mean is shipped.
pub const SEEDS: [u64; 3] = [1, 2, 3];

/// The bytes of a tagger's model, learned from gold alone.
pub fn train(sentences: &[Sentence], verbose: bool) -> Vec<u8> {
    train_with(sentences, &[], verbose, &SEEDS)
}

/// The same, from as many models as there are seeds; tags are learned from `taught` too, whose tags are not gold.
pub fn train_with(sentences: &[Sentence], taught: &[Sentence], verbose: bool, seeds: &[u64]) -> Vec<u8> {
    let read = |s: &Sentence| {
        let mut words = Vec::new();
        read_words(s.forms(), &mut words);
        words
    };
    let words: Vec<Vec<Word>> = sentences.iter().map(read).collect();
    let times = if taught.is_empty() { 1 } else { GOLD_TIMES };
    let gold = std::iter::repeat_n(sentences, times).flatten();
    let all: Vec<(&Sentence, Vec<Word>)> = gold.chain(taught).map(|sentence| (sentence, read(sentence))).collect();
    let rounds = if taught.is_empty() { ROUNDS } else { TAUGHT_ROUNDS };
    let tags = with_seeds(seeds, |seed| train_tags(&all, rounds, verbose && seed == 1, seed));
    let mut sections = vec![Weights::companded(tags), Vec::new()];
    sections.extend(tables(sentences, &words));
    sections.extend(lemmas(sentences, &sections));
    let untrained: &'static [u8] = File::write(*b"tagg", LICENCE, &sections).leak();
    let model = Model::open(untrained).expect("just written");
    sections[1] = Weights::companded(with_seeds(seeds, |seed| train_morph(&model, sentences, &words, seed)));
    File::write(*b"tagg", LICENCE, &sections)
}

fn train_tags(sentences: &[(&Sentence, Vec<Word>)], rounds: usize, verbose: bool, seed: u64) -> Weights {
    let mut weights = Weights::new(TAG_BITS, MAX_TAGS);
    let mut random = Random(seed);
    for round in 0..rounds {
        let (mut right, mut all) = (0, 0);
        for s in random.shuffled(sentences.len()) {
            let (sentence, words) = &sentences[s];
            let (mut last, mut before) = (Tag::NONE, Tag::NONE);
            let mut buffer = [0; FEATURES];
            for (i, token) in sentence.tokens.iter().enumerate() {
                features(words, i, last, before, &mut buffer);
                let mut scores = [0.0; MAX_TAGS];
                weights.score(&buffer, &mut scores);
                // All tags compete here, so that the weights of a contraction do not lean on the constraint.
                let best = (0..Tag::COUNT).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0);
                let gold = token.tag.code() as usize;
                // A margin: a right answer that was close is learned from as well.
                let rival = (0..Tag::COUNT)
                    .filter(|t| *t != gold)
                    .max_by(|a, b| scores[*a].total_cmp(&scores[*b]))
                    .unwrap_or(0);
                if scores[rival] + MARGIN > scores[gold] {
                    weights.update(&buffer, gold, rival);
                }
                right += i32::from(best == gold);
                all += 1;
                weights.tick();
                (before, last) = (last, Tag::from_code(best as u8));
            }
        }
        if verbose {
            println!("tags, round {round}: {:.2}", 100.0 * f64::from(right) / f64::from(all));
        }
    }
    weights
}

fn u16s(list: impl IntoIterator<Item = usize>) -> Vec<u8> {
    list.into_iter().flat_map(|n| (n as u16).to_le_bytes()).collect()
}

fn u32s(list: impl IntoIterator<Item = u32>) -> Vec<u8> {
    list.into_iter().flat_map(u32::to_le_bytes).collect()
}

/// Sections 2 to 7: sets of features, those of each tag, those of each form and tag.
fn tables(sentences: &[Sentence], words: &[Vec<Word>]) -> Vec<Vec<u8>> {
    let mut bundles: BTreeMap<u64, usize> = BTreeMap::new();
    for token in sentences.iter().flat_map(|s| &s.tokens) {
        *bundles.entry(token.feats.bits()).or_default() += 1;
    }
    // The most frequent 255; the others are annotation slips.
    let mut order: Vec<(u64, usize)> = bundles.into_iter().collect();
    order.sort_by_key(|(bits, count)| (usize::MAX - count, *bits));
    order.truncate(255);
    let number: HashMap<u64, u8> = order.iter().enumerate().map(|(i, (bits, _))| (*bits, i as u8)).collect();
    let mut of_tag: Vec<BTreeMap<u8, usize>> = vec![BTreeMap::new(); Tag::COUNT];
    let mut seen: BTreeMap<u32, BTreeMap<u8, usize>> = BTreeMap::new();
    for (sentence, words) in sentences.iter().zip(words) {
        for (token, word) in sentence.tokens.iter().zip(words) {
            let Some(n) = number.get(&token.feats.bits()) else { continue };
            *of_tag[token.tag.code() as usize].entry(*n).or_default() += 1;
            *seen.entry(morph_key(word.exact, token.tag.code())).or_default().entry(*n).or_default() += 1;
        }
    }
    let by_count = |counts: &BTreeMap<u8, usize>, least: usize| -> Vec<u8> {
        let mut list: Vec<(u8, usize)> = counts.iter().map(|(n, c)| (*n, *c)).collect();
        list.sort_by_key(|(n, c)| (usize::MAX - c, *n));
        list.into_iter().filter(|(_, c)| *c >= least).map(|(n, _)| n).collect()
    };
    let mut tag_starts = vec![0];
    let mut tag_lists = Vec::new();
    for counts in &of_tag {
        tag_lists.extend(by_count(counts, 2));
        tag_starts.push(tag_lists.len());
    }
    let (mut keys, mut starts, mut lists) = (Vec::new(), vec![0], Vec::new());
    for (key, counts) in &seen {
        keys.push(*key);
        let all: usize = counts.values().sum();
        let mut list = by_count(counts, if all > 30 { 2 } else { 1 });
        list.truncate(12);
        lists.extend(list);
        starts.push(lists.len() - keys.len());
    }
    println!("{} sets of features, {} forms with tag", order.len(), keys.len());
    vec![
        order.iter().flat_map(|(bits, _)| bits.to_le_bytes()).collect(),
        u16s(tag_starts),
        tag_lists,
        u32s(keys),
        u16s(starts),
        lists,
    ]
}

/// Sections 8 to 10: lemmas that the lexicon does not give.
fn lemmas(sentences: &[Sentence], sections: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut bare = sections.to_vec();
    bare.extend([Vec::new(), Vec::new(), Vec::new()]);
    let model = Model::open(File::write(*b"tagg", LICENCE, &bare).leak()).expect("just written");
    // Form and part of speech -> gold lemmas, and how often the model without a list is right.
    let mut counts: BTreeMap<(String, Upos), (BTreeMap<String, usize>, usize)> = BTreeMap::new();
    let weighed = sentences.iter().flat_map(|s| s.tokens.iter().map(move |t| (t, if s.standard { 4 } else { 1 })));
    for (token, weight) in weighed.filter(|(t, _)| t.lemma != "_" && !t.lemma.contains(['/', '_'])) {
        if matches!(token.tag.upos(), Upos::Punct | Upos::X) {
            continue;
        }
        let tagged = Tagged::new(&Word::NONE, token.tag, token.feats);
        let lower = propos::norm(&token.form).into_owned();
        let entry = counts.entry((lower, token.tag.upos())).or_default();
        // Names keep their case: "Paris" of "PARIS" is no lemma to learn.
        *entry.0.entry(token.lemma.clone()).or_default() += weight;
        entry.1 += weight * usize::from(lemma_with(&model, &token.form, tagged) == token.lemma);
    }
    let mut list: BTreeMap<u32, String> = BTreeMap::new();
    for ((form, upos), (gold, right)) in &counts {
        let Some((lemma, count)) = gold.iter().max_by_key(|(_, c)| **c) else { continue };
        if count > right {
            list.insert(lemma_key(form, *upos), lemma.clone());
        }
    }
    let mut strings = String::new();
    let mut places = Vec::new();
    for lemma in list.values() {
        let offset = strings.find(lemma.as_str()).unwrap_or_else(|| {
            strings.push_str(lemma);
            strings.len() - lemma.len()
        });
        places.push(offset as u32 | (lemma.len() as u32) << 24);
    }
    println!("{} lemmas beside the lexicon's", list.len());
    vec![u32s(list.keys().copied()), u32s(places), strings.into_bytes()]
}

fn train_morph(model: &Model, sentences: &[Sentence], words: &[Vec<Word>], seed: u64) -> Weights {
    let mut weights = Weights::new(MORPH_BITS, 256);
    let mut random = Random(seed + 1);
    let mut buffer = [0; MORPH_FEATURES];
    for _ in 0..ROUNDS {
        for s in random.shuffled(sentences.len()) {
            let (sentence, words) = (&sentences[s], &words[s]);
            let mut tagged: Vec<Tagged> =
                sentence.tokens.iter().map(|t| Tagged::new(&Word::NONE, t.tag, propos::Feats::NONE)).collect();
            for (i, token) in sentence.tokens.iter().enumerate() {
                let candidates = model.rivals(&words[i], token.tag);
                let Some(gold) = candidates.as_slice().iter().copied().find(|n| model.bundle(*n) == token.feats) else {
                    tagged[i].feats = token.feats;
                    continue;
                };
                morph_features(words, &tagged, i, &mut buffer);
                let best = candidates
                    .as_slice()
                    .iter()
                    .copied()
                    .max_by(|a, b| {
                        weights.score_one(&buffer, *a as usize).total_cmp(&weights.score_one(&buffer, *b as usize))
                    })
                    .unwrap_or(gold);
                if best != gold {
                    weights.update(&buffer, gold as usize, best as usize);
                }
                weights.tick();
                tagged[i].feats = model.bundle(best);
            }
        }
    }
    weights
}

/// Prints UPOS, features and lemmas over tokens that are no contraction, all models and their sentences together.
pub fn measure_folds(folds: &[(Vec<u8>, &Vec<Sentence>)]) {
    let (mut all, mut upos, mut tags, mut feats, mut lemma) = (0, 0, 0, 0, 0);
    let mut wrong: BTreeMap<String, usize> = BTreeMap::new();
    let mut contractions = [0; 2];
    for (bytes, sentences) in folds {
        let model = Model::open(bytes.clone().leak()).expect("just written");
        let (mut workspace, mut tagged) = (Workspace::default(), Vec::new());
        for sentence in *sentences {
            tagged.clear();
            tag_forms(&model, sentence.forms(), &mut workspace, &mut tagged);
            for (gold, found) in sentence.tokens.iter().zip(&tagged) {
                if matches!(gold.form.to_lowercase().as_str(), "du" | "des") {
                    contractions[usize::from(gold.tag.is_contraction() == found.tag.is_contraction())] += 1;
                }
                if gold.tag.is_contraction() {
                    continue;
                }
                all += 1;
                upos += i32::from(gold.tag.upos() == found.upos());
                tags += i32::from(gold.tag == found.tag);
                feats += i32::from(gold.feats == found.feats);
                let found_lemma = lemma_with(&model, &gold.form, *found);
                lemma += i32::from(found_lemma == gold.lemma);
                let form = gold.form.to_lowercase();
                let key = match std::env::var("ERRORS").as_deref() {
                    Ok("lemma") if found_lemma != gold.lemma => {
                        format!("{form} {} {} {found_lemma}", found.upos(), gold.lemma)
                    }
                    Ok("feats") if gold.tag == found.tag && found.feats != gold.feats => {
                        format!("{} gold {} found {}", gold.tag.upos(), gold.feats, found.feats)
                    }
                    Ok("upos") if gold.tag.upos() != found.upos() => {
                        format!("{form} {} {}", gold.tag.upos(), found.upos())
                    }
                    Ok("tags") if gold.tag.upos() != found.upos() => format!("{} {}", gold.tag.upos(), found.upos()),
                    _ => continue,
                };
                *wrong.entry(key).or_default() += 1;
            }
        }
    }
    println!("du, des: {} right, {} wrong", contractions[1], contractions[0]);
    let percent = |n: i32| 100.0 * f64::from(n) / f64::from(all);
    println!(
        "UPOS {:.2} tag {:.2} feats {:.2} lemma {:.2} ({all} tokens)",
        percent(upos),
        percent(tags),
        percent(feats),
        percent(lemma)
    );
    let mut wrong: Vec<_> = wrong.into_iter().collect();
    wrong.sort_by_key(|w| usize::MAX - w.1);
    for (key, count) in wrong.into_iter().take(50) {
        println!("{count:4} {key}");
    }
}
