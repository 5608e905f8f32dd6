//! The scanner: one cursor that moves forward. Every look-ahead is bounded by a constant, or what it read is consumed,
//! so the work is at most a constant times the length of the text.

use crate::chars::{is_apostrophe, is_blank, is_dash, is_hyphen, norm, quote_mark};
use crate::text::{CharSpan, Span, slice};
use crate::token::lists::{
    ABBREVIATION_STARTS, ABBREVIATIONS, CLITICS, ELISIONS, Keeps, LONGEST_ABBREVIATION, UNITS, WHOLE, WHOLE_AFTER,
    elision_key,
};
use crate::token::options::Tokenizer;
use crate::token::{Token, TokenKind, web};

/// Longest stretch, in bytes, that is looked up in a list or looked ahead over.
const WINDOW: usize = 32;

/// Endings of the names of files, in lower case.
const FILES: [&str; 32] = [
    "avi", "bmp", "css", "csv", "doc", "docx", "epub", "exe", "gif", "htm", "html", "jpeg", "jpg", "js", "json", "md",
    "mp3", "mp4", "odt", "pdf", "php", "png", "ppt", "pptx", "py", "rar", "rtf", "svg", "txt", "xls", "xlsx", "xml",
];

/// What a byte can begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// ASCII white space.
    Space,
    /// An ASCII letter.
    Letter,
    /// The first byte of U+00C0 to U+00FF: letters but for × and ÷.
    Latin,
    /// An ASCII digit.
    Digit,
    /// Any other ASCII character.
    Mark,
    /// Any other byte.
    Other,
}

const CLASSES: [Class; 256] = {
    let mut table = [Class::Other; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = if byte.is_ascii_alphabetic() {
            Class::Letter
        } else if byte.is_ascii_digit() {
            Class::Digit
        } else if byte.is_ascii_whitespace() || byte == 0x0b || (byte >= 0x1c && byte <= 0x1f) {
            Class::Space
        } else {
            Class::Mark
        };
        byte += 1;
    }
    table[0xc3] = Class::Latin;
    table
};

/// The tokens of `text`.
pub(super) fn scan(text: &str, options: &Tokenizer) -> Vec<Token> {
    let mut scanner = Scanner::new(text, options, text.len() / 5 + 1);
    scanner.fill(usize::MAX);
    scanner.tokens
}

/// Reads a text from left to right, at once or part by part.
pub(crate) struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    options: &'a Tokenizer,
    /// The cursor: everything before it is done.
    at: usize,
    /// Bytes before the cursor that continue a character: a code point's index is the byte's less these.
    extra: usize,
    tokens: Vec<Token>,
}

impl<'a> Scanner<'a> {
    /// At the start of `text`, with room for so many tokens.
    pub(crate) fn new(text: &'a str, options: &'a Tokenizer, room: usize) -> Self {
        let mut cut = text.len().min(u32::MAX as usize);
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let text = slice(text, 0..cut);
        Self { text, bytes: text.as_bytes(), options, at: 0, extra: 0, tokens: Vec::with_capacity(room) }
    }

    /// The tokens that have been read and not been dropped.
    #[cfg(any(test, feature = "python"))]
    pub(crate) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Drops the first `count` tokens.
    #[cfg(any(test, feature = "python"))]
    pub(crate) fn forget(&mut self, count: usize) {
        self.tokens.drain(..count.min(self.tokens.len()));
    }

    /// Reads on until there are `count` tokens, perhaps a few more; true if the text ends before.
    pub(crate) fn fill(&mut self, count: usize) -> bool {
        while self.tokens.len() < count {
            let Some(&byte) = self.bytes.get(self.at) else { return true };
            match CLASSES[usize::from(byte)] {
                Class::Space => self.at += 1,
                Class::Letter => self.words(count),
                Class::Digit => self.number(self.at),
                Class::Mark => self.mark(byte),
                Class::Latin | Class::Other => self.beyond_ascii(),
            }
        }
        false
    }

    // Reading

    fn rest(&self, at: usize) -> &'a str {
        slice(self.text, at..self.text.len())
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b' ')
    }

    /// The character at `at`; a space at the end of the text.
    fn char(&self, at: usize) -> char {
        let byte = self.byte(at);
        if byte.is_ascii() { char::from(byte) } else { self.rest(at).chars().next().unwrap_or(' ') }
    }

    /// The character before `at`; a space at the start of the text.
    fn char_before(&self, at: usize) -> char {
        slice(self.text, 0..at).chars().next_back().unwrap_or(' ')
    }

    fn is_letter(c: char) -> bool {
        if c.is_ascii() {
            return c.is_ascii_alphabetic();
        }
        // What French is written with is told without a look at tables.
        if matches!(c, '\u{a0}' | '«' | '»' | '×' | '÷' | '\u{2010}'..='\u{205f}') {
            return false;
        }
        if matches!(c, '\u{c0}'..='\u{24f}') {
            return true;
        }
        c.is_alphabetic() && !matches!(c, 'ª' | 'º')
            || matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}' | 'ª' | 'º' | '²' | '³' | '¹' | '₀'..='₉' | '⁰'..='⁹')
            || unicode_normalization::char::is_combining_mark(c) && !matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}')
    }

    /// The end of the run of letters from `at`, and how many of its bytes continue a character. Reads eight bytes at a time.
    fn letters(&self, mut at: usize) -> (usize, usize) {
        let mut extra = 0;
        while let Some(chunk) = self.bytes.get(at..).and_then(|rest| rest.first_chunk()) {
            let letters = ascii_letters(u64::from_le_bytes(*chunk));
            at += letters;
            if letters == chunk.len() {
                continue;
            }
            match CLASSES[usize::from(self.byte(at))] {
                Class::Latin if !matches!(self.byte(at + 1), 0x97 | 0xb7) => {
                    at += 2;
                    extra += 1;
                }
                Class::Other => break,
                _ => return (at, extra),
            }
        }
        self.letters_slowly(at, extra)
    }

    /// As [`Self::letters`], one character at a time.
    #[inline(never)]
    fn letters_slowly(&self, mut at: usize, mut extra: usize) -> (usize, usize) {
        while let Some(&byte) = self.bytes.get(at) {
            match CLASSES[usize::from(byte)] {
                Class::Letter => at += 1,
                Class::Latin => {
                    if matches!(self.byte(at + 1), 0x97 | 0xb7) {
                        break;
                    }
                    at += 2;
                    extra += 1;
                }
                Class::Other => {
                    let c = self.char(at);
                    if !Self::is_letter(c) {
                        break;
                    }
                    at += c.len_utf8();
                    extra += c.len_utf8() - 1;
                }
                _ => break,
            }
        }
        (at, extra)
    }

    /// The end of the run of letters and digits from `at`.
    fn alphanumerics(&self, mut at: usize) -> usize {
        loop {
            at = self.letters(at).0;
            if !self.byte(at).is_ascii_digit() {
                return at;
            }
            at = self.digits(at);
        }
    }

    fn digits(&self, mut at: usize) -> usize {
        while self.byte(at).is_ascii_digit() {
            at += 1;
        }
        at
    }

    // Writing

    fn push(&mut self, start: usize, end: usize, extra: usize, kind: TokenKind) {
        #[expect(clippy::cast_possible_truncation, reason = "the text was cut at u32::MAX bytes")]
        let position = |n: usize| n as u32;
        let first = start - self.extra;
        self.tokens.push(Token {
            span: Span { start: position(start), end: position(end) },
            chars: CharSpan { start: position(first), end: position(first + end - start - extra) },
            kind,
        });
        self.extra += extra;
        self.at = end;
    }

    /// Ends a token that began at the cursor; nothing if it would be empty.
    fn token(&mut self, end: usize, kind: TokenKind) {
        let start = self.at;
        if end > start {
            let extra = self.bytes.get(start..end).unwrap_or(&[]).iter().filter(|b| **b & 0xc0 == 0x80).count();
            self.push(start, end, extra, kind);
        }
    }

    // Words

    /// A word begins at the cursor: reads it and, until there are `count` tokens, those that follow after single spaces,
    /// which are most of any text.
    fn words(&mut self, count: usize) {
        loop {
            self.begin_word();
            if self.tokens.len() >= count || CLASSES[usize::from(self.byte(self.at))] != Class::Letter {
                return;
            }
        }
    }

    /// Reads the word that begins at the cursor.
    #[inline]
    fn begin_word(&mut self) {
        let start = self.at;
        let (end, extra) = self.letters(start);
        if self.options.additions.is_some() && self.exception() {
            return;
        }
        match self.byte(end) {
            b' ' => {
                self.push(start, end, extra, TokenKind::Word);
                // The space, or the end of the text.
                self.at += 1;
            }
            b',' | b'\n' | b';' | b')' | b'!' | b'?' => {
                self.push(start, end, extra, TokenKind::Word);
            }
            _ => self.word(end),
        }
    }

    /// The word that began at the cursor has been read up to `end`, where something other than a space follows: decides
    /// what joins.
    fn word(&mut self, mut end: usize) {
        let start = self.at;
        // Where the piece after the last apostrophe or hyphen begins, and whether a hyphen stands before.
        let mut piece = start;
        let mut hyphens = 0_usize;
        loop {
            let c = self.char(end);
            let after = end + c.len_utf8();
            if is_apostrophe(c) {
                match self.apostrophe(piece, end, after, hyphens > 0) {
                    Joined::Yes(next) => {
                        piece = after;
                        end = next;
                    }
                    Joined::No => break,
                    Joined::Done => return,
                }
            } else if is_hyphen(c) {
                let next = self.char(after);
                if next.is_alphanumeric() && !self.options.split_hyphens {
                    hyphens += 1;
                    piece = after;
                    end = self.alphanumerics(after).max(after + next.len_utf8());
                } else if self.options.split_hyphens && next.is_alphanumeric() {
                    let tail = self.alphanumerics(after);
                    if self.ends_in_clitics(end) {
                        hyphens += 1;
                        piece = after;
                        end = tail;
                        continue;
                    }
                    break;
                } else if let Some(next) = self.broken_line(after) {
                    hyphens += 1;
                    piece = after;
                    end = next;
                } else {
                    break;
                }
            } else if c == '.' {
                match self.full_stop(start, end) {
                    Stop::Abbreviation(next) => {
                        self.token(next, TokenKind::Abbreviation);
                        return;
                    }
                    Stop::Joined(next) => end = next,
                    Stop::Web(length, kind) => {
                        self.token(start + length, kind);
                        return;
                    }
                    Stop::Apart => break,
                }
            } else if c.is_ascii_digit() {
                end = self.alphanumerics(end);
            } else if c == '(' {
                let Some(next) = self.ending_in_brackets(piece, after) else { break };
                end = next;
            } else if matches!(c, '·' | '•' | '_' | '&' | '‧' | '⋅') {
                // heureu·se·s, nom_de_fichier, R&D
                let next = self.char(after);
                let joins = if c == '&' {
                    next.is_uppercase() && self.char_before(end).is_uppercase()
                } else {
                    next.is_alphanumeric()
                };
                if !joins {
                    break;
                }
                end = self.alphanumerics(after).max(after + next.len_utf8());
            } else if matches!(c, '@' | ':' | '+' | '%') && !self.options.split_urls {
                let length = web::email(self.rest(start));
                if length > 0 {
                    self.token(start + length, TokenKind::Email);
                    return;
                }
                let length = if c == ':' { web::url(self.rest(start)) } else { 0 };
                if length > 0 {
                    self.token(start + length, TokenKind::Url);
                    return;
                }
                break;
            } else if c == '°' && matches!(slice(self.text, start..end), "n" | "N" | "nos" | "Nos") {
                // n° 5, n°s 5 et 6
                let plural = self.byte(after) == b's' && !self.char(after + 1).is_alphanumeric();
                self.token(after + usize::from(plural), TokenKind::Word);
                return;
            } else if matches!(c, '€' | '$' | '£')
                && matches!(slice(self.text, start..end), "k" | "K" | "M" | "Md" | "Mds" | "G")
            {
                // 3 M€, 500 k$
                self.token(after, TokenKind::Symbol);
                return;
            } else {
                break;
            }
        }
        if hyphens > 0 {
            self.compound(end);
        } else {
            self.token(end, TokenKind::Word);
        }
    }

    /// At an apostrophe that ends at `after`; the piece of the word before it is `piece..end`.
    fn apostrophe(&mut self, piece: usize, end: usize, after: usize, in_compound: bool) -> Joined {
        let next = self.char(after);
        let before = slice(self.text, piece..end);
        if is_apostrophe(next) {
            // ''mange'': two apostrophes are a quotation mark.
            return Joined::No;
        }
        if in_compound {
            // Sainte-Anne-d'Auray; but va-t'en = va + -t' + en, donne-m'en.
            if !next.is_alphabetic() {
                return Joined::No;
            }
            if before.len() == 1 && matches!(norm(before).as_ref(), "t" | "m" | "l" | "s") {
                let tail = self.letters(after).0;
                if matches!(norm(slice(self.text, after..tail)).as_ref(), "en" | "y") {
                    let hyphen = piece - self.char_before(piece).len_utf8();
                    self.compound(hyphen);
                    self.token(after, TokenKind::Word);
                    return Joined::Done;
                }
            }
            return Joined::Yes(self.alphanumerics(after));
        }
        let start = self.at;
        let elided = piece == start && elision_key(before).is_some_and(|key| ELISIONS.contains(&key));
        // entr'eux, entr'elles, entr'autres; but entr'ouvrir is a verb.
        let prefix = elided && before.eq_ignore_ascii_case("entr") && {
            let rest = slice(self.text, after..self.letters(after).0);
            !matches!(norm(rest).as_ref(), "eux" | "elles" | "autres")
        };
        if elided && !prefix {
            if next.is_alphabetic() {
                if self.options.keep_elisions || self.is_name(before, after) {
                    return Joined::Yes(self.alphanumerics(after));
                }
                let first = usize::from(self.byte(start) & 31);
                let known = WHOLE_AFTER.get(first).is_some_and(|after_it| after_it & 1 << (self.byte(after) & 31) != 0);
                if let Some(whole) = known.then(|| self.whole(start)).flatten() {
                    self.token(whole, TokenKind::Word);
                    return Joined::Done;
                }
            }
            self.token(after, TokenKind::Word);
            return Joined::Done;
        }
        if !next.is_alphabetic() {
            // 90's is one number; the quote after "le mot" is a mark.
            return Joined::No;
        }
        let tail = self.letters(after).0;
        if matches!(slice(self.text, after..tail), "s" | "S") && before.chars().count() > 1 {
            // Lloyd's = Lloyd + 's
            self.token(end, TokenKind::Word);
            self.token(tail, TokenKind::Word);
            return Joined::Done;
        }
        Joined::Yes(self.alphanumerics(after))
    }

    /// True if the letter and the apostrophe before `after` begin a name: N'Golo, M'Bappé, N'Djamena. No vowel is left out
    /// before a consonant.
    fn is_name(&self, letter: &str, after: usize) -> bool {
        let next = self.char(after);
        matches!(letter, "M" | "N")
            && next.is_ascii_uppercase()
            && !matches!(next, 'A' | 'E' | 'H' | 'I' | 'O' | 'U' | 'Y')
            && self.char(after + next.len_utf8()).is_lowercase()
    }

    /// The end of the form of the list of whole forms that stands at `start`, if one does.
    fn whole(&self, start: usize) -> Option<usize> {
        let mut end = start;
        loop {
            let next = self.alphanumerics(end);
            let c = self.char(next);
            let form = slice(self.text, start..next);
            if form.len() > WINDOW {
                return None;
            }
            if !is_apostrophe(c) && !is_hyphen(c) {
                return WHOLE.contains(norm(form).as_ref()).then_some(next);
            }
            if WHOLE.contains(norm(form).as_ref()) {
                // l'on-dit is not l'on; c'est-à-dire--là est une pause: two hyphens are a dash.
                let dash = is_hyphen(c) && is_hyphen(self.char(next + c.len_utf8()));
                return (!is_hyphen(c) || dash).then_some(next);
            }
            end = next + c.len_utf8();
        }
    }

    /// After a hyphen that ends at `at`: if the line ends there and the next one goes on in lower case, the end of the
    /// word's other half.
    fn broken_line(&self, at: usize) -> Option<usize> {
        let newline = if self.byte(at) == b'\r' { at + 1 } else { at };
        if self.byte(newline) != b'\n' || newline >= self.bytes.len() {
            return None;
        }
        let next = self.char(newline + 1);
        next.is_lowercase().then(|| self.letters(newline + 1).0)
    }

    /// True if nothing but clitics follows, from the hyphen at `at`: donne-le-moi, but Aix-en-Provence.
    fn ends_in_clitics(&self, mut at: usize) -> bool {
        for _ in 0..4 {
            let hyphen = self.char(at);
            let after = at + hyphen.len_utf8();
            if !is_hyphen(hyphen) || !self.char(after).is_alphanumeric() {
                return true;
            }
            let tail = self.letters_bounded(after);
            // -t-il is one clitic.
            let second = self.char(tail);
            let joined = self.letters_bounded(tail + second.len_utf8());
            if is_hyphen(second) && is_clitic(slice(self.text, at..joined)) {
                at = joined;
            } else if is_clitic(slice(self.text, at..tail)) {
                at = tail;
            } else {
                return false;
            }
        }
        false
    }

    /// As [`Self::alphanumerics`], over at most [`WINDOW`] bytes.
    fn letters_bounded(&self, mut at: usize) -> usize {
        let stop = at + WINDOW;
        while at < stop && self.char(at).is_alphanumeric() {
            at += self.char(at).len_utf8();
        }
        at
    }

    /// The compound from the cursor to `end`: splits off the clitics at its end.
    fn compound(&mut self, end: usize) {
        let start = self.at;
        let form = slice(self.text, start..end);
        let known = form.len() <= WINDOW && WHOLE.contains(norm(form).as_ref());
        // At most three clitics follow a verb (donne-le-lui-là does not exist, but costs nothing).
        let mut cuts = [end; 4];
        let mut count = 0;
        if !known {
            while count < 3 {
                let stem = slice(self.text, start..cuts[count]);
                // Va-t-en is what va-t'en is often written.
                let written = count == 1
                    && matches!(slice(self.text, cuts[1]..end).as_bytes(), [b'-', b'e', b'n'] | [b'-', b'y']);
                let euphonic = stem.strip_suffix("-t").filter(|verb| written && !verb.is_empty()).map(str::len);
                let Some(cut) = last_clitic(stem).or(euphonic) else { break };
                cuts[count + 1] = start + cut;
                count += 1;
            }
        }
        for cut in cuts.iter().take(count + 1).rev() {
            self.token(*cut, TokenKind::Word);
        }
    }

    /// In-word brackets after the piece that began at `piece`: autre(s), traité(e). `at` is inside the bracket.
    fn ending_in_brackets(&self, piece: usize, at: usize) -> Option<usize> {
        let (end, _) = self.letters(at);
        let closes = self.byte(end) == b')' && (1..=6).contains(&(end - at));
        let same_case = self.char(at).is_lowercase() == self.char_before(at - 1).is_lowercase();
        if !closes || !same_case || at - 1 - piece < 2 {
            return None;
        }
        Some(self.letters(end + 1).0)
    }

    /// At a full stop after the word `start..end`.
    fn full_stop(&self, start: usize, end: usize) -> Stop {
        let after = end + 1;
        let next = self.char(after);
        let form = slice(self.text, start..end);
        if next == '.' && self.byte(after + 1) == b'.' {
            return Stop::Apart;
        }
        if !self.options.split_urls && next.is_alphanumeric() {
            if form.len() == 3 {
                let length = web::url(self.rest(start));
                if length > 0 {
                    return Stop::Web(length, TokenKind::Url);
                }
            }
            let length = web::email(self.rest(start));
            if length > 0 {
                return Stop::Web(length, TokenKind::Email);
            }
        }
        if let Some(end) = self.initials(start, end) {
            return Stop::Abbreviation(end);
        }
        if matches!(form.as_bytes(), [b'A'..=b'Z', b'-', b'A'..=b'Z']) && self.is_initial(after) {
            // J-P. Roux
            return Stop::Abbreviation(after);
        }
        if form.chars().nth(1).is_none() && next.is_alphanumeric() {
            // D.III, L.310-2, E.coli; but J.Dupont is J. + Dupont.
            let tail = self.alphanumerics(after);
            let name = next.is_uppercase() && slice(self.text, after..tail).chars().any(char::is_lowercase);
            if form.chars().all(char::is_uppercase) {
                return if name { Stop::Abbreviation(after) } else { Stop::Joined(tail) };
            }
        }
        if let Some(end) = self.abbreviation(start, end) {
            return Stop::Abbreviation(end);
        }
        if next.is_lowercase() {
            let tail = self.letters(after).0;
            let ending = slice(self.text, after..tail);
            if is_inclusive_ending(ending) && self.char_before(end).is_lowercase() {
                // étudiant.e.s, tou.te.s
                return Stop::Joined(tail);
            }
            let tail = self.alphanumerics(after);
            if FILES.contains(&slice(self.text, after..tail)) {
                // rapport.pdf, Next.js
                return Stop::Joined(tail);
            }
        }
        if next.is_alphanumeric() && !self.options.split_urls {
            let length = web::bare(self.rest(start));
            if length > 0 {
                return Stop::Web(length, TokenKind::Url);
            }
        }
        let thousands = self.digits(after);
        if thousands - after == 3 && !self.char(thousands).is_alphanumeric() {
            // dix.000
            return Stop::Joined(thousands);
        }
        Stop::Apart
    }

    /// Letters each with its full stop: `S.N.C.F.` `J.-C.` `J.-F.` `R.E.M`; the end of the chain, if it is one.
    fn initials(&self, start: usize, end: usize) -> Option<usize> {
        let single = |from: usize| -> Option<usize> {
            let c = self.char(from);
            let to = from + c.len_utf8();
            (c.is_alphabetic() && self.byte(to) == b'.').then_some(to + 1)
        };
        if single(start)? != end + 1 {
            return None;
        }
        let mut stop = end + 1;
        let mut count = 1;
        loop {
            let hyphen = usize::from(is_hyphen(self.char(stop))) * self.char(stop).len_utf8();
            match single(stop + hyphen) {
                Some(next) => {
                    stop = next;
                    count += 1;
                }
                None => break,
            }
        }
        let next = self.char(stop);
        if count == 1 {
            let c = self.char(start);
            if next.is_alphanumeric() || is_hyphen(next) && self.char(stop + next.len_utf8()).is_alphanumeric() {
                return None;
            }
            let title = c == 'M' && self.holds(Keeps::Title, stop);
            // le procès de M. X. a lieu
            let goes_on = || self.same_line(stop).is_some_and(|next| self.char(next).is_lowercase());
            let named = || self.is_initial(stop) || self.is_after_title(start) && goes_on();
            return (title || c.is_uppercase() && named()).then_some(stop);
        }
        if self.byte(stop) == b'.' && self.byte(stop + 1) == b'.' {
            return None;
        }
        let tail = self.alphanumerics(stop);
        let ends_bare = tail > stop && slice(self.text, stop..tail).chars().nth(1).is_none();
        // G.P.S without the last stop.
        Some(if ends_bare { tail } else { stop })
    }

    /// True if a title stands before `start`: M. X., Mme Y.
    fn is_after_title(&self, start: usize) -> bool {
        let before = slice(self.text, 0..start).trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        before.len() < start && ["M.", "MM.", "Mme", "Mlle", "Me"].iter().any(|title| before.ends_with(title))
    }

    /// After one capital and a full stop that ends at `at`: true if a name goes on (J. Dupont), not a sentence begins.
    fn is_initial(&self, at: usize) -> bool {
        let Some(next) = self.same_line(at) else { return false };
        let c = self.char(next);
        if matches!(c, ',' | ')' | '&') && next == at {
            return true;
        }
        if !c.is_uppercase() {
            return false;
        }
        let word = slice(self.text, next..self.letters(next).0);
        // "le plan B. Il est prêt" ends a sentence; "J. Le Goff" does not.
        let starts_sentence = matches!(
            word,
            "Il" | "Elle"
                | "Ils"
                | "Elles"
                | "On"
                | "Ce"
                | "Cette"
                | "Ces"
                | "Cela"
                | "Nous"
                | "Vous"
                | "Je"
                | "Les"
                | "Un"
                | "Une"
                | "Des"
                | "En"
                | "Dans"
                | "Pour"
                | "Mais"
                | "Et"
                | "Au"
                | "Aux"
                | "Sur"
                | "Après"
                | "Avec"
                | "Par"
                | "Si"
                | "Selon"
                | "Pourtant"
                | "Puis"
                | "Son"
                | "Sa"
                | "Ses"
                | "Leur"
                | "Leurs"
                | "Notre"
                | "Votre"
                | "Depuis"
                | "Lors"
                | "Comme"
                | "Quand"
                | "Tout"
                | "Tous"
                | "Toutes"
                | "Aucun"
                | "Aucune"
                | "Voilà"
                | "Voici"
                | "Qui"
                | "Que"
                | "Quel"
                | "Quelle"
                | "Rien"
                | "Ainsi"
                | "Alors"
                | "Aussi"
                | "Cet"
                | "Mon"
                | "Ma"
                | "Mes"
                | "Nos"
                | "Vos"
                | "Donc"
                | "Chaque"
                | "Plusieurs"
                | "Enfin"
                | "Ensuite"
                | "Cependant"
                | "Toutefois"
                | "Sans"
                | "Sous"
                | "Chez"
                | "Entre"
                | "Malgré"
                | "Pendant"
                | "Dès"
                | "Même"
        );
        !starts_sentence
    }

    /// The next token's place, if it is on the same line: over at most a few inline spaces.
    fn same_line(&self, mut at: usize) -> Option<usize> {
        for _ in 0..4 {
            let c = self.char(at);
            if at >= self.bytes.len() || matches!(c, '\n' | '\r') {
                return None;
            }
            if !is_blank(c) {
                return Some(at);
            }
            at += c.len_utf8();
        }
        None
    }

    /// A listed abbreviation from `start`, with full stops inside perhaps (c.-à-d.); where it ends.
    fn abbreviation(&self, start: usize, end: usize) -> Option<usize> {
        let user = self.options.additions.as_ref();
        let possible = |starts: &u32| starts & 1 << (self.byte(start) & 31) != 0;
        if end - start > WINDOW || user.is_none() && !ABBREVIATION_STARTS.get(end - start).is_some_and(possible) {
            return None;
        }
        let mut stop = end + 1;
        let mut best = None;
        // c.-à-d. and Ph.D. have three stops at most.
        for _ in 0..4 {
            let form = slice(self.text, start..stop);
            if form.len() > *LONGEST_ABBREVIATION + 2 && user.is_none() || form.len() > WINDOW {
                break;
            }
            let key = norm(form);
            if let Some(keeps) = ABBREVIATIONS.get(&*key)
                && (self.holds(*keeps, stop) || &*key == "s." && self.is_century(start))
            {
                best = Some(stop);
            }
            if user.is_some_and(|additions| additions.abbreviations.contains(&*key)) {
                best = Some(stop);
            }
            let mut next = stop;
            let c = self.char(next);
            if is_hyphen(c) {
                next += c.len_utf8();
            }
            let tail = self.letters(next).0;
            let c = self.char(tail);
            let tail = if is_hyphen(c) { self.letters(tail + c.len_utf8()).0 } else { tail };
            if tail == next || self.byte(tail) != b'.' {
                break;
            }
            stop = tail + 1;
        }
        best
    }

    /// True if the ordinal of a century stands before `start`: au `XXe s.` la guerre.
    fn is_century(&self, start: usize) -> bool {
        let before = slice(self.text, 0..start);
        let trimmed = before.trim_end();
        let letters = trimmed.char_indices().rev().take(10).take_while(|(_, c)| c.is_alphanumeric());
        let word = letters.last().map_or("", |(at, _)| slice(trimmed, at..trimmed.len()));
        let roman = word.trim_start_matches(['I', 'V', 'X']);
        roman.len() < word.len() && trimmed.len() < before.len() && matches!(roman, "e" | "er" | "è" | "ème")
    }

    /// Whether an abbreviation that ends at `at` keeps its full stop there.
    fn holds(&self, keeps: Keeps, at: usize) -> bool {
        if self.char(at).is_alphabetic() && keeps != Keeps::Number {
            // "classiques.Enfin": the stop ends a sentence; "M.Dupont" is a name.
            return matches!(keeps, Keeps::Name | Keeps::Title) && self.char(at).is_uppercase();
        }
        let next = self.same_line(at);
        match keeps {
            Keeps::Always => true,
            Keeps::Title => next.is_some_and(|next| self.char(next).is_alphanumeric()),
            Keeps::Name => next.is_some_and(|next| {
                let c = self.char(next);
                c.is_uppercase()
                    // M. d'Artagnan, Mme de Staël
                    || c == 'd' && matches!(slice(self.text, next..self.letters(next).0), "d" | "de" | "du" | "des")
            }),
            Keeps::Number => next.is_some_and(|next| {
                let c = self.char(next);
                c.is_ascii_digit() || {
                    let end = self.letters(next).0;
                    let word = slice(self.text, next..end);
                    !word.is_empty() && word.len() < 8 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
                        // p. ex. la pomme
                        || word == "ex" && self.byte(end) == b'.'
                }
            }),
            Keeps::Inside => next.is_some_and(|next| {
                let c = self.char(next);
                !c.is_uppercase() && !matches!(c, '«' | '"' | '“' | '—' | '–')
                    || slice(self.text, next..next + 4).starts_with("J.-C")
                    || self.rest(next).starts_with("JC")
            }),
        }
    }

    /// A user's exception at the cursor, if one stands there as a whole.
    fn exception(&mut self) -> bool {
        let start = self.at;
        let Some(additions) = &self.options.additions else { return false };
        let Some(forms) = additions.exceptions.get(&self.byte(start)) else { return false };
        if self.char_before(start).is_alphanumeric() {
            return false;
        }
        for exception in forms {
            let end = start + exception.form.len();
            let closed = exception.form.chars().next_back().is_some_and(|c| !c.is_alphanumeric());
            let next = self.char(end);
            // An exception for "c'est" is none for "c'est-à-dire".
            let goes_on = next.is_alphanumeric() || is_hyphen(next) && self.char(end + next.len_utf8()).is_alphabetic();
            if self.rest(start).starts_with(&exception.form) && (closed || !goes_on) {
                for piece in &exception.pieces {
                    self.token(self.at + piece.len(), TokenKind::Word);
                }
                return true;
            }
        }
        false
    }

    // Numbers

    /// A number at `digits`, perhaps with a sign between the cursor and it.
    fn number(&mut self, digits: usize) {
        let start = self.at;
        if self.options.additions.is_some() && self.exception() {
            return;
        }
        let mut end = self.digits(digits);
        let mut grouped = end - digits <= 3 && self.byte(digits) != b'0';
        let mut spaced = false;
        // The minutes of 9h30-18h: hours follow.
        let minutes = matches!(self.byte(start.wrapping_sub(1)), b'h' | b'H')
            && self.byte(start.wrapping_sub(2)).is_ascii_digit();
        loop {
            let c = self.char(end);
            let after = end + c.len_utf8();
            let next = self.byte(after);
            let inner = matches!(c, '.' | ',')
                || !spaced && (matches!(c, ':' | '/') || !minutes && (is_hyphen(c) || is_dash(c)));
            if inner && next.is_ascii_digit() {
                // 3,14 and 14:30, 12/07/2013, 2007-2008
                grouped = false;
                end = self.digits(after);
            } else if is_apostrophe(c) && self.digits(after) - after == 3 && !self.char(after + 3).is_alphanumeric() {
                end = after + 3;
            } else if grouped && matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}') && self.is_group(after) {
                spaced = true;
                end = after + 3;
            } else {
                break;
            }
        }
        if matches!(self.char(end), '\u{fe0f}' | '\u{20e3}') {
            // A keycap: 1️⃣
            while matches!(self.char(end), '\u{fe0f}' | '\u{20e3}') {
                end += 3;
            }
            self.token(end, TokenKind::Emoji);
            return;
        }
        let (letters, _) = self.letters(end);
        if letters > end {
            self.digits_and_letters(start, end, letters);
            return;
        }
        let c = self.char(end);
        let after = end + c.len_utf8();
        if !spaced && is_hyphen(c) && Self::is_letter(self.char(after)) {
            // 4-temps
            let end = self.alphanumerics(after);
            self.word(end);
        } else if !spaced && is_apostrophe(c) && self.byte(after) == b's' && !self.char(after + 1).is_alphanumeric() {
            self.token(after + 1, TokenKind::Number);
        } else {
            self.token(end, TokenKind::Number);
        }
    }

    /// True if three digits, and no more, stand at `at`.
    fn is_group(&self, at: usize) -> bool {
        self.digits_bounded(at, 4) == at + 3
    }

    fn digits_bounded(&self, at: usize, most: usize) -> usize {
        at + self.bytes.iter().skip(at).take(most).take_while(|b| b.is_ascii_digit()).count()
    }

    /// Digits `start..end` with letters up to `letters` written against them.
    fn digits_and_letters(&mut self, start: usize, end: usize, letters: usize) {
        let unit = slice(self.text, end..letters);
        let with_power = if matches!(self.byte(letters), b'2' | b'3') && !self.byte(letters + 1).is_ascii_alphanumeric()
        {
            letters + 1
        } else {
            letters
        };
        if unit.len() <= WINDOW && UNITS.contains(slice(self.text, end..with_power)) && with_power > letters {
            self.token(end, TokenKind::Number);
            self.token(with_power, TokenKind::Word);
            return;
        }
        if matches!(unit, "k" | "M" | "Md" | "Mds" | "G") && matches!(self.char(letters), '€' | '$' | '£') {
            // 5M€ = 5 + M€
            self.token(end, TokenKind::Number);
            return;
        }
        let hour = matches!(unit, "h" | "H") && self.byte(letters).is_ascii_digit();
        if unit.len() <= WINDOW && UNITS.contains(unit) && (hour || !self.char(letters).is_alphanumeric()) {
            // 14h30, 160km
            self.token(end, TokenKind::Number);
            self.token(letters, TokenKind::Word);
            return;
        }
        if is_ordinal(unit) && !self.char(letters).is_alphanumeric() && !is_hyphen(self.char(letters)) {
            self.token(letters, TokenKind::Number);
            return;
        }
        let first = self.byte(start);
        if !first.is_ascii_digit() {
            // A sign before something that is no number: -3D
            self.token(letters, TokenKind::Number);
            return;
        }
        let end = self.alphanumerics(letters);
        self.word(end);
    }

    // Marks

    /// An ASCII mark at the cursor.
    fn mark(&mut self, byte: u8) {
        let at = self.at;
        if self.options.additions.is_some() && self.exception() {
            return;
        }
        match byte {
            b'.' => {
                let end = self.run_of(b'.');
                self.token(end, TokenKind::Punctuation);
            }
            b',' | b'!' | b'?' | b')' | b']' | b'"' | b'{' | b'}' => self.push(at, at + 1, 0, TokenKind::Punctuation),
            b'-' | b'+' => self.sign(byte),
            b'\'' | b'`' | b'<' | b'>' => {
                // '' and << >> are one quotation mark.
                let double = self.byte(at + 1) == byte;
                if byte == b'\'' && self.detached_letter(at + 1) {
                    return;
                }
                let face = if byte == b'<' && !double { self.emoticon() } else { 0 };
                let kind = match byte {
                    _ if face > 0 => TokenKind::Emoji,
                    b'<' | b'>' if !double => TokenKind::Symbol,
                    _ => TokenKind::Punctuation,
                };
                self.push(at, at + face.max(1 + usize::from(double)), 0, kind);
            }
            b'@' | b'#' => {
                let free = !self.char_before(at).is_alphanumeric() && !self.options.split_urls;
                let length = if free { web::tagged(self.rest(at)) } else { 0 };
                let kind = if byte == b'@' { TokenKind::Mention } else { TokenKind::Hashtag };
                if length > 0 { self.token(at + length, kind) } else { self.push(at, at + 1, 0, TokenKind::Symbol) }
            }
            b':' | b';' | b'=' | b'^' => {
                let length = self.emoticon();
                let kind = match byte {
                    _ if length > 0 => TokenKind::Emoji,
                    b':' | b';' => TokenKind::Punctuation,
                    _ => TokenKind::Symbol,
                };
                self.push(at, at + length.max(1), 0, kind);
            }
            b'(' => {
                // (b)rouille: the bracket begins a word.
                let end = self.letters(at + 1).0;
                let inside = (1..=6).contains(&(end - at - 1)) && self.byte(end) == b')';
                let small = self.char(at + 1).is_lowercase() && self.char(end + 1).is_lowercase();
                if inside && small && !self.char_before(at).is_alphanumeric() {
                    let end = self.alphanumerics(end + 1);
                    self.word(end);
                } else {
                    self.push(at, at + 1, 0, TokenKind::Punctuation);
                }
            }
            b'%' | b'$' | b'&' | b'|' | b'\\' | b'~' => self.push(at, at + 1, 0, TokenKind::Symbol),
            b'_' => {
                let end = self.run_of(b'_');
                self.token(end, TokenKind::Punctuation);
            }
            _ if byte.is_ascii_control() => self.push(at, at + 1, 0, TokenKind::Symbol),
            _ => self.push(at, at + 1, 0, TokenKind::Punctuation),
        }
    }

    /// 's and 'n after a space are words: `McDonald 's`, Rock 'n Roll. Writes the token if one stands at the cursor.
    fn detached_letter(&mut self, letter: usize) -> bool {
        let stands = matches!(self.byte(letter), b's' | b'n' | b'S' | b'N')
            && is_blank(self.char_before(self.at))
            && is_blank(self.char(letter + 1));
        if stands {
            self.token(letter + 1, TokenKind::Word);
        }
        stands
    }

    fn emoticon(&self) -> usize {
        if is_blank(self.char_before(self.at)) { web::emoticon(self.rest(self.at)) } else { 0 }
    }

    /// A hyphen or plus: a run of hyphens, the sign of a number, +/-, or alone.
    fn sign(&mut self, byte: u8) {
        let at = self.at;
        if byte == b'-' {
            let end = self.run_of(byte);
            if end > at + 1 {
                self.token(end, TokenKind::Punctuation);
                return;
            }
        } else if self.byte(at + 1) == b'/' && self.byte(at + 2) == b'-' {
            self.token(at + 3, TokenKind::Symbol);
            return;
        }
        let before = self.char_before(at);
        if self.byte(at + 1).is_ascii_digit() && (is_blank(before) || matches!(before, '(' | '[' | '/')) {
            self.number(at + 1);
            return;
        }
        self.push(at, at + 1, 0, if byte == b'-' { TokenKind::Punctuation } else { TokenKind::Symbol });
    }

    /// The end of the run of `byte` at the cursor.
    fn run_of(&self, byte: u8) -> usize {
        let mut end = self.at;
        while self.bytes.get(end) == Some(&byte) {
            end += 1;
        }
        end
    }

    // Beyond ASCII

    fn beyond_ascii(&mut self) {
        let at = self.at;
        let c = self.char(at);
        let after = at + c.len_utf8();
        if matches!(c, '«' | '»' | '“' | '”' | '–' | '—') && self.options.additions.is_none() {
            self.push(at, after, c.len_utf8() - 1, TokenKind::Punctuation);
            return;
        }
        if !matches!(c, '\u{a0}' | '\u{202f}') && Self::is_letter(c) {
            self.words(0);
            return;
        }
        if is_blank(c) {
            self.extra += c.len_utf8() - 1;
            self.at = after;
            return;
        }
        if self.options.additions.is_some() && self.exception() {
            return;
        }
        if web::is_emoji(c) {
            self.token(at + web::emoji(self.rest(at)), TokenKind::Emoji);
            return;
        }
        match c {
            '°' if matches!(self.char(after), 'C' | 'F' | 'K') && !self.char(after + 1).is_alphanumeric() => {
                self.token(after + 1, TokenKind::Symbol);
            }
            '−' if self.byte(after).is_ascii_digit() && is_blank(self.char_before(at)) => self.number(after),
            '…' => {
                let mut end = after;
                while self.char(end) == '…' {
                    end += '…'.len_utf8();
                }
                self.token(end, TokenKind::Punctuation);
            }
            _ if is_apostrophe(c) && self.char(after) == c => self.token(after + c.len_utf8(), TokenKind::Punctuation),
            _ if c.is_numeric() => {
                let mut end = after;
                while self.char(end).is_numeric() {
                    end += self.char(end).len_utf8();
                }
                self.token(end, TokenKind::Number);
            }
            _ => self.token(after, if is_punctuation(c) { TokenKind::Punctuation } else { TokenKind::Symbol }),
        }
    }
}

/// What an apostrophe does.
enum Joined {
    /// The word goes on, up to there.
    Yes(usize),
    /// The word ends before it.
    No,
    /// The tokens have been written.
    Done,
}

/// What a full stop after a word is.
enum Stop {
    /// Part of an abbreviation that ends there.
    Abbreviation(usize),
    /// Inside a word that goes on up to there.
    Joined(usize),
    /// Inside an address of this length.
    Web(usize, TokenKind),
    /// A token of its own.
    Apart,
}

/// How many ASCII letters the eight bytes of `word` begin with.
#[inline]
fn ascii_letters(word: u64) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    // The high bit of a byte is set by an addition if the byte is at least "a", and by another if it is beyond "z".
    let folded = (word | (0x20 * ONES)) & !HIGH;
    let reach = folded + (0x80 - 0x61) * ONES;
    let exceed = folded + (0x80 - 0x7b) * ONES;
    let letters = reach & !exceed & !word & HIGH;
    ((letters ^ HIGH).trailing_zeros() / 8) as usize
}

/// Where the last clitic of `form` begins, if it ends with one that a stem stands before.
fn last_clitic(form: &str) -> Option<usize> {
    // The longest clitic is "-t-elles", in NFD or with a long hyphen a little more.
    let window = form.len().saturating_sub(WINDOW / 2);
    let from = (window..=form.len()).find(|at| form.is_char_boundary(*at))?;
    let tail = slice(form, from..form.len());
    let (at, _) = tail.char_indices().rev().find(|(_, c)| is_hyphen(*c))?;
    let euphonic = slice(tail, 0..at).char_indices().rev().find(|(_, c)| is_hyphen(*c)).map(|(before, _)| before);
    let begins = euphonic.filter(|before| is_clitic(slice(tail, *before..tail.len()))).unwrap_or(at);
    let clitic = slice(tail, begins..tail.len());
    let stem = slice(form, 0..from + begins);
    if stem.is_empty() || !is_clitic(clitic) {
        return None;
    }
    let first = clitic.chars().find(|c| c.is_alphabetic())?;
    let small = stem.chars().any(char::is_lowercase);
    if first.is_uppercase() {
        // EST-CE, sois-Tu; but Villeneuve-La, Aix-En are names.
        let pronoun =
            matches!(norm(clitic).as_ref(), "-je" | "-tu" | "-il" | "-elle" | "-nous" | "-vous" | "-ils" | "-elles");
        let euphonic = !small && clitic.chars().filter(|c| is_hyphen(*c)).count() > 1;
        // A-T-IL: the only clitic that a lone letter can stand before.
        if !euphonic && small && !(pronoun && stem.chars().next().is_some_and(char::is_lowercase))
            || !euphonic && stem.chars().nth(1).is_none()
        {
            return None;
        }
    }
    // Après-lui-le-déluge: a clitic after a number or a lone letter is none (X-en), but a-t-il and y-a-t-il are.
    stem.chars().next_back().is_some_and(char::is_alphabetic).then_some(from + begins)
}

fn is_clitic(form: &str) -> bool {
    form.len() <= WINDOW && CLITICS.contains(norm(form).as_ref())
}

/// The endings that make a number in digits an ordinal, and `s` of the 1990s.
fn is_ordinal(ending: &str) -> bool {
    matches!(
        ending,
        "e" | "er"
            | "ers"
            | "re"
            | "ère"
            | "ères"
            | "res"
            | "ème"
            | "èmes"
            | "eme"
            | "nd"
            | "nde"
            | "nds"
            | "ndes"
            | "es"
            | "o"
            | "º"
            | "ª"
            | "th"
            | "st"
            | "rd"
            | "s"
            | "bis"
            | "ter"
            | "ᵉ"
            | "ᵉʳ"
            | "²"
            | "³"
            | "¹"
    )
}

/// Endings of inclusive writing after a full stop.
fn is_inclusive_ending(ending: &str) -> bool {
    matches!(
        ending,
        "e" | "es"
            | "s"
            | "ne"
            | "nes"
            | "le"
            | "les"
            | "te"
            | "tes"
            | "se"
            | "ses"
            | "ve"
            | "ves"
            | "fe"
            | "trice"
            | "trices"
            | "rice"
            | "rices"
            | "euse"
            | "euses"
            | "ère"
            | "ères"
            | "ière"
            | "ières"
            | "x"
            | "ive"
            | "ives"
    )
}

/// True for punctuation beyond ASCII, false for signs such as € § ©.
fn is_punctuation(c: char) -> bool {
    quote_mark(c).is_some()
        || is_apostrophe(c)
        || is_hyphen(c)
        || is_dash(c)
        || matches!(u32::from(c), 0xa1 | 0xb7 | 0xbf | 0x2016..=0x2027 | 0x2030..=0x205e | 0x3001..=0x3003 | 0x3008..=0x301f | 0xff01..=0xff0f)
            && !matches!(c, '‰' | '‱' | '※' | '⁄' | '⁒')
}
