//! What typography must not touch: addresses, HTML tags, code between grave accents, lines of program text.
//!
//! `https://exemple.fr/?a="b";c`, `<a title="x">`, `` `x ? y : z` ``, `if (a == b) { return "c"; }`: marks there are no
//! punctuation. A shield reads one line at a time, and only lines in which something is about to be replaced.

use memchr::{memchr, memrchr};

use super::look::{Hits, after, before, is_gap, is_letter, is_word};
use crate::text::slice;

/// Longest tag or code between accents, in bytes: a bound, so that lines of opening marks stay linear.
const LONGEST: usize = 1000;

/// The parts of a text that are no prose, found line by line as they are asked for.
#[derive(Default)]
pub(crate) struct Shield {
    /// The line that was read last.
    line: (usize, usize),
    read: bool,
    /// True if all of it is program text.
    code: bool,
    /// What is shielded in it, in order; those before `at` have been passed.
    spans: Vec<(usize, usize)>,
    at: usize,
}

impl Shield {
    /// True if the bytes `start..end` of `text` touch what is no prose. The questions must come in order.
    pub(crate) fn covers(&mut self, text: &str, start: usize, end: usize) -> bool {
        if !self.read || start > self.line.1 {
            self.read_line(text, start);
        }
        if self.code {
            return true;
        }
        while self.spans.get(self.at).is_some_and(|span| span.1 <= start) {
            self.at += 1;
        }
        self.spans.get(self.at).is_some_and(|span| span.0 < end.max(start + 1))
    }

    fn read_line(&mut self, text: &str, place: usize) {
        let bytes = text.as_bytes();
        let begin = if self.read { self.line.1 } else { 0 };
        let head = bytes.get(begin..place).unwrap_or_default();
        let from = memrchr(b'\n', head).map_or(begin, |at| begin + at + 1);
        let rest = bytes.get(place..).unwrap_or_default();
        let to = memchr(b'\n', rest).map_or(bytes.len(), |at| place + at);
        self.line = (from, to);
        self.read = true;
        self.spans.clear();
        self.at = 0;
        self.code = self.scan(text, from, to);
    }

    /// Finds what is shielded in the line `from..to`; true if it is program text.
    fn scan(&mut self, text: &str, from: usize, to: usize) -> bool {
        let line = slice(text, from..to);
        let mut hits = Hits::new(line, |a, b, c| {
            let operator = (a == b'=') & ((b == b'=') | (b == b'"'))
                | ((a == b'!') | (a == b'+')) & (b == b'=')
                | (a == b'&') & (b == b'&')
                | (a == b'|') & (b == b'|')
                | (a == b':') & (b == b':')
                | (a == b')') & (b == b';')
                | (a == b'-') & (b == b'>') & (c != b' ');
            let brace = (a == b'{') & ((b == b' ') | (b == b'"') | (b == 0)) | (a == b' ') & (b == b'}');
            let address = (a == b':') & (b == b'/') & (c == b'/') | (a == b'w') & (b == b'w') & (c == b'w');
            operator | brace | address | (a == b'<') & (b != b'<') | (a == b'`')
        });
        let bytes = line.as_bytes();
        let close = |from: usize, mark: u8| {
            let rest = bytes.get(from..line.len().min(from + LONGEST)).unwrap_or_default();
            memchr(mark, rest).map(|length| from + length + 1)
        };
        let mut at = 0;
        while let Some(hit) = hits.next(at) {
            at = hit + 1;
            let span = match bytes.get(hit) {
                Some(b'<') => close(hit + 1, b'>')
                    .filter(|&end| is_tag(slice(line, hit + 1..end - 1)) && before(line, hit) != Some('<'))
                    .map(|end| (hit, end)),
                Some(b'`') => {
                    let apart = |c: Option<char>| !is_letter(c) && c != Some('`');
                    close(hit + 1, b'`')
                        .filter(|&end| end > hit + 2 && apart(before(line, hit)) && apart(after(line, end)))
                        .map(|end| (hit, end))
                }
                Some(b'w') => {
                    (!is_word(before(line, hit)) && bytes.get(hit + 3) == Some(&b'.')).then(|| address(line, hit))
                }
                Some(b':') if bytes.get(hit + 1) == Some(&b'/') => Some(address(line, hit)),
                Some(b':') if !is_word(before(line, hit)) || !is_word(after(line, hit + 2)) => None,
                Some(b'{') if matches!(before(line, hit), Some('^' | '_')) => None,
                Some(b'-' | b'+') if !is_word(before(line, hit)) && !is_gap(before(line, hit)) => None,
                _ => return true,
            };
            if let Some((start, end)) = span.filter(|span| span.1 > at) {
                self.spans.push((from + start, from + end));
                at = end;
            }
        }
        false
    }
}

/// True if `inside` stands between the angles of a tag: `br`, `/p`, `a href="x"`, `!--x--`.
fn is_tag(inside: &str) -> bool {
    let name = inside.trim_start_matches('/');
    let length = name.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
    let rest = slice(name, length..name.len());
    name.starts_with('!')
        || name.starts_with(|c: char| c.is_ascii_alphabetic())
            && (matches!(rest, "" | "/") || rest.starts_with(' ') && (rest.contains('=') || rest.trim() == "/"))
}

/// The address around byte `at` of a line, without the punctuation after it.
fn address(line: &str, at: usize) -> (usize, usize) {
    let inside = |c: &char| !c.is_whitespace() && !matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '(' | ')');
    let left: usize = slice(line, 0..at).chars().rev().take(24).take_while(inside).map(char::len_utf8).sum();
    let right: usize = slice(line, at..line.len()).chars().take_while(inside).map(char::len_utf8).sum();
    let whole = slice(line, at..at + right);
    let kept = whole.trim_end_matches(['.', ',', ';', ':', '!', '?', '…', '\'', '’']);
    (at - left, at + kept.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shielded parts of a text, one character at a time.
    fn shielded(text: &str) -> String {
        let mut shield = Shield::default();
        text.char_indices().filter(|&(at, c)| shield.covers(text, at, at + c.len_utf8())).map(|(_, c)| c).collect()
    }

    #[test]
    fn what_is_no_prose_is_found() {
        assert_eq!(shielded("Voir https://a.fr/?b=c;d! Oui : non"), "https://a.fr/?b=c;d");
        assert_eq!(shielded("(www.a.fr), oui"), "www.a.fr");
        assert_eq!(shielded("un <a href='x'>lien</a> : oui"), "<a href='x'></a>");
        assert_eq!(shielded("le type `a ? b : c` : oui"), "`a ? b : c`");
        assert_eq!(shielded("prose : oui\nstd::vec x;\nprose"), "std::vec x;\n");
        for prose in ["x < y et y > z", "l`avion d`or", "Oui : « non » ; 1 + 1 = 2 !", "Bonjour {nom} !", "<<Oui>>"] {
            assert_eq!(shielded(prose), "");
        }
    }
}
