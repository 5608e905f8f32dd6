//! One boundary: whether a sentence can end before a token, what the model sees there, and the rules that stand above it.

use crate::chars::{Side, is_dash, is_hyphen, quote_mark};
use crate::learned::{COUNTS, FAR, Features, Inputs, NEAR, Seen, Segmentation, class, word_hash, word_hash_at};
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

impl Shape {
    /// How many there are.
    const ALL: usize = Self::Nothing as usize + 1;
}

/// The shapes in a set, a bit each.
const fn bits(shapes: &[Shape]) -> u32 {
    let mut set = 0;
    let mut at = 0;
    while at < shapes.len() {
        set |= 1 << shapes[at] as u32;
        at += 1;
    }
    set
}

/// Shapes that no sentence begins with.
const NEVER_FIRST: u32 = bits(&[
    Shape::Comma,
    Shape::Stop,
    Shape::Asking,
    Shape::Colon,
    Shape::Semicolon,
    Shape::CloseQuote,
    Shape::CloseBracket,
    Shape::Clitic,
]);

/// Shapes that a sentence can begin with though no mark stands before, the fewer the less a sentence ends there.
const AFTER_SYMBOL: u32 = bits(&[Shape::Capital, Shape::Capitals, Shape::ElisionCapital, Shape::Letter]);
const AFTER_WORD: u32 = AFTER_SYMBOL | bits(&[Shape::Dash, Shape::OpenQuote, Shape::Bullet]);
const AFTER_CAPITALS: u32 = AFTER_WORD | bits(&[Shape::Digit]);

/// By the number of the shape before a place, the shapes after it between which a sentence can end.
const POSSIBLE: [u32; Shape::ALL] = {
    let mut table = [AFTER_WORD; Shape::ALL];
    let after_mark =
        [Shape::Stop, Shape::Asking, Shape::Ellipsis, Shape::Abbreviation, Shape::CloseQuote, Shape::CloseBracket];
    let mut at = 0;
    while at < after_mark.len() {
        table[after_mark[at] as usize] = !NEVER_FIRST;
        at += 1;
    }
    let half = !NEVER_FIRST & !bits(&[Shape::Digit, Shape::Symbol]);
    table[Shape::Colon as usize] = half;
    table[Shape::Semicolon as usize] = half;
    let open = [
        Shape::OpenQuote,
        Shape::OpenBracket,
        Shape::ElisionLower,
        Shape::ElisionCapital,
        Shape::Comma,
        Shape::Dash,
        Shape::Bullet,
    ];
    at = 0;
    while at < open.len() {
        table[open[at] as usize] = 0;
        at += 1;
    }
    table[Shape::Capitals as usize] = AFTER_CAPITALS;
    table[Shape::Symbol as usize] = AFTER_SYMBOL;
    table
};

/// What is known of one token.
#[derive(Debug, Clone, Copy)]
struct Facts {
    hash: u32,
    class: u8,
    shape: Shape,
    /// A form that is a finite verb before anything else.
    finite: bool,
    /// One of [`OPENERS`].
    opener: bool,
}

const NOTHING: Facts = Facts { hash: 0, class: 0, shape: Shape::Nothing, finite: false, opener: false };

/// Abbreviations that a sentence can end with, beside acronyms.
const ENDING: [&str; 10] = ["etc.", "j.-c.", "inc.", "ltd.", "corp.", "bros.", "jr.", "hab.", "env.", "ibid."];

/// The longest dateline, in tokens: PARIS (Reuters).
const DATELINE: usize = 6;

/// What the log-odds must exceed where no mark stands.
const HEADING_MARGIN: f32 = 1.25;

/// The same in a text that has lines: a heading has its own there.
const LINED_MARGIN: f32 = 2.5;

/// The shares of the linear model and of the net in the log-odds: each alone is too sure of itself.
const LINEAR: f32 = 0.4;
const NET: f32 = 0.4;

/// Log-odds of the linear model, below and above zero, beyond which the net is not asked.
const SURE: (f32, f32) = (3.5, 2.2);

/// The same in a text that has lines, whose sentences are easier to tell.
const SURE_IN_LINES: (f32, f32) = (2.8, 1.2);

/// How many of the nets are asked there: a second one helps to tell headings, which have a line of their own.
const NETS_IN_LINES: usize = 1;

/// How far ahead the model looks, in tokens.
const AHEAD: usize = 18;

/// How far back in the sentence the model looks, in tokens.
const BEHIND: usize = 40;

/// Places in the ring of facts: enough for what lies behind and ahead of a decision. A power of two.
const RING: usize = 64;

/// Words that open a clause with a verb of its own.
const OPENERS: [&str; 8] = ["qui", "que", "qu'", "dont", "où", "si", "lorsque", "quand"];

/// Goes over the tokens once and decides before each whether a sentence ends there.
///
/// The shapes of all tokens are read first, which is cheap; words are looked up only around a place where shapes do not
/// decide.
pub(crate) struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    models: Segmentation<'a>,
    /// Words that open a clause with a verb of its own.
    openers: [u32; OPENERS.len()],
    shapes: Vec<Shape>,
    /// The facts of the tokens `held`, each in the place of its number.
    ring: [Facts; RING],
    held: std::ops::Range<usize>,
    /// The first token of the sentence that is being read.
    start: usize,
    /// The last four sentences, a bit each, the last one lowest: set if no mark ended it. Headings come in company.
    history: u8,
    /// What the log-odds must exceed where no mark stands.
    heading: f32,
}

/// What is counted in the sentence so far, from [`BEHIND`] tokens before the place at most.
#[derive(Debug, Clone, Copy, Default)]
struct Current {
    finite: u32,
    relatives: u32,
    capitals: u32,
    lower: u32,
    brackets: u32,
    quotes: u32,
    colon: bool,
}

impl<'a> Splitter<'a> {
    pub(crate) fn new(text: &'a str, tokens: &'a [Token], models: Segmentation<'a>) -> Self {
        Self {
            text,
            tokens,
            models,
            openers: OPENERS.map(word_hash),
            shapes: shapes(text, tokens),
            ring: [NOTHING; RING],
            held: 0..0,
            start: 0,
            history: 0,
            heading: if in_lines(text) { LINED_MARGIN } else { HEADING_MARGIN },
        }
    }

    /// A sentence begins at token `i`, where a line does if `line` is true.
    pub(crate) fn begin(&mut self, i: usize, line: bool) {
        self.start = i;
        self.history = (self.history << 1 | u8::from(!line && self.unmarked(i))) & 15;
    }

    /// True if a sentence ends before token `i`.
    pub(crate) fn ends_before(&mut self, i: usize) -> bool {
        if i == self.start || !self.may_end(i) {
            return false;
        }
        if let Some(answer) = self.by_shape(i) {
            return answer;
        }
        self.learn(i);
        self.by_words(i).unwrap_or_else(|| self.odds(i) > 0.0)
    }

    fn counts(&self, i: usize) -> Current {
        let mut current = Current::default();
        for at in self.start.max(i.saturating_sub(BEHIND))..i {
            let facts = self.facts(at);
            match facts.shape {
                Shape::Lower | Shape::Clitic | Shape::ElisionLower => current.lower += 1,
                Shape::Capital | Shape::Capitals | Shape::Letter | Shape::ElisionCapital => current.capitals += 1,
                Shape::OpenBracket => current.brackets += 1,
                Shape::CloseBracket => current.brackets = current.brackets.saturating_sub(1),
                Shape::OpenQuote => current.quotes += 1,
                Shape::CloseQuote => current.quotes = current.quotes.saturating_sub(1),
                Shape::Colon => current.colon = true,
                _ => {}
            }
            current.finite += u32::from(facts.finite);
            current.relatives += u32::from(facts.opener);
        }
        current
    }

    /// What the net sees of a boundary before token `i`.
    fn inputs(&self, i: usize, current: Current, ahead: Ahead) -> Inputs {
        let seen = |at: Option<usize>| {
            let facts = at.map_or(NOTHING, |at| self.facts(at));
            let suffix = at.filter(|at| self.held.contains(at)).map_or(0, |at| self.suffix(at));
            Seen { word: facts.hash, suffix, class: facts.class, shape: facts.shape as u8 }
        };
        let mut inputs = Inputs {
            near: [Seen::default(); 2 * NEAR],
            far: [Seen::default(); FAR],
            behind: 0,
            ahead: 0,
            counts: [0; COUNTS],
        };
        for (n, place) in inputs.near.iter_mut().enumerate() {
            *place = seen((i + n).checked_sub(NEAR));
        }
        let behind = self.start.max(i.saturating_sub(FAR - AHEAD))..i;
        let after = (i..(i + AHEAD).min(self.tokens.len()))
            .find(|at| matches!(self.shape(*at), Shape::Stop | Shape::Asking))
            .unwrap_or((i + AHEAD).min(self.tokens.len()));
        inputs.behind = behind.len();
        inputs.ahead = after - i;
        for (place, at) in inputs.far.iter_mut().zip(behind.chain(i..after)) {
            *place = seen(Some(at));
        }
        let small = |n: u32| u8::try_from(n).unwrap_or(u8::MAX);
        let bit = |yes: bool| u8::from(yes);
        let capital = |shape: Shape| matches!(shape, Shape::Capital | Shape::Capitals | Shape::Letter);
        let run_behind = (1..5).take_while(|n| capital(self.shape_before(i, *n))).count();
        let run_ahead = (0..5).take_while(|n| capital(self.shape(i + *n))).count();
        inputs.counts = [
            small(bucket(u32::try_from(i - self.start).unwrap_or(u32::MAX))),
            small(current.finite.min(3) * 4 + ahead.finite.min(3)),
            small(ahead.end),
            small(current.capitals.min(31)),
            small(current.lower.min(31)),
            bit(current.brackets > 0) * 8
                + bit(current.quotes > 0) * 4
                + bit(current.colon) * 2
                + bit(self.space_before(i)),
            self.shape(self.start) as u8,
            small(ahead.capitals.min(31)),
            small(current.relatives.min(3) * 4 + current.finite.min(3)),
            u8::try_from(run_behind * 6 + run_ahead).unwrap_or(0),
            self.first().class & 31,
            self.history,
        ];
        inputs
    }

    /// True if a word or number stands before token `i`, no mark.
    fn unmarked(&self, i: usize) -> bool {
        matches!(
            self.shape_before(i, 1),
            Shape::Lower | Shape::Capital | Shape::Capitals | Shape::Letter | Shape::Digit | Shape::Web
        )
    }

    /// How sure the model must be: more so where no mark stands, since a name in a sentence looks much like a heading.
    fn margin(&self, i: usize) -> f32 {
        if self.unmarked(i) { self.heading } else { 0.0 }
    }

    /// The log-odds of a sentence ending before token `i`, less the margin: of the linear model if it is sure, else of
    /// both models.
    fn odds(&self, i: usize) -> f32 {
        let (current, ahead) = (self.counts(i), self.ahead(i));
        let linear = self.models.boundary(&self.features(i, current, ahead)) * LINEAR - self.margin(i);
        let ((unlikely, likely), nets) =
            if self.heading > HEADING_MARGIN { (SURE_IN_LINES, NETS_IN_LINES) } else { (SURE, usize::MAX) };
        if linear < -unlikely || linear > likely {
            return linear;
        }
        self.models.net(&self.inputs(i, current, ahead), nets).map_or(linear, |net| linear + net * NET)
    }

    /// True if a sentence can end with the abbreviation `i`: etc., Inc., S.N.C.F., J.-C.; not M., J.-F. or av.
    fn can_end(&self, i: usize) -> bool {
        let form = self.tokens.get(i).map_or("", |token| token.text(self.text));
        let acronym = form.bytes().filter(|b| *b == b'.').count() > 1 && !form.contains(is_hyphen);
        acronym || ENDING.iter().any(|ending| form.eq_ignore_ascii_case(ending))
    }

    fn is_form(&self, i: usize, form: &str) -> bool {
        self.tokens.get(i).is_some_and(|token| token.text(self.text).eq_ignore_ascii_case(form))
    }

    /// What is certain at a place where a sentence may end, by shapes alone.
    fn by_shape(&self, i: usize) -> Option<bool> {
        let next = self.shape(i);
        let mut back = 1;
        while back < 4 && matches!(self.shape_before(i, back), Shape::CloseQuote | Shape::CloseBracket) {
            back += 1;
        }
        let last = self.shape_before(i, back);
        if back == 1 && last == Shape::Abbreviation && !self.can_end(i - 1) {
            // J.-F. Roux, av. Foch
            return Some(false);
        }
        if next == Shape::Dash && self.shape_before(i, 1) == Shape::CloseBracket && i - self.start <= DATELINE {
            // PARIS (Reuters) -
            return (self.shape(self.start) == Shape::Capitals).then_some(false);
        }
        if back == 1 && last == Shape::Stop && i == self.start + 2 && !self.space_before(i - 1) {
            // 1. Préparer la pâte. a. Les œufs.
            if matches!(self.shape(self.start), Shape::Digit | Shape::Letter) {
                return Some(false);
            }
        }
        if back == 1 && last == Shape::Abbreviation && next == Shape::Capital && self.is_form(i - 1, "j.-c.") {
            // en 52 av. J.-C. Son père: a date is complete.
            if ["av.", "apr.", "avant", "après"].iter().any(|form| i >= 2 && self.is_form(i - 2, form)) {
                return Some(true);
            }
        }
        if last == Shape::Colon && i - self.start <= DATELINE {
            // MOSCOU: Le président
            let place = self.shapes.get(self.start..i - 1).unwrap_or(&[]);
            if !place.is_empty() && place.iter().all(|shape| *shape == Shape::Capitals) {
                return Some(false);
            }
        }
        let terminal = matches!(last, Shape::Stop | Shape::Asking | Shape::Ellipsis);
        let lined = self.heading > HEADING_MARGIN;
        if terminal && back == 1 && last != Shape::Stop && next == Shape::Lower {
            // — Tu viens ? demanda Paul. In prose an exclamation goes on: ah ! quel malheur.
            if lined || self.shape(self.start) == Shape::Dash {
                return Some(false);
            }
        }
        if lined && last == Shape::Semicolon && !matches!(next, Shape::Dash | Shape::Bullet) {
            // In a text with lines, what a semicolon ends is a clause or has a line of its own.
            return Some(false);
        }
        if back > 1 && terminal && next == Shape::Lower {
            // « Je peux jouer ? » demanda-t-elle.
            return Some(false);
        }
        if back == 1 && last == Shape::Stop && next == Shape::Capital && self.shape_before(i, 2) == Shape::Lower {
            if self.space_before(i) {
                // The plain end of a plain sentence: no model is needed.
                return Some(true);
            }
            // classique parmi les classiques.Enfin un conte
            return Some(!self.space_before(i - 1));
        }
        None
    }

    /// What is certain at a place where a sentence may end, by the words around.
    fn by_words(&self, i: usize) -> Option<bool> {
        let (p, n, n2) = (self.back(i, 1), self.facts(i), self.facts(i + 1));
        if p.shape == Shape::Lower && p.class == class::GRAMMAR {
            return Some(false);
        }
        if p.shape == Shape::Abbreviation && n.shape == Shape::Capital && n.class & class::GRAMMAR != 0 {
            // de la S.N.C.F. Elle part: what cannot end a sentence has been told by its shape.
            return Some(true);
        }
        let capitals = |facts: Facts| matches!(facts.shape, Shape::Capital | Shape::Capitals | Shape::Letter);
        let prose = || {
            self.shapes.get(self.start..i).is_some_and(|shapes| {
                shapes
                    .iter()
                    .rev()
                    .take(BEHIND)
                    .any(|shape| matches!(shape, Shape::Lower | Shape::Clitic | Shape::ElisionLower))
            })
        };
        if capitals(p) && capitals(n) && n.class & class::GRAMMAR == 0 && prose() {
            // Brookfield Office Properties Inc.: three capitals in a row are a name.
            if capitals(n2) || n2.shape == Shape::Abbreviation {
                return Some(false);
            }
        }
        None
    }

    fn shape(&self, i: usize) -> Shape {
        self.shapes.get(i).copied().unwrap_or(Shape::Nothing)
    }

    fn shape_before(&self, i: usize, n: usize) -> Shape {
        i.checked_sub(n).map_or(Shape::Nothing, |at| self.shape(at))
    }

    /// Takes the facts that a decision before token `i` needs into the ring. Decisions come in order, and so do sentences,
    /// so a token is looked at once.
    fn learn(&mut self, i: usize) {
        let from = self.start.min(i.saturating_sub(NEAR)).max(i.saturating_sub(BEHIND));
        let to = (i + AHEAD).min(self.tokens.len());
        let first = if from > self.held.end { from } else { self.held.end };
        let kept = if from > self.held.end { from } else { self.held.start };
        for at in first..to {
            self.ring[at % RING] = self.look(at);
        }
        let end = to.max(self.held.end);
        self.held = kept.max(end.saturating_sub(RING))..end;
    }

    /// The facts of token `i`, if the ring holds them; nothing beyond the ends.
    fn facts(&self, i: usize) -> Facts {
        if self.held.contains(&i) { self.ring[i % RING] } else { NOTHING }
    }

    fn back(&self, i: usize, n: usize) -> Facts {
        i.checked_sub(n).map_or(NOTHING, |at| self.facts(at))
    }

    /// Looks token `i` up.
    fn look(&self, i: usize) -> Facts {
        let Some(token) = self.tokens.get(i) else { return NOTHING };
        let shape = self.shape(i);
        let (start, end) = (token.span.start as usize, token.span.end as usize);
        let bytes = self.text.as_bytes();
        let hash = word_hash_at(bytes, start, end);
        let class = if token.kind == TokenKind::Word { self.models.class(hash) } else { 0 };
        let finite = matches!(shape, Shape::Lower | Shape::Capital) && is_finite(class);
        Facts { hash, class, shape, finite, opener: self.openers.contains(&hash) }
    }

    /// A hash of the end of token `i`, its last three bytes; 0 beyond the ends.
    fn suffix(&self, i: usize) -> u16 {
        let Some(token) = self.tokens.get(i) else { return 0 };
        let (start, end) = (token.span.start as usize, token.span.end as usize);
        let tail = self.text.as_bytes().get(start.max(end.saturating_sub(3))..end).unwrap_or(&[]);
        let tail = tail.iter().fold(0_u32, |hash, byte| (hash ^ u32::from(*byte | 0x20)).wrapping_mul(0x0100_0193));
        let [.., a, b] = (tail ^ tail >> 15).to_be_bytes();
        u16::from_be_bytes([a, b])
    }

    fn space_before(&self, i: usize) -> bool {
        space_before(self.tokens, i)
    }

    /// True if a boundary before token `i` is possible, as far as shapes show.
    #[inline]
    fn may_end(&self, i: usize) -> bool {
        POSSIBLE.get(self.shape_before(i, 1) as usize).is_some_and(|after| after >> (self.shape(i) as u32) & 1 != 0)
    }

    /// What the model sees of a boundary before token `i`.
    fn features(&self, i: usize, current: Current, ahead: Ahead) -> Features {
        let code = |facts: Facts| facts.shape as u32;
        let bits = |facts: Facts| u32::from(facts.class);
        let (p, p2, p3) = (self.back(i, 1), self.back(i, 2), self.back(i, 3));
        let (n, n2, n3) = (self.facts(i), self.facts(i + 1), self.facts(i + 2));
        let first = self.first();
        let kind = code(p) * 32 + code(n);
        let length = bucket(u32::try_from(i - self.start).unwrap_or(u32::MAX));
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
        f.add(i.checked_sub(1).map_or(0, |at| u32::from(self.suffix(at))), 0);
        f.add(length, finite);
        f.add(ahead.finite.min(2), ahead.end);
        f.add(finite.min(1) * 4 + ahead.finite.min(2), bits(n));
        f.add(finite.min(1) * 4 + ahead.finite.min(2), length);
        f.add(first.hash, length.min(3));
        f.add(first.shape as u32, bits(first));
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
        f.add(self.history.count_ones(), finite);
        f.add(self.history.count_ones(), length);
        // Features that do not depend on the exact kind of place, so that rare kinds share what common ones learned.
        f.general();
        f.add(code(p), finite.min(1) * 2 + ahead.finite.min(1));
        f.add(code(p), n.hash);
        f.add(p.hash, code(n));
        f.add(code(p), bits(n));
        f.add(code(n), bits(p));
        f
    }

    /// The facts of the first token of the sentence.
    fn first(&self) -> Facts {
        if self.held.contains(&self.start) { self.facts(self.start) } else { self.look(self.start) }
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
            ahead.finite += u32::from(facts.finite);
            ahead.end += 1;
        }
        ahead.end = bucket(ahead.end);
        ahead
    }
}

#[derive(Debug, Clone, Copy)]
struct Ahead {
    finite: u32,
    capitals: u32,
    end: u32,
}

/// True for the class of a form that is a finite verb before anything else.
fn is_finite(class: u8) -> bool {
    class & class::FINITE != 0 && class & (class::NOUN | class::ADJECTIVE | class::GRAMMAR) == 0
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

/// True if a line break stands in a text every [`LINE`] bytes or more often.
fn in_lines(text: &str) -> bool {
    const LINE: usize = 2000;
    memchr::memchr_iter(b'\n', text.trim_end().as_bytes()).take(text.len() / LINE + 1).count() > text.len() / LINE
}

/// The shapes of all tokens. Straight quotation marks, which do not show their side, have the one that the text gives them.
fn shapes(text: &str, tokens: &[Token]) -> Vec<Shape> {
    let mut shapes = Vec::with_capacity(tokens.len());
    let mut quoted = false;
    for (i, token) in tokens.iter().enumerate() {
        shapes.push(match token.kind {
            TokenKind::Word => word_shape(token.text(text)),
            TokenKind::Number => Shape::Digit,
            TokenKind::Abbreviation => Shape::Abbreviation,
            TokenKind::Punctuation => punctuation_shape(token.text(text)).unwrap_or_else(|| {
                let opens = opens(text, tokens, i, quoted);
                quoted = opens;
                if opens { Shape::OpenQuote } else { Shape::CloseQuote }
            }),
            TokenKind::Symbol if is_bullet(token.text(text)) => Shape::Bullet,
            TokenKind::Symbol | TokenKind::Emoji => Shape::Symbol,
            _ => Shape::Web,
        });
    }
    shapes
}

fn is_bullet(form: &str) -> bool {
    matches!(form, "*" | "•" | "►" | "▪" | "●" | "→" | "■")
}

fn word_shape(form: &str) -> Shape {
    // The most frequent shape, told without reading characters: an apostrophe of either kind ends in one of two bytes.
    if let [first @ (b'a'..=b'z')] | [first @ b'a'..=b'z', b'a'..=b'z' | 0x80.., ..] = form.as_bytes() {
        let last = form.as_bytes().last().unwrap_or(first);
        if !matches!(last, b'\'' | 0x99) {
            return Shape::Lower;
        }
    }
    let elided = matches!(form.as_bytes(), [.., b'\''] | [.., 0x80, 0x99]);
    let mut chars = form.chars();
    let first = chars.next().unwrap_or(' ');
    if first.is_lowercase() {
        match form.as_bytes().get(1) {
            _ if elided => Shape::ElisionLower,
            // eBay, iPhone
            Some(second) if second.is_ascii_uppercase() => Shape::Capital,
            _ => Shape::Lower,
        }
    } else if first.is_uppercase() {
        if elided {
            return Shape::ElisionCapital;
        }
        match chars.next() {
            None => Shape::Letter,
            Some(second) if second.is_uppercase() => Shape::Capitals,
            Some(_) => Shape::Capital,
        }
    } else if is_hyphen(first) {
        Shape::Clitic
    } else {
        Shape::Lower
    }
}

/// None for a mark that opens as well as closes.
fn punctuation_shape(form: &str) -> Option<Shape> {
    let first = form.chars().next().unwrap_or(' ');
    Some(match first {
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
            Some(Side::Either) => return None,
            None => Shape::Symbol,
        },
    })
}

/// Whether a mark that does not show its side opens: white space tells, and where it does not, what was open.
fn opens(text: &str, tokens: &[Token], i: usize, quoted: bool) -> bool {
    let quoted = quoted && !super::breaks_line(text, tokens, i, super::LineMode::Paragraph);
    match (space_before(tokens, i), i + 1 >= tokens.len() || space_before(tokens, i + 1)) {
        (true, false) => true,
        (false, true) => false,
        _ => !quoted,
    }
}

/// True if white space, or the start of the text, stands before token `i`.
fn space_before(tokens: &[Token], i: usize) -> bool {
    match (i.checked_sub(1).and_then(|last| tokens.get(last)), tokens.get(i)) {
        (Some(last), Some(next)) => last.span.end < next.span.start,
        _ => true,
    }
}

/// One place where the models decide, for the trainer.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Place {
    /// What the linear model sees.
    pub features: Features,
    /// What the net sees.
    pub inputs: Inputs,
    /// A sentence begins here.
    pub answer: bool,
    /// A mark stands before, not a word or a number.
    pub after_mark: bool,
    /// The token before which it is.
    pub token: usize,
}

/// For the trainer: every place of a text where the models decide, if its sentences begin at the tokens that `starts` names.
/// What comes after is read as if a beginning where no mark stands had not been seen each time that `missed` says so.
#[doc(hidden)]
#[must_use]
pub fn places(
    text: &str,
    tokens: &[Token],
    models: Segmentation<'_>,
    starts: &dyn Fn(usize) -> bool,
    missed: &mut dyn FnMut() -> bool,
) -> Vec<Place> {
    let mut places = Vec::new();
    let mut splitter = Splitter::new(text, tokens, models);
    for i in 1..tokens.len() {
        if super::breaks_line(text, tokens, i, super::LineMode::Paragraph) {
            splitter.begin(i, true);
            continue;
        }
        if i != splitter.start && splitter.may_end(i) && splitter.by_shape(i).is_none() {
            splitter.learn(i);
            if splitter.by_words(i).is_none() {
                let (current, ahead) = (splitter.counts(i), splitter.ahead(i));
                places.push(Place {
                    features: splitter.features(i, current, ahead),
                    inputs: splitter.inputs(i, current, ahead),
                    answer: starts(i),
                    after_mark: !splitter.unmarked(i),
                    token: i,
                });
            }
        }
        if starts(i) && !(splitter.unmarked(i) && missed()) {
            splitter.begin(i, false);
        }
    }
    places
}
