//! The columns a quotation is found with: tokens, tags, function words, marks, seen as one.
//!
//! [`View`] answers the small questions every step asks ("is this a comma?", "is this between marks?") so that no step
//! looks at strings twice. It is built once for a text, in one pass.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::chars::norm;
use crate::morph::Upos;
use crate::quote::marks::Pair;
use crate::tag::{self, Tagged};
use crate::text::TokenRange;
use crate::token::{Token, TokenKind};

/// The closed-class words and signs that quotation rules name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Word {
    /// Anything else.
    Other,
    /// "que", "qu'"
    Que,
    /// "qui", "lequel"
    Qui,
    /// "dont", "où", "auquel"
    Relative,
    /// "de", "d'"
    De,
    /// "du", "des"
    Du,
    /// "à"
    A,
    /// "au", "aux"
    Au,
    /// "par"
    Par,
    /// "pour"
    Pour,
    /// "en"
    En,
    /// "selon", "suivant"
    Selon,
    /// "après" (in "d'après")
    Apres,
    /// "comme"
    Comme,
    /// "si", "s'" before il
    Si,
    /// "comment", "pourquoi", "combien", "quand", "quel"
    Interrogative,
    /// "ce"
    Ce,
    /// "et", "ou", "ni"
    Et,
    /// "mais", "car", "puis", "or"
    Mais,
    /// "lorsque", "quand", "parce", "puisque", "tandis", "alors", "bien"
    Subordinator,
    /// "ne", "n'"
    Ne,
    /// "pas", "jamais", "plus", "rien"
    Pas,
    /// "se", "s'", "me", "te", "nous", "vous"
    Reflexive,
    /// "lui", "leur", "le", "la", "les", "l'", "y", "en", "m'"
    Clitic,
    /// "il", "elle", "ils", "elles", "on", "je", "tu"
    Subject,
    /// "-il", "-t-elle"
    Inverted,
    /// "tout", "aussi", "également" and other adverbs inside a verb group are told by their tag.
    Comma,
    /// ";"
    Semicolon,
    /// ":"
    Colon,
    /// "—", "–", "-"
    Dash,
    /// "(", "["
    Open,
    /// ")", "]"
    Close,
    /// ".", "!", "?", "…"
    Stop,
    /// An opening, closing or straight quotation mark.
    Mark,
}

impl Word {
    /// True if the next finite verb is that of a subordinate clause.
    pub(crate) fn subordinates(self) -> bool {
        matches!(
            self,
            Self::Que | Self::Qui | Self::Relative | Self::Subordinator | Self::Si | Self::Interrogative | Self::Comme
        )
    }
}

/// Norms of the words of [`Word`], sorted.
const WORDS: &[(&str, Word)] = &[
    ("!", Word::Stop),
    ("\"", Word::Mark),
    ("'", Word::Mark),
    ("(", Word::Open),
    (")", Word::Close),
    (",", Word::Comma),
    ("-", Word::Dash),
    ("--", Word::Dash),
    ("-elle", Word::Inverted),
    ("-elles", Word::Inverted),
    ("-il", Word::Inverted),
    ("-ils", Word::Inverted),
    ("-je", Word::Inverted),
    ("-nous", Word::Inverted),
    ("-on", Word::Inverted),
    ("-t-elle", Word::Inverted),
    ("-t-elles", Word::Inverted),
    ("-t-il", Word::Inverted),
    ("-t-ils", Word::Inverted),
    ("-t-on", Word::Inverted),
    ("-tu", Word::Inverted),
    ("-vous", Word::Inverted),
    (".", Word::Stop),
    ("...", Word::Stop),
    (":", Word::Colon),
    (";", Word::Semicolon),
    ("?", Word::Stop),
    ("[", Word::Open),
    ("]", Word::Close),
    ("afin", Word::Subordinator),
    ("alors", Word::Subordinator),
    ("après", Word::Apres),
    ("au", Word::Au),
    ("auquel", Word::Relative),
    ("aux", Word::Au),
    ("auxquelles", Word::Relative),
    ("auxquels", Word::Relative),
    ("car", Word::Mais),
    ("ce", Word::Ce),
    ("combien", Word::Interrogative),
    ("comme", Word::Comme),
    ("comment", Word::Interrogative),
    ("d'", Word::De),
    ("de", Word::De),
    ("des", Word::Du),
    ("dont", Word::Relative),
    ("du", Word::Du),
    ("duquel", Word::Relative),
    ("elle", Word::Subject),
    ("elles", Word::Subject),
    ("en", Word::En),
    ("et", Word::Et),
    ("il", Word::Subject),
    ("ils", Word::Subject),
    ("j'", Word::Subject),
    ("jamais", Word::Pas),
    ("je", Word::Subject),
    ("l'", Word::Clitic),
    ("la", Word::Clitic),
    ("laquelle", Word::Qui),
    ("le", Word::Clitic),
    ("lequel", Word::Qui),
    ("les", Word::Clitic),
    ("lesquelles", Word::Qui),
    ("lesquels", Word::Qui),
    ("leur", Word::Clitic),
    ("lorsqu'", Word::Subordinator),
    ("lorsque", Word::Subordinator),
    ("lui", Word::Clitic),
    ("m'", Word::Reflexive),
    ("mais", Word::Mais),
    ("me", Word::Reflexive),
    ("n'", Word::Ne),
    ("ne", Word::Ne),
    ("ni", Word::Et),
    ("nous", Word::Reflexive),
    ("on", Word::Subject),
    ("or", Word::Mais),
    ("ou", Word::Et),
    ("où", Word::Relative),
    ("par", Word::Par),
    ("parce", Word::Subordinator),
    ("pas", Word::Pas),
    ("pour", Word::Pour),
    ("pourquoi", Word::Interrogative),
    ("puis", Word::Mais),
    ("puisqu'", Word::Subordinator),
    ("puisque", Word::Subordinator),
    ("qu'", Word::Que),
    ("quand", Word::Interrogative),
    ("que", Word::Que),
    ("quel", Word::Interrogative),
    ("quelle", Word::Interrogative),
    ("quelles", Word::Interrogative),
    ("quels", Word::Interrogative),
    ("qui", Word::Qui),
    ("s'", Word::Reflexive),
    ("se", Word::Reflexive),
    ("selon", Word::Selon),
    ("si", Word::Si),
    ("suivant", Word::Selon),
    ("t'", Word::Reflexive),
    ("tandis", Word::Subordinator),
    ("te", Word::Reflexive),
    ("tu", Word::Subject),
    ("vous", Word::Reflexive),
    ("y", Word::Clitic),
    ("«", Word::Mark),
    ("»", Word::Mark),
    ("à", Word::A),
    ("–", Word::Dash),
    ("—", Word::Dash),
    ("“", Word::Mark),
    ("”", Word::Mark),
    ("„", Word::Mark),
    ("…", Word::Stop),
    ("‹", Word::Mark),
    ("›", Word::Mark),
];

/// The columns of a text.
#[derive(Debug)]
pub(crate) struct View<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    pub(crate) tags: &'a [Tagged],
    pub(crate) sentences: &'a [TokenRange],
    pub(crate) pairs: &'a [Pair],
    words: Vec<Word>,
    /// Per token: its normal form.
    norms: Vec<Cow<'a, str>>,
    /// Per token: its lemma, once somebody has asked for it.
    lemmas: Vec<OnceCell<Box<str>>>,
    /// Per token: 1 + the index of the outermost pair whose marks enclose it (marks included), 0 outside of marks.
    top: Vec<u32>,
    /// Per token: 1 + the index of the innermost pair whose marks enclose it (marks included), 0 outside of marks.
    inner: Vec<u32>,
    /// Per pair: 1 + the index of the pair right around it, 0 if there is none.
    around: Vec<u32>,
    /// Per token: the sentence it is in.
    sentence: Vec<u32>,
}

impl<'a> View<'a> {
    pub(crate) fn new(
        text: &'a str,
        tokens: &'a [Token],
        tags: &'a [Tagged],
        sentences: &'a [TokenRange],
        pairs: &'a [Pair],
    ) -> Self {
        let norms: Vec<_> = tokens.iter().map(|token| norm(token.text(text))).collect();
        let mut words: Vec<Word> = tokens.iter().zip(&norms).map(|(token, norm)| word(token, norm)).collect();
        // "s'il dit que": no reflexive stands before its subject.
        for (slot, pair) in words.iter_mut().zip(norms.windows(2)) {
            if &*pair[0] == "s'" && matches!(&*pair[1], "il" | "ils") {
                *slot = Word::Si;
            }
        }
        let lemmas = vec![OnceCell::new(); tokens.len()];
        let mut top = vec![0; tokens.len()];
        for (number, pair) in (1_u32..).zip(pairs).filter(|(_, pair)| pair.depth == 0) {
            for slot in top.get_mut(pair.outer.indices()).into_iter().flatten() {
                *slot = number;
            }
        }
        let mut inner = if pairs.iter().any(|pair| pair.depth > 0) { top.clone() } else { Vec::new() };
        let mut around = vec![0; pairs.len()];
        // Pairs nest and are sorted by their start: one that comes later lies within.
        for (number, pair) in (1_u32..).zip(pairs).filter(|(_, pair)| pair.depth > 0) {
            if let Some(slot) = around.get_mut(number as usize - 1) {
                *slot = inner.get(pair.outer.start as usize).copied().unwrap_or_default();
            }
            for slot in inner.get_mut(pair.outer.indices()).into_iter().flatten() {
                *slot = number;
            }
        }
        let mut sentence = vec![0; tokens.len()];
        for (number, range) in (0_u32..).zip(sentences) {
            for slot in sentence.get_mut(range.indices()).into_iter().flatten() {
                *slot = number;
            }
        }
        Self { text, tokens, tags, sentences, pairs, words, norms, lemmas, top, inner, around, sentence }
    }

    /// Number of tokens.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.tokens.len()).unwrap_or(u32::MAX)
    }

    #[inline]
    pub(crate) fn word(&self, at: u32) -> Word {
        self.words.get(at as usize).copied().unwrap_or(Word::Stop)
    }

    #[inline]
    pub(crate) fn is(&self, at: u32, word: Word) -> bool {
        self.words.get(at as usize) == Some(&word)
    }

    #[inline]
    pub(crate) fn form(&self, at: u32) -> &'a str {
        self.tokens.get(at as usize).map_or("", |token| token.text(self.text))
    }

    #[inline]
    pub(crate) fn norm(&self, at: u32) -> Cow<'_, str> {
        Cow::Borrowed(self.norms.get(at as usize).map_or("", |norm| norm))
    }

    #[inline]
    pub(crate) fn tag(&self, at: u32) -> Tagged {
        self.tags.get(at as usize).copied().unwrap_or_default()
    }

    #[inline]
    pub(crate) fn upos(&self, at: u32) -> Upos {
        self.tag(at).upos()
    }

    pub(crate) fn lemma(&self, at: u32) -> Cow<'_, str> {
        let (Some(token), Some(lemma)) = (self.tokens.get(at as usize), self.lemmas.get(at as usize)) else {
            return "".into();
        };
        Cow::Borrowed(lemma.get_or_init(|| tag::lemma(self.text, token, self.tag(at)).into()))
    }

    pub(crate) fn kind(&self, at: u32) -> Option<TokenKind> {
        self.tokens.get(at as usize).map(|token| token.kind)
    }

    /// The outermost pair of marks around the token, marks included.
    pub(crate) fn top_pair(&self, at: u32) -> Option<usize> {
        self.top.get(at as usize).and_then(|&number| (number as usize).checked_sub(1))
    }

    /// True if the token is between marks or is a mark of a pair.
    pub(crate) fn in_marks(&self, at: u32) -> bool {
        self.top.get(at as usize).is_some_and(|&number| number > 0)
    }

    /// Which marks the token stands between: 1 + the index of the innermost pair (marks included), 0 outside of marks.
    #[inline]
    pub(crate) fn level(&self, at: u32) -> u32 {
        let levels = if self.inner.is_empty() { &self.top } else { &self.inner };
        levels.get(at as usize).copied().unwrap_or_default()
    }

    /// The outermost pair around the token `at` that does not enclose the token `from` as well.
    pub(crate) fn pair_apart(&self, at: u32, from: u32) -> Option<&'a Pair> {
        let own = self.level(from);
        let mut number = self.level(at);
        for _ in 0..u8::MAX {
            if number == 0 || number == own {
                return None;
            }
            let index = (number - 1) as usize;
            let outer = self.around.get(index).copied().unwrap_or_default();
            if outer == own {
                return self.pairs.get(index);
            }
            number = outer;
        }
        None
    }

    /// The outermost pair around the token that lies in `range`.
    pub(crate) fn outermost_within(&self, at: u32, range: TokenRange) -> Option<&'a Pair> {
        let mut found = None;
        let mut number = self.level(at);
        for _ in 0..u8::MAX {
            let Some(pair) = number.checked_sub(1).and_then(|index| self.pairs.get(index as usize)) else { break };
            if pair.outer.start < range.start || pair.inner.end > range.end {
                break;
            }
            found = Some(pair);
            number = self.around.get(number as usize - 1).copied().unwrap_or_default();
        }
        found
    }

    /// The innermost pair that the token belongs to.
    pub(crate) fn inner_pair(&self, at: u32) -> Option<&'a Pair> {
        self.level(at).checked_sub(1).and_then(|index| self.pairs.get(index as usize))
    }

    /// The pair whose opening mark stands at `at`.
    pub(crate) fn opening(&self, at: u32) -> Option<&'a Pair> {
        self.inner_pair(at).filter(|pair| pair.outer.start == at && self.is(at, Word::Mark))
    }

    /// The pair whose closing mark stands at `at`.
    pub(crate) fn closing(&self, at: u32) -> Option<&'a Pair> {
        self.inner_pair(at).filter(|pair| pair.outer.end == at + 1 && pair.inner.end == at)
    }

    /// The sentence that holds the token.
    pub(crate) fn sentence_of(&self, at: u32) -> TokenRange {
        let number = self.sentence.get(at as usize).copied().unwrap_or_default();
        self.sentences.get(number as usize).copied().unwrap_or_default()
    }

    /// True if the token begins with a capital.
    #[inline]
    pub(crate) fn is_capitalized(&self, at: u32) -> bool {
        self.form(at).starts_with(char::is_uppercase)
    }

    /// `range` without punctuation and marks at its ends that do not belong to a pair inside it.
    pub(crate) fn trim(&self, range: TokenRange) -> TokenRange {
        let TokenRange { mut start, mut end } = range;
        while start < end && self.is_edge(start) && !self.opens_within(start, end) {
            start += 1;
        }
        while start < end && self.is_edge(end - 1) && !self.closes_within(start, end - 1) {
            end -= 1;
        }
        TokenRange::new(start, end)
    }

    fn is_edge(&self, at: u32) -> bool {
        matches!(self.word(at), Word::Comma | Word::Semicolon | Word::Colon | Word::Dash | Word::Stop | Word::Mark)
    }

    /// True if the mark at `at` opens a pair that ends before `end`.
    fn opens_within(&self, at: u32, end: u32) -> bool {
        self.opening(at).is_some_and(|pair| pair.outer.end <= end)
    }

    /// True if the mark at `at` closes a pair that begins at `start` or later.
    fn closes_within(&self, start: u32, at: u32) -> bool {
        self.is(at, Word::Mark) && self.closing(at).is_some_and(|pair| pair.outer.start >= start)
    }

    /// The outermost pair that the token belongs to.
    pub(crate) fn pair_at(&self, at: u32) -> Option<&'a Pair> {
        self.top_pair(at).and_then(|index| self.pairs.get(index))
    }
}

/// What a token of this normal form is.
fn word(token: &Token, form: &str) -> Word {
    // The longest word of the table has 12 letters, one of them accented.
    if token.span.len() > 13 {
        return Word::Other;
    }
    match WORDS.binary_search_by(|entry| entry.0.cmp(form)) {
        Ok(at) => WORDS.get(at).map_or(Word::Other, |entry| entry.1),
        Err(_) if token.kind == TokenKind::Punctuation && form.starts_with(['.', '!', '?', '…']) => Word::Stop,
        Err(_) => Word::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::WORDS;

    #[test]
    fn the_words_are_sorted_and_normal() {
        assert!(WORDS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(WORDS.iter().all(|entry| crate::norm(entry.0) == entry.0));
    }
}
