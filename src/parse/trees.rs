//! The trees of all sentences of a text over its syntactic words, with indices in the text.
//!
//! Takes tags and sentences, gives [`Trees`]: words by position, and for each its head, children and subtree. All is
//! built once, in time and memory linear in the number of tokens; nothing is searched afterwards.

use std::ops::Range;

use super::{Parser, Word, Workspace, expand, parse, parse_accurate};
use crate::tag::Tagged;
use crate::text::TokenRange;

/// The syntactic words of a text and their trees, one a sentence.
///
/// In a [`Word`] of these, `token` is an index in the text's tokens and `head` one in [`Trees::words`].
///
/// ```
/// let doc = propos::Doc::new("Il parle du lac.");
/// let trees = doc.trees();
/// let forms: Vec<&str> = (0..6).map(|word| doc.word_form(word)).collect();
/// assert_eq!(forms, ["Il", "parle", "de", "le", "lac", "."]);
/// assert_eq!(trees.words()[4].head, 1);
/// assert_eq!(trees.children(4), [2, 3]);
/// assert_eq!(trees.subtree(4), [2, 3, 4]);
/// ```
#[derive(Debug, Default)]
pub struct Trees {
    words: Vec<Word>,
    /// First word of each token, then the number of words.
    first: Vec<u32>,
    /// Where the children of each word begin, then the number of arcs.
    starts: Vec<u32>,
    children: Vec<u32>,
    /// Number of arcs up to the root.
    depths: Vec<u32>,
}

impl Trees {
    /// Parses the `sentences` of a text whose tokens have the tags `tagged`.
    #[must_use]
    #[allow(
        clippy::cast_possible_truncation,
        reason = "two words are three bytes or more, and texts have less than 2^32"
    )]
    pub fn new(tagged: &[Tagged], sentences: &[TokenRange], parser: Parser) -> Self {
        let run = match parser {
            Parser::Fast => parse,
            Parser::Accurate => parse_accurate,
        };
        let (mut workspace, mut heads, mut deprels) = (Workspace::default(), Vec::new(), Vec::new());
        let mut words: Vec<Word> = Vec::with_capacity(tagged.len() + tagged.len() / 16);
        for sentence in sentences {
            let Some(tagged) = tagged.get(sentence.indices()) else { continue };
            heads.clear();
            deprels.clear();
            run(tagged, 0, &mut workspace, &mut heads, &mut deprels);
            let before = words.len() as u32;
            let moved = |word: Word| Word { token: word.token + sentence.start, head: word.head + before, ..word };
            words.extend(expand(tagged, 0, &heads, &deprels).into_iter().map(moved));
        }
        let mut first = Vec::with_capacity(tagged.len() + 1);
        for (index, word) in (0_u32..).zip(&words) {
            first.resize(first.len().max(word.token as usize + usize::from(word.part == 0)), index);
        }
        first.resize(tagged.len() + 1, words.len() as u32);
        let (starts, children) = by_head(&words);
        let mut trees = Self { depths: vec![0; words.len()], words, first, starts, children };
        trees.measure();
        trees
    }

    /// The words, by position.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The words of a range of tokens.
    #[must_use]
    pub fn words_of(&self, range: TokenRange) -> Range<u32> {
        let end = self.first.last().copied().unwrap_or_default();
        let place = |token: u32| self.first.get(token as usize).copied().unwrap_or(end);
        place(range.start)..place(range.end)
    }

    /// The head of a word, if it is no root.
    #[must_use]
    pub fn head(&self, word: u32) -> Option<u32> {
        self.words.get(word as usize).map(|w| w.head).filter(|head| *head != word)
    }

    /// The words whose head is this one, by position.
    #[must_use]
    pub fn children(&self, word: u32) -> &[u32] {
        let start = |at: usize| self.starts.get(at).map_or(self.children.len(), |start| *start as usize);
        self.children.get(start(word as usize)..start(word as usize + 1)).unwrap_or_default()
    }

    /// The word and all below it, by position.
    #[must_use]
    pub fn subtree(&self, word: u32) -> Vec<u32> {
        let mut found = vec![word];
        let mut next = 0;
        while let Some(&word) = found.get(next) {
            found.extend(self.children(word));
            next += 1;
        }
        found.sort_unstable();
        found
    }

    /// The highest word of a range of tokens, whose head is outside; the first of those that are equally high. None if
    /// the range is empty.
    #[must_use]
    pub fn root(&self, range: TokenRange) -> Option<u32> {
        self.words_of(range).min_by_key(|word| self.depths.get(*word as usize).copied())
    }

    fn measure(&mut self) {
        let roots = (0..).zip(&self.words).filter(|(index, word)| word.head == *index);
        let mut open: Vec<u32> = roots.map(|(index, _)| index).collect();
        while let Some(word) = open.pop() {
            let depth = self.depths.get(word as usize).map_or(0, |depth| depth + 1);
            let (from, to) = (self.starts.get(word as usize), self.starts.get(word as usize + 1));
            let (Some(&from), Some(&to)) = (from, to) else { continue };
            for &child in self.children.get(from as usize..to as usize).unwrap_or_default() {
                if let Some(cell) = self.depths.get_mut(child as usize) {
                    *cell = depth;
                }
                open.push(child);
            }
        }
    }
}

/// The words by their heads: where the children of each begin, and the children.
fn by_head(words: &[Word]) -> (Vec<u32>, Vec<u32>) {
    let arcs = || (0_u32..).zip(words).filter(|(index, word)| word.head != *index);
    let mut starts = vec![0_u32; words.len() + 1];
    for (_, word) in arcs() {
        if let Some(count) = starts.get_mut(word.head as usize + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut next = starts.clone();
    let mut children = vec![0; sum as usize];
    for (index, word) in arcs() {
        let Some(place) = next.get_mut(word.head as usize) else { continue };
        if let Some(cell) = children.get_mut(*place as usize) {
            *cell = index;
        }
        *place += 1;
    }
    (starts, children)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Doc;

    #[test]
    fn children_heads_and_depths_agree() {
        let doc = Doc::new("Il parle des lacs du nord.\n\n« Non », dit-elle. Auquel pense-t-il ? Et et et (((");
        for parser in Parser::ALL {
            let trees = Trees::new(doc.tags(), doc.sentences(), parser);
            for (index, word) in (0..).zip(trees.words()) {
                assert_eq!(trees.head(index).is_none(), word.head == index);
                assert_eq!(word.head == index, trees.depths[index as usize] == 0);
                if let Some(head) = trees.head(index) {
                    assert!(trees.children(head).contains(&index));
                    assert_eq!(trees.depths[index as usize], trees.depths[head as usize] + 1);
                }
                assert!(trees.words_of(TokenRange::new(word.token, word.token + 1)).contains(&index));
            }
            for sentence in doc.sentences() {
                let root = trees.root(*sentence).expect("a root");
                assert_eq!(trees.subtree(root), trees.words_of(*sentence).collect::<Vec<u32>>());
            }
            assert_eq!(trees.children.len() + doc.sentences().len(), trees.words().len());
            assert_eq!(trees.root(TokenRange::new(3, 3)), None);
            assert!(trees.children(999).is_empty());
        }
    }

    #[test]
    fn nothing_gives_nothing() {
        assert!(Trees::new(&[], &[], Parser::Fast).words().is_empty());
    }
}
