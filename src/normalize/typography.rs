//! Marks: ellipsis, quotation marks, apostrophes, dashes, and runs of spaces.
//!
//! Source: *Lexique des règles typographiques en usage à l'Imprimerie nationale*, articles « Guillemets »,
//! « Points de suspension », « Tiret »; Unicode chapter 6.2 for the characters.

use memchr::memchr;

use super::look::{
    Hits, NBSP, after, before, blanks_after, blanks_before, is_blank, is_digit, is_gap, is_letter, is_word,
};
use super::patch::Patch;
use crate::text::slice;

/// `character`: three to five dots become `…`. `dots`: `…` becomes `...`, `‥` becomes `..`.
pub(crate) fn ellipsis(text: &str, value: &str, patch: &mut Patch<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    if value == "dots" {
        let mut hits = Hits::new(text, |a, b, c| (a == 0xe2) & (b == 0x80) & ((c == 0xa5) | (c == 0xa6)));
        while let Some(start) = hits.next(at) {
            at = start + 3;
            match after(text, start) {
                Some('…') => patch.replace(start, at, "..."),
                Some('‥') => patch.replace(start, at, ".."),
                _ => {}
            }
        }
        return;
    }
    let mut hits = Hits::new(text, |a, b, c| (a == b'.') & (b == b'.') & (c == b'.'));
    while let Some(start) = hits.next(at) {
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

/// A quotation mark that was found, and what it is taken for.
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one mark")]
struct Found {
    start: usize,
    end: usize,
    kind: Mark,
    opening: bool,
    /// True if no other quotation is open around it.
    outside: bool,
    /// True if its line begins with it.
    leads: bool,
    /// True if its partner was found.
    paired: bool,
}

/// Which of the marks belong together: a straight one alone (an inch, a lost partner) is left as it stands.
#[derive(Default)]
struct Pairs {
    marks: Vec<Found>,
    /// Opening marks of this paragraph that wait for their partner.
    open: Vec<usize>,
    /// Where the marks of this paragraph begin.
    first: usize,
    /// The mark that opened the paragraph before without being closed there.
    pending: Option<usize>,
    /// True if a mark of this paragraph closes what was not opened in it.
    closes: bool,
}

impl Pairs {
    fn pair(&mut self, index: usize) {
        if let Some(mark) = self.marks.get_mut(index) {
            mark.paired = true;
        }
    }

    fn add(&mut self, mark: Found) {
        let index = self.marks.len();
        let top = self.open.last().copied().and_then(|top| Some((top, self.marks.get(top)?)));
        if mark.opening {
            // Each paragraph, or line, of a quotation may open it again.
            if let Some((top, _)) = top.filter(|(_, top)| mark.leads && top.leads) {
                self.pair(top);
                self.open.pop();
            }
            self.open.push(index);
            self.marks.push(mark);
            return;
        }
        let partner = top.map(|(top, _)| top);
        self.marks.push(mark);
        if let Some(partner) = partner {
            self.open.pop();
            self.pair(partner);
            self.pair(index);
        } else if self.pending.is_some() && !self.closes {
            self.closes = true;
            self.pair(index);
        }
    }

    /// The end of a paragraph.
    fn close(&mut self) {
        if let Some(pending) = self.pending.take() {
            let reopened = self.marks.get(self.first).is_some_and(|mark| mark.opening && mark.leads);
            if reopened || self.closes {
                self.pair(pending);
            }
        }
        let leads = |index: &usize| self.marks.get(*index).is_some_and(|mark| mark.leads);
        self.pending = self.open.last().copied().filter(leads);
        self.open.clear();
        self.first = self.marks.len();
        self.closes = false;
    }
}

/// `french`: « » outside, “ ” inside them, with no-break spaces; `english`: “ ”; `straight`: `"`. A straight mark whose
/// side the context does not tell, or without a partner in its paragraph (an inch, a lone mark), is left.
pub(crate) fn quotes(text: &str, value: &str, patch: &mut Patch<'_>) {
    let bytes = text.as_bytes();
    let (mut outer, mut inner, mut german) = (false, 0_u32, 0_u32);
    // Up to where `<<` may be a quotation mark: the last `>>` of its line.
    let (mut line_end, mut angles_until) = (0, 0);
    let mut pairs = Pairs::default();
    let mut hits = Hits::new(text, |a, b, c| {
        let doubled = (a == b) & ((a == b'\'') | (a == b'`') | (a == b'<') | (a == b'>'));
        let guillemet = (a == 0xc2) & ((b == 0xab) | (b == 0xbb));
        let curly = (a == 0xe2) & (b == 0x80) & (c >= 0x9c) & (c <= 0x9f) | (a == 0xef) & (b == 0xbc) & (c == 0x82);
        (a == b'"') | (a == b'\n') | doubled | guillemet | curly
    });
    let mut at = 0;
    while let Some(start) = hits.next(at) {
        at = start + 1;
        match bytes.get(start) {
            Some(b'\n') => {
                (outer, inner, german) = (false, 0, 0);
                if bytes.get(at) == Some(&b'\n') {
                    pairs.close();
                }
                continue;
            }
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
                let top = pairs.open.last().and_then(|&top| pairs.marks.get(top)).map(|mark| mark.kind);
                match (may_open, may_close) {
                    (true, false) => true,
                    // `24"`: an inch, unless a mark of its kind is open.
                    (false, true) if is_digit(left) && !matches!(top, Some(Mark::Straight | Mark::Open)) => continue,
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
        let leads = matches!(before(text, blanks_before(text, start)), None | Some('\n'));
        pairs.add(Found { start, end, kind, opening, outside, leads, paired: false });
    }
    pairs.close();
    for mark in &pairs.marks {
        if mark.paired || mark.kind != Mark::Straight {
            set_quote(text, (mark.start, mark.end), (value, mark.opening, mark.outside), patch);
        }
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
        c.is_whitespace()
            || matches!(c, ',' | ':' | ';' | '(' | '[' | '{' | '\'' | '’' | '—' | '–' | '-' | '/' | '«' | '“')
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
    let straight = value == "straight";
    // Not the mark that is wanted: ' or ’.
    let (plain, curly) = if straight { (b'`', 0x99) } else { (b'\'', 0x98) };
    let mut hits = Hits::new(text, |a, b, c| {
        (a == plain)
            | (a == b'`')
            | (a == 0xc2) & (b == 0xb4)
            | (a == 0xca) & (b == 0xbc)
            | (a == 0xe2) & (b == 0x80) & ((c == curly) | (c == 0x98) | (c == 0x9b) | (c == 0xb2))
            | (a == 0xef) & (b == 0xbc) & (c == 0x87)
    });
    let mut at = 0;
    while let Some(start) = hits.next(at) {
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
    // Of hyphens only those that are no part of a word: before a blank, another one, or letters after two.
    let mut hits = Hits::new(text, |a, b, c| {
        (a == b'-') & ((b == b'-') | (b == b' ') | (b == b'\t') | (b == 0xc2) | (b == 0xe1) | (b == 0xe2) | (b == 0xe3))
            | (a == 0xe2) & (((b == 0x80) & (c >= 0x90) & (c <= 0x95)) | ((b == 0x88) & (c == 0x92)) | (b == 0x81))
            | (a == 0xef)
    });
    while let Some(start) = hits.next(at) {
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
    // All that is not one plain space before a letter.
    let any = |a: u8, b: u8, c: u8| {
        let plain = (a == b' ') & ((b <= b' ') | (b == 0xc2) | (b == 0xe1) | (b == 0xe2) | (b == 0xe3));
        let wide = (a == 0xc2) & ((b == 0xa0) | (b == 0x85)) | (a == 0xe1) & (b == 0x9a) | (a == 0xe3) & (b == 0x80);
        let general = (a == 0xe2) & ((b == 0x80) & ((c <= 0x8a) | (c >= 0xa8) & (c <= 0xaf)) | (b == 0x81));
        plain | wide | general | (a >= 0x09) & (a <= 0x0d)
    };
    let mut hits = Hits::new(text, move |a, b, c| if all { any(a, b, c) } else { pair(a, b, c) });
    // The first space is looked at too, whatever follows.
    let mut first = bytes.first() == Some(&b' ');
    let mut at = 0;
    while let Some(start) = if std::mem::take(&mut first) { Some(0) } else { hits.next(at) } {
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
