//! Learns whether `du` and `des` are contractions or articles: the examples.

use std::error::Error;
use std::fs;
use std::path::Path;

use propos::tag::{self, Workspace};
use propos::training::{Segmentation, contraction_features, contraction_link, is_ambiguous};
use propos::{LineMode, Upos, split, tokenize};

use super::{Example, Sentence, text_files};

/// Weight of an example without annotation, beside 1 of a treebank's: of `du` or `des` put for another word, of what the
/// tagger reads.
const PROXY: f32 = 0.1;
const SILVER: f32 = 0.2;
/// The same of `du` after anything but a noun, adjective or preposition: the tagger takes an article for a contraction.
const DOUBTFUL: f32 = 0.01;
/// Of a partitive `du`, which treebanks rarely have.
const PARTITIVE: f32 = 0.3;

/// The examples of du and des of a sentence, where our tokens can be matched with those of the treebank.
pub(crate) fn contraction_examples(sentence: &Sentence, models: Segmentation<'_>, examples: &mut Vec<Example>) {
    let tokens = tokenize(&sentence.text);
    let answers: Vec<bool> =
        sentence.tokens.iter().filter(|(form, _)| is_ambiguous(form)).map(|(_, contracted)| *contracted).collect();
    let places: Vec<usize> = (0..tokens.len()).filter(|i| is_ambiguous(tokens[*i].text(&sentence.text))).collect();
    if places.len() != answers.len() {
        return;
    }
    for (i, answer) in places.iter().zip(&answers) {
        let link = contraction_link(&sentence.text, &tokens, *i);
        let before = link.and_then(|link| places.iter().position(|at| *at == link)).and_then(|at| answers.get(at));
        examples.push(Example {
            features: contraction_features(&sentence.text, &tokens, *i, models, before.copied()),
            answer: *answer,
            weight: 1.0,
        });
    }
}

/// Words of quantity before *de* and a noun without article: an article could stand for them.
const QUANTITIES: [&str; 10] =
    ["peu", "beaucoup", "trop", "assez", "tant", "autant", "plus", "moins", "énormément", "suffisamment"];
const NEGATIONS: [&str; 5] = ["pas", "jamais", "point", "guère", "plus"];

/// Examples of `du` and `des` from text without annotation: where "quelques" or "plusieurs", "un peu de" or "beaucoup
/// de" stands an article could, where "de ces" or "de son" stands a contraction could, and of "il n'y a pas de pain" the
/// affirmation is "il y a du pain". `du` or `des` is put in their place.
pub(crate) fn proxy_examples(
    folder: &Path,
    models: Segmentation<'_>,
    examples: &mut Vec<Example>,
) -> Result<(), Box<dyn Error>> {
    for path in text_files(folder)? {
        for line in fs::read_to_string(path)?.lines() {
            let tokens = tokenize(line);
            let forms: Vec<&str> = tokens.iter().map(|token| token.text(line)).collect();
            for i in 0..forms.len() {
                let Some((before, answer, after)) = proxy(&forms, i) else { continue };
                let next = forms.get(after).copied().unwrap_or("");
                let form = if next.ends_with(['s', 'x']) { "des" } else { "du" };
                let text = format!(
                    "{} {form} {}",
                    before.join(" "),
                    forms.get(after..(after + 4).min(forms.len())).unwrap_or(&[]).join(" ")
                );
                let tokens = tokenize(&text);
                if let Some(at) = (0..tokens.len()).rev().find(|at| tokens[*at].text(&text) == form) {
                    let features = contraction_features(&text, &tokens, at, models, None);
                    let weight = if form == "du" && !answer { PARTITIVE } else { PROXY };
                    examples.push(Example { features, answer, weight });
                }
            }
        }
    }
    Ok(())
}

/// What stands before the word that `du` or `des` is put for, whether it is a contraction, and where the text goes on.
fn proxy<'a>(forms: &[&'a str], i: usize) -> Option<(Vec<&'a str>, bool, usize)> {
    let form = |back: usize| i.checked_sub(back).and_then(|at| forms.get(at)).copied().unwrap_or("");
    let (here, last, next) = (form(0), form(1), forms.get(i + 1).copied().unwrap_or(""));
    let before = |back: usize| forms.get(i.saturating_sub(9)..i.saturating_sub(back)).unwrap_or(&[]).to_vec();
    if matches!(here, "quelques" | "plusieurs" | "certains" | "certaines" | "divers" | "diverses") {
        let introduced = matches!(last, "de" | "d'" | "d’" | "les" | "ces" | "ses" | "leurs");
        return (!introduced).then(|| (before(0), false, i + 1));
    }
    if here != "de" {
        return None;
    }
    let owned = matches!(next, "ces" | "ses" | "leurs" | "mes" | "nos" | "vos" | "tes");
    if owned || matches!(next, "ce" | "son" | "mon" | "notre" | "votre" | "leur") {
        return Some((before(0), true, i + 2));
    }
    if !next.starts_with(char::is_lowercase) {
        return None;
    }
    if QUANTITIES.contains(&last) {
        let back = 1 + usize::from(form(2) == "un" && last == "peu");
        return Some((before(back), false, i + 1));
    }
    if NEGATIONS.contains(&last) {
        let mut before = before(1);
        let negated = before.iter().rposition(|form| matches!(*form, "ne" | "n'" | "n’"))?;
        before.remove(negated);
        return Some((before, false, i + 1));
    }
    None
}

/// Examples as the tagger reads `du` and `des` of text without annotation: it sees the whole sentence.
pub(crate) fn silver_examples(
    folder: &Path,
    models: Segmentation<'_>,
    examples: &mut Vec<Example>,
) -> Result<(), Box<dyn Error>> {
    let mut workspace = Workspace::default();
    for path in text_files(folder)? {
        let text = fs::read_to_string(path)?;
        let (text, tokens) = (text.as_str(), &tokenize(&text));
        let mut tags = Vec::with_capacity(tokens.len());
        for sentence in split(text, tokens, LineMode::Line) {
            // The tagger's own reading: that of a `Doc` has what is learned here.
            let forms = tokens[sentence.indices()].iter().map(|token| token.text(text));
            tag::tag_forms(tag::shipped(), forms, &mut workspace, &mut tags);
        }
        for i in 0..tokens.len() {
            let form = tokens[i].text(text);
            let noun = i > 0 && matches!(tags[i - 1].upos(), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Adp);
            if !is_ambiguous(form) {
                continue;
            }
            let doubtful = form.eq_ignore_ascii_case("du") && !noun;
            let before = contraction_link(text, tokens, i)
                .filter(|link| is_ambiguous(tokens[*link].text(text)))
                .map(|link| tags[link].tag.is_contraction());
            examples.push(Example {
                features: contraction_features(text, tokens, i, models, before),
                answer: tags[i].tag.is_contraction(),
                weight: if doubtful { DOUBTFUL } else { SILVER },
            });
        }
    }
    Ok(())
}
