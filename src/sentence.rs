//! Sentences: where they end, as ranges of tokens that cover all tokens in order.
//!
//! Takes a text and its tokens, gives ranges of tokens. A line break ends a sentence as [`LineMode`] says. Elsewhere only
//! certain places can be a boundary (after a full stop, before a capital: `POSSIBLE` in sentence/boundary.rs), and there a
//! linear model and two small nets decide, learned from treebanks; what they see is in the same file.
//!
//! ```
//! use propos::{LineMode, split, tokenize};
//! let text = "M. Dupont est là. « Vous jouez ? », dit-il.";
//! let tokens = tokenize(text);
//! assert_eq!(split(text, &tokens, LineMode::Auto).len(), 2);
//! ```

pub(crate) mod boundary;

use crate::chars::is_terminal;
use crate::learned::Segmentation;
use crate::sentence::boundary::Splitter;
use crate::text::{TokenRange, slice};
use crate::token::Token;
#[cfg(any(test, feature = "python"))]
use crate::token::{Scanner, Tokenizer};

/// What a line break means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LineMode {
    /// [`LineMode::Wrapped`] if the text is evidently hard-wrapped, [`LineMode::Paragraph`] otherwise.
    #[default]
    Auto,
    /// Every line break ends a sentence: each line is a paragraph or a heading.
    Paragraph,
    /// A single line break is a space, a blank line ends a sentence: the text was wrapped at a width.
    Wrapped,
    /// Each line is one sentence: line breaks end sentences and nothing else does.
    Line,
}

impl LineMode {
    /// Every mode.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Paragraph, Self::Wrapped, Self::Line];

    /// What the mode means for `text`: never [`LineMode::Auto`].
    fn of(self, text: &str) -> Self {
        match self {
            Self::Auto if is_wrapped(text) => Self::Wrapped,
            Self::Auto => Self::Paragraph,
            given => given,
        }
    }

    /// The name of the mode in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Paragraph => "paragraph",
            Self::Wrapped => "wrapped",
            Self::Line => "line",
        }
    }

    /// The mode of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }
}

/// The sentences of `text` as ranges of its `tokens`: in order, without gap, none empty.
#[must_use]
pub fn split(text: &str, tokens: &[Token], mode: LineMode) -> Vec<TokenRange> {
    split_with(text, tokens, mode, Segmentation::embedded())
}

/// As [`split`], with other models.
#[must_use]
pub fn split_with(text: &str, tokens: &[Token], mode: LineMode, models: Segmentation<'_>) -> Vec<TokenRange> {
    let mode = mode.of(text);
    let mut sentences = Vec::with_capacity(tokens.len() / 16 + 1);
    let mut splitter = Splitter::new(text, models);
    let mut start = 0;
    let mut read = 0;
    // Part by part, so that what is read to find the places is at hand to decide them.
    while read < tokens.len() {
        read = tokens.len().min(read + PART);
        let whole = read == tokens.len();
        splitter.read(tokens.get(..read).unwrap_or(tokens), whole);
        while let Some(i) = splitter.next(tokens, mode, whole) {
            let at = u32::try_from(i).unwrap_or(u32::MAX);
            sentences.push(TokenRange::new(start, at));
            start = at;
        }
    }
    let end = u32::try_from(tokens.len()).unwrap_or(u32::MAX);
    if start < end {
        sentences.push(TokenRange::new(start, end));
    }
    sentences
}

/// Tokens that are read before their boundaries are decided.
const PART: usize = 2048;

/// What wants the tokens and sentences of a text without keeping all of them.
#[cfg(any(test, feature = "python"))]
pub(crate) trait Reader {
    /// The next tokens.
    fn tokens(&mut self, _tokens: &[Token]) {}
    /// The next sentence: of `count` tokens from `first` to `last`, which have been given.
    fn sentence(&mut self, first: &Token, last: &Token, count: usize);
}

/// Reads the tokens and sentences of a text part by part: as [`split`] of all tokens, in little memory, which is faster.
#[cfg(any(test, feature = "python"))]
pub(crate) fn read(text: &str, tokenizer: &Tokenizer, mode: LineMode, reader: &mut impl Reader) {
    let mode = mode.of(text);
    let mut scanner = Scanner::new(text, tokenizer, text.len().min(2 * PART));
    let mut splitter = Splitter::new(text, Segmentation::embedded());
    let mut first: Option<Token> = None;
    // How many tokens have been dropped, and how many stand before the sentence.
    let (mut dropped, mut before) = (0, 0);
    loop {
        let known = scanner.tokens().len();
        let whole = scanner.fill(known + PART);
        let tokens = scanner.tokens();
        reader.tokens(tokens.get(known..).unwrap_or(&[]));
        splitter.read(tokens, whole);
        first = first.or(tokens.first().copied());
        while let Some(i) = splitter.next(tokens, mode, whole) {
            if let (Some(first), Some(last)) = (first, tokens.get(i - 1)) {
                reader.sentence(&first, last, dropped + i - before);
            }
            first = tokens.get(i).copied();
            before = dropped + i;
        }
        if whole {
            if let (Some(first), Some(last)) = (first, tokens.last()) {
                reader.sentence(&first, last, dropped + tokens.len() - before);
            }
            return;
        }
        let done = splitter.forget(tokens);
        scanner.forget(done);
        dropped += done;
    }
}

/// True if the white space before token `i` holds a line break that ends a sentence in this mode.
pub(crate) fn breaks_line(text: &str, tokens: &[Token], i: usize, mode: LineMode) -> bool {
    let (Some(last), Some(next)) = (tokens.get(i.wrapping_sub(1)), tokens.get(i)) else { return false };
    if next.span.start <= last.span.end {
        return false;
    }
    let (from, to) = (last.span.end as usize, next.span.start as usize);
    if to == from + 1 && text.as_bytes().get(from) == Some(&b' ') {
        return false;
    }
    let gap = text.as_bytes().get(from..to).unwrap_or(&[]);
    line_breaks(gap) > usize::from(mode == LineMode::Wrapped)
}

/// How many lines end in a gap between tokens: `\n`, `\r\n`, `\r`, U+2028 and U+2029, whichever the text was written with.
fn line_breaks(gap: &[u8]) -> usize {
    let mut breaks = 0;
    for (at, byte) in gap.iter().enumerate() {
        let tail = gap.get(at + 1..).unwrap_or(&[]);
        breaks += usize::from(match byte {
            b'\n' => true,
            b'\r' => tail.first() != Some(&b'\n'),
            0xe2 => matches!(tail, [0x80, 0xa8 | 0xa9, ..]),
            _ => false,
        });
    }
    breaks
}

/// True if the text was evidently broken at a width: most of its lines are about equally long and go on in lower case
/// on the next one. Looks at the first 200 lines.
fn is_wrapped(text: &str) -> bool {
    const SAMPLE: usize = 200;
    const LONGEST: usize = 120;
    let (mut pairs, mut run_on) = (0_usize, 0_usize);
    let mut before: Option<&str> = None;
    // As `breaks_line` has them, and \r\n is one.
    let lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    for line in lines.flat_map(|line| line.split(['\r', '\u{2028}', '\u{2029}'])).take(SAMPLE) {
        let line = line.trim();
        if let Some(last) = before.filter(|last| !last.is_empty() && !line.is_empty()) {
            pairs += 1;
            let fits = last.len() >= 30 && last.chars().take(LONGEST + 1).count() <= LONGEST;
            let open = !last.ends_with(|c: char| is_terminal(c) || matches!(c, '»' | '"' | ':' | ';' | '”'));
            run_on += usize::from(fits && open && line.starts_with(char::is_lowercase));
        }
        before = Some(line);
    }
    pairs >= 2 && run_on * 2 >= pairs
}

/// The part of `text` that a sentence covers, without the white space around it.
#[must_use]
pub fn sentence_text<'a>(text: &'a str, tokens: &[Token], sentence: TokenRange) -> &'a str {
    let inside = tokens.get(sentence.indices()).unwrap_or(&[]);
    match (inside.first(), inside.last()) {
        (Some(first), Some(last)) => slice(text, first.span.start as usize..last.span.end as usize),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps all that it is given.
    #[derive(Default)]
    struct Kept {
        tokens: Vec<Token>,
        sentences: Vec<TokenRange>,
    }

    impl Reader for Kept {
        fn tokens(&mut self, tokens: &[Token]) {
            self.tokens.extend(tokens);
        }

        fn sentence(&mut self, first: &Token, last: &Token, count: usize) {
            let start = self.sentences.last().map_or(0, |sentence| sentence.end);
            let range = TokenRange::new(start, start + u32::try_from(count).unwrap());
            self.sentences.push(range);
            assert_eq!(self.tokens.get(start as usize), Some(first));
            assert_eq!(self.tokens.get(range.end as usize - 1), Some(last));
        }
    }

    /// Texts of many parts: sentences that are short, or longer than a part; with lines or without; turns and headings.
    fn texts() -> Vec<String> {
        let pieces = [
            "Le vent se lève. ",
            "« Tu viens ? » demanda Paul. ",
            "M. Roux habite à Aix-en-Provence, rue de la S.N.C.F. Elle le sait. ",
            "Un grand titre Le maire a parlé de l'école qui ouvre\n",
            "\"oui\" dit-elle; \"non\" (sans doute) : et puis rien, ",
            "une phrase qui n'en finit pas et que rien n'arrête, ",
            "Anne Berger Jean Petit ",
            "\n\n",
        ];
        let mut texts = vec![String::new(), String::from(" "), String::from("Oui."), "mot ".repeat(3 * PART)];
        for seed in 0..40_usize {
            let (mut text, mut at) = (String::new(), seed);
            for _ in 0..(seed % 8) * 200 {
                at = (at * 1_103_515_245 + 12_345) % (1 << 31);
                // Some texts are of few kinds of pieces.
                text.push_str(pieces[(at >> 16) % (2 + seed % 7)]);
            }
            texts.push(text);
        }
        texts
    }

    #[test]
    fn a_text_read_in_parts_has_the_tokens_and_sentences_of_the_whole() {
        for text in texts() {
            for mode in LineMode::ALL {
                let mut kept = Kept::default();
                read(&text, &Tokenizer::default(), mode, &mut kept);
                let tokens = crate::tokenize(&text);
                assert_eq!(kept.tokens, tokens);
                assert_eq!(kept.sentences, split(&text, &tokens, mode), "{mode:?}: {text:.200}");
            }
        }
    }
}
