//! French typography in one table: apostrophes, dashes, quotation marks and their partners, spaces, case.
//!
//! Every stage that looks at a character asks here, so that a mark is added in one place. Sources: Lexique des règles
//! typographiques en usage à l'Imprimerie nationale; Unicode 16, chapter 6.
//!
//! ```
//! use propos::{Side, quote_mark};
//! let mark = quote_mark('«').expect("a mark");
//! assert_eq!(mark.side, Side::Open);
//! assert_eq!(mark.closers(), &['»']);
//! assert_eq!(quote_mark('"').expect("a mark").side, Side::Either);
//! ```

use std::borrow::Cow;

/// Which end of a quotation a mark stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// It opens: « “ ‘ „ ‹
    Open,
    /// It closes: » ” ›
    Close,
    /// It can do both: " ' and ’, which is an apostrophe far more often.
    Either,
}

/// The shape of a quotation mark: marks pair within a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// « »
    Guillemet,
    /// ‹ ›
    SingleGuillemet,
    /// “ ” „
    Double,
    /// ‘ ’ ‚
    Single,
    /// "
    Straight,
    /// '
    StraightSingle,
}

/// What a quotation mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mark {
    /// The end it stands at.
    pub side: Side,
    /// The family it pairs in.
    pub family: Family,
}

impl Mark {
    /// The characters that close a quotation opened by a mark of this family; German „ … “ included.
    #[must_use]
    pub fn closers(self) -> &'static [char] {
        match self.family {
            Family::Guillemet => &['»'],
            Family::SingleGuillemet => &['›'],
            Family::Double => &['”', '“', '"'],
            Family::Single => &['’', '\''],
            Family::Straight => &['"', '”'],
            Family::StraightSingle => &['\''],
        }
    }
}

/// The quotation mark that `c` is, if it is one. Apostrophes count (`'` and `’`): whether one quotes, the context says.
#[must_use]
pub fn quote_mark(c: char) -> Option<Mark> {
    let (side, family) = match c {
        '«' => (Side::Open, Family::Guillemet),
        '»' => (Side::Close, Family::Guillemet),
        '‹' => (Side::Open, Family::SingleGuillemet),
        '›' => (Side::Close, Family::SingleGuillemet),
        '“' | '„' | '‟' | '〝' => (Side::Open, Family::Double),
        '”' | '〞' => (Side::Close, Family::Double),
        '‘' | '‚' | '‛' => (Side::Open, Family::Single),
        '’' => (Side::Either, Family::Single),
        '"' | '＂' => (Side::Either, Family::Straight),
        '\'' | '`' => (Side::Either, Family::StraightSingle),
        _ => return None,
    };
    Some(Mark { side, family })
}

/// True for the characters that write an elision: `'`, `’`, and the modifier letter `ʼ`.
#[must_use]
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '＇')
}

/// True for the hyphens that join a compound or a clitic: `-`, `‐`, and the non-breaking `‑`.
#[must_use]
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// True for the dashes that open a turn of dialogue or an aside: `–`, `—`, `―`, `‒`. A hyphen is not one of them.
#[must_use]
pub fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—' | '―' | '‒')
}

/// True for the full stops, question and exclamation marks and ellipses that can end a sentence.
#[must_use]
pub fn is_terminal(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '。' | '！' | '？')
}

/// True for the spaces that do not end a line: the ordinary one, U+00A0, U+202F, U+2009 and their like.
#[must_use]
pub fn is_inline_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{202f}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{3000}')
}

/// True for what stands between tokens and belongs to none: white space, and the invisible U+200B, U+FEFF, U+2060 and
/// direction marks that web pages leave behind.
#[must_use]
pub fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// The form of a token for look-up: lower case, every apostrophe `'`, every hyphen `-`, the spaces of a number and the
/// hyphen of a word broken at a line's end left out. Borrowed where nothing changes.
///
/// ```
/// assert_eq!(propos::norm("L’"), "l'");
/// assert_eq!(propos::norm("30\u{202f}000"), "30000");
/// assert_eq!(propos::norm("déve-\nlopper"), "développer");
/// ```
#[must_use]
pub fn norm(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii_lowercase()) || text.chars().all(is_normal) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_small(c) {
            out.push(c);
        } else if c.is_ascii_uppercase() {
            out.push(c.to_ascii_lowercase());
        } else if is_apostrophe(c) {
            out.push('\'');
        } else if is_hyphen(c) {
            out.push('-');
        } else if c == '\n' {
            if out.ends_with('-') && out.len() > 1 {
                out.pop();
            }
        } else if is_blank(c) || c == '\u{ad}' {
            // Left out: the spaces of 30 000, a soft hyphen.
        } else {
            out.extend(c.to_lowercase());
        }
    }
    Cow::Owned(out)
}

/// The small letters of French, which are most of any text.
fn is_small(c: char) -> bool {
    matches!(c, 'a'..='z' | 'à'..='ö' | 'ø'..='ÿ' | 'œ')
}

fn is_normal(c: char) -> bool {
    if is_small(c) {
        return true;
    }
    if c.is_ascii() {
        return !c.is_ascii_uppercase() && !c.is_ascii_whitespace();
    }
    !c.is_uppercase() && !is_apostrophe(c) && !is_hyphen(c) && !is_blank(c) && c != '\u{ad}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_opening_mark_has_a_closing_one_of_its_family() {
        for c in ['«', '‹', '“', '„', '‘'] {
            let open = quote_mark(c).unwrap();
            assert_eq!(open.side, Side::Open, "{c}");
            let close = quote_mark(open.closers()[0]).unwrap();
            assert_eq!(close.family, open.family, "{c}");
            assert_ne!(close.side, Side::Open, "{c}");
        }
    }

    #[test]
    fn the_norm_is_its_own_norm() {
        for text in ["L’", "ÉTÉ", "30\u{a0}000", "Jean‑Luc", "déve-\nlopper", "-\n", "İ"] {
            let once = norm(text).into_owned();
            assert_eq!(norm(&once), once, "{text}");
        }
    }

    #[test]
    fn a_lower_case_word_is_borrowed() {
        assert!(matches!(norm("déjà"), Cow::Borrowed(_)));
    }
}
