//! From frames to quotations: competing frames are decided, what is left of the marked spans is attached or given a role.
//!
//! Takes the frames of all sentences and the turns of dialogue, gives the quotations by position with their parents, and
//! the marked spans with their roles. A quotation without cue is licensed by the discourse only: it follows another one,
//! or stands alone in a paragraph after one whose speaker is known.

use std::sync::LazyLock;

use crate::entity::{Mention, MentionKind};
use crate::lexicon;
use crate::morph::Upos;
use crate::quote::content;
use crate::quote::frame::Frame;
use crate::quote::marks::Pair;
use crate::quote::phrase;
use crate::quote::turn;
use crate::quote::view::{View, Word};
use crate::quote::{Cue, MarkRole, MarkedSpan, Quote, QuoteKind, Why};
use crate::text::TokenRange;
use crate::token::{Set, entries};

/// Quotations that a new one is compared with, from the last one back: what can overlap it is near.
const BACK: usize = 24;

/// Sentences between a quotation and one without cue that it licenses.
const RUNNING: u32 = 3;

/// The quotations of a text.
pub(crate) fn quotes(
    view: &View,
    paragraphs: &[TokenRange],
    frames: Vec<Frame>,
    turns: &[Frame],
) -> (Vec<Quote>, Vec<MarkedSpan>) {
    let frames = decide(view, turn::without(view, frames, turns));
    let turns: Vec<Frame> = turns.iter().filter_map(|turn| sound(view, turn.clone())).collect();
    let mut quotes: Vec<Quote> = frames.iter().chain(&turns).map(|frame| quote(view, frame)).collect();
    float(view, paragraphs, &mut quotes);
    quotes.sort_by_key(|quote| (position(quote), std::cmp::Reverse(end(quote))));
    parents(&mut quotes);
    let marked = view.pairs.iter().map(|pair| MarkedSpan {
        range: pair.inner,
        outer: pair.outer,
        role: role(view, &quotes, pair),
    });
    let marked = marked.collect();
    (quotes, marked)
}

/// The first token of a quotation: of its content or its cue, whichever comes first.
pub(crate) fn position(quote: &Quote) -> u32 {
    quote.cue.as_ref().map_or(u32::MAX, |cue| cue.range.start).min(start(quote))
}

/// The ranges in which somebody else than the narrator speaks, by position: marked spans and turns of dialogue.
pub(crate) fn spoken(view: &View, quotes: &[Quote]) -> Vec<TokenRange> {
    // Where the narrator interrupts inside the marks, only the parts of the quotation are spoken.
    let interrupted: Vec<u32> = quotes
        .iter()
        .filter(|quote| quote.why.content == "incise-in-marks")
        .filter_map(|quote| quote.cue.as_ref().map(|cue| cue.range.start))
        .collect();
    let whole = |pair: &Pair| {
        let next = interrupted.partition_point(|&cue| cue < pair.inner.start);
        interrupted.get(next).is_none_or(|&cue| cue >= pair.inner.end)
    };
    let pairs = view.pairs.iter().filter(|pair| pair.depth == 0 && whole(pair)).map(|pair| pair.inner);
    let turns =
        quotes.iter().filter(|quote| quote.kind == QuoteKind::Direct).flat_map(|quote| quote.content.iter().copied());
    let mut ranges: Vec<TokenRange> = pairs.chain(turns).collect();
    ranges.sort_unstable_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    // One inside another says nothing new.
    let mut end = 0;
    ranges.retain(|range| {
        let new = range.end > end;
        end = end.max(range.end);
        new
    });
    ranges
}

fn start(quote: &Quote) -> u32 {
    quote.content.first().map_or(0, |part| part.start)
}

fn end(quote: &Quote) -> u32 {
    quote.content.last().map_or(0, |part| part.end)
}

/// How much a frame is to be trusted against another one for the same words.
fn rank(frame: &Frame) -> u8 {
    match frame.why {
        "incise" | "incise-in-marks" => 6,
        "colon" => 5,
        "marks-after-verb" => 4,
        "source-phrase" | "incise-clause" | "que-clause" => 3,
        _ => 2,
    }
}

/// Leaves out frames that claim the words of a better one, and first persons inside marks.
fn decide(view: &View, frames: Vec<Frame>) -> Vec<Frame> {
    let mut kept: Vec<Frame> = Vec::with_capacity(frames.len());
    'frames: for frame in frames.into_iter().filter_map(|frame| sound(view, frame)) {
        let inside = view.in_marks(frame.cue.start) && frame.why != "incise-in-marks";
        if inside && !is_third_party(view, &frame) {
            continue;
        }
        let floor = kept.len().saturating_sub(BACK);
        let mut beaten = Vec::new();
        for (index, other) in kept.iter().enumerate().skip(floor) {
            if !same_words(view, &frame, other) {
                continue;
            }
            if rank(other) >= rank(&frame) {
                continue 'frames;
            }
            beaten.push(index);
        }
        for index in beaten.into_iter().rev() {
            kept.remove(index);
        }
        kept.push(frame);
    }
    kept
}

/// A frame whose parts are within the text; nothing if none is left, or if they hold the words that announce them.
fn sound(view: &View, mut frame: Frame) -> Option<Frame> {
    for part in &mut frame.parts {
        *part = TokenRange::new(part.start.min(view.len()), part.end.min(view.len()));
    }
    frame.parts.retain(|part| !part.is_empty());
    let own = |range: TokenRange| frame.parts.iter().any(|part| part.overlaps(range));
    let announced = own(frame.cue) || frame.source.range.is_some_and(own);
    (!frame.parts.is_empty() && !announced).then_some(frame)
}

/// True if two frames report nearly the same words, or the same marked span.
fn same_words(view: &View, one: &Frame, two: &Frame) -> bool {
    let length = |parts: &[TokenRange]| parts.iter().map(|part| part.len()).sum::<u32>();
    let shared: u32 = one
        .parts
        .iter()
        .flat_map(|a| two.parts.iter().map(move |b| a.end.min(b.end).saturating_sub(a.start.max(b.start))))
        .sum();
    let all = length(&one.parts) + length(&two.parts) - shared;
    // « A, a répliqué Paul. B »: the whole of it, and what an incise leaves of it.
    let cut = |inner: &Frame, outer: &Frame| {
        inner.why == "incise-in-marks"
            && outer.direct
            && outer.parts.iter().any(|part| {
                part.contains(inner.cue)
                    && view.pair_at(part.start).is_some_and(|pair| {
                        pair.inner == *part
                            && pair.inner.contains(inner.cue)
                            && view.inner_pair(inner.cue.start).is_some_and(|own| own.inner == *part)
                    })
            })
    };
    if cut(one, two) || cut(two, one) {
        return true;
    }
    // The cue of one inside the words of the other: nested, both hold.
    let nested = |inner: &Frame, outer: &Frame| outer.parts.iter().any(|part| part.contains(inner.cue));
    let direct = one.direct && two.direct && one.parts.iter().any(|part| two.parts.contains(part));
    (shared * 10 > all * 8 && !nested(one, two) && !nested(two, one)) || direct
}

/// A report inside marks is one of its own only if a third party speaks.
pub(crate) fn is_third_party(view: &View, frame: &Frame) -> bool {
    let Some(range) = frame.source.range else { return false };
    !(range.len() == 1
        && matches!(
            &*view.norm(range.start),
            "je" | "j'"
                | "nous"
                | "on"
                | "vous"
                | "tu"
                | "-je"
                | "-vous"
                | "-nous"
                | "-tu"
                | "moi"
                | "-t-on"
                | "-on"
                | "ce"
                | "c'"
                | "cela"
                | "ça"
        ))
}

fn quote(view: &View, frame: &Frame) -> Quote {
    let speaker = frame.source.range.map(|range| mention(view, range));
    let parts: Vec<TokenRange> = frame.parts.iter().flat_map(|&part| between_reopened(view, part)).collect();
    Quote {
        kind: kind(view, &frame.parts, frame.direct),
        quoted: quoted(view, &parts, frame.direct),
        content: parts,
        cue: (!frame.cue.is_empty()).then(|| Cue { range: frame.cue, lemma: lemma(view, frame) }),
        speaker,
        entity: None,
        parent: None,
        belief: frame.belief,
        asserted: frame.asserted,
        confidence: 0.5,
        why: Why { content: frame.why, speaker: frame.source.why },
    }
}

/// A part without the marks that reopen a quotation at each of its paragraphs: « A⏎« B ».
fn between_reopened(view: &View, part: TokenRange) -> Vec<TokenRange> {
    let reopens = |at: u32| {
        view.is(at, Word::Mark)
            && view.opening(at).is_none()
            && view.closing(at).is_none()
            && view.sentence_of(at).start == at
            && view.form(at) != "»"
    };
    let mut parts = Vec::new();
    let mut start = part.start;
    for at in part.start + 1..part.end {
        if reopens(at) {
            parts.push(TokenRange::new(start, at));
            start = at + 1;
        }
    }
    parts.push(TokenRange::new(start, part.end));
    parts.retain(|part| !part.is_empty());
    parts
}

/// The lemma of the cue; of a verb that the lexicon does not have, its own.
fn lemma(view: &View, frame: &Frame) -> Box<str> {
    let verb = || (frame.cue.start..frame.cue.end).rev().find(|&at| view.upos(at) == Upos::Verb);
    match frame.lemma {
        "" => view.lemma(verb().unwrap_or(frame.cue.start)).into(),
        lemma => lemma.into(),
    }
}

fn kind(view: &View, parts: &[TokenRange], direct: bool) -> QuoteKind {
    let marked =
        |part: &TokenRange| (part.start..part.end).any(|at| view.opening(at).is_some() || view.closing(at).is_some());
    if direct {
        QuoteKind::Direct
    } else if parts.iter().any(marked) {
        QuoteKind::Mixed
    } else {
        QuoteKind::Indirect
    }
}

/// The verbatim parts.
fn quoted(view: &View, parts: &[TokenRange], direct: bool) -> Vec<TokenRange> {
    if direct {
        return parts.to_vec();
    }
    let mut found = Vec::new();
    for part in parts {
        let mut at = part.start;
        while at < part.end {
            // A part that stands between marks as a whole has only the marks in it.
            match view.outermost_within(at, *part) {
                Some(pair) => {
                    found.push(pair.inner);
                    at = pair.outer.end.max(at + 1);
                }
                None => at += 1,
            }
        }
    }
    found
}

/// What the words that name a source denote, as far as they show it.
fn mention(view: &View, range: TokenRange) -> Mention {
    let pronoun = range.len() == 1 && matches!(view.upos(range.start), Upos::Pron);
    let kind = if pronoun || view.is(range.start, Word::Inverted) { MentionKind::Pronoun } else { MentionKind::Person };
    Mention { range, kind, gender: None, entity: None }
}

/// Attaches marked sentences that no cue introduces.
fn float(view: &View, paragraphs: &[TokenRange], quotes: &mut Vec<Quote>) {
    let mut covered: Vec<bool> = vec![false; view.len() as usize];
    for part in quotes.iter().flat_map(|quote| &quote.content) {
        if let Some(slots) = covered.get_mut(part.indices()) {
            slots.fill(true);
        }
    }
    // Quotations by where they end, cue included, to find the one before a marked span.
    let mut ends: Vec<(u32, usize)> = quotes
        .iter()
        .enumerate()
        .filter(|(_, quote)| {
            quote.cue.is_none()
                || !quote.cue.as_ref().is_some_and(|cue| view.in_marks(cue.range.start))
                || quote.why.content == "incise-in-marks"
        })
        .map(|(index, quote)| {
            let cue = quote.cue.as_ref().map_or(0, |cue| cue.range.end);
            let speaker = quote.speaker.map_or(0, |speaker| speaker.range.end);
            (end(quote).max(cue).max(speaker), index)
        })
        .collect();
    ends.sort_unstable();
    for pair in view.pairs.iter().filter(|pair| pair.depth == 0) {
        if covered.get(pair.inner.start as usize).copied().unwrap_or(true)
            || !(content::is_alone(view, pair) || follows_lead(view, pair))
        {
            continue;
        }
        if !content::is_clause(view, pair.inner) || is_reference(view, paragraphs, pair) {
            continue;
        }
        let before = ends.partition_point(|&(end, _)| end <= pair.outer.start);
        let Some(&(_, last)) = before.checked_sub(1).and_then(|at| ends.get(at)) else {
            if is_somebodys(view, pair) {
                let at = ends.partition_point(|&(end, _)| end <= pair.outer.end);
                ends.insert(at, (pair.outer.end, quotes.len()));
                quotes.push(floating(pair.inner, None));
            }
            continue;
        };
        // Of several that end there ("dit-elle, selon Le Temps"), the direct one goes on.
        let spoken = ends.iter().take(before).rev().take(4).find(|&&(end, index)| {
            quotes.get(index).is_some_and(|quote| quote.kind == QuoteKind::Direct)
                && sentences_between(view, end, pair.outer.start) == 0
        });
        let last = spoken.map_or(last, |&(_, index)| index);
        let Some(previous) = quotes.get(last).cloned() else { continue };
        let end_of_previous = ends.get(before - 1).map_or(0, |&(end, _)| end);
        let gap = sentences_between(view, end_of_previous, pair.outer.start);
        let apart = paragraphs_between(paragraphs, end_of_previous, pair.outer.start);
        // "Elle a relevé que P « Q ». « R »": a report that ends with the speaker's words goes on as well.
        let last_token = end(&previous).saturating_sub(1);
        let verbatim = previous.kind == QuoteKind::Mixed
            && view.is(last_token, Word::Mark)
            && view.trim(TokenRange::new(last_token + 1, view.sentence_of(last_token).end)).is_empty();
        let open = previous.kind == QuoteKind::Direct || verbatim || previous.why.content.starts_with("incise");
        // "Selon Anne, « A ».⏎« B »": what a source without a verb covers ends with its paragraph.
        let reach = usize::from(previous.why.content != "source-phrase");
        if gap == 0 && open && apart <= reach {
            // "« A », a dit Paul. « B. »": one utterance goes on.
            if let Some(quote) = quotes.get_mut(last) {
                quote.content.push(pair.inner);
                quote.quoted.push(pair.inner);
                if let Some(end) = ends.get_mut(before - 1) {
                    end.0 = pair.outer.end;
                }
            }
            continue;
        }
        if gap <= RUNNING && apart <= 2 {
            let index = quotes.len();
            quotes.push(floating(pair.inner, previous.entity));
            let at = ends.partition_point(|&(end, _)| end <= pair.outer.end);
            ends.insert(at, (pair.outer.end, index));
        }
    }
}

/// "Puis, un peu plus loin : « P. »": after a colon, led to by words without a verb.
fn follows_lead(view: &View, pair: &Pair) -> bool {
    const SHORT: u32 = 10;
    let Some(colon) = pair.outer.start.checked_sub(1).filter(|&at| view.is(at, Word::Colon)) else { return false };
    let start = view.sentence_of(colon).start;
    let last = view.sentence_of(pair.outer.end.saturating_sub(1));
    let tail = view.trim(TokenRange::new(pair.outer.end, last.end.max(pair.outer.end)));
    let light = matches!(&*view.norm(start), "et" | "puis" | "ou" | "mais" | "plus" | "avant");
    light
        && colon - start <= SHORT
        && tail.is_empty()
        && !(start..colon)
            .any(|at| matches!(view.upos(at), Upos::Verb | Upos::Aux) && !view.tag(at).feats.is_participle())
}

/// A marked sentence that only the discourse attributes.
fn floating(range: TokenRange, entity: Option<u32>) -> Quote {
    Quote {
        kind: QuoteKind::Direct,
        content: vec![range],
        quoted: vec![range],
        cue: None,
        speaker: None,
        entity,
        parent: None,
        belief: false,
        asserted: true,
        confidence: 0.4,
        why: Why { content: "marked-sentence", speaker: "running-speaker" },
    }
}

/// "« J'ai tout vendu. »", "« On nous oublie. » Anne Roux est en colère.", "Le maire est en colère. « On nous oublie. »":
/// the words of somebody, before anybody was quoted.
fn is_somebodys(view: &View, pair: &Pair) -> bool {
    const NEAR: u32 = 4;
    let said = |words: &[&str]| (pair.inner.start..pair.inner.end).any(|at| words.contains(&&*view.norm(at)));
    let named = || {
        (pair.outer.end..pair.outer.end + NEAR).any(|at| view.upos(at) == Upos::Propn)
            || pair.outer.start.checked_sub(1).is_some_and(|before| {
                let chunks = phrase::chunks(view, view.sentence_of(before));
                let subject = chunks.first().filter(|subject| !subject.is_governed());
                subject.is_some_and(|it| phrase::names_somebody(view, it.head))
            })
    };
    let one = said(&["je", "j'", "-je", "moi", "m'", "mon", "ma", "mes"]);
    pair.inner.len() >= 6 && (one || said(&["nous", "on", "notre", "nos"]) && named())
}

/// "« La digue a cédé ». Le Courrier du port, 6 mai.": the title of an article in a list of sources.
fn is_reference(view: &View, paragraphs: &[TokenRange], pair: &Pair) -> bool {
    const SHORT: u32 = 14;
    let number = paragraphs.partition_point(|paragraph| paragraph.end <= pair.outer.start);
    let Some(paragraph) = paragraphs.get(number) else { return false };
    let tail = view.trim(TokenRange::new(pair.outer.end.min(paragraph.end), paragraph.end));
    let date = |at: u32| {
        let norm = view.norm(at);
        norm.len() == 4 && norm.starts_with(['1', '2']) && view.upos(at) == Upos::Num
            || at > tail.start && view.upos(at - 1) == Upos::Num && phrase::is_month(&norm)
    };
    pair.outer.start <= paragraph.start + 1
        && tail.len() <= SHORT
        && (tail.start..tail.end).any(date)
        && !(tail.start..tail.end).any(|at| content::is_finite(view, at))
}

/// Whole sentences between two tokens.
fn sentences_between(view: &View, from: u32, to: u32) -> u32 {
    let first = view.sentences.partition_point(|sentence| sentence.start < from);
    let last = view.sentences.partition_point(|sentence| sentence.end <= to);
    u32::try_from(last.saturating_sub(first)).unwrap_or(u32::MAX)
}

/// Paragraph breaks between two tokens.
fn paragraphs_between(paragraphs: &[TokenRange], from: u32, to: u32) -> usize {
    let number = |at: u32| paragraphs.partition_point(|paragraph| paragraph.end <= at);
    number(to).saturating_sub(number(from.saturating_sub(1)))
}

/// Sets the parent of each quotation that lies in the content of another, its cue included. Quotations are sorted.
fn parents(quotes: &mut [Quote]) {
    for index in 0..quotes.len() {
        let Some(inner) = quotes.get(index) else { continue };
        let Some(cue) = inner.cue.as_ref().map(|cue| cue.range) else { continue };
        let holds = |outer: &Quote| outer.content.iter().any(|part| part.contains(cue));
        // Two that hold each other's cue: only the longer one is the parent.
        let reach = |quote: &Quote| end(quote).saturating_sub(start(quote));
        let own = reach(inner);
        let encloses = |outer: &Quote, other: usize| (reach(outer), index) > (own, other);
        let from = index.saturating_sub(BACK);
        let until = quotes.len().min(index + 3);
        // The smallest one that holds it.
        let parent = (from..until)
            .filter(|&other| other != index)
            .filter(|&other| quotes.get(other).is_some_and(|outer| holds(outer) && encloses(outer, other)))
            .min_by_key(|&other| quotes.get(other).map_or(u32::MAX, |outer| end(outer) - start(outer)));
        let parent = parent.and_then(|parent| u32::try_from(parent).ok());
        if let Some(quote) = quotes.get_mut(index) {
            quote.parent = parent;
        }
    }
}

/// Nouns before a term.
static TERM_NOUNS: LazyLock<Set> = LazyLock::new(|| entries(include_str!("../data/term_nouns.txt")).collect());

/// What a marked span is.
fn role(view: &View, quotes: &[Quote], pair: &Pair) -> MarkRole {
    let near = quotes.partition_point(|quote| start(quote) <= pair.inner.start);
    let floor = near.saturating_sub(BACK);
    let said = quotes.iter().take(near).skip(floor).any(|quote| {
        let interrupted = quote.why.content == "incise-in-marks";
        quote.quoted.iter().any(|part| {
            part.contains(pair.inner) && pair.depth == 0
                || *part == pair.inner
                || interrupted && pair.inner.contains(*part)
        })
    });
    if said {
        return MarkRole::Utterance;
    }
    let mut before = pair.outer.start.checked_sub(1);
    // "le nom de « P »", "l'auteure de « P »": the noun that the preposition hangs on.
    let of = before.filter(|&at| matches!(view.word(at), Word::De | Word::Du)).and_then(|at| at.checked_sub(1));
    before = of.or(before);
    let noun = before.map(|at| view.norm(at)).unwrap_or_default();
    let capital = (pair.inner.start..pair.inner.end)
        .find(|&at| view.form(at).starts_with(char::is_alphanumeric))
        .is_some_and(|at| view.is_capitalized(at));
    match &*noun {
        "surnommé" | "surnommée" | "surnommés" | "surnommées" | "surnom" | "sobriquet" => {
            return MarkRole::Nickname;
        }
        "nom" | "noms" | "baptisé" | "baptisée" | "baptisés" | "baptisées" | "nommé" | "nommée" if capital => {
            return MarkRole::Name;
        }
        "auteur" | "auteure" | "autrice" | "réalisateur" | "réalisatrice" if of.is_some() => return MarkRole::Title,
        _ => {}
    }
    if phrase::takes_title(&noun) && (of.is_none() || capital) {
        return MarkRole::Title;
    }
    if TERM_NOUNS.contains(&*noun) {
        return MarkRole::Term;
    }
    let name = |at: u32| view.upos(at) == Upos::Propn;
    if before.is_some_and(name) && name(pair.outer.end) && pair.inner.len() <= 4 {
        return MarkRole::Nickname;
    }
    let words = || (pair.inner.start..pair.inner.end).filter(|&at| view.form(at).starts_with(char::is_alphabetic));
    let count = words().count();
    let capitals = words().filter(|&at| view.is_capitalized(at)).count();
    let unknown = words().filter(|&at| lexicon::resolve(view.form(at)).is_none()).count();
    if count > 0 && capitals * 2 > count && count > 1 {
        return if words().all(name) { MarkRole::Name } else { MarkRole::Title };
    }
    if count > 1 && unknown * 2 > count {
        return MarkRole::Foreign;
    }
    if count == 1 && capitals == 1 {
        return MarkRole::Name;
    }
    if content::is_clause(view, pair.inner) { MarkRole::Unattributed } else { MarkRole::Scare }
}
