//! Marks: ellipsis, quotation marks, apostrophes, dashes, and runs of spaces.
//!
//! Source: *Lexique des règles typographiques en usage à l'Imprimerie nationale*, articles « Guillemets »,
//! « Points de suspension », « Tiret »; Unicode chapter 6.2 for the characters.

use memchr::{memchr, memchr2};

use super::look::{
    NBSP, after, before, blanks_after, blanks_before, find, find3, is_blank, is_digit, is_gap, is_letter, is_word,
    table,
};
use super::patch::Patch;
use crate::text::slice;

/// `character`: three to five dots become `…`. `dots`: `…` becomes `...`, `‥` becomes `..`.
pub(crate) fn ellipsis(text: &str, value: &str, patch: &mut Patch<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    if value == "dots" {
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr(0xe2, rest)) {
            let start = at + found;
            at = start + 3;
            match after(text, start) {
                Some('…') => patch.replace(start, at, "..."),
                Some('‥') => patch.replace(start, at, ".."),
                _ => {}
            }
        }
        return;
    }
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr(b'.', rest)) {
        let start = at + found;
        let run = bytes.get(start..).unwrap_or_default().iter().take_while(|&&byte| byte == b'.').count();
        at = start + run;
        if (3..=5).contains(&run) {
            patch.replace(start, at, "…");
        }
    }
}

/// The marks that stand for a quotation mark: what is read, and whether the mark itself says opening or closing.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    /// `"` or `''`: the context decides.
    Straight,
    /// `“`, `„` or two grave accents.
    Open,
    /// `”`.
    Close,
    /// `«` or `<<`.
    OpenOuter,
    /// `»` or `>>`.
    CloseOuter,
}

/// The quotation mark at byte `start` and where it ends.
fn mark(text: &str, start: usize, angles_until: usize) -> Option<(Mark, usize)> {
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied();
    // Doubled ASCII marks, but not tripled ones.
    let doubled = |mark: u8| {
        byte(start + 1) == Some(mark)
            && byte(start + 2) != Some(mark)
            && start.checked_sub(1).and_then(byte) != Some(mark)
    };
    Some(match after(text, start)? {
        '"' | '＂' | '‟' => (Mark::Straight, start + after(text, start)?.len_utf8()),
        '\'' if doubled(b'\'') => (Mark::Straight, start + 2),
        '`' if doubled(b'`') => (Mark::Open, start + 2),
        '“' | '„' => (Mark::Open, start + 3),
        '”' => (Mark::Close, start + 3),
        '«' => (Mark::OpenOuter, start + 2),
        '»' => (Mark::CloseOuter, start + 2),
        '<' if doubled(b'<') && start < angles_until && !is_word(before(text, start)) => (Mark::OpenOuter, start + 2),
        '>' if doubled(b'>') && start <= angles_until => (Mark::CloseOuter, start + 2),
        _ => return None,
    })
}

/// `french`: « » outside, “ ” inside them, with no-break spaces; `english`: “ ”; `straight`: `"`. A mark whose side the
/// context does not tell (an inch, a lone mark) is left.
pub(crate) fn quotes(text: &str, value: &str, patch: &mut Patch<'_>) {
    const BYTES: [bool; 256] = table(b"\n\"'`<>\xc2\xe2\xef");
    let bytes = text.as_bytes();
    let (mut outer, mut inner, mut german) = (false, 0_u32, 0_u32);
    // Up to where `<<` may be a quotation mark: the last `>>` of its line.
    let (mut line_end, mut angles_until) = (0, 0);
    let mut at = 0;
    while let Some(start) = find(text, at, &BYTES) {
        at = start + 1;
        match bytes.get(start) {
            Some(b'\n') => {
                (outer, inner, german) = (false, 0, 0);
                continue;
            }
            Some(0xc2) if !matches!(bytes.get(start + 1), Some(0xab | 0xbb)) => {
                at = start + 2;
                continue;
            }
            Some(b'\'') if bytes.get(start + 1) != Some(&b'\'') => continue,
            Some(b'<') if start >= line_end => {
                let rest = bytes.get(start..).unwrap_or_default();
                let line = memchr(b'\n', rest).unwrap_or(rest.len());
                line_end = start + line;
                let line = rest.get(..line).unwrap_or_default();
                angles_until = start + line.windows(2).rposition(|pair| pair == b">>").unwrap_or(0);
            }
            _ => {}
        }
        let Some((kind, end)) = mark(text, start, angles_until) else { continue };
        at = end;
        let opening = match kind {
            Mark::Open => {
                // The closing mark of „German“ quotes.
                let closes = german > 0 && after(text, start) == Some('“');
                german = if closes { german - 1 } else { german + u32::from(after(text, start) == Some('„')) };
                !closes
            }
            Mark::OpenOuter => true,
            Mark::Close | Mark::CloseOuter => false,
            Mark::Straight => {
                let (left, right) = (before(text, start), after(text, end));
                let nested = right == Some('"') && inner > 0;
                let may_open = opens_before(left) && opens_after(right) && !nested;
                let may_close = !is_gap(left) && closes_after(right);
                match (may_open, may_close) {
                    (true, false) => true,
                    (false, true) if is_digit(left) && !outer && inner == 0 => continue,
                    (false, true) => false,
                    // `" Bonjour ", dit-il`: only the state tells; a lone mark between letters or spaces is left.
                    (false, false) if is_gap(left) && !is_word(right) => !(outer || inner > 0),
                    (true, true) => !(outer || inner > 0),
                    (false, false) => continue,
                }
            }
        };
        let outside = match (kind, opening) {
            (Mark::OpenOuter, _) => {
                (outer, inner) = (true, 0);
                true
            }
            (Mark::CloseOuter, _) => {
                (outer, inner) = (false, 0);
                true
            }
            (_, true) if outer => {
                inner += 1;
                false
            }
            (_, true) => {
                outer = true;
                true
            }
            (_, false) if inner > 0 => {
                inner -= 1;
                false
            }
            (_, false) => {
                outer = false;
                true
            }
        };
        set_quote(text, (start, end), (value, opening, outside), patch);
    }
}

/// Writes one quotation mark, with the spaces inside it that its kind wants.
fn set_quote(
    text: &str,
    (start, end): (usize, usize),
    (value, opening, outside): (&str, bool, bool),
    patch: &mut Patch<'_>,
) {
    let angled = matches!(after(text, start), Some('«' | '»' | '<' | '>'));
    if value == "french" && outside {
        if angled && end - start == 2 && matches!(after(text, start), Some('«' | '»')) {
            return;
        }
        if opening {
            patch.replace(start, with_blanks_after(text, end), "«\u{a0}");
        } else {
            let from = blanks_before(text, start).max(patch.position());
            patch.replace(from, end, "\u{a0}»");
        }
        return;
    }
    let with = match (value, opening) {
        ("straight", _) => "\"",
        (_, true) => "“",
        (_, false) => "”",
    };
    // Guillemets take spaces inside, the other marks do not.
    let (mut from, mut to) = (start, end);
    if angled && opening {
        to = with_blanks_after(text, end);
    } else if angled {
        from = blanks_before(text, start).max(patch.position());
        if is_gap(before(text, from)) {
            from = start;
        }
    }
    patch.replace(from, to, with);
}

fn with_blanks_after(text: &str, end: usize) -> usize {
    let to = blanks_after(text, end);
    if is_gap(after(text, to)) { end } else { to }
}

fn opens_before(left: Option<char>) -> bool {
    left.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '{' | '\'' | '’' | '—' | '–' | '-' | '/' | '«' | '“' | '=' | '>')
    })
}

fn opens_after(right: Option<char>) -> bool {
    right.is_some_and(|c| !c.is_whitespace() && !matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '»' | '”'))
}

fn closes_after(right: Option<char>) -> bool {
    right.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '«' | '“' | '(' | '[' | '<'))
}

/// `typographic`: ’ between a letter and what it elides before. `straight`: every kind of apostrophe becomes `'`.
pub(crate) fn apostrophes(text: &str, value: &str, patch: &mut Patch<'_>) {
    const ODD: [bool; 256] = table(&[0xc2, 0xca, 0xe2, 0xef, b'`']);
    const ALL: [bool; 256] = table(&[0xc2, 0xca, 0xe2, 0xef, b'`', b'\'']);
    let straight = value == "straight";
    let scan = if straight { &ODD } else { &ALL };
    let mut at = 0;
    while let Some(start) = find(text, at, scan) {
        at = start + 1;
        let Some(c) = after(text, start) else { continue };
        at = start + c.len_utf8();
        let inside = || {
            let right = after(text, at);
            is_letter(before(text, start)) && (is_word(right) || matches!(right, Some('«' | '“' | '"')))
        };
        match c {
            '’' | '‘' | '‛' | 'ʼ' | '＇' if straight => patch.replace(start, at, "'"),
            '´' | '`' | '′' if straight && inside() => patch.replace(start, at, "'"),
            '\'' | '´' | '`' | '′' | '‘' | '‛' | 'ʼ' | '＇' if !straight && inside() => {
                patch.replace(start, at, "’");
            }
            _ => {}
        }
    }
}

/// `typographic`: a hyphen between spaces becomes –, two or three become —, one that opens a line of speech becomes —.
/// `hyphen`: every dash becomes `-`.
pub(crate) fn dashes(text: &str, value: &str, patch: &mut Patch<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) =
        bytes.get(at..).and_then(|rest| memchr2(if value == "hyphen" { 0xef } else { b'-' }, 0xe2, rest))
    {
        let start = at + found;
        at = start + 1;
        let Some(c) = after(text, start) else { continue };
        at = start + c.len_utf8();
        if value == "hyphen" {
            if matches!(c, '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '⁃' | '﹣' | '－') {
                patch.replace(start, at, "-");
            }
            continue;
        }
        match c {
            '―' => patch.replace(start, at, "—"),
            '‒' => patch.replace(start, at, "–"),
            '‐' => patch.replace(start, at, "-"),
            '-' => {
                let run = bytes.get(start..).unwrap_or_default().iter().take_while(|&&byte| byte == b'-').count();
                at = start + run;
                let (left, right) = (before(text, start), after(text, at));
                let line_start = before(text, blanks_before(text, start)).is_none_or(|c| c == '\n');
                let spaced = left.is_some_and(is_blank) && right.is_some_and(is_blank);
                let with = match run {
                    1 if line_start && right.is_some_and(is_blank) => "—",
                    1 if spaced => "–",
                    2 | 3 if spaced || (line_start && right.is_some_and(is_blank)) => "—",
                    2 | 3 if is_letter(left) && is_letter(right) => "—",
                    _ => continue,
                };
                patch.replace(start, at, with);
            }
            _ => {}
        }
    }
}

/// `runs`: several blanks become one (the one that does not break, if any), blanks at a line's end go, rare spaces
/// become plain ones. `all`: no-break spaces become plain ones too, lines are joined, paragraphs are one blank line
/// apart, the edges are trimmed.
pub(crate) fn spaces(text: &str, value: &str, patch: &mut Patch<'_>) {
    const BYTES: [bool; 256] = table(b" \t\n\r\x0b\x0c\xc2\xe1\xe2\xe3");
    let all = value == "all";
    let bytes = text.as_bytes();
    // Two blanks, one before a line's end, a rare one.
    let pair = |a: u8, b: u8, c: u8| {
        let next = |b: u8, c: u8| {
            (b == b' ') | (b == b'\n') | (b == 0xc2) & (c == 0xa0) | (b == 0xe2) & ((c == 0x80) | (c == 0x81))
        };
        let plain = (a == b' ') & (next(b, c) | (b == 0xe1) | (b == 0xe3) | (b == 0));
        let rare = (a == 0xe1) & (b == 0x9a) | (a == 0xe3) & (b == 0x80) | (a == 0xe2) & (b == 0x81);
        let strong = (a == 0xc2) & (b == 0xa0) & ((c == b' ') | (c == b'\n') | (c >= 0xc2) | (c == 0));
        plain | rare | strong | (a == 0xe2) & (b == 0x80) & ((c <= 0x8a) | (c == 0xaf))
    };
    let mut at = 0;
    while let Some(start) = if all { find(text, at, &BYTES) } else { find3(text, at, pair) } {
        // One plain space between words: nothing to do, and by far the commonest.
        if bytes.get(start) == Some(&b' ') && start > 0 && bytes.get(start + 1).is_some_and(u8::is_ascii_graphic) {
            at = start + 1;
            continue;
        }
        let mut end = start;
        let (mut lines, mut strong) = (0_u32, None);
        for c in slice(text, start..text.len()).chars() {
            match c {
                '\n' if all => lines += 1,
                '\t' if !all => break,
                NBSP | super::look::NNBSP => strong = strong.or(Some(c)),
                c if is_blank(c) || (all && c.is_whitespace()) => {}
                _ => break,
            }
            end += c.len_utf8();
        }
        if end == start {
            at = start + after(text, start).map_or(1, char::len_utf8);
            continue;
        }
        at = end;
        let edge = (start == 0, end == text.len());
        let with = match (all, strong) {
            (true, _) if edge.0 || edge.1 => "",
            (true, _) if lines > 1 => "\n\n",
            (false, _) if edge.1 || bytes.get(end) == Some(&b'\n') => "",
            (false, Some(NBSP)) => "\u{a0}",
            (false, Some(_)) => "\u{202f}",
            (true, _) | (false, None) => " ",
        };
        patch.replace(start, end, with);
    }
}
