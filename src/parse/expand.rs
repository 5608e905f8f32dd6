//! The tree over syntactic words, made from that over surface tokens: *au* is *à* and *le*.
//!
//! The preposition keeps the contraction's head and relation; its article is `det` of the noun that the preposition
//! marks. Where the preposition is the end of a fixed expression (*au cours du match*: *du* is `fixed` of *au*), that
//! is the noun which the whole expression marks.

use super::Deprel;
use crate::morph::{Feats, Upos};
use crate::tag::Tagged;

/// One syntactic word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Its surface token, as an index in the sentence.
    pub token: u32,
    /// 0, or 1 for the second word of a contraction.
    pub part: u8,
    /// Index of its head among the words of the sentence; the root's is its own.
    pub head: u32,
    /// Relation to the head.
    pub deprel: Deprel,
    /// Part of speech.
    pub upos: Upos,
    /// Features.
    pub feats: Feats,
}

/// The words of a sentence whose `heads` are indices in the document, `first` that of its first token.
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "token indices are u32")]
pub fn expand(tagged: &[Tagged], first: u32, heads: &[u32], deprels: &[Deprel]) -> Vec<Word> {
    // First word of each token.
    let mut place = Vec::with_capacity(tagged.len());
    let mut count = 0_u32;
    for t in tagged {
        place.push(count);
        count += 1 + u32::from(t.tag.is_contraction());
    }
    let n = tagged.len() as u32;
    let head_of = |token: u32| heads.get(token as usize).map_or(token, |h| h.wrapping_sub(first).min(n));
    let is_pronoun =
        |token: u32| tagged.get(token as usize).is_some_and(|t| t.tag == crate::tag::Tag::contracted(Upos::Pron));
    // The word that stands for a token as a head or in its own arc: of "auquel" the pronoun, else the first.
    let word_of = |token: u32| place.get(token as usize).copied().unwrap_or(0) + u32::from(is_pronoun(token));
    let mut words = Vec::with_capacity(count as usize);
    for (token, t) in (0..n).zip(tagged) {
        let deprel = deprels.get(token as usize).copied().unwrap_or_default();
        let head = head_of(token);
        let arc = if head == token { word_of(token) } else { word_of(head) };
        let word = |part, head, deprel, upos, feats| Word { token, part, head, deprel, upos, feats };
        if !t.tag.is_contraction() {
            words.push(word(0, arc, deprel, t.upos(), t.feats));
        } else if is_pronoun(token) {
            words.push(word(0, word_of(token), named("case"), Upos::Adp, Feats::NONE));
            words.push(word(1, arc, deprel, Upos::Pron, t.feats));
        } else {
            let noun = noun_of(token, tagged, &head_of, deprels);
            words.push(word(0, arc, deprel, Upos::Adp, Feats::NONE));
            let (head, relation) = if noun == token { (word_of(token), "det") } else { (word_of(noun), "det") };
            words.push(word(1, head, named(relation), Upos::Det, t.feats));
        }
    }
    words
}

fn named(name: &str) -> Deprel {
    Deprel::parse(name).unwrap_or_default()
}

/// The noun whose determiner is in the contraction `token`: the head of the preposition if that is to its right, else
/// of the expression that the preposition ends, else the next noun, else the token itself.
fn noun_of(token: u32, tagged: &[Tagged], head_of: &impl Fn(u32) -> u32, deprels: &[Deprel]) -> u32 {
    let is_fixed = |t: u32| deprels.get(t as usize).is_some_and(|d| d.is("fixed"));
    let mut at = token;
    // Chains of "fixed" are short; the bound keeps the whole linear.
    for _ in 0..4 {
        let head = head_of(at);
        if head > token {
            return head;
        }
        if !is_fixed(at) || head == at {
            break;
        }
        at = head;
    }
    let nouns = |t: &&Tagged| matches!(t.upos(), Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron);
    let rest = tagged.get(token as usize + 1..).unwrap_or_default();
    let next = rest.iter().take(8).position(|t| nouns(&t)).and_then(|k| u32::try_from(k).ok());
    next.map_or(token, |k| token + 1 + k)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tag::Tag;

    #[test]
    fn the_article_of_a_contraction_goes_to_the_noun() {
        // "Il parle au maire": heads parle, parle, maire, parle.
        let of = |tag| Tagged { tag, ..Tagged::default() };
        let noun = of(Tag::of(Upos::Noun, Feats::NONE));
        let tagged = [noun, noun, of(Tag::contracted(Upos::Det)), noun];
        let deprels = ["nsubj", "root", "case", "obl:arg"].map(named);
        let words = expand(&tagged, 10, &[11, 11, 13, 11], &deprels);
        let arcs: Vec<(u32, &str)> = words.iter().map(|w| (w.head, w.deprel.as_str())).collect();
        assert_eq!(arcs, [(1, "nsubj"), (1, "root"), (4, "case"), (4, "det"), (1, "obl:arg")]);
        assert_eq!(words[3].part, 1);
    }

    #[test]
    fn a_contracted_pronoun_takes_the_arc() {
        // "auquel il pense": auquel -> pense.
        let of = |tag| Tagged { tag, ..Tagged::default() };
        let verb = of(Tag::of(Upos::Verb, Feats::NONE));
        let words = expand(&[of(Tag::contracted(Upos::Pron)), verb], 0, &[1, 1], &["obl:arg", "root"].map(named));
        let arcs: Vec<(u32, &str)> = words.iter().map(|w| (w.head, w.deprel.as_str())).collect();
        assert_eq!(arcs, [(1, "case"), (2, "obl:arg"), (2, "root")]);
    }
}
