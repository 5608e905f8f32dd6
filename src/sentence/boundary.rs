//! One boundary: whether a sentence can end before a token, what the model sees there, and the rules that stand above it.

use crate::chars::{Side, is_apostrophe, is_dash, is_hyphen, quote_mark};
use crate::learned::{Features, Segmentation, class, word_hash, word_hash_at};
use crate::token::{Token, TokenKind};

/// What a token looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Shape {
    Lower,
    Capital,
    Capitals,
    Letter,
    Digit,
    Comma,
    Stop,
    Asking,
    Ellipsis,
    Colon,
    Semicolon,
    OpenQuote,
    CloseQuote,
    OpenBracket,
    CloseBracket,
    Dash,
    Symbol,
    Abbreviation,
    ElisionLower,
    ElisionCapital,
    Web,
    Bullet,
    Clitic,
    /// Beyond either end of the text.
    Nothing,
}

/// What is known of one token.
#[derive(Debug, Clone, Copy)]
struct Facts {
    hash: u32,
    class: u8,
    shape: Shape,
}

const NOTHING: Facts = Facts { hash: 0, class: 0, shape: Shape::Nothing };

/// Abbreviations that a sentence can end with, beside acronyms.
const ENDING: [&str; 10] = ["etc.", "j.-c.", "inc.", "ltd.", "corp.", "bros.", "jr.", "hab.", "env.", "ibid."];

/// The longest dateline, in tokens: PARIS (Reuters).
const DATELINE: usize = 6;

/// What the score must exceed where no mark stands; in the units of the weights.
const HEADING_MARGIN: i32 = 60;

/// How far ahead the model looks, in tokens.
const AHEAD: usize = 14;

/// Places in the ring of facts: enough for what lies behind and ahead of a decision. A power of two.
const RING: usize = 32;

/// Words that open a clause with a verb of its own.
const OPENERS: [&str; 8] = ["qui", "que", "qu'", "dont", "où", "si", "lorsque", "quand"];

/// Goes over the tokens once and decides before each whether a sentence ends there.
pub(crate) struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    models: Segmentation<'a>,
    /// Words that open a clause with a verb of its own.
    openers: [u32; OPENERS.len()],
    ring: [Facts; RING],
    /// How many tokens the ring has taken in.
    known: usize,
    /// The sentence that is being read.
    current: Current,
    /// True inside straight quotation marks, which do not show their side.
    quoted: bool,
}

/// What is counted in the sentence that is being read.
#[derive(Debug, Clone, Copy)]
struct Current {
    start: usize,
    words: u32,
    finite: u32,
    relatives: u32,
    capitals: u32,
    lower: u32,
    brackets: u32,
    quotes: u32,
    first: Facts,
    colon: bool,
}

impl Current {
    fn new(start: usize) -> Self {
        Self {
            start,
            words: 0,
            finite: 0,
            relatives: 0,
            capitals: 0,
            lower: 0,
            brackets: 0,
            quotes: 0,
            first: NOTHING,
            colon: false,
        }
    }
}

impl<'a> Splitter<'a> {
    pub(crate) fn new(text: &'a str, tokens: &'a [Token], models: Segmentation<'a>) -> Self {
        Self {
            text,
            tokens,
            models,
            openers: OPENERS.map(word_hash),
            ring: [NOTHING; RING],
            known: 0,
            current: Current::new(0),
            quoted: false,
        }
    }

    /// A sentence begins at token `i`.
    pub(crate) fn begin(&mut self, i: usize) {
        self.current = Current::new(i);
    }

    /// Counts token `i` into the current sentence.
    pub(crate) fn pass(&mut self, i: usize) {
        self.learn(i);
        let facts = self.facts(i);
        let current = &mut self.current;
        if i == current.start {
            current.first = facts;
        }
        match facts.shape {
            Shape::Lower | Shape::Clitic | Shape::ElisionLower => {
                current.words += 1;
                current.lower += 1;
            }
            Shape::Capital | Shape::Capitals | Shape::Letter | Shape::ElisionCapital => {
                current.words += 1;
                current.capitals += 1;
            }
            Shape::OpenBracket => current.brackets += 1,
            Shape::CloseBracket => current.brackets = current.brackets.saturating_sub(1),
            Shape::OpenQuote => current.quotes += 1,
            Shape::CloseQuote => current.quotes = current.quotes.saturating_sub(1),
            Shape::Colon => current.colon = true,
            _ => {}
        }
        current.finite += u32::from(is_finite(facts));
        current.relatives += u32::from(self.openers.contains(&facts.hash));
    }

    /// True if a sentence ends before token `i`.
    pub(crate) fn ends_before(&mut self, i: usize) -> bool {
        if i == self.current.start {
            return false;
        }
        self.learn(i);
        self.candidate(i)
            && self.rule(i).unwrap_or_else(|| {
                self.learn((i + AHEAD).min(self.tokens.len().saturating_sub(1)));
                let features = self.features(i);
                self.models.boundary(&features) > self.margin(i)
            })
    }

    /// How sure the model must be: more so where no mark stands, since a name in a sentence looks much like a heading.
    fn margin(&self, i: usize) -> i32 {
        match self.back(i, 1).shape {
            Shape::Lower | Shape::Capital | Shape::Capitals | Shape::Letter | Shape::Digit | Shape::Web => {
                HEADING_MARGIN
            }
            _ => 0,
        }
    }

    /// True if a sentence can end with the abbreviation `i`: etc., Inc., S.N.C.F., J.-C.; not M., J.-F. or av.
    fn can_end(&self, i: usize) -> bool {
        let form = self.tokens.get(i).map_or("", |token| token.text(self.text));
        let acronym = form.bytes().filter(|b| *b == b'.').count() > 1 && !form.contains(is_hyphen);
        acronym || ENDING.iter().any(|ending| form.eq_ignore_ascii_case(ending))
    }

    /// What is certain at a candidate, whatever the model says.
    fn rule(&self, i: usize) -> Option<bool> {
        let next = self.facts(i).shape;
        let mut back = 1;
        while back < 4 && matches!(self.back(i, back).shape, Shape::CloseQuote | Shape::CloseBracket) {
            back += 1;
        }
        let last = self.back(i, back).shape;
        if back == 1 && last == Shape::Abbreviation && !self.can_end(i - 1) {
            // J.-F. Roux, av. Foch
            return Some(false);
        }
        if next == Shape::Dash && self.back(i, 1).shape == Shape::CloseBracket && i - self.current.start <= DATELINE {
            // PARIS (Reuters) -
            return (self.current.first.shape == Shape::Capitals).then_some(false);
        }
        let capitals = |facts: Facts| matches!(facts.shape, Shape::Capital | Shape::Capitals | Shape::Letter);
        let (p, n, n2) = (self.back(i, 1), self.facts(i), self.facts(i + 1));
        if capitals(p) && capitals(n) && n.class & class::GRAMMAR == 0 && self.current.lower > 0 {
            // Brookfield Office Properties Inc.: three capitals in a row are a name.
            if capitals(n2) || n2.shape == Shape::Abbreviation {
                return Some(false);
            }
        }
        let terminal = matches!(last, Shape::Stop | Shape::Asking | Shape::Ellipsis);
        if back > 1 && terminal && next == Shape::Lower {
            // « Je peux jouer ? » demanda-t-elle.
            return Some(false);
        }
        if back == 1 && last == Shape::Stop && next == Shape::Capital {
            let before = self.back(i, 2).shape;
            if before == Shape::Lower && self.space_before(i) {
                // The plain end of a plain sentence: no model is needed.
                return Some(true);
            }
        }
        let glued = !self.space_before(i);
        if glued && back == 1 && last == Shape::Stop && next == Shape::Capital && self.back(i, 2).shape == Shape::Lower
        {
            // classique parmi les classiques.Enfin un conte
            return Some(!self.space_before(i - 1));
        }
        None
    }

    /// Takes the facts of all tokens up to `i` into the ring.
    fn learn(&mut self, i: usize) {
        while self.known <= i {
            let facts = self.look(self.known);
            self.ring[self.known % RING] = facts;
            self.known += 1;
        }
    }

    /// The facts of token `i`, which is in the ring; nothing beyond the ends.
    fn facts(&self, i: usize) -> Facts {
        if i < self.known && i + RING > self.known { self.ring[i % RING] } else { NOTHING }
    }

    fn back(&self, i: usize, n: usize) -> Facts {
        i.checked_sub(n).map_or(NOTHING, |at| self.facts(at))
    }

    /// Reads token `i`; toggles the state of straight quotation marks, so each token is read once and in order.
    fn look(&mut self, i: usize) -> Facts {
        let Some(token) = self.tokens.get(i) else { return NOTHING };
        let form = token.text(self.text);
        if token.kind == TokenKind::Word && form.bytes().next().is_some_and(|b| b.is_ascii_lowercase()) {
            let elided = matches!(form.as_bytes(), [.., b'\'' | 0x99]) && form.ends_with(is_apostrophe);
            let hash = word_hash_at(self.text.as_bytes(), token.span.start as usize, token.span.end as usize);
            let shape = if elided { Shape::ElisionLower } else { Shape::Lower };
            return Facts { hash, class: self.models.class(hash), shape };
        }
        let mut chars = form.chars();
        let first = chars.next().unwrap_or(' ');
        let shape = match token.kind {
            TokenKind::Word => {
                let last = form.as_bytes().last().copied().unwrap_or(0);
                let elided = last == b'\'' || last == 0x99 && form.ends_with(is_apostrophe);
                if first.is_lowercase() {
                    if elided { Shape::ElisionLower } else { Shape::Lower }
                } else if first.is_uppercase() {
                    if elided {
                        Shape::ElisionCapital
                    } else {
                        match chars.next() {
                            None => Shape::Letter,
                            Some(second) if second.is_uppercase() => Shape::Capitals,
                            Some(_) => Shape::Capital,
                        }
                    }
                } else if is_hyphen(first) {
                    Shape::Clitic
                } else {
                    Shape::Lower
                }
            }
            TokenKind::Number => Shape::Digit,
            TokenKind::Abbreviation => Shape::Abbreviation,
            TokenKind::Symbol if matches!(first, '*' | '•' | '►' | '▪' | '●' | '→' | '■') => Shape::Bullet,
            TokenKind::Symbol | TokenKind::Emoji => Shape::Symbol,
            TokenKind::Punctuation => self.punctuation(i, first, form),
            _ => Shape::Web,
        };
        let hash = word_hash_at(self.text.as_bytes(), token.span.start as usize, token.span.end as usize);
        let class = if matches!(token.kind, TokenKind::Word) { self.models.class(hash) } else { 0 };
        Facts { hash, class, shape }
    }

    fn punctuation(&mut self, i: usize, first: char, form: &str) -> Shape {
        match first {
            ',' => Shape::Comma,
            '.' if form.len() > 1 => Shape::Ellipsis,
            '.' | '。' => Shape::Stop,
            '?' | '!' | '‼' | '⁇' | '⁈' | '⁉' | '！' | '？' => Shape::Asking,
            '…' => Shape::Ellipsis,
            ':' => Shape::Colon,
            ';' => Shape::Semicolon,
            '(' | '[' | '{' => Shape::OpenBracket,
            ')' | ']' | '}' => Shape::CloseBracket,
            '<' => Shape::OpenQuote,
            '>' => Shape::CloseQuote,
            '•' | '*' | '·' | '‣' => Shape::Bullet,
            _ if is_dash(first) || is_hyphen(first) => Shape::Dash,
            _ => match quote_mark(first).map(|mark| mark.side) {
                Some(Side::Open) => Shape::OpenQuote,
                Some(Side::Close) => Shape::CloseQuote,
                Some(Side::Either) => self.either(i),
                None => Shape::Symbol,
            },
        }
    }

    /// The side of a mark that does not show it: white space tells, and where it does not, what was open.
    fn either(&mut self, i: usize) -> Shape {
        if super::breaks_line(self.text, self.tokens, i, super::LineMode::Paragraph) {
            self.quoted = false;
        }
        let free_before = self.space_before(i);
        let free_after = i + 1 >= self.tokens.len() || self.space_before(i + 1);
        let opens = match (free_before, free_after) {
            (true, false) => true,
            (false, true) => false,
            _ => !self.quoted,
        };
        self.quoted = opens;
        if opens { Shape::OpenQuote } else { Shape::CloseQuote }
    }

    /// True if white space, or the start of the text, stands before token `i`.
    fn space_before(&self, i: usize) -> bool {
        match (i.checked_sub(1).and_then(|last| self.tokens.get(last)), self.tokens.get(i)) {
            (Some(last), Some(next)) => last.span.end < next.span.start,
            _ => true,
        }
    }

    /// True if a boundary before token `i` is worth a decision.
    fn candidate(&self, i: usize) -> bool {
        let next = self.facts(i).shape;
        if matches!(
            next,
            Shape::Comma
                | Shape::Stop
                | Shape::Asking
                | Shape::Colon
                | Shape::Semicolon
                | Shape::CloseQuote
                | Shape::CloseBracket
                | Shape::Clitic
        ) {
            return false;
        }
        match self.back(i, 1).shape {
            Shape::Stop
            | Shape::Asking
            | Shape::Ellipsis
            | Shape::Abbreviation
            | Shape::CloseQuote
            | Shape::CloseBracket => true,
            Shape::Colon | Shape::Semicolon => !matches!(next, Shape::Digit | Shape::Symbol),
            Shape::OpenQuote
            | Shape::OpenBracket
            | Shape::ElisionLower
            | Shape::ElisionCapital
            | Shape::Comma
            | Shape::Dash
            | Shape::Bullet => false,
            Shape::Lower if self.back(i, 1).class == class::GRAMMAR => false,
            Shape::Capitals => matches!(
                next,
                Shape::Capital
                    | Shape::Capitals
                    | Shape::ElisionCapital
                    | Shape::Letter
                    | Shape::Digit
                    | Shape::Dash
                    | Shape::OpenQuote
                    | Shape::Bullet
            ),
            Shape::Symbol => matches!(next, Shape::Capital | Shape::Capitals | Shape::ElisionCapital | Shape::Letter),
            _ => matches!(
                next,
                Shape::Capital
                    | Shape::Capitals
                    | Shape::ElisionCapital
                    | Shape::Letter
                    | Shape::Dash
                    | Shape::OpenQuote
                    | Shape::Bullet
            ),
        }
    }

    /// What the model sees of a boundary before token `i`.
    fn features(&self, i: usize) -> Features {
        let code = |facts: Facts| facts.shape as u32;
        let bits = |facts: Facts| u32::from(facts.class);
        let (p, p2, p3) = (self.back(i, 1), self.back(i, 2), self.back(i, 3));
        let (n, n2, n3) = (self.facts(i), self.facts(i + 1), self.facts(i + 2));
        let ahead = self.ahead(i);
        let current = self.current;
        let kind = code(p) * 32 + code(n);
        let length = bucket(u32::try_from(i - current.start).unwrap_or(u32::MAX));
        // 0 no verb, 1 only in clauses that depend, 2 a main verb.
        let finite = u32::from(current.finite > 0) + u32::from(current.finite > current.relatives);
        let mut f = Features::new(kind);
        f.add(0, 0);
        f.add(p.hash, 0);
        f.add(n.hash, 0);
        f.add(p2.hash, 0);
        f.add(n2.hash, 0);
        f.add(code(p2), code(n2));
        f.add(bits(p), bits(n));
        f.add(bits(n), bits(n2));
        f.add(bits(p), bits(p2));
        f.add(self.suffix(i), 0);
        f.add(length, finite);
        f.add(ahead.finite.min(2), ahead.end);
        f.add(finite.min(1) * 4 + ahead.finite.min(2), bits(n));
        f.add(finite.min(1) * 4 + ahead.finite.min(2), length);
        f.add(current.first.hash, length.min(3));
        f.add(current.first.shape as u32, bits(current.first));
        f.add(u32::from(current.brackets > 0), u32::from(current.quotes > 0));
        f.add(u32::from(self.space_before(i)), u32::from(self.back(i, 2).class));
        f.add(current.capitals.min(7) * 8 + current.lower.min(7), finite);
        f.add(p.hash, n.hash);
        f.add(n.hash, bits(n2));
        f.add(bits(n), n2.hash);
        f.add(code(p3) * 32 + code(p2), code(n3));
        f.add(code(n2), code(n3));
        f.add(n.hash, code(n2));
        f.add(p.hash, bits(n));
        f.add(p.hash, code(n2));
        f.add(u32::from(current.colon), length);
        f.add(ahead.capitals.min(4), ahead.end);
        f.add(p2.hash, p.hash);
        f.add(n.hash, ahead.finite.min(1) * 2 + finite.min(1));
        // Features that do not depend on the exact kind of place, so that rare kinds share what common ones learned.
        f.general();
        f.add(code(p), finite.min(1) * 2 + ahead.finite.min(1));
        f.add(code(p), n.hash);
        f.add(p.hash, code(n));
        f.add(code(p), bits(n));
        f.add(code(n), bits(p));
        f
    }

    /// The end of the token before `i`: its last three bytes.
    fn suffix(&self, i: usize) -> u32 {
        let form =
            i.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or("", |token| token.text(self.text)).as_bytes();
        form.iter().rev().take(3).fold(0, |hash, byte| hash * 256 + u32::from(*byte))
    }

    /// What lies ahead of a boundary before token `i`: up to the next full stop, at most [`AHEAD`] tokens.
    fn ahead(&self, i: usize) -> Ahead {
        let mut ahead = Ahead { finite: 0, capitals: 0, end: 0 };
        for at in i..i + AHEAD {
            let facts = self.facts(at);
            match facts.shape {
                Shape::Stop | Shape::Asking | Shape::Nothing => break,
                Shape::Capital | Shape::Capitals => ahead.capitals += 1,
                _ => {}
            }
            ahead.finite += u32::from(is_finite(facts));
            ahead.end += 1;
        }
        ahead.end = bucket(ahead.end);
        ahead
    }
}

struct Ahead {
    finite: u32,
    capitals: u32,
    end: u32,
}

/// True for a form that is a finite verb before anything else.
fn is_finite(facts: Facts) -> bool {
    matches!(facts.shape, Shape::Lower | Shape::Capital)
        && facts.class & class::FINITE != 0
        && facts.class & (class::NOUN | class::ADJECTIVE | class::GRAMMAR) == 0
}

fn bucket(n: u32) -> u32 {
    match n {
        0..=6 => n,
        7..=9 => 7,
        10..=14 => 8,
        15..=24 => 9,
        25..=40 => 10,
        _ => 11,
    }
}

/// For the trainer: the features of every candidate of a text whose sentences begin at the tokens that `starts` names,
/// with the answer and whether anything but a word or number stands before; where a line break decides there is none.
#[doc(hidden)]
#[must_use]
pub fn boundary_examples(
    text: &str,
    tokens: &[Token],
    models: Segmentation<'_>,
    starts: &dyn Fn(usize) -> bool,
) -> Vec<(Features, bool, bool)> {
    let mut examples = Vec::new();
    let mut splitter = Splitter::new(text, tokens, models);
    for i in 0..tokens.len() {
        splitter.learn((i + AHEAD).min(tokens.len() - 1));
        if i > 0 {
            if super::breaks_line(text, tokens, i, super::LineMode::Paragraph) {
                splitter.begin(i);
            } else {
                if splitter.candidate(i) {
                    let after_stop = !matches!(
                        splitter.back(i, 1).shape,
                        Shape::Lower | Shape::Capital | Shape::Capitals | Shape::Digit
                    );
                    examples.push((splitter.features(i), starts(i), after_stop));
                }
                if starts(i) {
                    splitter.begin(i);
                }
            }
        }
        splitter.pass(i);
    }
    examples
}
