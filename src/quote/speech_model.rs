//! Speech or narration: a linear model that labels the units of a text, best sequence first.
//!
//! Takes [`Unit`]s, gives a [`Voice`] for each. Features of a unit and of its neighbours (docs/dialogue.md lists them)
//! are hashed into one table of weights; the best sequence of voices is found by Viterbi over three voices, so time is
//! linear in the number of units. Weights are integers: the answer is the same on every machine.
//!
//! `data/speech.bin`: magic `proposSP`, version u32, number of weights u32 (a power of two), scale f32, then the weights
//! as i8; little-endian. `examples/train_speech.rs` writes it.

use std::sync::LazyLock;

use super::unit::{Incise, Sign, Unit, bit, hash};
use crate::error::{Error, Result};

static BYTES: &[u8] = include_bytes!("../data/speech.bin");

/// The shipped model; a test opens it, so that the empty one never stands in.
static MODEL: LazyLock<SpeechModel> = LazyLock::new(|| SpeechModel::open(BYTES).unwrap_or_default());

const MAGIC: &[u8; 8] = b"proposSP";
const VERSION: u32 = 1;
const HEADER: usize = 20;

/// Whose words a unit holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[repr(u8)]
pub enum Voice {
    /// The narrator's.
    #[default]
    Narration,
    /// A character's.
    Speech,
    /// The narrator's, in a sentence that a character began: an incise.
    Incise,
}

impl Voice {
    /// Every voice, by its code.
    pub const ALL: [Self; 3] = [Self::Narration, Self::Speech, Self::Incise];
}

/// What is the same for all units of a text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style {
    /// Share of paragraphs that begin with a dash, in steps: 0 none, 1 some, 2 a tenth, 3 a third.
    pub dashes: u8,
    /// Share of units within marks, in steps.
    pub marks: u8,
    /// How often somebody speaks behind a dash within a paragraph: 0 there is none, 1 seldom, 2 at times, 3 mostly.
    pub inner: u8,
    /// Paragraphs are so long that turns must stand within them.
    pub run_on: bool,
}

/// What the whole of a text shows of its typography.
#[must_use]
pub fn style(units: &[Unit]) -> Style {
    let share = |part: usize, whole: usize| match (part * 100).checked_div(whole).unwrap_or(0) {
        _ if part == 0 => 0,
        ..=9 => 1,
        10..=32 => 2,
        _ => 3,
    };
    let paragraphs = units.iter().filter(|unit| unit.first).count();
    let dashes = units.iter().filter(|unit| unit.first && unit.lead[0] == Sign::Dash).count();
    let marked = units.iter().filter(|unit| unit.marked > 0).count();
    let (mut inner, mut spoken) = (0_usize, 0_usize);
    for (i, pair) in units.windows(2).enumerate() {
        let [before, unit] = pair else { continue };
        if !unit.first && unit.lead[0] == Sign::Dash && can_open(before) {
            inner += 1;
            spoken += usize::from(sounds_spoken(units, i + 1));
        }
    }
    let inner = match spoken * 4 / inner.max(1) {
        _ if inner == 0 => 0,
        0 => 1,
        1 => 2,
        _ => 3,
    };
    Style {
        inner,
        dashes: share(dashes, paragraphs),
        marks: share(marked, units.len()),
        run_on: units.len() > paragraphs.saturating_mul(60),
    }
}

/// True if speech can begin behind a unit.
fn can_open(before: &Unit) -> bool {
    before.trail.ends() || before.closes || before.trail == Sign::Colon
}

/// True if the words from unit `i` up to the next dash or paragraph, four units at most, sound spoken: they ask, exclaim or
/// address somebody, or an incise follows.
fn sounds_spoken(units: &[Unit], i: usize) -> bool {
    let ahead = units.get(i..units.len().min(i + 4)).unwrap_or_default();
    let own = ahead.iter().enumerate().take_while(|(n, unit)| *n == 0 || !(unit.first || unit.lead[0] == Sign::Dash));
    own.into_iter().any(|(n, unit)| {
        let incise = n > 0 && matches!(unit.incise, Incise::Clitic | Incise::Noun) && !unit.capital;
        let called = unit.words & (bit::SECOND | bit::INTERJECTION) != 0;
        incise || unit.trail == Sign::Strong || called || unit.lead[1] == Sign::Open
    })
}

/// A sink of hashed features.
struct Features<'a> {
    out: &'a mut Vec<u32>,
}

impl Features<'_> {
    fn add(&mut self, template: u32, values: &[u32]) {
        let mut h = template.wrapping_mul(0x9E37_79B1) ^ 0x85EB_CA6B;
        for &value in values {
            h = (h ^ value).wrapping_mul(0xC2B2_AE35);
            h ^= h >> 15;
        }
        h ^= h >> 13;
        h = h.wrapping_mul(0x27D4_EB2F);
        self.out.push(h ^ h >> 16);
    }
}

/// What the marks and dashes around a unit say of its voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Bar {
    /// Nothing.
    #[default]
    Free,
    /// It follows a closing mark and nothing opens speech anew: it is not speech.
    Closed,
    /// Within a pair of marks or a paragraph that a dash opened, and no incise: speech does not end here.
    Open,
    /// Nothing opens speech here: narration goes on.
    Bare,
    /// A dash within a paragraph, and nothing behind it sounds spoken: narration goes on, likely.
    Pause,
    /// An incise has cut the clause before it, and what follows completes it: speech goes on.
    Resume,
    /// A dash begins the paragraph in a text whose turns begin so: somebody speaks.
    Turn,
}

/// What it costs to leave a turn where neither a mark nor an incise ends it (or to begin none at a dash that opens one), to
/// begin one where nothing opens it, and where only a dash does, as logarithms.
const LEAVE: f32 = -32.0;
const ENTER: f32 = -8.0;
const PAUSE: f32 = -4.0;

/// The features of each unit: those of the unit, then those that are crossed with the voice before.
#[derive(Debug, Default)]
pub struct FeatureTable {
    hashes: Vec<u32>,
    /// Per unit: start in `hashes`, start of the crossed ones; one more at the end.
    starts: Vec<(u32, u32)>,
    /// What typography rules out or makes rare, per unit.
    bars: Vec<Bar>,
}

impl FeatureTable {
    /// Number of units.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// True without any unit.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds to the scores of the voices what typography says of a unit after the voice `before`.
    fn bar(&self, unit: usize, before: Voice, steps: &mut [f32; 3]) {
        let bar = self.bars.get(unit).copied().unwrap_or_default();
        match bar {
            Bar::Closed => steps[Voice::Speech as usize] = -1e3,
            Bar::Bare if before == Voice::Narration => steps[Voice::Speech as usize] += ENTER,
            Bar::Pause if before != Voice::Speech => steps[Voice::Speech as usize] += PAUSE,
            _ => {}
        }
        let speaks = match bar {
            Bar::Open => before == Voice::Speech,
            Bar::Resume => before == Voice::Incise,
            Bar::Turn => true,
            _ => false,
        };
        if speaks {
            steps[Voice::Narration as usize] += LEAVE;
            steps[Voice::Incise as usize] += LEAVE;
        }
    }

    /// All hashes of a unit.
    fn all(&self, unit: usize) -> &[u32] {
        let (Some(&(start, _)), Some(&(end, _))) = (self.starts.get(unit), self.starts.get(unit + 1)) else {
            return &[];
        };
        self.hashes.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The hashes of a unit: plain ones and those crossed with the voice before.
    #[must_use]
    pub fn of(&self, unit: usize) -> (&[u32], &[u32]) {
        let (Some(&(start, crossed)), Some(&(end, _))) = (self.starts.get(unit), self.starts.get(unit + 1)) else {
            return (&[], &[]);
        };
        (
            self.hashes.get(start as usize..crossed as usize).unwrap_or_default(),
            self.hashes.get(crossed as usize..end as usize).unwrap_or_default(),
        )
    }
}

/// True if a unit can interrupt speech: it begins, in lower case, with a verb and its subject.
fn looks_incised(unit: &Unit) -> bool {
    !unit.capital && !matches!(unit.incise, Incise::None | Incise::Straight)
}

/// Hashes of "et" and "puis", with which the narrator goes on behind a turn: "… ! Et il sortit."
const ET: u32 = hash(b"et");
const PUIS: u32 = hash(b"puis");

/// Hashes of forms of avoir and être that a clause does not end with.
const AUXILIARIES: [u32; 8] = [
    hash(b"a"),
    hash(b"ai"),
    hash(b"avez"),
    hash(b"ont"),
    hash(b"avait"),
    hash(b"avais"),
    hash(b"avaient"),
    hash("étaient".as_bytes()),
];
/// Hashes of words that begin an object.
const COMPLEMENTS: [u32; 8] =
    [hash(b"du"), hash(b"de"), hash(b"des"), hash(b"un"), hash(b"une"), hash(b"le"), hash(b"la"), hash(b"les")];

fn position(count: usize) -> u32 {
    match count {
        0..=3 => u32::try_from(count).unwrap_or(3),
        4..=6 => 4,
        7..=15 => 5,
        16..=40 => 6,
        _ => 7,
    }
}

/// What a sentence shows as a whole.
#[derive(Debug, Clone, Copy, Default)]
struct Sentence {
    words: u32,
    trail: Sign,
    /// Units in it, in steps.
    length: u32,
}

/// The sentence of each unit: runs of units up to . ? ! … or the paragraph's end.
fn sentences(units: &[Unit]) -> Vec<(u32, Sentence)> {
    let mut out = vec![(0, Sentence::default()); units.len()];
    let mut start = 0;
    for (i, unit) in units.iter().enumerate() {
        let last = unit.trail.ends() || units.get(i + 1).is_none_or(|next| next.first);
        if last {
            let here = units.get(start..=i).unwrap_or_default();
            let sentence = Sentence {
                words: here.iter().fold(0, |all, unit| all | unit.words),
                trail: unit.trail,
                length: position(here.len()),
            };
            for (place, slot) in (0_u32..).zip(out.get_mut(start..=i).unwrap_or_default()) {
                *slot = (place, sentence);
            }
            start = i + 1;
        }
    }
    out
}

/// The tense of a set of words: which of the past of narration and the present of speech it holds.
fn tense(words: u32) -> u32 {
    words >> 2 & 0b1_1111 | (words & bit::MOOD) >> 9
}

fn person(words: u32) -> u32 {
    words & 3 | (words & bit::THIRD) >> 8 | (words & bit::IMPERATIVE) >> 3 | (words & bit::SPEAKER_VERB) >> 12
}

/// What the features of one unit are made of.
struct View<'a> {
    unit: &'a Unit,
    before: &'a Unit,
    next: &'a Unit,
    sentence: Sentence,
    style: Style,
    /// The unit's place in its sentence.
    place: u32,
    /// The signs that open the unit; whether it opens its paragraph.
    lead: u32,
    trail_before: u32,
    trail: u32,
    incise: u32,
    marked: u32,
    capital: u32,
    /// A colon stands before the unit, after a verb of speech or not.
    colon: u32,
    /// What opens the next unit.
    start: u32,
    /// What opens the paragraph, and the next one.
    turn: u32,
    next_lead: u32,
    /// Units since the paragraph's start, the last dash, the last incise, in steps.
    since_start: u32,
    dash_near: u32,
    since_incise: u32,
    /// Within brackets; opening them.
    bracket: u32,
    doc: u32,
    size: u32,
    /// The sign before the last incise.
    interrupted: u32,
}

impl View<'_> {
    /// The features that are not crossed with the voice before.
    fn plain(&self, f: &mut Features) {
        let (unit, before, next, sentence, words) = (self.unit, self.before, self.next, self.sentence, self.unit.words);
        f.add(1, &[self.lead, self.trail_before]);
        f.add(2, &[self.lead, self.doc]);
        f.add(3, &[self.marked, self.turn]);
        f.add(4, &[self.marked, self.lead, self.style.dashes.into()]);
        f.add(5, &[self.incise, self.trail_before, self.capital]);
        f.add(6, &[person(words), tense(words)]);
        f.add(7, &[tense(sentence.words), person(sentence.words)]);
        f.add(8, &[sentence.trail as u32, person(sentence.words), self.turn]);
        f.add(9, &[unit.forms[0], self.capital]);
        f.add(10, &[unit.forms[0], unit.forms[1]]);
        f.add(11, &[unit.forms[2], self.trail]);
        f.add(12, &[unit.forms[0], self.trail_before]);
        f.add(13, &[words & bit::INTERJECTION, self.trail, self.capital]);
        f.add(14, &[words & bit::TITLE, self.size.min(3), self.trail]);
        f.add(15, &[words & bit::DEIXIS, tense(words)]);
        f.add(16, &[self.turn, self.since_start, self.dash_near]);
        f.add(17, &[self.turn, self.since_incise, self.trail_before]);
        f.add(18, &[self.colon, self.lead, self.marked]);
        f.add(19, &[self.start, self.trail]);
        f.add(20, &[next.forms[0]]);
        f.add(21, &[before.forms[2], self.trail_before]);
        f.add(22, &[before.forms[0], before.incise as u32, self.trail_before]);
        f.add(23, &[self.next_lead, self.turn, u32::from(next.first)]);
        f.add(24, &[self.place.min(3), sentence.length, self.incise]);
        f.add(25, &[words & bit::GERUND, self.trail_before, before.incise as u32]);
        f.add(26, &[tense(words), self.lead]);
        f.add(27, &[tense(before.words), person(before.words)]);
        f.add(28, &[tense(next.words), person(next.words)]);
        f.add(29, &[self.size, self.trail, self.lead]);
        f.add(30, &[tense(sentence.words), self.lead, self.marked]);
        f.add(31, &[self.turn, tense(words), person(words)]);
        f.add(33, &[self.bracket, self.turn]);
        f.add(34, &[self.turn, self.marked, self.trail_before]);
        f.add(32, &[words & (bit::NAME | bit::SPEECH | bit::FINITE), self.incise]);
    }

    /// The features that are crossed with the voice before.
    fn crossed(&self, f: &mut Features) {
        let (unit, before, sentence, words) = (self.unit, self.before, self.sentence, self.unit.words);
        f.add(64, &[]);
        f.add(65, &[self.lead, self.trail_before]);
        f.add(66, &[self.incise, self.trail_before, self.capital]);
        f.add(67, &[self.trail_before, self.capital, self.marked]);
        f.add(68, &[before.incise as u32, self.incise, self.trail_before]);
        f.add(69, &[tense(words), person(words), self.trail_before]);
        f.add(70, &[unit.forms[0], self.trail_before]);
        f.add(71, &[tense(sentence.words), person(sentence.words), self.capital]);
        f.add(72, &[self.turn, self.trail_before, self.capital]);
        f.add(73, &[self.colon, self.lead]);
        f.add(74, &[self.lead, self.incise, self.doc]);
        f.add(75, &[self.marked, self.lead, self.trail_before]);
        f.add(76, &[self.dash_near, self.trail_before, self.incise]);
        f.add(77, &[words & bit::GERUND, self.trail_before]);
        f.add(78, &[unit.forms[0], unit.forms[1]]);
        f.add(79, &[self.start, self.trail, self.incise]);
        f.add(80, &[u32::from(unit.first), u32::from(before.closes), self.marked]);
        f.add(86, &[self.interrupted, self.since_incise, self.trail_before, self.capital]);
        f.add(87, &[self.interrupted, self.trail_before, unit.forms[0]]);
        f.add(88, &[self.interrupted, self.trail_before, tense(words), person(words)]);
        f.add(89, &[self.style.inner.into(), self.lead, self.trail_before]);
        f.add(
            90,
            &[self.style.inner.into(), self.lead, person(sentence.words), u32::from(sentence.trail == Sign::Strong)],
        );
        f.add(82, &[self.bracket, before.trail as u32]);
        f.add(83, &[self.turn, self.marked, self.lead]);
        f.add(84, &[self.turn, self.trail_before, tense(words), person(words)]);
        f.add(85, &[self.turn, self.marked, self.incise, self.trail_before]);
        f.add(81, &[sentence.trail as u32, self.capital, tense(sentence.words)]);
    }
}

/// What an incise interrupts. "M. Roux, dit Paul, avait …" has no verb yet: the words behind the incise go on with it,
/// whatever their tense.
#[derive(Debug, Clone, Copy, Default)]
struct Cut {
    /// The clause before the incise has a finite verb.
    verb: bool,
    /// Its last word.
    word: u32,
}

/// What the paragraph after that of each unit begins with; 9 after the last one.
fn next_leads(units: &[Unit]) -> Vec<u32> {
    let mut leads = vec![0; units.len()];
    let mut ahead = 9;
    for (slot, unit) in leads.iter_mut().zip(units).rev() {
        *slot = ahead;
        if unit.first {
            ahead = unit.lead[0] as u32;
        }
    }
    leads
}

/// What has happened in the paragraph up to a unit.
#[derive(Debug, Clone, Copy)]
struct Progress {
    /// Units since the paragraph's start, the last dash, the last incise.
    since: [usize; 3],
    /// What last opened or closed speech.
    opening: [Sign; 2],
    /// A dash opened the paragraph.
    dashed: bool,
    /// The dash of `opening` is only a pause of the narrator's.
    paused: bool,
    /// The last mark closed what a pause of the narrator's does not hold.
    closed: bool,
    /// Brackets open.
    brackets: u32,
    /// What stood before the last incise.
    interrupted: Sign,
    /// What the last incise cut off.
    cut: Cut,
    /// The same of the sentence up to here, incises left out.
    clause: Cut,
}

/// A mark in the midst of a turn that a dash opened: it is nested in the turn.
const NESTED: [Sign; 2] = [Sign::Dash, Sign::Bracket];

impl Progress {
    const START: Self = Self {
        since: [0, 99, 99],
        opening: [Sign::Word; 2],
        dashed: false,
        paused: false,
        closed: false,
        brackets: 0,
        interrupted: Sign::Word,
        cut: Cut { verb: true, word: 0 },
        clause: Cut { verb: false, word: 0 },
    };

    /// Reads what opens a unit; `pause` if that is a dash behind which the narrator goes on.
    fn enter(&mut self, unit: &Unit, before: &Unit, pause: bool) {
        let dash = unit.lead[0] == Sign::Dash;
        if unit.first {
            *self = Self { dashed: dash, ..Self::START };
        }
        if dash {
            self.since[1] = 0;
        }
        if unit.first || (dash && can_open(before)) {
            self.paused = pause;
            self.opening = unit.lead;
        } else if unit.lead.contains(&Sign::Open) {
            let turn = self.opening[0] == Sign::Dash && self.opening[1] != Sign::Open;
            self.opening = if turn { NESTED } else { [Sign::Open, Sign::Word] };
        }
        self.closed &= !(dash || unit.lead.contains(&Sign::Open));
        self.brackets += u32::from(unit.lead.contains(&Sign::Bracket));
    }

    /// Reads what ends a unit.
    fn leave(&mut self, unit: &Unit, before: &Unit) {
        if unit.closes {
            // Nothing is said behind a pause for the marks to be nested in.
            self.closed = self.paused && self.opening == NESTED;
            self.opening = match self.opening {
                NESTED => [Sign::Dash, Sign::Word],
                [Sign::Dash, _] => [Sign::Close, Sign::Dash],
                _ => [Sign::Close, Sign::Word],
            };
        }
        if unit.unbrackets {
            self.brackets = self.brackets.saturating_sub(1);
        }
        let incise = matches!(unit.incise, Incise::Clitic | Incise::Noun | Incise::Other);
        if incise && !unit.first {
            self.interrupted = before.trail;
            self.cut = self.clause;
        } else {
            self.clause = Cut { verb: self.clause.verb || unit.words & bit::FINITE != 0, word: unit.forms[2] };
        }
        if unit.trail.ends() {
            self.clause = Self::START.clause;
        }
        self.since = self.since.map(|count| count + 1);
        if incise {
            self.since[2] = 0;
        }
    }

    /// True if the unit completes a clause that the incise right before it cut: "M. Roux, dit Paul, avait …" has no verb
    /// before the incise, "Il avait, disait-il, du goût" ends in an auxiliary.
    fn is_cut(&self, unit: &Unit, before: &Unit) -> bool {
        let incised = self.since[2] == 0 && [self.interrupted, before.trail] == [Sign::Comma; 2] && !unit.capital;
        let told = bit::SIMPLE_PAST | bit::IMPERFECT | bit::FUTURE;
        let verb = unit.edges[0] & told != 0 && unit.edges[0] & bit::GERUND == 0 && unit.incise != Incise::Noun;
        let complement = COMPLEMENTS.contains(&unit.forms[0]) && AUXILIARIES.contains(&self.cut.word);
        incised && !unit.first && (!self.cut.verb && verb || complement)
    }

    /// What typography says of a unit.
    fn bar(&self, unit: &Unit, before: &Unit, style: Style, pause: bool) -> Bar {
        let opens = unit.lead.iter().any(|sign| matches!(sign, Sign::Dash | Sign::Open));
        // "Il haussa les épaules, referma la porte": a verb and its object, where verbs of the tale stand in a row.
        let row = unit.incise == Incise::OtherNoun && before.words & unit.words & bit::SIMPLE_PAST != 0;
        let ends = looks_incised(unit) && !row || before.closes || self.brackets > 0 || unit.first;
        let resumes = before.trail.ends() && [ET, PUIS].contains(&unit.forms[0]);
        let held = (unit.marked >= 2 && !unit.repaired) || (self.dashed && !style.run_on);
        let told = !unit.first && before.trail != Sign::Colon;
        if unit.marked == 0 && !opens && (self.closed || self.opening == [Sign::Close, Sign::Word]) {
            Bar::Closed
        } else if self.dashed && unit.first && style.dashes >= 2 && !style.run_on {
            Bar::Turn
        } else if self.is_cut(unit, before) {
            Bar::Resume
        } else if held && !ends && !resumes && !opens {
            Bar::Open
        } else if !opens && told && unit.marked == 0 {
            Bar::Bare
        } else if pause && told {
            Bar::Pause
        } else {
            Bar::Free
        }
    }
}

/// The features of all units.
#[must_use]
pub fn features(units: &[Unit], style: Style) -> FeatureTable {
    let (sentences, next_leads) = (sentences(units), next_leads(units));
    let mut table = FeatureTable::default();
    let none = Unit { first: true, ..Unit::default() };
    let mut progress = Progress::START;
    let signs = |[first, second]: [Sign; 2]| first as u32 | (second as u32) << 4;
    let count = |table: &FeatureTable| u32::try_from(table.hashes.len()).unwrap_or(u32::MAX);
    for (i, unit) in units.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|at| units.get(at)).unwrap_or(&none);
        let next = units.get(i + 1).unwrap_or(&none);
        let pause = !unit.first && style.dashes < 2 && unit.lead[0] == Sign::Dash && !sounds_spoken(units, i);
        progress.enter(unit, before, pause);
        let (place, sentence) = sentences.get(i).copied().unwrap_or_default();
        let view = View {
            unit,
            before,
            next,
            sentence,
            style,
            place,
            lead: signs(unit.lead) | u32::from(unit.first) << 8,
            trail_before: if unit.first { 15 } else { before.trail as u32 | u32::from(before.closes) << 4 },
            trail: unit.trail as u32 | u32::from(unit.closes) << 4,
            incise: unit.incise as u32,
            marked: u32::from(unit.marked) | u32::from(unit.repaired) << 2,
            capital: unit.capital.into(),
            colon: if before.trail == Sign::Colon { 1 + u32::from(before.words & bit::SPEECH != 0) } else { 0 },
            start: if next.first { 15 } else { next.lead[0] as u32 | (next.incise as u32) << 4 },
            turn: signs(progress.opening),
            next_lead: next_leads.get(i).copied().unwrap_or(0),
            since_start: position(progress.since[0]),
            dash_near: position(progress.since[1]),
            since_incise: position(progress.since[2]),
            bracket: progress.brackets.min(1) | u32::from(unit.lead[0] == Sign::Bracket) << 1,
            doc: u32::from(style.dashes) | u32::from(style.marks) << 2 | u32::from(style.run_on) << 4,
            size: position(unit.body.len() as usize),
            interrupted: progress.interrupted as u32,
        };
        table.bars.push(progress.bar(unit, before, style, pause));
        let plain = count(&table);
        view.plain(&mut Features { out: &mut table.hashes });
        table.starts.push((plain, count(&table)));
        view.crossed(&mut Features { out: &mut table.hashes });
        progress.leave(unit, before);
    }
    let end = count(&table);
    table.starts.push((end, end));
    table
}

/// Scores of features: the weights in use, or those in training.
pub trait Weights {
    /// The weight of a feature with a voice; crossed features also with the voice before.
    fn weight(&self, hash: u32) -> f32;
}

/// The cell of a plain feature with a voice.
#[must_use]
pub fn plain(hash: u32, voice: Voice) -> u32 {
    hash ^ (voice as u32 + 1).wrapping_mul(0x9E37_79B9)
}

/// The cell of a crossed feature with the voice before and the voice.
#[must_use]
pub fn crossed(hash: u32, before: Voice, voice: Voice) -> u32 {
    hash ^ (4 + voice as u32 * 3 + before as u32).wrapping_mul(0x85EB_CA77)
}

/// The logarithms of how likely each voice is after the voice `before`, for a unit of these features.
#[must_use]
pub fn steps(hashes: &[u32], before: Voice, weights: &impl Weights) -> [f32; 3] {
    steps_from(plain_scores(hashes, weights), hashes, before, weights)
}

fn steps_from(mut scores: [f32; 3], hashes: &[u32], before: Voice, weights: &impl Weights) -> [f32; 3] {
    for (score, voice) in scores.iter_mut().zip(Voice::ALL) {
        *score += hashes.iter().map(|&hash| weights.weight(crossed(hash, before, voice))).sum::<f32>();
        // An incise follows speech or goes on.
        if voice == Voice::Incise && before == Voice::Narration {
            *score = f32::NEG_INFINITY;
        }
    }
    let largest = scores.into_iter().fold(f32::NEG_INFINITY, f32::max);
    let total = largest + scores.iter().map(|score| (score - largest).exp()).sum::<f32>().ln();
    scores.map(|score| score - total)
}

/// The scores that features give the voices whatever the voice before.
fn plain_scores(hashes: &[u32], weights: &impl Weights) -> [f32; 3] {
    Voice::ALL.map(|voice| hashes.iter().map(|&hash| weights.weight(plain(hash, voice))).sum())
}

/// The likeliest sequence of voices for units `range` of the table; it starts after narration.
#[must_use]
pub fn decode(table: &FeatureTable, range: std::ops::Range<usize>, weights: &impl Weights) -> Vec<Voice> {
    let mut best = [0.0_f32, f32::NEG_INFINITY, f32::NEG_INFINITY];
    let mut back: Vec<[u8; 3]> = Vec::with_capacity(range.len());
    for unit in range {
        let hashes = table.all(unit);
        let plain = plain_scores(hashes, weights);
        let mut scores = [f32::NEG_INFINITY; 3];
        let mut from = [0_u8; 3];
        for (code, before) in (0_u8..).zip(Voice::ALL) {
            let reached = best.get(usize::from(code)).copied().unwrap_or(f32::NEG_INFINITY);
            if reached == f32::NEG_INFINITY {
                continue;
            }
            let mut steps = steps_from(plain, hashes, before, weights);
            table.bar(unit, before, &mut steps);
            for ((slot, origin), step) in scores.iter_mut().zip(&mut from).zip(steps) {
                if reached + step > *slot {
                    (*slot, *origin) = (reached + step, code);
                }
            }
        }
        best = scores;
        back.push(from);
    }
    let mut voice = (0..3_u8).max_by(|a, b| {
        let score = |i: u8| best.get(usize::from(i)).copied().unwrap_or(f32::NEG_INFINITY);
        score(*a).total_cmp(&score(*b))
    });
    let mut path = Vec::with_capacity(back.len());
    for from in back.iter().rev() {
        let here = voice.unwrap_or(0);
        path.push(Voice::ALL.get(usize::from(here)).copied().unwrap_or_default());
        voice = from.get(usize::from(here)).copied();
    }
    path.reverse();
    path
}

/// The weights of a model file.
#[derive(Debug, Default, Clone, Copy)]
pub struct SpeechModel {
    /// Shape `(n,)`, i8, n a power of two.
    weights: &'static [u8],
    /// What one step of a weight stands for.
    scale: f32,
}

impl SpeechModel {
    /// A view of `bytes`.
    ///
    /// # Errors
    /// If the magic, the version or the size is not that of a model.
    pub fn open(bytes: &'static [u8]) -> Result<Self> {
        let wrong = || Error::data("speech model: wrong header or size; build it anew with examples/train_speech.rs");
        let number =
            |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes).ok_or_else(wrong);
        if bytes.get(..8) != Some(MAGIC) || number(8)? != VERSION {
            return Err(wrong());
        }
        let weights = bytes.get(HEADER..).ok_or_else(wrong)?;
        if weights.len() != number(12)? as usize || !weights.len().is_power_of_two() {
            return Err(wrong());
        }
        Ok(Self { weights, scale: f32::from_bits(number(16)?) })
    }

    /// The bytes of a model file with these weights.
    #[must_use]
    pub fn write(weights: &[i8], scale: f32) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(VERSION.to_le_bytes());
        out.extend(u32::try_from(weights.len()).unwrap_or(0).to_le_bytes());
        out.extend(scale.to_le_bytes());
        out.extend(weights.iter().map(|w| w.to_le_bytes()[0]));
        out
    }
}

impl Weights for SpeechModel {
    fn weight(&self, hash: u32) -> f32 {
        let mask = self.weights.len().wrapping_sub(1);
        self.weights.get(hash as usize & mask).map_or(0.0, |&byte| f32::from(i8::from_le_bytes([byte])) * self.scale)
    }
}

/// The shipped model.
#[must_use]
pub fn model() -> &'static SpeechModel {
    &MODEL
}

/// The voices of all units by these weights.
#[must_use]
pub fn voices(units: &[Unit], weights: &impl Weights) -> Vec<Voice> {
    let table = features(units, style(units));
    decode(&table, 0..units.len(), weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_model_opens_and_is_not_empty() {
        let model = SpeechModel::open(BYTES).unwrap();
        assert!(model.weights.iter().any(|&byte| byte != 0));
    }

    #[test]
    fn a_file_that_is_none_is_refused() {
        assert!(SpeechModel::open(b"proposSP").is_err());
        assert!(SpeechModel::open(b"").is_err());
    }
}
