//! Sentences: where they end, as ranges of tokens that cover all tokens in order.
//!
//! Takes a text and its tokens, gives ranges of tokens.
//!
//! ```
//! use propos::{LineMode, split, tokenize};
//! let text = "M. Dupont est là. « Vous jouez ? », dit-il.";
//! let tokens = tokenize(text);
//! assert_eq!(split(text, &tokens, LineMode::Auto).len(), 2);
//! ```

use crate::chars::{Side, is_dash, is_hyphen, is_terminal, quote_mark};
use crate::text::{TokenRange, slice};
use crate::token::{Token, TokenKind};

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
    let mode = match mode {
        LineMode::Auto if is_wrapped(text) => LineMode::Wrapped,
        LineMode::Auto => LineMode::Paragraph,
        given => given,
    };
    let mut sentences = Vec::with_capacity(tokens.len() / 16 + 1);
    let mut start = 0;
    for i in 1..tokens.len() {
        if breaks_line(text, tokens, i, mode) || mode != LineMode::Line && ends(text, tokens, i) {
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

/// True if the white space before token `i` holds a line break that ends a sentence in this mode.
fn breaks_line(text: &str, tokens: &[Token], i: usize, mode: LineMode) -> bool {
    let (Some(last), Some(next)) = (tokens.get(i.wrapping_sub(1)), tokens.get(i)) else { return false };
    if next.span.start <= last.span.end {
        return false;
    }
    let gap = slice(text, last.span.end as usize..next.span.start as usize).as_bytes();
    let breaks = memchr::memchr_iter(b'\n', gap).count();
    breaks > usize::from(mode == LineMode::Wrapped)
}

/// True if the text was evidently broken at a width: most of its lines are about equally long and go on in lower case
/// on the next one.
fn is_wrapped(text: &str) -> bool {
    const SAMPLE: usize = 200;
    let (mut pairs, mut run_on) = (0_usize, 0_usize);
    let mut before: Option<&str> = None;
    for line in text.lines().take(SAMPLE) {
        let line = line.trim();
        if let Some(last) = before.filter(|last| !last.is_empty() && !line.is_empty()) {
            pairs += 1;
            let length = last.chars().take(200).count();
            let open = !last.ends_with(|c: char| is_terminal(c) || matches!(c, '»' | '"' | ':' | ';' | '”'));
            if (30..=120).contains(&length) && open && line.starts_with(char::is_lowercase) {
                run_on += 1;
            }
        }
        before = Some(line);
    }
    pairs >= 2 && run_on * 2 >= pairs
}

/// True if a sentence ends before token `i`.
fn ends(text: &str, tokens: &[Token], i: usize) -> bool {
    let before = |n: usize| i.checked_sub(n).and_then(|at| tokens.get(at));
    let (Some(mut last), Some(next)) = (before(1), tokens.get(i)) else { return false };
    let mut back = 1;
    // Closing marks after the stop belong to the sentence: (… .) and « … . »
    while back < 4 && is_closing(last.text(text)) {
        back += 1;
        match before(back) {
            Some(token) => last = token,
            None => return false,
        }
    }
    let form = last.text(text);
    let full = last.kind == TokenKind::Punctuation && form.chars().next().is_some_and(is_terminal);
    let abbreviation = last.kind == TokenKind::Abbreviation;
    if !full && !abbreviation {
        return false;
    }
    let start = next.text(text).chars().next().unwrap_or(' ');
    if is_closing(next.text(text)) || is_terminal(start) {
        return false;
    }
    if abbreviation {
        return matches!(form, "etc.") && start.is_uppercase();
    }
    let opens = quote_mark(start).is_some_and(|mark| mark.side != Side::Close) || is_dash(start) || is_hyphen(start);
    start.is_uppercase() || start.is_ascii_digit() || opens || matches!(start, '(' | '[' | '•')
}

/// True for a mark that closes: » ” ) ]
fn is_closing(form: &str) -> bool {
    let mut chars = form.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => matches!(c, ')' | ']') || quote_mark(c).is_some_and(|mark| mark.side == Side::Close),
        _ => false,
    }
}
