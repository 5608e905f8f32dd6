//! What comes from the web: addresses, mentions, hashtags, emoji, emoticons. Each function takes the bytes or text from
//! where the thing would begin and gives its length in bytes, 0 if it does not stand there.

use crate::chars::is_blank;

/// Top-level domains that a bare name can end with (`exemple.fr`); with a scheme or `www.` any will do.
const DOMAINS: &[&str] = &[
    "fr", "com", "org", "net", "eu", "be", "ch", "ca", "de", "uk", "it", "es", "info", "gouv", "edu", "gov", "io",
    "tv", "lu", "mc", "qc", "re", "bzh", "paris", "museum", "int",
];

/// Longest look-ahead for the local part of a mail address or a host, in bytes (RFC 5321, RFC 1035).
const LONGEST_NAME: usize = 64;

/// A web address with a scheme (`https://…`) or `www.`; or the bare `name.tld/path` where `name` has been read.
pub(super) fn url(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let scheme = bytes.iter().take(12).take_while(|b| b.is_ascii_alphanumeric() || **b == b'+').count();
    let after = match bytes.get(scheme..) {
        Some([b':', b'/', b'/', ..]) if scheme > 1 => scheme + 3,
        Some([b'.', ..]) if scheme == 3 && bytes.iter().take(3).all(|b| b.eq_ignore_ascii_case(&b'w')) => scheme + 1,
        _ => return 0,
    };
    if !rest.get(after..).and_then(|tail| tail.chars().next()).is_some_and(char::is_alphanumeric) {
        return 0;
    }
    after + tail(rest.get(after..).unwrap_or(""))
}

/// The length of the rest of an address: up to white space or a mark that cannot stand in one, less the punctuation at
/// its end, which belongs to the sentence; a closing bracket stays if its opening one is inside.
pub(super) fn tail(rest: &str) -> usize {
    let mut end = rest.len();
    let (mut open, mut closed) = (0_usize, 0_usize);
    for (at, c) in rest.char_indices() {
        match c {
            '(' => open += 1,
            ')' => closed += 1,
            '<' | '>' | '"' | '«' | '»' | '“' | '”' | '’' | '‘' | '`' | '{' | '}' | '|' | '\\' | '^' | '[' | ']'
            | '…' => {
                end = at;
                break;
            }
            _ if is_blank(c) || c.is_control() => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    let mut kept = rest.get(..end).unwrap_or("");
    loop {
        let shorter = match kept.chars().next_back() {
            Some('.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '-') => 1,
            Some(')') if closed > open => {
                closed -= 1;
                1
            }
            _ => return kept.len(),
        };
        kept = kept.get(..kept.len() - shorter).unwrap_or("");
    }
}

/// A mail address. The look-ahead for `@` is at most 64 bytes.
pub(super) fn email(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let local = bytes
        .iter()
        .take(LONGEST_NAME + 1)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+' | b'%'))
        .count();
    if local == 0 || local > LONGEST_NAME || bytes.get(local) != Some(&b'@') {
        return 0;
    }
    let host = host(bytes.get(local + 1..).unwrap_or(&[]));
    if host == 0 { 0 } else { local + 1 + host }
}

/// Labels of letters, digits and hyphens with at least one full stop between them, the last of two letters or more.
fn host(bytes: &[u8]) -> usize {
    let run = bytes
        .iter()
        .take(LONGEST_NAME * 2)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
        .count();
    let mut end = run;
    while end > 0 && matches!(bytes.get(end - 1), Some(b'.' | b'-')) {
        end -= 1;
    }
    let name = bytes.get(..end).unwrap_or(&[]);
    let Some(dot) = name.iter().rposition(|b| *b == b'.') else { return 0 };
    let domain = name.get(dot + 1..).unwrap_or(&[]);
    let well_formed = dot > 0 && domain.len() >= 2 && domain.iter().all(u8::is_ascii_alphabetic);
    if well_formed { end } else { 0 }
}

/// A bare address: `exemple.fr`, `rec.exemple.com/page`. The domain must be a known one, in lower case.
pub(super) fn bare(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let end = host(bytes);
    let name = rest.get(..end).unwrap_or("");
    let Some((before, domain)) = name.rsplit_once('.') else { return 0 };
    if !DOMAINS.contains(&domain) || before.contains("..") || before.len() < 2 {
        return 0;
    }
    match bytes.get(end) {
        Some(b'/') if bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) => {
            end + tail(rest.get(end..).unwrap_or(""))
        }
        Some(b'/') => end + 1,
        _ if rest.get(end..).and_then(|tail| tail.chars().next()).is_some_and(char::is_alphanumeric) => 0,
        _ => end,
    }
}

/// `@name` or `#word`, from the sign; a hashtag holds a letter.
pub(super) fn tagged(rest: &str) -> usize {
    let mut letters = 0;
    let mut end = 1;
    for (at, c) in rest.char_indices().skip(1) {
        if !(c.is_alphanumeric() || c == '_') {
            break;
        }
        letters += usize::from(c.is_alphabetic());
        end = at + c.len_utf8();
    }
    if letters == 0 { 0 } else { end }
}

/// True for the characters that begin an emoji by themselves.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(u32::from(c),
        0x203c | 0x2049 | 0x231a..=0x231b | 0x2328 | 0x23cf | 0x23e9..=0x23f3 | 0x23f8..=0x23fa | 0x2600..=0x27bf
        | 0x2934..=0x2935 | 0x2b05..=0x2b07 | 0x2b1b..=0x2b1c | 0x2b50 | 0x2b55 | 0x1f000..=0x1faff)
        && !matches!(c, '✓' | '✔' | '✕' | '✖' | '✗' | '✘' | '❍'..='❒' | '❛'..='❠' | '➀'..='➿')
}

/// An emoji with its variation selector, skin tone, joined parts, or the two letters of a flag.
pub(super) fn emoji(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    let Some((_, first)) = chars.next() else { return 0 };
    let flag = |c: char| matches!(u32::from(c), 0x1f1e6..=0x1f1ff);
    let mut end = first.len_utf8();
    if flag(first) {
        if let Some(&(at, second)) = chars.peek().filter(|(_, c)| flag(*c)) {
            end = at + second.len_utf8();
        }
        return end;
    }
    while let Some((at, c)) = chars.next() {
        match u32::from(c) {
            0xfe0e | 0xfe0f | 0x20e3 | 0x1f3fb..=0x1f3ff | 0xe0020..=0xe007f => end = at + c.len_utf8(),
            0x200d => match chars.next() {
                Some((next, joined)) if is_emoji(joined) => end = next + joined.len_utf8(),
                _ => break,
            },
            _ => break,
        }
    }
    end
}

/// A Western emoticon: eyes, perhaps a nose, a mouth, then nothing that goes on: `:-)` `;)` `:D` `=P` `:'(` `<3` `^^`.
pub(super) fn emoticon(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let length = match bytes {
        [b'<', b'3', ..] | [b'^', b'^', ..] => 2,
        [b':' | b';' | b'=' | b'8', nose, mouth, ..]
            if matches!(nose, b'-' | b'\'' | b'o') && is_mouth(*mouth) && (bytes.first() != Some(&b'8')) =>
        {
            3
        }
        [b':' | b';' | b'=', mouth, ..] if is_mouth(*mouth) => 2,
        _ => return 0,
    };
    // ":)))" laughs longer.
    let last = bytes.get(length - 1).copied().unwrap_or(0);
    let more =
        if matches!(last, b')' | b'(') { bytes.iter().skip(length).take_while(|b| **b == last).count() } else { 0 };
    let next = rest.get(length + more..).and_then(|tail| tail.chars().next());
    if next.is_none_or(|c| is_blank(c) || matches!(c, '.' | ',' | '!' | '?' | '…' | '"' | '»')) {
        length + more
    } else {
        0
    }
}

fn is_mouth(b: u8) -> bool {
    matches!(b, b')' | b'(' | b'D' | b'P' | b'p' | b'/' | b'|' | b'O' | b'o' | b'*' | b'3' | b'S' | b']' | b'[')
}
