//! The words that open a quotation: reporting verbs with their group, found by lemma and form.
//!
//! The lexicon is `data/cues.txt`, one verb or idiom a line with the frames it takes. [`find`] gives one [`VerbCue`] for
//! each verb of the lexicon in a range: the group as it stands ("n'a-t-elle pas déclaré"), its form, its clitic subject,
//! whether it is passive, negated or questioned. Each verb looks at most [`GROUP`] tokens around itself.

use std::sync::LazyLock;

use crate::lexicon;
use crate::morph::Upos;
use crate::quote::phrase;
use crate::quote::view::{View, Word};
use crate::text::TokenRange;
use crate::token::{Map, TokenKind};

/// Tokens a verb group spreads to either side of its verb.
const GROUP: u32 = 9;

/// Tokens between a verb and the infinitive that it governs past somebody.
const GAP: u32 = 10;

/// How the utterance can stand with a verb; see the head of `data/cues.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "a set of frames and flags, each named as in the data file")]
pub(crate) struct Frames {
    pub(crate) que: bool,
    pub(crate) si: bool,
    pub(crate) inf: bool,
    pub(crate) de: bool,
    pub(crate) a: bool,
    pub(crate) inc: bool,
    pub(crate) np: bool,
    pub(crate) attr: bool,
    pub(crate) belief: bool,
    pub(crate) ask: bool,
    pub(crate) weak: bool,
    pub(crate) obj: bool,
    pub(crate) pour: bool,
}

impl Frames {
    const NONE: Self = Self {
        que: false,
        si: false,
        inf: false,
        de: false,
        a: false,
        inc: false,
        np: false,
        attr: false,
        belief: false,
        ask: false,
        weak: false,
        obj: false,
        pour: false,
    };
}

/// One line of the lexicon.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The lemma as it is written in the file.
    pub(crate) lemma: &'static str,
    /// It is a reflexive verb.
    pub(crate) reflexive: bool,
    /// "y" stands before it ("y voir").
    pub(crate) there: bool,
    /// What follows the verb in an idiom ("valoir" of "faire valoir").
    pub(crate) tail: Vec<&'static str>,
    /// How the utterance can stand with it.
    pub(crate) frames: Frames,
}

/// Entries by the lemma of their first word.
static LEXICON: LazyLock<Map<Vec<Entry>>> = LazyLock::new(|| {
    let mut lexicon: Map<Vec<Entry>> = Map::default();
    for (key, entry) in parse(include_str!("../data/cues.txt")) {
        lexicon.entry(key).or_default().push(entry);
    }
    // The longest idiom first: "faire savoir" before "faire".
    for entries in lexicon.values_mut() {
        entries.sort_by_key(|entry| (std::cmp::Reverse(entry.tail.len()), !entry.there, !entry.reflexive));
    }
    lexicon
});

/// The lines of the lexicon with the lemma of their first word; a line that cannot be read is left out (a test reads all).
fn parse(data: &'static str) -> impl Iterator<Item = (&'static str, Entry)> {
    data.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).filter_map(|line| {
        let mut fields = line.split(" : ");
        let lemma = fields.next()?.trim();
        let mut frames = Frames::default();
        for name in fields.flat_map(str::split_whitespace) {
            *match name {
                "que" => &mut frames.que,
                "si" => &mut frames.si,
                "inf" => &mut frames.inf,
                "de" => &mut frames.de,
                "à" => &mut frames.a,
                "inc" => &mut frames.inc,
                "np" => &mut frames.np,
                "attr" => &mut frames.attr,
                "belief" => &mut frames.belief,
                "ask" => &mut frames.ask,
                "weak" => &mut frames.weak,
                "obj" => &mut frames.obj,
                "pour" => &mut frames.pour,
                _ => return None,
            } = true;
        }
        let bare = lemma.strip_prefix("se ").or_else(|| lemma.strip_prefix("s'"));
        let there = lemma.strip_prefix("y ");
        let mut words = bare.or(there).unwrap_or(lemma).split([' ']);
        let key = words.next()?;
        let entry = Entry { lemma, reflexive: bare.is_some(), there: there.is_some(), tail: words.collect(), frames };
        Some((key, entry))
    })
}

/// The form of the verb that carries the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// "déclare", "a déclaré"
    Finite,
    /// "(pour) déclarer"
    Infinitive,
    /// "déclarant", "en déclarant"
    Gerund,
    /// "(interrogé,) déclaré": a past participle without auxiliary
    Participle,
}

/// A reporting verb in its group.
#[derive(Debug, Clone, Copy)]
pub(crate) struct VerbCue {
    /// The lexical verb.
    pub(crate) verb: u32,
    /// The group as it stands.
    pub(crate) range: TokenRange,
    /// Its line in the lexicon.
    pub(crate) entry: &'static Entry,
    /// Its form.
    pub(crate) form: Form,
    /// The clitic subject in it ("-t-elle").
    pub(crate) clitic: Option<u32>,
    /// First token of what belongs to the group on its left, object clitics included.
    pub(crate) left: u32,
    /// The verb that agrees with the subject.
    pub(crate) finite: u32,
    /// "a été qualifié".
    pub(crate) passive: bool,
    /// "n'a pas dit".
    pub(crate) negated: bool,
}

/// The reporting verbs of a range, in order.
pub(crate) fn find(view: &View, range: TokenRange) -> Vec<VerbCue> {
    let mut found: Vec<VerbCue> = Vec::new();
    let verbless = is_verbless(view, range);
    for at in range.start..range.end {
        if !(is_verb(view, at) || verbless && is_mistaken(view, at, range))
            || found.last().is_some_and(|last| last.range.has(at))
        {
            continue;
        }
        if let Some(cue) = cue(view, at, range) {
            found.push(cue);
        }
    }
    found
}

/// True if no finite verb stands in the range before the first clause that depends on another.
fn is_verbless(view: &View, range: TokenRange) -> bool {
    const FIRST: u32 = 60;
    for at in range.start..range.end.min(range.start + FIRST) {
        match view.word(at) {
            Word::Que | Word::Qui | Word::Relative | Word::Mark => return true,
            _ if matches!(view.upos(at), Upos::Verb | Upos::Aux) && view.tag(at).feats.is_finite() => return false,
            _ => {}
        }
    }
    range.len() < FIRST
}

/// "La cinéaste critique un système": in a sentence that has no verb, a form of a reporting verb between a noun and
/// what it can govern is one, though it was read as a noun or adjective.
fn is_mistaken(view: &View, at: u32, range: TokenRange) -> bool {
    let read_as_noun = matches!(view.upos(at), Upos::Noun | Upos::Adj);
    // "Son chef, Paul Roux, reproche au maire d'avoir menti": an apposition may close before it.
    let before = if at > range.start + 1 && view.is(at - 1, Word::Comma) { at - 2 } else { at.saturating_sub(1) };
    let comma = before + 2 == at;
    let after_noun = at > range.start
        && if comma {
            matches!(view.upos(before), Upos::Propn | Upos::Adj)
                || view.upos(before) == Upos::Verb && !view.tag(before).feats.is_finite()
        } else {
            matches!(view.upos(before), Upos::Noun | Upos::Adj | Upos::Propn)
        };
    let next = phrase::past_aside(view, at + 1);
    // "reproche au maire d'avoir menti"
    let to_whom = || {
        matches!(view.word(at + 1), Word::A | Word::Au)
            && (at + 2..range.end.min(at + GAP))
                .any(|at| view.is(at, Word::De) && view.tag(at + 1).feats.is_infinitive())
    };
    let governs = matches!(view.upos(next), Upos::Det)
        || to_whom()
        // "invite à « lire le texte »", "titre en une : « P »"
        || matches!(view.word(at + 1), Word::A | Word::De) && view.opening(at + 2).is_some()
        || (at + 2..at + 5).any(|colon| view.is(colon, Word::Colon) && view.opening(colon + 1).is_some())
        || view.is(at + 1, Word::Que) && view.upos(at + 1) == Upos::Sconj
        || view.is(at + 1, Word::Colon) && view.opening(at + 2).is_some();
    read_as_noun
        && after_noun
        && governs
        && view.upos(range.start) == Upos::Det
        && !view.in_marks(at)
        && as_verb(view, at).is_some_and(|lemma| {
            LEXICON.get(&*lemma).is_some_and(|entries| {
                entries.iter().any(|entry| !entry.frames.weak && entry.tail.is_empty() && !entry.reflexive)
            })
        })
}

/// True if the token can be the lexical verb of a group: tagged as a verb, or a verb form right after a closing mark or
/// before a clitic subject, where the tagger has little to go by ("… », juge le ministre").
fn is_verb(view: &View, at: u32) -> bool {
    if is_hidden_gerund(view, at) {
        return true;
    }
    match view.upos(at) {
        Upos::Verb => true,
        Upos::Aux => !view.is(at + 1, Word::Other) || next_is_tail(view, at),
        Upos::Punct | Upos::Adp | Upos::Det | Upos::Propn | Upos::Pron | Upos::Cconj | Upos::Sconj => false,
        _ => {
            view.kind(at) == Some(TokenKind::Word)
                && (view.is(at + 1, Word::Inverted)
                    || after_mark(view, at)
                    || governs_que(view, at)
                    || before_name(view, at)
                    || in_speech(view, at))
                && as_verb(view, at).is_some()
        }
    }
}

/// "« Il a tort, lâche la voisine. Q »": after a comma between marks, before an article or name and a stop that ends it.
fn in_speech(view: &View, at: u32) -> bool {
    const SHORT: u32 = 12;
    let comma = |at: u32| at.checked_sub(1).is_some_and(|before| view.is(before, Word::Comma));
    // "…, le gronde l'infirmière. Q »": whom it is said to may stand between.
    let object = at > 0 && matches!(&*view.norm(at - 1), "le" | "la" | "les" | "l'" | "lui" | "leur") && comma(at - 1);
    let comma = comma(at) || object;
    let stop = || (at + 2..at + SHORT).find(|&at| matches!(view.word(at), Word::Comma | Word::Stop));
    // "lâche Anne Roux, directrice de l'école.": a name takes what a comma brings.
    let named = |stop: u32| (at + 1..stop).all(|at| view.upos(at) == Upos::Propn);
    comma
        && view.in_marks(at)
        && matches!(view.upos(at + 1), Upos::Det | Upos::Propn)
        && stop().is_some_and(|at| view.form(at) == "." || named(at))
        && tells_in_incise(view, at, true)
}

/// True if the token, read as a verb, opens incises; a weak one only if `weak`.
fn tells_in_incise(view: &View, at: u32, weak: bool) -> bool {
    let incise = |entry: &Entry| entry.frames.inc && entry.tail.is_empty() && (weak || !entry.frames.weak);
    as_verb(view, at).is_some_and(|lemma| LEXICON.get(&*lemma).is_some_and(|entries| entries.iter().any(incise)))
}

/// "…, nuance Anne Roux.": a verb of incises that was read as a noun, between a comma and a name of two words.
fn before_name(view: &View, at: u32) -> bool {
    at.checked_sub(1).is_some_and(|before| view.is(before, Word::Comma))
        && view.upos(at + 1) == Upos::Propn
        && view.upos(at + 2) == Upos::Propn
        && tells_in_incise(view, at, false)
}

/// "le mécanicien, 42 ans, juge que": no determiner or adjective before it, a conjunction after it.
fn governs_que(view: &View, at: u32) -> bool {
    let before = at.checked_sub(1).map_or(Upos::X, |before| view.upos(before));
    view.is(at + 1, Word::Que)
        && view.upos(at + 1) == Upos::Sconj
        && matches!(before, Upos::Punct | Upos::Pron | Upos::Propn | Upos::Cconj)
}

/// "en déclarant que": a present participle after "en" that was read as a noun or adjective.
fn is_hidden_gerund(view: &View, at: u32) -> bool {
    matches!(view.upos(at), Upos::Noun | Upos::Adj)
        && view.form(at).ends_with("ant")
        && at.checked_sub(1).is_some_and(|before| view.is(before, Word::En))
        && as_gerund(view, at).is_some()
}

/// The lemma of the token as a present participle, if the lexicon knows it as one.
fn as_gerund<'a>(view: &View<'a>, at: u32) -> Option<std::borrow::Cow<'a, str>> {
    let norm = view.norm(at);
    lexicon::lookup(&norm)
        .find(|entry| entry.upos() == Upos::Verb && entry.feats().is_participle() && !entry.feats().is_past())
        .map(|entry| entry.lemma().into_owned().into())
}

/// "fait savoir": a verb that an idiom begins with may be tagged as an auxiliary.
fn next_is_tail(view: &View, at: u32) -> bool {
    LEXICON.get(&*view.lemma(at)).is_some_and(|entries| entries.iter().any(|entry| !entry.tail.is_empty()))
}

/// True if the token comes right after a closing mark, or after one and a comma.
fn after_mark(view: &View, at: u32) -> bool {
    let closes = |at: u32| view.closing(at).is_some();
    at.checked_sub(1).is_some_and(closes)
        || at.checked_sub(2).is_some_and(|mark| closes(mark) && view.is(at - 1, Word::Comma))
}

/// The lemma of the token as a finite verb, if the lexicon knows it as one.
fn as_verb<'a>(view: &View<'a>, at: u32) -> Option<std::borrow::Cow<'a, str>> {
    let norm = view.norm(at);
    lexicon::lookup(&norm)
        .find(|entry| entry.upos() == Upos::Verb && entry.feats().is_finite())
        .map(|entry| entry.lemma().into_owned().into())
}

/// The group around the verb at `at`, if the lexicon has it.
fn cue(view: &View, at: u32, range: TokenRange) -> Option<VerbCue> {
    let lemma = if matches!(view.upos(at), Upos::Verb | Upos::Aux) {
        view.lemma(at)
    } else if is_hidden_gerund(view, at) {
        as_gerund(view, at)?
    } else {
        as_verb(view, at)?
    };
    let Some(entries) = LEXICON.get(&*lemma) else { return open_cue(view, at, range) };
    if lemma == "dire" && names_a_thing(view, at, range) {
        return None;
    }
    let mut group = raised(view, group(view, at, range), range);
    // "n'y voit qu'« une farce »": nothing else, but that.
    let only = view.is(group.end, Word::Que) && view.opening(group.end + 1).is_some();
    group.negated &= !only || is_denied(view, group.finite);
    // Who does not hide something says it; who hides it does not.
    if lemma == "cacher" {
        if !group.negated || group.reflexive || group.passive {
            return None;
        }
        group.negated = false;
    }
    let next = Next::at(view, group.end);
    let there = (group.left..group.finite).any(|at| view.norm(at) == "y");
    let fits = |entry: &&Entry| entry.reflexive == group.reflexive && (there || !entry.there);
    let known = entries.iter().filter(fits).find_map(|entry| {
        let end = match entry.tail.first() {
            None => group.end,
            Some(first) if next.may_be(first) => tail_end(view, group.end, entry)?,
            Some(_) => return None,
        };
        Some((entry, end))
    });
    match known {
        Some((entry, end)) => Some(group.cue(at, end, entry)),
        None => open_cue(view, at, range),
    }
}

/// "le mécanisme provisoire dit « clause bleue »", "un mot qui veut dire « moineau »": what something is called, said by nobody.
fn names_a_thing(view: &View, at: u32, range: TokenRange) -> bool {
    if view.opening(at + 1).is_none() || at <= range.start {
        return false;
    }
    if view.lemma(at - 1) == "vouloir" {
        return true;
    }
    // "s'est pour sa part dit « lassé »" has an auxiliary.
    let auxiliary = (range.start.max(at.saturating_sub(GROUP))..at).rev().find(|&at| view.upos(at) == Upos::Aux);
    let grouped = auxiliary.is_some_and(|auxiliary| {
        !(auxiliary + 1..at).any(|at| view.upos(at) == Upos::Verb && view.tag(at).feats.is_participle())
    });
    let bare = !grouped && matches!(&*view.norm(at), "dit" | "dite" | "dits" | "dites");
    let noun = (range.start..at).rev().find(|&at| view.upos(at) != Upos::Adj);
    bare && noun
        .is_some_and(|noun| view.upos(noun) == Upos::Noun && !phrase::can_speak(view, TokenRange::new(noun, at)))
}

/// "a fini par lâcher Paul", "s'est borné à dire", "tient à préciser Anne": the group of an infinitive with the verb above it,
/// which says how it was said and has the subject.
fn raised(view: &View, group: Group, range: TokenRange) -> Group {
    if group.form != Form::Infinitive {
        return group;
    }
    let governor = || {
        let preposition = group.left.checked_sub(1).filter(|&at| at > range.start)?;
        let before = preposition - 1;
        let verb = if view.is(before, Word::Inverted) { before.checked_sub(1)? } else { before };
        let above = match &*view.norm(preposition) {
            "par" => view.lemma(verb) == "finir",
            "à" => matches!(&*view.lemma(verb), "tenir" | "borner"),
            "de" | "d'" => matches!(&*view.lemma(verb), "contenter" | "empresser" | "hâter"),
            _ => false,
        };
        (above && verb >= range.start && view.upos(verb) == Upos::Verb).then(|| self::group(view, verb, range))
    };
    match governor() {
        Some(above) if above.form == Form::Finite => Group {
            start: above.start,
            left: above.left,
            finite: above.finite,
            form: Form::Finite,
            clitic: above.clitic,
            negated: above.negated,
            ..group
        },
        _ => group,
    }
}

/// A verb that the lexicon does not have, where only an incise can stand: in French any verb with its subject after it
/// can tell whose words those are ("« P », grimace Paul", "« P, s'emballe Anne. Q »", "« P », a-t-il laissé tomber").
fn open_cue(view: &View, at: u32, range: TokenRange) -> Option<VerbCue> {
    let floor = range.start.max(at.saturating_sub(GROUP));
    let set_off = |at: u32| view.closing(at).is_some() || view.is(at, Word::Comma);
    if view.pairs.is_empty() || is_auxiliary(view, at) || !(floor..at).any(set_off) {
        return None;
    }
    let group = group(view, at, range);
    let before = group.left.checked_sub(1).filter(|&before| before >= range.start)?;
    if group.form != Form::Finite || group.passive || !(after_mark(view, group.left) || view.is(before, Word::Comma)) {
        return None;
    }
    // "a-t-il laissé tomber", "fait mine de croire": the infinitive belongs to it.
    let infinitive = matches!(&*view.lemma(at), "laisser" | "faire") && view.tag(group.end).feats.is_infinitive();
    let end = group.end + u32::from(infinitive);
    Some(group.cue(at, end, &OPEN))
}

/// The letters with which the tail of an idiom can begin here: verbs like "faire" have dozens of idioms, and most words
/// begin none.
struct Next([Option<char>; 4]);

impl Next {
    /// The tokens at `at` and, after an adverb, behind it.
    fn at(view: &View, at: u32) -> Self {
        let initials = |at: u32| [view.norm(at).chars().next(), view.lemma(at).chars().next()];
        let [form, lemma] = initials(at);
        let [next_form, next_lemma] = if view.upos(at) == Upos::Adv { initials(at + 1) } else { [None, None] };
        Self([form, lemma, next_form, next_lemma])
    }

    fn may_be(&self, word: &str) -> bool {
        self.0.contains(&word.chars().next())
    }
}

/// Where the idiom's tail ends if it stands at `at`, an adverb or object clitic allowed before it.
fn tail_end(view: &View, at: u32, entry: &Entry) -> Option<u32> {
    let mut here = at;
    let mut words = entry.tail.iter().flat_map(|part| part.split_inclusive('\''));
    let mut first = true;
    loop {
        let Some(word) = words.next() else { return Some(here) };
        if first && view.upos(here) == Upos::Adv {
            here += 1;
        }
        first = false;
        let form = view.norm(here);
        let agrees = *form == *word
            || view.lemma(here) == *word
            || (view.tag(here).feats.is_participle() || view.upos(here) == Upos::Adj)
                && form.trim_end_matches('s').trim_end_matches('e') == word.trim_end_matches('s').trim_end_matches('e');
        if !agrees {
            return None;
        }
        here += 1;
    }
}

/// What a verb that the lexicon does not have opens: an incise.
static OPEN: Entry = Entry { lemma: "", reflexive: false, there: false, tail: Vec::new(), frames: Frames::NONE };

impl Group {
    fn cue(self, verb: u32, end: u32, entry: &'static Entry) -> VerbCue {
        VerbCue {
            verb,
            range: TokenRange::new(self.start, end),
            entry,
            form: self.form,
            clitic: self.clitic,
            left: self.left,
            finite: self.finite,
            passive: self.passive,
            negated: self.negated,
        }
    }
}

struct Group {
    start: u32,
    left: u32,
    end: u32,
    finite: u32,
    form: Form,
    clitic: Option<u32>,
    reflexive: bool,
    passive: bool,
    negated: bool,
}

/// Auxiliaries, adverbs, negation and clitics around the verb at `verb`.
fn group(view: &View, verb: u32, range: TokenRange) -> Group {
    let feats = view.tag(verb).feats;
    // "n'a pas dit qu'il": a form that is both, read as a finite verb, is a participle after an auxiliary.
    let participle =
        feats.is_participle() && feats.is_past() || feats.is_finite() && follows_auxiliary(view, verb, range);
    let mut group = Group {
        start: verb,
        left: verb,
        end: verb + 1,
        finite: verb,
        form: if participle {
            Form::Participle
        } else if feats.is_participle() || is_hidden_gerund(view, verb) {
            Form::Gerund
        } else if feats.is_infinitive() && view.norm(verb).ends_with(['r', 'e']) {
            Form::Infinitive
        } else {
            Form::Finite
        },
        clitic: None,
        reflexive: false,
        passive: false,
        negated: false,
    };
    let floor = range.start.max(verb.saturating_sub(GROUP));
    let mut at = verb;
    if participle {
        at = auxiliaries(view, &mut group, at, floor);
        if group.start == verb && group.form == Form::Participle {
            lone_participle(view, &mut group, range);
        }
    }
    // A clitic subject after the finite verb: "dit-il"; "a-t-il dit" was met on the way.
    if view.is(group.end, Word::Inverted) && group.end < range.end && group.clitic.is_none() {
        group.clitic = Some(group.end);
        group.end += 1;
    }
    clitics(view, &mut group, at, floor);
    group
}

/// A past participle without auxiliary: it shares the one of another report ("a dit que P et ajouté que Q"), or is a
/// finite verb after all ("Paul et Luc | dit que", misread).
fn lone_participle(view: &View, group: &mut Group, range: TokenRange) {
    const FAR: u32 = 60;
    let verb = group.start;
    let mut joint = verb;
    while joint > range.start && view.upos(joint - 1) == Upos::Adv {
        joint -= 1;
    }
    let Some(joint) = joint.checked_sub(1).filter(|&at| at >= range.start) else { return };
    let ending = view.form(verb);
    let agrees =
        ending.ends_with('e') || ending.ends_with('s') && !matches!(&*view.lemma(verb), "promettre" | "permettre");
    // "un but de Paul Roux, surnommé « le Loup »"
    let named = matches!(&*view.lemma(verb), "surnommer" | "baptiser");
    let takes_it = matches!(view.word(joint), Word::Et | Word::Mais | Word::Comma) && !named;
    if takes_it && !agrees && !view.is(verb + 1, Word::Par) {
        let level = view.level(verb);
        let mut nearest = None;
        for at in (range.start.max(joint.saturating_sub(FAR))..joint).rev() {
            if view.level(at) != level || view.is(at, Word::Semicolon) {
                continue;
            }
            let auxiliary = matches!(view.upos(at), Upos::Aux | Upos::Verb)
                && view.tag(at).feats.is_finite()
                && view.lemma(at) == "avoir";
            if !auxiliary {
                continue;
            }
            let shared = (at + 1..joint.min(at + 5))
                .find(|&at| view.upos(at) == Upos::Verb)
                .filter(|&at| view.tag(at).feats.is_participle() && view.tag(at).feats.is_past());
            let Some(shared) = shared else { continue };
            nearest = nearest.or(Some(at));
            let reports = |entries: &Vec<Entry>| entries.iter().any(|entry| entry.tail.is_empty() && !entry.there);
            if LEXICON.get(&*view.lemma(shared)).is_some_and(reports) {
                nearest = Some(at);
                break;
            }
        }
        if let Some(auxiliary) = nearest {
            group.form = Form::Finite;
            group.finite = auxiliary;
            return;
        }
    }
    // "Sa mère décrit « six nuits »": the only verb of its sentence, between its subject and what it governs.
    let alone = || {
        !(range.start..range.end).any(|at| {
            matches!(view.upos(at), Upos::Verb | Upos::Aux) && view.tag(at).feats.is_finite() && !view.in_marks(at)
        })
    };
    let noun = matches!(view.upos(joint), Upos::Noun | Upos::Propn | Upos::Adj);
    if joint + 1 == verb && noun && view.opening(verb + 1).is_some() && as_verb(view, verb).is_some() && alone() {
        group.form = Form::Finite;
        return;
    }
    // "La présidente, Anne Roux, craint que"
    let apposed = view.is(joint, Word::Comma)
        && !agrees
        && joint > range.start
        && matches!(view.upos(joint - 1), Upos::Propn | Upos::Noun | Upos::Adj);
    let subject = apposed || matches!(view.word(joint), Word::Et | Word::Mais) || view.upos(joint) == Upos::Propn;
    if subject && view.is(verb + 1, Word::Que) && as_verb(view, verb).is_some() {
        group.form = Form::Finite;
    }
}

/// True if an auxiliary stands before the verb, with nothing but adverbs and a clitic subject between.
fn follows_auxiliary(view: &View, verb: u32, range: TokenRange) -> bool {
    const NEAR: u32 = 4;
    // "a quant à elle fait valoir"
    let contrast = |at: u32| (at.saturating_sub(2)..=at).any(|at| view.norm(at) == "quant");
    let between = |at: u32| {
        view.upos(at) == Upos::Adv
            || view.is(at, Word::Pas)
            || view.is(at, Word::Inverted)
            || matches!(&*view.norm(at), "quant" | "à" | "lui" | "elle" | "eux" | "elles") && contrast(at)
    };
    let floor = range.start.max(verb.saturating_sub(NEAR));
    let Some(before) = (floor..verb).rev().find(|&at| !between(at)) else { return false };
    is_auxiliary(view, before) && can_be_past_participle(view, verb)
}

/// True if the lexicon has the form as a past participle, whatever the tag.
pub(crate) fn can_be_past_participle(view: &View, at: u32) -> bool {
    lexicon::lookup(&view.norm(at)).any(|entry| entry.feats().is_participle() && entry.feats().is_past())
}

/// Goes left from a past participle to its auxiliaries; returns the leftmost verb.
fn auxiliaries(view: &View, group: &mut Group, verb: u32, floor: u32) -> u32 {
    let mut at = verb;
    let mut leftmost = verb;
    let mut emphatic = false;
    while at > floor {
        at -= 1;
        let upos = view.upos(at);
        match upos {
            Upos::Aux | Upos::Verb => {
                let lemma = view.lemma(at);
                if lemma != "avoir" && lemma != "être" {
                    break;
                }
                // "a été dit": être under avoir; "est dit" is passive unless reflexive (decided when clitics are read).
                if lemma == "être" {
                    group.passive = true;
                }
                let feats = view.tag(at).feats;
                leftmost = at;
                group.finite = at;
                group.form = if feats.is_infinitive() {
                    Form::Infinitive
                } else if feats.is_participle() && !feats.is_past() {
                    Form::Gerund
                } else if feats.is_participle() {
                    Form::Participle
                } else {
                    Form::Finite
                };
                if group.form != Form::Participle {
                    break;
                }
            }
            // "a tout de même reconnu"
            _ if view.norm(at) == "même" && at > floor + 1 && view.norm(at - 2) == "tout" => at -= 2,
            // "a quant à elle fait valoir"
            Upos::Pron if at > floor + 1 && view.norm(at - 2) == "quant" => at -= 2,
            Upos::Adv => {
                if view.is(at, Word::Pas) || is_negation(view, at) {
                    group.negated = true;
                }
                // "a d'ores et déjà annoncé"
                if at > floor + 3 && view.norm(at) == "déjà" && view.norm(at - 2) == "ores" {
                    at -= 3;
                    continue;
                }
                // "a par ailleurs ajouté": an adverb with its preposition.
                if at > floor + 1 && view.upos(at - 1) == Upos::Adp && is_auxiliary(view, at - 2) {
                    at -= 1;
                }
            }
            // "De Pavant à indiqué": the accent is a slip, for no preposition stands before a participle.
            Upos::Adp if at + 1 == verb && view.form(at) == "à" => {
                leftmost = at;
                group.finite = at;
                group.form = Form::Finite;
                break;
            }
            // "a depuis recommandé"
            Upos::Adp if view.norm(at) == "depuis" && at > floor && is_auxiliary(view, at - 1) => {}
            _ if view.is(at, Word::Inverted) => group.clitic = Some(at),
            // "avait, elle, condamné", "a, selon lui, dit".
            _ if view.is(at, Word::Comma) => {
                if emphatic {
                    continue;
                }
                emphatic = true;
            }
            Upos::Pron if emphatic || is_emphatic(view, at) => {}
            // "a pour sa part déclaré", "a par la suite confirmé", "a à plusieurs reprises dit"
            Upos::Noun if aside(view, at, floor).is_some() => at = aside(view, at, floor).unwrap_or(at),
            _ if view.is(at, Word::Pas) => group.negated = true,
            _ => break,
        }
    }
    if leftmost == verb {
        group.negated = false;
        group.clitic = None;
    }
    group.start = leftmost;
    leftmost
}

/// "a, elle, dit", "a lui aussi dit"
fn is_emphatic(view: &View, at: u32) -> bool {
    matches!(&*view.norm(at), "elle" | "lui" | "eux" | "elles" | "elle-même" | "lui-même" | "eux-mêmes" | "elles-mêmes")
        && at.checked_sub(1).is_some_and(|before| is_auxiliary(view, before))
}

fn is_auxiliary(view: &View, at: u32) -> bool {
    view.upos(at) == Upos::Aux || view.upos(at) == Upos::Verb && matches!(&*view.lemma(at), "avoir" | "être")
}

/// The preposition of a short adverbial that ends at `noun`, right after an auxiliary: "pour sa part", "par la suite".
fn aside(view: &View, noun: u32, floor: u32) -> Option<u32> {
    const SHORT: u32 = 3;
    let first = (floor.max(noun.saturating_sub(SHORT))..noun).rev().find(|&at| view.upos(at) == Upos::Adp)?;
    let plain = (first + 1..noun).all(|at| matches!(view.upos(at), Upos::Det | Upos::Adj));
    let auxiliary = first
        .checked_sub(1)
        .is_some_and(|at| is_auxiliary(view, at) || view.is(at, Word::Inverted) || view.is(at, Word::Pas));
    (plain && auxiliary).then_some(first)
}

fn is_negation(view: &View, at: u32) -> bool {
    matches!(&*view.norm(at), "pas" | "jamais" | "guère" | "point" | "nullement" | "rien")
}

/// Clitics and negation left of the finite verb; ne and reflexives belong to the cue, object clitics do not.
fn clitics(view: &View, group: &mut Group, verb: u32, floor: u32) {
    let mut at = verb;
    // "en déclarant", "pour ne pas dire": adverbs between the clitics and an infinitive or gerund.
    while at > floor {
        let before = at - 1;
        match view.word(before) {
            Word::Ne => {
                group.negated |= view.upos(at) != Upos::Adv || group.negated || is_denied(view, group.finite);
                group.start = before;
                at = before;
            }
            Word::Reflexive if is_plural_subject(view, before, group.finite) => break,
            Word::Reflexive => {
                let own = !matches!(&*view.norm(before), "nous" | "vous")
                    || before.checked_sub(1).is_some_and(|subject| view.norm(subject) == view.norm(before));
                let me = matches!(&*view.norm(before), "me" | "m'" | "te" | "t'");
                if own && !me {
                    group.reflexive = true;
                    group.passive = false;
                    group.start = before;
                } else if me && before.checked_sub(1).is_some_and(|subject| view.is(subject, Word::Subject)) {
                    // "je me suis dit": reflexive if the subject is je or tu.
                    let subject = view.norm(before - 1);
                    if subject.starts_with(if view.norm(before).starts_with('m') { 'j' } else { 't' }) {
                        group.reflexive = true;
                        group.passive = false;
                        group.start = before;
                    }
                }
                at = before;
            }
            Word::Clitic | Word::En if view.upos(before) == Upos::Pron => at = before,
            // "leur a-t-elle dit", read as a possessive before a verb.
            Word::Clitic
                if view.norm(before) == "leur"
                    && matches!(view.upos(at), Upos::Verb | Upos::Aux)
                    && view.tag(at).feats.is_finite() =>
            {
                at = before;
            }
            // "le gronde l'infirmière", read as an article and a noun.
            Word::Clitic if at == verb && !matches!(view.upos(verb), Upos::Verb | Upos::Aux) => at = before,
            _ if view.upos(before) == Upos::Adv && is_negation(view, before) && group.form == Form::Infinitive => {
                at = before;
            }
            _ => break,
        }
    }
    group.left = at;
    // "tient à préciser", "vient d'annoncer": the infinitive is the cue; its governor belongs to the speaker's search.
    if group.form == Form::Finite && !group.negated {
        group.negated = at < verb && (at..verb).any(|at| view.is(at, Word::Ne)) && is_denied(view, group.finite);
    }
}

/// True if "nous" or "vous" at `at` is the subject of the verb at `finite`, not its object.
fn is_plural_subject(view: &View, at: u32, finite: u32) -> bool {
    let person = match &*view.norm(at) {
        "nous" => 1,
        "vous" => 2,
        _ => return false,
    };
    let doubled = at.checked_sub(1).is_some_and(|before| view.norm(before) == view.norm(at));
    view.tag(finite).feats.person() == person && !doubled
}

/// True if "pas", "jamais" … follow the finite verb, in or after its group.
pub(crate) fn is_denied(view: &View, finite: u32) -> bool {
    (finite + 1..finite + 4).any(|at| view.is(at, Word::Pas) || is_negation(view, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_lexicon_can_be_read() {
        let data = include_str!("../data/cues.txt");
        let lines = data.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).count();
        assert_eq!(parse(data).count(), lines);
        assert!(lines >= 250, "{lines} verbs and idioms");
    }

    #[test]
    fn no_verb_stands_twice() {
        let mut lemmas: Vec<&str> = parse(include_str!("../data/cues.txt")).map(|(_, entry)| entry.lemma).collect();
        lemmas.sort_unstable();
        let twice: Vec<_> = lemmas.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn the_first_word_of_each_line_is_a_verb_of_the_lexicon() {
        for (key, entry) in parse(include_str!("../data/cues.txt")) {
            let known = lexicon::lookup(key).any(|entry| entry.upos() == Upos::Verb || entry.upos() == Upos::Aux);
            assert!(known, "{}: {key} is no verb of the lexicon", entry.lemma);
        }
    }
}
