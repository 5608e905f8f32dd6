//! One boundary: whether a sentence can end before a token, what the model sees there, and the rules that stand above it.

use super::{LineMode, breaks_line};
use crate::chars::{Side, is_dash, is_hyphen, is_terminal, quote_mark};
use crate::learned::{
    COUNTS, FAR, Features, Inputs, NEAR, Score, Seen, Sees, Segmentation, class, word_hash, word_hash_at,
};
use crate::lexicon;
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
}

const NOTHING: Facts = Facts { hash: 0, class: 0, shape: Shape::Nothing };

/// What is counted in a stretch of a sentence, eight bits each: the sum of what its tokens count for.
///
/// A stretch is the difference of two running sums, so that its length costs nothing. No stretch has as many as 256 tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Tally(u64);

impl Tally {
    /// Forms that are a finite verb before anything else.
    const FINITE: u32 = 0;
    /// [`OPENERS`].
    const RELATIVES: u32 = 8;
    /// Words in lower case.
    const LOWER: u32 = 16;
    /// Words with a capital.
    const CAPITALS: u32 = 24;
    /// Those that are neither one letter nor elided.
    const NAMES: u32 = 32;
    /// Colons.
    const COLONS: u32 = 40;
    /// Brackets and quotation marks of either side.
    const PAIRED: u32 = 48;

    /// What a token counts for by its shape.
    const OF: [Self; Shape::ALL] = {
        let mut table = [Self(0); Shape::ALL];
        table[Shape::Lower as usize] = Self(1 << Self::LOWER);
        table[Shape::Clitic as usize] = Self(1 << Self::LOWER);
        table[Shape::ElisionLower as usize] = Self(1 << Self::LOWER);
        table[Shape::Letter as usize] = Self(1 << Self::CAPITALS);
        table[Shape::ElisionCapital as usize] = Self(1 << Self::CAPITALS);
        table[Shape::Capital as usize] = Self(1 << Self::CAPITALS | 1 << Self::NAMES);
        table[Shape::Capitals as usize] = Self(1 << Self::CAPITALS | 1 << Self::NAMES);
        table[Shape::Colon as usize] = Self(1 << Self::COLONS);
        table[Shape::OpenBracket as usize] = Self(1 << Self::PAIRED);
        table[Shape::CloseBracket as usize] = Self(1 << Self::PAIRED);
        table[Shape::OpenQuote as usize] = Self(1 << Self::PAIRED);
        table[Shape::CloseQuote as usize] = Self(1 << Self::PAIRED);
        table
    };

    /// What stands between this running sum and an earlier one.
    fn since(self, earlier: Self) -> Self {
        Self(self.0.wrapping_sub(earlier.0))
    }

    fn and(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }

    fn count(self, what: u32) -> u32 {
        u32::from((self.0 >> what).to_le_bytes()[0])
    }
}

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

/// Log-odds of the linear model by the words next to a place without mark, below which the rest of the sentence is not looked
/// at: of 55,000 such places in treebanks, news, novels and debates none below was let pass by the rest.
const HOPELESS: f32 = -8.5;
const HOPELESS_IN_LINES: f32 = -4.0;

/// How many of the nets are asked there: a second one helps to tell headings, which have a line of their own.
const NETS_IN_LINES: usize = 1;

/// How far ahead of a mark that does not show its side the next one is looked for, in tokens.
const QUOTATION: usize = 128;

/// How far ahead the model looks, in tokens.
const AHEAD: usize = 18;

/// How far back in the sentence the model looks, in tokens.
const BEHIND: usize = 40;

/// Places in the ring of facts: enough for what lies behind and ahead of a decision. A power of two.
const RING: usize = 64;

/// How many answers of the nets are kept: the period of a text that repeats itself, in places, that is caught.
const ASKED: usize = 4;

/// Words that open a clause with a verb of its own.
const OPENERS: [&str; 8] = ["qui", "que", "qu'", "dont", "où", "si", "lorsque", "quand"];

/// Goes over the tokens once and decides before each whether a sentence ends there.
///
/// Shapes are read first, which is cheap, and tell at which places a sentence may end; words are looked up only around a
/// place where shapes do not decide. Tokens may come in parts: `tokens` is what is there of them, of which [`Self::forget`]
/// drops the first ones.
pub(crate) struct Splitter<'a> {
    text: &'a str,
    models: Segmentation<'a>,
    openers: Openers,
    shapes: Vec<Shape>,
    /// Tokens before which a sentence or a line may end, in order; those before `done` have been decided.
    places: Vec<u32>,
    done: usize,
    /// Whether a straight quotation mark that opened is open after the last of `shapes`.
    quoted: bool,
    /// The facts of the tokens `held`, each in the place of its number, and the running sums before them.
    ring: [Facts; RING],
    tallies: [Tally; RING],
    held: std::ops::Range<usize>,
    /// The running sum after the last token held.
    sum: Tally,
    /// The first token of the sentence that is being read.
    start: usize,
    /// Its facts, if it has been dropped.
    first: Option<Facts>,
    /// The last four sentences, a bit each, the last one lowest: set if no mark ended it. Headings come in company.
    history: u8,
    /// What the log-odds must exceed where no mark stands.
    heading: f32,
    /// What the nets were asked last and what they said: a text that repeats itself asks the same again and again.
    asked: Vec<(Inputs, f32)>,
    /// How many times they were asked.
    times: usize,
}

/// Looks a token up.
#[inline]
fn look(text: &str, models: Segmentation<'_>, token: &Token, shape: Shape) -> Facts {
    let hash = word_hash_at(text.as_bytes(), token.span.start as usize, token.span.end as usize);
    Facts { hash, class: if token.kind == TokenKind::Word { models.class(hash) } else { 0 }, shape }
}

/// The hashes of [`OPENERS`], and a bit for the low bits of each, so that most words are told from them at once.
struct Openers {
    hashes: [u32; OPENERS.len()],
    bits: u64,
}

impl Openers {
    fn new() -> Self {
        let hashes = OPENERS.map(word_hash);
        Self { hashes, bits: hashes.iter().fold(0, |bits, hash| bits | 1 << (hash & 63)) }
    }

    /// What a token counts for.
    #[inline]
    fn worth(&self, facts: Facts) -> Tally {
        let of = Tally::OF.get(facts.shape as usize).copied().unwrap_or_default();
        let finite = matches!(facts.shape, Shape::Lower | Shape::Capital) && is_finite(facts.class);
        let opener = self.bits >> (facts.hash & 63) & 1 != 0 && self.hashes.contains(&facts.hash);
        of.and(Tally(u64::from(finite) << Tally::FINITE | u64::from(opener) << Tally::RELATIVES))
    }
}

/// What is counted in the sentence so far, from [`BEHIND`] tokens before the place at most.
#[derive(Debug, Clone, Copy, Default)]
struct Current {
    finite: u32,
    relatives: u32,
    capitals: u32,
    lower: u32,
    brackets: bool,
    quotes: bool,
    colon: bool,
}

impl<'a> Splitter<'a> {
    pub(crate) fn new(text: &'a str, models: Segmentation<'a>) -> Self {
        Self {
            text,
            models,
            openers: Openers::new(),
            shapes: Vec::new(),
            places: Vec::new(),
            done: 0,
            quoted: false,
            ring: [NOTHING; RING],
            tallies: [Tally(0); RING],
            held: 0..0,
            sum: Tally(0),
            start: 0,
            first: None,
            history: 0,
            heading: if in_lines(text) { LINED_MARGIN } else { HEADING_MARGIN },
            asked: Vec::new(),
            times: 0,
        }
    }

    /// The next token that a sentence begins at; None if there is none among the tokens read or, unless the text ends with
    /// them (`whole`), what decides is not all there.
    pub(crate) fn next(&mut self, tokens: &[Token], mode: LineMode, whole: bool) -> Option<usize> {
        let limit = if whole { usize::MAX } else { self.shapes.len().saturating_sub(AHEAD) };
        while let Some(i) = self.places.get(self.done).map(|place| *place as usize).filter(|place| *place < limit) {
            self.done += 1;
            let line = breaks_line(self.text, tokens, i, mode);
            if line || mode != LineMode::Line && self.ends_before(tokens, i) {
                self.begin(i, line);
                return Some(i);
            }
        }
        None
    }

    /// Drops the tokens that no decision to come asks for, and says how many: numbers are less by as many from here on.
    #[cfg(any(test, feature = "python"))]
    pub(crate) fn forget(&mut self, tokens: &[Token]) -> usize {
        // Whole turns of the ring, so that each token keeps its place there.
        let count = self.shapes.len().saturating_sub(AHEAD + RING) / RING * RING;
        if self.start < count && self.first.is_none() {
            self.first = Some(self.known(tokens, self.start));
        }
        self.start = self.start.saturating_sub(count);
        self.shapes.drain(..count);
        self.places.drain(..self.done.min(self.places.len()));
        self.done = 0;
        let less = u32::try_from(count).unwrap_or(u32::MAX);
        self.places.iter_mut().for_each(|place| *place = place.saturating_sub(less));
        let (from, to) = (self.held.start.max(count), self.held.end.max(count));
        self.held = from - count..to - count;
        count
    }

    /// A sentence begins at token `i`, where a line does if `line` is true.
    fn begin(&mut self, i: usize, line: bool) {
        self.start = i;
        self.first = None;
        self.history = (self.history << 1 | u8::from(!line && self.unmarked(i))) & 15;
    }

    /// True if a sentence ends before token `i`.
    fn ends_before(&mut self, tokens: &[Token], i: usize) -> bool {
        if i == self.start || !self.may_end(i) {
            return false;
        }
        if let Some(answer) = self.by_shape(tokens, i) {
            return answer;
        }
        self.by_words(tokens, i).unwrap_or_else(|| self.odds(tokens, i) > 0.0)
    }

    /// The running sum before token `at`, which is held or the first one after those.
    fn tally(&self, at: usize) -> Tally {
        if at < self.held.end { self.tallies[at % RING] } else { self.sum }
    }

    /// What is counted in the sentence before token `i`, and after it; the words of both are looked up.
    fn counts(&mut self, tokens: &[Token], i: usize) -> (Current, Ahead) {
        let after = self.after(i);
        self.learn(tokens, i, after);
        let from = self.start.max(i.saturating_sub(BEHIND));
        let here = self.tally(i);
        let (behind, ahead) = (here.since(self.tally(from)), self.tally(after).since(here));
        let (brackets, quotes) = if behind.count(Tally::PAIRED) > 0 { self.open(from, i) } else { (false, false) };
        let current = Current {
            finite: behind.count(Tally::FINITE),
            relatives: behind.count(Tally::RELATIVES),
            capitals: behind.count(Tally::CAPITALS),
            lower: behind.count(Tally::LOWER),
            brackets,
            quotes,
            colon: behind.count(Tally::COLONS) > 0,
        };
        let ahead = Ahead {
            finite: ahead.count(Tally::FINITE),
            capitals: ahead.count(Tally::NAMES),
            end: bucket(u32::try_from(after - i).unwrap_or(u32::MAX)),
        };
        (current, ahead)
    }

    /// Whether a bracket and whether a quotation mark is open after the tokens `from..to`.
    fn open(&self, from: usize, to: usize) -> (bool, bool) {
        let (mut brackets, mut quotes) = (0_u32, 0_u32);
        for shape in self.shapes.get(from..to).unwrap_or(&[]) {
            match shape {
                Shape::OpenBracket => brackets += 1,
                Shape::CloseBracket => brackets = brackets.saturating_sub(1),
                Shape::OpenQuote => quotes += 1,
                Shape::CloseQuote => quotes = quotes.saturating_sub(1),
                _ => {}
            }
        }
        (brackets > 0, quotes > 0)
    }

    /// The full stop after a place before token `i`, or where the model stops looking for it.
    fn after(&self, i: usize) -> usize {
        let end = (i + AHEAD).min(self.shapes.len());
        let ahead = self.shapes.get(i..end).unwrap_or(&[]);
        i + ahead.iter().position(|shape| matches!(shape, Shape::Stop | Shape::Asking)).unwrap_or(ahead.len())
    }

    /// What the net sees of a boundary before token `i`.
    fn inputs(&mut self, tokens: &[Token], i: usize, current: Current, ahead: Ahead) -> Inputs {
        const BACK: usize = FAR - AHEAD;
        let after = self.after(i);
        self.learn(tokens, i, after.max(i + NEAR).min(self.shapes.len()));
        // The words from BACK before the place to AHEAD after it, each looked at once.
        let mut words = [Seen { shape: Shape::Nothing as u8, ..Seen::default() }; FAR];
        let behind = (i - self.start).min(BACK);
        let (from, to) = (i.saturating_sub(behind.max(NEAR)), after.max(i + NEAR).min(self.shapes.len()));
        for (at, place) in (from..to).zip(words.iter_mut().skip(from + BACK - i)) {
            let facts = self.facts(at);
            *place = Seen {
                word: facts.hash,
                suffix: self.suffix(tokens, at),
                class: facts.class,
                shape: facts.shape as u8,
            };
        }
        let mut inputs = Inputs {
            near: [Seen::default(); 2 * NEAR],
            far: [Seen::default(); FAR],
            behind,
            ahead: after - i,
            counts: [0; COUNTS],
        };
        inputs.near.iter_mut().zip(words.iter().skip(BACK - NEAR)).for_each(|(near, word)| *near = *word);
        let far = inputs.far.iter_mut().take(behind + after - i);
        far.zip(words.iter().skip(BACK - behind)).for_each(|(far, word)| *far = *word);
        let small = |n: u32| u8::try_from(n).unwrap_or(u8::MAX);
        let bit = |yes: bool| u8::from(yes);
        let capital = |shape: Shape| matches!(shape, Shape::Capital | Shape::Capitals | Shape::Letter);
        let run_behind = (1..5).take_while(|n| capital(self.shape_before(i, *n))).count();
        let run_ahead = (0..5).take_while(|n| capital(self.shape(i + *n))).count();
        let first = self.first(tokens);
        inputs.counts = [
            small(bucket(u32::try_from(i - self.start).unwrap_or(u32::MAX))),
            small(current.finite.min(3) * 4 + ahead.finite.min(3)),
            small(ahead.end),
            small(current.capitals.min(31)),
            small(current.lower.min(31)),
            bit(current.brackets) * 8 + bit(current.quotes) * 4 + bit(current.colon) * 2 + bit(space_before(tokens, i)),
            first.shape as u8,
            small(ahead.capitals.min(31)),
            small(current.relatives.min(3) * 4 + current.finite.min(3)),
            u8::try_from(run_behind * 6 + run_ahead).unwrap_or(0),
            first.class & 31,
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
    fn odds(&mut self, tokens: &[Token], i: usize) -> f32 {
        let mut score = Score::new(&self.models, self.kind(i));
        self.near_features(tokens, i, &mut score);
        let ((unlikely, likely), nets, hopeless) = if self.heading > HEADING_MARGIN {
            (SURE_IN_LINES, NETS_IN_LINES, HOPELESS_IN_LINES)
        } else {
            (SURE, usize::MAX, HOPELESS)
        };
        if score.log_odds() < hopeless && self.unmarked(i) {
            return score.log_odds();
        }
        let (current, ahead) = self.counts(tokens, i);
        self.far_features(tokens, i, current, ahead, &mut score);
        let linear = score.log_odds() * LINEAR - self.margin(i);
        if linear < -unlikely || linear > likely {
            return linear;
        }
        let inputs = self.inputs(tokens, i, current, ahead);
        self.ask(&inputs, nets).map_or(linear, |net| linear + net * NET)
    }

    /// What the nets say to `inputs`, if they were not asked the same of late.
    fn ask(&mut self, inputs: &Inputs, nets: usize) -> Option<f32> {
        if let Some((_, net)) = self.asked.iter().find(|(asked, _)| asked == inputs) {
            return Some(*net);
        }
        let net = self.models.net(inputs, nets)?;
        match self.asked.get_mut(self.times % ASKED) {
            Some(oldest) => *oldest = (*inputs, net),
            None => self.asked.push((*inputs, net)),
        }
        self.times += 1;
        Some(net)
    }

    /// True if a sentence can end with the abbreviation `i`: etc., Inc., S.N.C.F., J.-C.; not M., J.-F. or av.
    fn can_end(&self, tokens: &[Token], i: usize) -> bool {
        let form = tokens.get(i).map_or("", |token| token.text(self.text));
        let acronym = form.bytes().filter(|b| *b == b'.').count() > 1 && !form.contains(is_hyphen);
        acronym || ENDING.iter().any(|ending| form.eq_ignore_ascii_case(ending))
    }

    /// True if the full stop `i` is no sign of an abbreviation that no list has: it stands apart from what follows, after
    /// a word of the lexicon that is too long for one, or an acronym that does not begin the sentence.
    fn is_full_stop(&self, tokens: &[Token], i: usize) -> bool {
        const LONGEST: usize = 5;
        let word = i.checked_sub(1).and_then(|at| tokens.get(at)).map_or("", |token| token.text(self.text));
        space_before(tokens, i + 1)
            && match self.shape_before(i, 1) {
                Shape::Lower | Shape::Capital => {
                    word.chars().nth(LONGEST - 1).is_some() && lexicon::resolve(word).is_some()
                }
                // Not VOL. at the head of a line.
                Shape::Capitals => i > self.start + 1,
                _ => false,
            }
    }

    /// True if token `i` is made of capitals and digits.
    fn is_code(&self, tokens: &[Token], i: usize) -> bool {
        let form = tokens.get(i).map_or("", |token| token.text(self.text));
        form.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) && form.bytes().any(|b| b.is_ascii_digit())
    }

    /// True if the bracket before token `i` belongs to the number of an item (iii), b), or if the sentence has begun with
    /// it in brackets, as it does with the sign of a language: (2), (EN).
    fn is_numeral(&self, tokens: &[Token], i: usize) -> bool {
        if space_before(tokens, i - 1) {
            return false;
        }
        let opened = i > 2 && self.shape_before(i, 3) == Shape::OpenBracket;
        if opened {
            // A bullet may stand before.
            let bullet = usize::from(matches!(self.first_shape(), Shape::Dash | Shape::Bullet));
            if i != self.start + bullet + 3 || !space_before(tokens, i - 3) {
                return false;
            }
        } else if self.open(self.start.max(i.saturating_sub(BEHIND)), i - 1).0 {
            // (voir l'option b)
            return false;
        }
        match self.shape_before(i, 2) {
            Shape::Digit => tokens.get(i - 2).is_some_and(|token| token.span.len() <= 2),
            Shape::Letter => true,
            Shape::Capitals | Shape::Lower => {
                let form = tokens.get(i - 2).map_or("", |token| token.text(self.text));
                let roman = form.len() <= 5 && form.bytes().all(|b| matches!(b | 0x20, b'i' | b'v' | b'x'));
                roman || form.len() == 1 || opened && form.len() == 2
            }
            _ => false,
        }
    }

    fn is_form(&self, tokens: &[Token], i: usize, form: &str) -> bool {
        tokens.get(i).is_some_and(|token| token.text(self.text).eq_ignore_ascii_case(form))
    }

    /// What is certain at a place where a sentence may end, by shapes alone.
    fn by_shape(&self, tokens: &[Token], i: usize) -> Option<bool> {
        let next = self.shape(i);
        let mut back = 1;
        while back < 4 && matches!(self.shape_before(i, back), Shape::CloseQuote | Shape::CloseBracket) {
            back += 1;
        }
        let last = self.shape_before(i, back);
        if back == 1 && last == Shape::Abbreviation && !self.can_end(tokens, i - 1) {
            // J.-F. Roux, av. Foch
            return Some(false);
        }
        if next == Shape::Dash && self.shape_before(i, 1) == Shape::CloseBracket && i - self.start <= DATELINE {
            // PARIS (Reuters) -
            return (self.first_shape() == Shape::Capitals).then_some(false);
        }
        if back == 1 && last == Shape::Stop && i == self.start + 2 && !space_before(tokens, i - 1) {
            // 1. Préparer la pâte. a. Les œufs.
            if matches!(self.first_shape(), Shape::Digit | Shape::Letter) {
                return Some(false);
            }
        }
        if back == 1 && last == Shape::Abbreviation && next == Shape::Capital && self.is_form(tokens, i - 1, "j.-c.") {
            // en 52 av. J.-C. Son père: a date is complete.
            if ["av.", "apr.", "avant", "après"].iter().any(|form| i >= 2 && self.is_form(tokens, i - 2, form)) {
                return Some(true);
            }
        }
        if back == 2 && last != Shape::CloseBracket && self.is_numeral(tokens, i) {
            // iii) La taxe. (2) Y compris.
            return Some(false);
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
            if lined || self.first_shape() == Shape::Dash {
                return Some(false);
            }
        }
        let small = matches!(next, Shape::Lower | Shape::ElisionLower);
        if back == 1 && last == Shape::Stop && small && self.is_full_stop(tokens, i - 1) {
            // Bon accueil. service rapide.
            return Some(true);
        }
        if lined && last == Shape::Colon && matches!(next, Shape::Lower | Shape::ElisionLower | Shape::OpenQuote) {
            // What a colon announces there is a clause or a quotation, or has a line of its own.
            return Some(false);
        }
        if next == Shape::Ellipsis && terminal && back == 1 && !space_before(tokens, i) {
            // Quoi !... and Ah ?...
            return Some(false);
        }
        if matches!(next, Shape::Capital | Shape::Capitals) && !terminal && self.is_code(tokens, i) {
            // le virus H1N1, Montréal (Québec) H1M 1N4
            return Some(false);
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
            if space_before(tokens, i) {
                // The plain end of a plain sentence: no model is needed.
                return Some(true);
            }
            // classique parmi les classiques.Enfin un conte
            return Some(!space_before(tokens, i - 1));
        }
        None
    }

    /// What is certain at a place where a sentence may end, by the words around.
    fn by_words(&self, tokens: &[Token], i: usize) -> Option<bool> {
        let (p, n, n2) = (self.shape_before(i, 1), self.shape(i), self.shape(i + 1));
        // Few places need a word for it.
        let class = |at: usize| self.known(tokens, at).class;
        if p == Shape::Lower && class(i - 1) == class::GRAMMAR {
            return Some(false);
        }
        if p == Shape::Abbreviation && n == Shape::Capital && class(i) & class::GRAMMAR != 0 {
            // de la S.N.C.F. Elle part: what cannot end a sentence has been told by its shape.
            return Some(true);
        }
        let capitals = |shape: Shape| matches!(shape, Shape::Capital | Shape::Capitals | Shape::Letter);
        let prose = || {
            self.shapes.get(self.start..i).is_some_and(|shapes| {
                shapes
                    .iter()
                    .rev()
                    .take(BEHIND)
                    .any(|shape| matches!(shape, Shape::Lower | Shape::Clitic | Shape::ElisionLower))
            })
        };
        if capitals(p) && capitals(n) && (capitals(n2) || n2 == Shape::Abbreviation) {
            // Brookfield Office Properties Inc.: three capitals in a row are a name.
            if class(i) & class::GRAMMAR == 0 && prose() {
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

    /// The shape of the first token of the sentence.
    fn first_shape(&self) -> Shape {
        self.first.map_or_else(|| self.shape(self.start), |first| first.shape)
    }

    /// Takes the facts that a decision before token `i` needs into the ring, up to token `to`. Decisions come in order, and
    /// so do sentences, so a token is looked at once.
    fn learn(&mut self, tokens: &[Token], i: usize, to: usize) {
        let from = self.start.min(i.saturating_sub(NEAR)).max(i.saturating_sub(BEHIND));
        if from > self.held.end {
            self.held = from..from;
        }
        let new = self.held.end..to;
        let Some(tokens) = tokens.get(new.clone()) else { return };
        let Some(shapes) = self.shapes.get(new.clone()) else { return };
        for ((at, token), shape) in new.zip(tokens).zip(shapes) {
            let facts = look(self.text, self.models, token, *shape);
            self.ring[at % RING] = facts;
            self.tallies[at % RING] = self.sum;
            self.sum = self.sum.and(self.openers.worth(facts));
        }
        let end = to.max(self.held.end);
        self.held = self.held.start.max(end.saturating_sub(RING))..end;
    }

    /// The facts of token `i`, if the ring holds them; nothing beyond the ends.
    fn facts(&self, i: usize) -> Facts {
        if self.held.contains(&i) { self.ring[i % RING] } else { NOTHING }
    }

    /// The facts of token `i`, from the ring or from the text.
    fn known(&self, tokens: &[Token], i: usize) -> Facts {
        if self.held.contains(&i) {
            return self.ring[i % RING];
        }
        tokens.get(i).map_or(NOTHING, |token| look(self.text, self.models, token, self.shape(i)))
    }

    /// A hash of the end of token `i`, its last three bytes; 0 beyond the ends.
    fn suffix(&self, tokens: &[Token], i: usize) -> u16 {
        let Some(token) = tokens.get(i) else { return 0 };
        let (start, end) = (token.span.start as usize, token.span.end as usize);
        let tail = self.text.as_bytes().get(start.max(end.saturating_sub(3))..end).unwrap_or(&[]);
        let tail = tail.iter().fold(0_u32, |hash, byte| (hash ^ u32::from(*byte | 0x20)).wrapping_mul(0x0100_0193));
        let [.., a, b] = (tail ^ tail >> 15).to_be_bytes();
        u16::from_be_bytes([a, b])
    }

    /// True if a boundary before token `i` is possible, as far as shapes show.
    #[inline]
    fn may_end(&self, i: usize) -> bool {
        can_stand_between(self.shape_before(i, 1), self.shape(i))
    }

    /// The kind of a place before token `i`.
    fn kind(&self, i: usize) -> u32 {
        self.shape_before(i, 1) as u32 * 32 + self.shape(i) as u32
    }

    /// What the linear model sees of a boundary before token `i` in the words next to it. Features are told apart by their
    /// numbers, of which [`Self::far_features`] has the others.
    #[inline]
    fn near_features(&self, tokens: &[Token], i: usize, f: &mut impl Sees) {
        let code = |facts: Facts| facts.shape as u32;
        let bits = |facts: Facts| u32::from(facts.class);
        let before = |n| i.checked_sub(n).map_or(NOTHING, |at| self.known(tokens, at));
        let (p, p2, p3) = (before(1), before(2), self.shape_before(i, 3) as u32);
        let (n, n2, n3) = (self.known(tokens, i), self.known(tokens, i + 1), self.shape(i + 2) as u32);
        f.go_on_at(0);
        f.add(0, 0);
        f.add(p.hash, 0);
        f.add(n.hash, 0);
        f.add(p2.hash, 0);
        f.add(n2.hash, 0);
        f.add(code(p2), code(n2));
        f.add(bits(p), bits(n));
        f.add(bits(n), bits(n2));
        f.add(bits(p), bits(p2));
        f.add(i.checked_sub(1).map_or(0, |at| u32::from(self.suffix(tokens, at))), 0);
        f.go_on_at(17);
        f.add(u32::from(space_before(tokens, i)), bits(p2));
        f.go_on_at(19);
        f.add(p.hash, n.hash);
        f.add(n.hash, bits(n2));
        f.add(bits(n), n2.hash);
        f.add(p3 * 32 + code(p2), n3);
        f.add(code(n2), n3);
        f.add(n.hash, code(n2));
        f.add(p.hash, bits(n));
        f.add(p.hash, code(n2));
        f.go_on_at(29);
        f.add(p2.hash, p.hash);
        // Features that do not depend on the exact kind of place, so that rare kinds share what common ones learned.
        f.general_at(34);
        f.add(code(p), n.hash);
        f.add(p.hash, code(n));
        f.add(code(p), bits(n));
        f.add(code(n), bits(p));
    }

    /// What it sees in the sentence so far and up to the next full stop.
    #[inline]
    fn far_features(&self, tokens: &[Token], i: usize, current: Current, ahead: Ahead, f: &mut impl Sees) {
        let bits = |facts: Facts| u32::from(facts.class);
        let (p, n) = (i.checked_sub(1).map_or(NOTHING, |at| self.known(tokens, at)), self.known(tokens, i));
        let first = self.first(tokens);
        let length = bucket(u32::try_from(i - self.start).unwrap_or(u32::MAX));
        let history = self.history.count_ones();
        // 0 no verb, 1 only in clauses that depend, 2 a main verb.
        let finite = u32::from(current.finite > 0) + u32::from(current.finite > current.relatives);
        f.go_on_at(10);
        f.add(length, finite);
        f.add(ahead.finite.min(2), ahead.end);
        f.add(finite.min(1) * 4 + ahead.finite.min(2), bits(n));
        f.add(finite.min(1) * 4 + ahead.finite.min(2), length);
        f.add(first.hash, length.min(3));
        f.add(first.shape as u32, bits(first));
        f.add(u32::from(current.brackets), u32::from(current.quotes));
        f.go_on_at(18);
        f.add(current.capitals.min(7) * 8 + current.lower.min(7), finite);
        f.go_on_at(27);
        f.add(u32::from(current.colon), length);
        f.add(ahead.capitals.min(4), ahead.end);
        f.go_on_at(30);
        f.add(n.hash, ahead.finite.min(1) * 2 + finite.min(1));
        f.add(history, finite);
        f.add(history, length);
        f.general_at(33);
        f.add(p.shape as u32, finite.min(1) * 2 + ahead.finite.min(1));
    }

    /// The facts of the first token of the sentence.
    fn first(&self, tokens: &[Token]) -> Facts {
        self.first.unwrap_or_else(|| self.known(tokens, self.start))
    }

    /// Reads the shapes of the tokens that have none, and which of them a sentence or a line may end before; unless the
    /// text ends with them (`whole`) the last ones wait for what follows. Straight quotation marks, which do not show their
    /// side, have the one that the text gives them.
    pub(crate) fn read(&mut self, tokens: &[Token], whole: bool) {
        let known = self.shapes.len();
        let count = if whole { tokens.len() } else { tokens.len().saturating_sub(QUOTATION + 2) };
        let text = self.text;
        let before = known.checked_sub(1);
        let mut last = before.map_or(Shape::Nothing, |at| self.shape(at));
        let mut end = before.and_then(|at| tokens.get(at)).map_or(0, |token| token.span.end);
        // Written in place: the compiler then knows that there is room.
        let mut shapes = std::mem::take(&mut self.shapes);
        shapes.resize(count.max(known), Shape::Nothing);
        let new = tokens.get(known..count).unwrap_or(&[]);
        for (n, (token, place)) in new.iter().zip(shapes.get_mut(known..).unwrap_or(&mut [])).enumerate() {
            let shape = if token.kind == TokenKind::Word {
                word_shape_at(text, token)
            } else {
                match other_shape(text, token) {
                    Shape::Nothing => self.side(tokens, known + n),
                    shape => shape,
                }
            };
            let plain = match token.span.start.wrapping_sub(end) {
                0 => true,
                1 => text.as_bytes().get(end as usize) == Some(&b' '),
                _ => false,
            };
            if !plain || can_stand_between(last, shape) {
                self.add_place(known + n);
            }
            *place = shape;
            (last, end) = (shape, token.span.end);
        }
        self.shapes = shapes;
    }

    #[inline(never)]
    fn add_place(&mut self, i: usize) {
        self.places.push(u32::try_from(i).unwrap_or(u32::MAX));
    }

    /// The side of a mark that does not show it.
    #[inline(never)]
    fn side(&mut self, tokens: &[Token], i: usize) -> Shape {
        self.quoted = opens(self.text, tokens, i, self.quoted);
        if self.quoted { Shape::OpenQuote } else { Shape::CloseQuote }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Ahead {
    finite: u32,
    capitals: u32,
    end: u32,
}

/// True if a sentence can end between two tokens of these shapes.
#[inline]
fn can_stand_between(last: Shape, next: Shape) -> bool {
    POSSIBLE.get(last as usize).is_some_and(|after| after >> (next as u32) & 1 != 0)
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
    let bytes = text.trim_end().as_bytes();
    let sign = if memchr::memchr(b'\n', bytes).is_some() { b'\n' } else { b'\r' };
    memchr::memchr_iter(sign, bytes).take(text.len() / LINE + 1).count() > text.len() / LINE
}

fn is_bullet(form: &str) -> bool {
    matches!(form, "*" | "•" | "►" | "▪" | "●" | "→" | "■")
}

/// The shape of a word, the most frequent ones told by their first and last bytes: an apostrophe of either kind ends in one
/// of two.
#[inline]
fn word_shape_at(text: &str, token: &Token) -> Shape {
    let bytes = text.as_bytes();
    let (start, end) = (token.span.start as usize, token.span.end as usize);
    if let Some([first, second]) = bytes.get(start..).and_then(|rest| rest.first_chunk()) {
        let last = bytes.get(end.wrapping_sub(1)).unwrap_or(first);
        match (first, last) {
            (b'a'..=b'z', b'\'') => return Shape::ElisionLower,
            (_, b'\'' | 0x99) => {}
            // eBay, iPhone are read slowly.
            (b'a'..=b'z', _) if !second.is_ascii_uppercase() => return Shape::Lower,
            (b'A'..=b'Z', _) if second.is_ascii_lowercase() && token.span.len() > 1 => return Shape::Capital,
            _ => {}
        }
    }
    word_shape(token.text(text))
}

#[inline(never)]
fn word_shape(form: &str) -> Shape {
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

/// The shape of a token that is no word; nothing for a mark that opens as well as closes.
#[inline]
fn other_shape(text: &str, token: &Token) -> Shape {
    match token.kind {
        TokenKind::Punctuation => match text.as_bytes().get(token.span.start as usize) {
            Some(b',') => Shape::Comma,
            Some(b'.') if token.span.len() == 1 => Shape::Stop,
            _ => punctuation_shape(token.text(text)),
        },
        TokenKind::Number => Shape::Digit,
        TokenKind::Abbreviation => Shape::Abbreviation,
        TokenKind::Symbol if is_bullet(token.text(text)) => Shape::Bullet,
        TokenKind::Symbol | TokenKind::Emoji => Shape::Symbol,
        _ => Shape::Web,
    }
}

#[inline(never)]
fn punctuation_shape(form: &str) -> Shape {
    let first = form.chars().next().unwrap_or(' ');
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
            Some(Side::Either) => Shape::Nothing,
            None => Shape::Symbol,
        },
    }
}

/// Whether a mark that does not show its side opens: white space tells, and where it does not, what was open.
fn opens(text: &str, tokens: &[Token], i: usize, quoted: bool) -> bool {
    let quoted = quoted && !breaks_line(text, tokens, i, LineMode::Paragraph);
    match (space_before(tokens, i), i + 1 >= tokens.len() || space_before(tokens, i + 1)) {
        (true, false) => true,
        (false, true) => false,
        _ if quoted => false,
        // Il part. " "Bien": what opened must close before something else opens; after a colon it may never have.
        _ => !(ends_sentence(text, tokens, i) && opens_next(text, tokens, i)),
    }
}

/// True if the next mark of the line that can open as well as close opens: then one before it that nothing opened closes.
fn opens_next(text: &str, tokens: &[Token], i: usize) -> bool {
    let either = |token: &Token| {
        token.kind == TokenKind::Punctuation
            && quote_mark(token.text(text).chars().next().unwrap_or(' ')).is_some_and(|mark| mark.side == Side::Either)
    };
    for at in i + 1..=i + QUOTATION {
        if breaks_line(text, tokens, at, LineMode::Paragraph) {
            return false;
        }
        match tokens.get(at) {
            Some(token) if either(token) => return space_before(tokens, at) && !space_before(tokens, at + 1),
            Some(_) => {}
            None => return false,
        }
    }
    false
}

/// True if a full stop, a question or exclamation mark or an ellipsis stands before token `i`.
fn ends_sentence(text: &str, tokens: &[Token], i: usize) -> bool {
    let last = i.checked_sub(1).and_then(|at| tokens.get(at)).map_or("", |token| token.text(text));
    last.ends_with(is_terminal)
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
    let mut splitter = Splitter::new(text, models);
    splitter.read(tokens, true);
    for i in 1..tokens.len() {
        if breaks_line(text, tokens, i, LineMode::Paragraph) {
            splitter.begin(i, true);
            continue;
        }
        let possible = i != splitter.start && splitter.may_end(i);
        if possible && splitter.by_shape(tokens, i).is_none() && splitter.by_words(tokens, i).is_none() {
            let (current, ahead) = splitter.counts(tokens, i);
            let mut features = Features::new(splitter.kind(i));
            splitter.near_features(tokens, i, &mut features);
            splitter.far_features(tokens, i, current, ahead, &mut features);
            places.push(Place {
                features,
                inputs: splitter.inputs(tokens, i, current, ahead),
                answer: starts(i),
                after_mark: !splitter.unmarked(i),
                token: i,
            });
        }
        if starts(i) && !(splitter.unmarked(i) && missed()) {
            splitter.begin(i, false);
        }
    }
    places
}
