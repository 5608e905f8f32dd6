//! Frames: what each cue of a sentence opens, and which of two competing frames holds.
//!
//! A frame is a quotation in the making: content, cue, source, and the name of the pattern. [`of_sentence`] reads the
//! sources without a verb and the verbs of one sentence; an incise takes what stands around it, any other verb what it
//! introduces. Where one report ends and the next begins is decided by [`Cuts`].

use crate::lexicon;
use crate::morph::Upos;
use crate::quote::content::{self, Content};
use crate::quote::cue::{self, Form, VerbCue};
use crate::quote::noun;
use crate::quote::phrase;
use crate::quote::source::{self, Attribution};
use crate::quote::speaker::{self, Source};
use crate::quote::view::{View, Word};
use crate::text::TokenRange;

/// Tokens on either side of an incise that it can tell of: speeches of novels have a thousand.
const SPEECH: u32 = 1500;

/// A quotation in the making.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Frame {
    /// What was said.
    pub(crate) parts: Vec<TokenRange>,
    /// All of it is between marks.
    pub(crate) direct: bool,
    /// The words that open it.
    pub(crate) cue: TokenRange,
    /// Lemma of the cue.
    pub(crate) lemma: &'static str,
    /// Who.
    pub(crate) source: Source,
    /// The pattern.
    pub(crate) why: &'static str,
    pub(crate) belief: bool,
    pub(crate) asserted: bool,
    /// The cue and what belongs to it, where the narration interrupts or ends the utterance.
    pub(crate) hole: Option<TokenRange>,
}

/// The frames of a sentence, in the order of their cues.
pub(crate) fn of_sentence(view: &View, sentence: TokenRange) -> Vec<Frame> {
    let sources = source::find(view, sentence);
    let cues = cue::find(view, sentence);
    let chunks = phrase::chunks(view, sentence);
    let mut frames: Vec<Frame> = Vec::new();
    // What stands like an incise but has nothing around it that could be said is none, and ends no other report.
    let told =
        |cue: &VerbCue| incise(view, sentence, cue).and_then(|incise| Some((around(view, sentence, &incise)?, incise)));
    let (mut said, incises): (Vec<Option<Content>>, Vec<Option<Incise>>) =
        cues.iter().map(told).map(Option::unzip).unzip();
    let borders = Cuts::new(view, sentence, &cues, &incises, &sources);
    for (number, cue) in cues.iter().enumerate() {
        if let Some(incise) = incises.get(number).and_then(Option::as_ref)
            && let Some(content) = said.get_mut(number).and_then(Option::take)
        {
            frames.push(frame(view, sentence, cue, content, incise.source, Some(incise.hole)));
            continue;
        }
        if let Some(content) = cleft(view, sentence, cue) {
            let source = speaker::inverted(view, sentence, cue);
            if source.range.is_some() && acceptable(view, sentence, cue, &content, source) {
                frames.push(frame(view, sentence, cue, content, source, None));
            }
            continue;
        }
        let limit = borders.after(number, cue.range.end);
        let contents = content::introduced(view, sentence, cue, limit);
        if contents.is_empty() {
            continue;
        }
        if refuses(view, cue, &contents) {
            continue;
        }
        let source = told_on(view, cue, &frames).unwrap_or_else(|| speaker::subject(view, &chunks, sentence, cue));
        for content in contents {
            if acceptable(view, sentence, cue, &content, source) {
                frames.push(frame(view, sentence, cue, content, source, None));
            }
        }
    }
    for attribution in sources {
        // "Anne Roux a condamné les frappes « illégales », selon Paris": whose word that is, nobody can say.
        let disputed = attribution.parts.iter().all(|part| part.end <= attribution.cue.start)
            && frames.iter().any(|frame| {
                let end = frame.parts.last().map_or(0, |part| part.end);
                frame.why == "marked-object" && end <= attribution.cue.start && end + 2 >= attribution.cue.start
            });
        if !disputed {
            let mut frame = of_source(view, sentence, &borders, &attribution);
            if let Some(last) = frame.parts.last_mut()
                && let Some(own) = claimed(&frames, *last)
            {
                *last = view.trim(TokenRange::new(last.start, own.start.saturating_sub(1)));
            }
            let spoken = spoken_after(view, &frame).filter(|spoken| {
                let claimed = |frame: &Frame| frame.parts.iter().any(|part| spoken.parts.contains(part));
                !frames.iter().any(claimed)
            });
            frames.push(frame);
            frames.extend(spoken);
        }
    }
    let nouns = noun::find(view, sentence, &chunks, &frames);
    frames.extend(nouns);
    if frames.is_empty() {
        frames.extend(told_next(view, sentence, &cues, &chunks));
    }
    if frames.is_empty() {
        frames.extend(headed(view, sentence));
    }
    frames.sort_by_key(|frame| frame.cue.start);
    frames
}

/// "Le maire a réagi lundi. « P. »": a verb of speech that its own sentence leaves without content tells the next one, if
/// that is between marks and nobody's.
fn told_next(view: &View, sentence: TokenRange, cues: &[VerbCue], chunks: &[phrase::Chunk]) -> Option<Frame> {
    let pair = view.opening(sentence.end)?;
    let last = sentence.end.checked_sub(1)?;
    if view.form(last) != "." || !content::is_alone(view, pair) || !content::is_clause(view, pair.inner) {
        return None;
    }
    let tells = |cue: &&VerbCue| {
        let frames = cue.entry.frames;
        cue.form == Form::Finite
            && (frames.inc || frames.np || frames.que)
            && !frames.weak
            && !cue.negated
            && !cue.passive
            && !view.in_marks(cue.verb)
    };
    let cue = cues.iter().rev().find(tells)?;
    let source = speaker::subject(view, chunks, sentence, cue);
    let named = source.range.filter(|range| source.why != "relative" && phrase::can_speak(view, *range));
    let content = Content { parts: vec![pair.inner], direct: true, why: "next-sentence" };
    (named.is_some() && acceptable(view, sentence, cue, &content, source))
        .then(|| frame(view, sentence, cue, content, source, None))
}

/// "Pour Paul, P, « Q », dit-il": the verbatim words in a part that an incise claims: another report.
fn claimed(frames: &[Frame], part: TokenRange) -> Option<TokenRange> {
    let incises = frames.iter().filter(|frame| frame.why == "incise" && frame.direct);
    let mut first = incises.filter_map(|frame| frame.parts.first().copied());
    first.find(|own| part.contains(*own) && own.start > part.start + 2)
}

/// "…, dont le maire a dit que P, tout en ajoutant que Q": a gerund goes on with the report before it.
fn told_on(view: &View, cue: &VerbCue, frames: &[Frame]) -> Option<Source> {
    let before = cue.left.checked_sub(1)?;
    let en = view.is(before, Word::En);
    let edge = if en { before.checked_sub(1)? } else { before };
    let edge = if en && view.norm(edge) == "tout" { edge.checked_sub(1)? } else { edge };
    // "…, a dit Paul, ajoutant que Q": also past the words of an incise.
    let ends = |last: &&Frame| match last.hole {
        Some(hole) => last.why.starts_with("incise") && hole.end == edge,
        None => last.parts.last().is_some_and(|part| part.end == edge),
    };
    let last = frames.last().filter(ends)?;
    let told =
        cue.form == Form::Gerund && view.is(edge, Word::Comma) && view.level(last.cue.start) == view.level(cue.verb);
    told.then(|| last.source.range.map(|range| Source::found(range, "gerund"))).flatten()
}

fn frame(
    view: &View,
    sentence: TokenRange,
    cue: &VerbCue,
    content: Content,
    source: Source,
    hole: Option<TokenRange>,
) -> Frame {
    let hypothetical = cue.left > sentence.start
        && (sentence.start.max(cue.left.saturating_sub(6))..cue.left)
            .rev()
            .take_while(|&at| !matches!(view.word(at), Word::Comma | Word::Que))
            .any(|at| view.is(at, Word::Si) && view.upos(at) == Upos::Sconj);
    Frame {
        parts: content.parts,
        direct: content.direct,
        cue: cue.range,
        lemma: cue.entry.lemma,
        source,
        why: content.why,
        belief: cue.entry.frames.belief,
        asserted: !cue.negated && !hypothetical && !is_unsaid(view, cue) && !is_asked(view, sentence, cue, hole),
        hole,
    }
}

/// "sans rappeler"; "non sans rappeler" says it.
fn is_without(view: &View, at: u32) -> bool {
    view.norm(at) == "sans" && at.checked_sub(1).is_none_or(|before| view.norm(before) != "non")
}

/// Verbs that need more than their frame: a weak one needs marks; a passive one with an infinitive tells who, not what.
fn refuses(view: &View, cue: &VerbCue, contents: &[Content]) -> bool {
    let weak = cue.entry.frames.weak;
    // "sans prononcer le mot « P »": it was not said.
    let floor = cue.left.saturating_sub(3);
    let without = cue.form == Form::Infinitive && (floor..cue.left).any(|at| is_without(view, at));
    if without && contents.iter().all(|content| matches!(content.why, "marked-object" | "attribute")) {
        return true;
    }
    let marked = |content: &Content| {
        content.parts.iter().any(|part| (part.start..part.end).any(|at| view.level(at) != view.level(cue.verb)))
    };
    contents.iter().all(|content| match content.why {
        "de-infinitive" | "à-infinitive" => weak && !marked(content),
        "que-clause" | "ce-que-clause" | "question" | "infinitive" => weak && cue.form == Form::Participle,
        _ => false,
    })
}

/// True if the content is one that this cue can have with this source.
fn acceptable(view: &View, sentence: TokenRange, cue: &VerbCue, content: &Content, source: Source) -> bool {
    let Some(last) = content.parts.last() else { return false };
    // "La fête promet d'être belle": what is no person promises nothing.
    let promised = matches!(cue.entry.lemma, "promettre" | "menacer") && content.why == "de-infinitive"
        || cue.entry.lemma == "se déclarer";
    if promised && source.range.is_some_and(|range| !phrase::can_speak(view, range)) {
        return false;
    }
    // A content that overlaps its own source or cue is a misreading.
    let crosses = |range: TokenRange| content.parts.iter().any(|part| part.overlaps(range));
    if crosses(cue.range) || source.range.is_some_and(crosses) {
        return false;
    }
    // "Rien n'est moins sûr : P": nobody is. "Vous dites que P. Pourquoi ?": who asks reminds whom he asks.
    if source.range.is_some_and(|range| {
        view.norm(range.start) == "rien"
            || range.len() == 1 && matches!(&*view.norm(range.start), "vous" | "tu") && !view.in_marks(range.start)
    }) {
        return false;
    }
    // "une banderole proclamant « P »": nobody's.
    if cue.form == Form::Gerund
        && source.why == "participle"
        && source.range.is_some_and(|range| !phrase::can_speak(view, range))
    {
        return false;
    }
    // "Interrogée par l'agence, la ministre a répondu : « P »": who asks does not say what follows.
    let asks = cue.entry.frames.ask || cue.entry.frames.obj;
    if cue.form == Form::Participle && asks && content.direct && content.why == "colon" {
        return false;
    }
    // A lone participle ("prévu que") reports nothing without an agent.
    if cue.form == Form::Participle && source.range.is_none() {
        return false;
    }
    if cue.passive && source.range.is_none() && !content.direct {
        // "doit être considéré comme un « atout »": by nobody.
        if is_unsaid(view, cue) {
            return false;
        }
        let marked = content.parts.iter().any(|part| (part.start..part.end).any(|at| view.in_marks(at)));
        return marked && content.why == "attribute";
    }
    // "peut se vanter de P", "doit promettre de P": nobody does.
    let infinitive = matches!(content.why, "infinitive" | "de-infinitive" | "à-infinitive");
    if infinitive && cue.form == Form::Infinitive && is_unsaid(view, cue) {
        return false;
    }
    // "se voit demander de P": nobody says it. "À noter que P" is the narrator's.
    if cue.form == Form::Infinitive && is_nobodys(view, sentence, cue) {
        return false;
    }
    // "Supposons que", "Dites que": an order, not a report.
    if source.range.is_none() && cue.form == Form::Finite && matches!(view.tag(cue.finite).feats.person(), 1 | 2) {
        return false;
    }
    // "Qui a dit que P ?": who asks knows of nobody.
    if source.range.is_none() && cue.left == sentence.start + 1 && view.is(sentence.start, Word::Qui) {
        return false;
    }
    // "Il faut dire que", "on peut noter que": nobody speaks.
    if let Some(range) = source.range
        && range.len() == 1
        && is_impersonal(view, cue, range.start)
    {
        return false;
    }
    !last.is_empty()
}

/// True if a report that is no incise stands in a question: "Le maire a-t-il dit que P ?"
fn is_asked(view: &View, sentence: TokenRange, cue: &VerbCue, hole: Option<TokenRange>) -> bool {
    const MARKS: u32 = 3;
    hole.is_none()
        && cue.form == Form::Finite
        && (sentence.end.saturating_sub(MARKS).max(cue.range.end)..sentence.end)
            .any(|at| view.form(at).starts_with('?') && view.level(at) == view.level(cue.verb))
}

/// True if the mood of the cue, or the word right before an infinitive, makes its speech a possibility or denies it.
fn is_unsaid(view: &View, cue: &VerbCue) -> bool {
    const NEAR: u32 = 7;
    if cue.form == Form::Finite {
        // "aurait dit", "dirait"; not "je dirais".
        let feats = view.tag(cue.finite).feats;
        // A form that the lexicon has only as a past tense ("assurait") is none, whatever the tag.
        let known = || lexicon::lookup(&view.norm(cue.finite)).any(|entry| entry.feats().has("Mood", "Cnd"));
        return feats.has("Mood", "Cnd") && feats.person() == 3 && known();
    }
    if cue.form != Form::Infinitive {
        return false;
    }
    let floor = cue.left.saturating_sub(NEAR);
    for at in (floor..cue.left).rev() {
        match view.upos(at) {
            _ if view.norm(at) == "sans" => return is_without(view, at),
            Upos::Verb | Upos::Aux => {
                let modal =
                    matches!(&*view.lemma(at), "pouvoir" | "devoir" | "refuser" | "éviter" | "omettre" | "vouloir");
                let negated = (at..cue.left).any(|at| view.is(at, Word::Pas));
                return modal || negated && (at.saturating_sub(4)..at).any(|at| view.is(at, Word::Ne));
            }
            Upos::Punct => return false,
            _ => {}
        }
    }
    false
}

/// True if the infinitive is that of "se voir demander" or "À noter que".
fn is_nobodys(view: &View, sentence: TokenRange, cue: &VerbCue) -> bool {
    let Some(before) = cue.left.checked_sub(1).filter(|&before| before >= sentence.start) else { return false };
    let seen =
        view.lemma(before) == "voir" && (before.saturating_sub(3)..before).any(|at| view.is(at, Word::Reflexive));
    seen || before == sentence.start && view.is(before, Word::A)
}

/// "il" of "il semble", "on" of "on dit que": no source that could be named.
fn is_impersonal(view: &View, cue: &VerbCue, subject: u32) -> bool {
    let norm = view.norm(subject);
    let governed = cue.form != Form::Finite;
    match &*norm {
        "il" | "-il" | "-t-il" => governed && is_impersonal_verb(view, subject + 1),
        "on" | "-on" | "-t-on" | "cela" | "ça" | "ce" | "c'" => true,
        _ => false,
    }
}

fn is_impersonal_verb(view: &View, at: u32) -> bool {
    let at = if matches!(view.word(at), Word::Ne) { at + 1 } else { at };
    matches!(&*view.lemma(at), "falloir" | "sembler" | "convenir" | "suffire" | "agir" | "être")
}

/// A verb with its subject after it, set off from what it reports.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one place, each with its example")]
struct Incise {
    /// The words of the narrator: from the comma to the end of what belongs to the verb.
    hole: TokenRange,
    source: Source,
    /// The utterance ends right before it with a closing mark.
    after_mark: bool,
    in_marks: bool,
    /// A verb of many senses, its subject no clitic.
    weak: bool,
    /// "comme l'a dit Paul"
    comme: bool,
}

/// The incise that `cue` is the verb of, if it is one.
fn incise(view: &View, sentence: TokenRange, cue: &VerbCue) -> Option<Incise> {
    if cue.form != Form::Finite || cue.passive {
        return None;
    }
    let open = !cue.entry.frames.inc;
    let mut left = cue.left;
    // "comme l'a dit Paul", "ainsi que l'écrit Paul"
    let comme = left.checked_sub(1).filter(|&at| at >= sentence.start).and_then(|at| match view.word(at) {
        Word::Comme => Some(at),
        Word::Que if at > sentence.start && view.norm(at - 1) == "ainsi" => Some(at - 1),
        _ => None,
    });
    if let Some(at) = comme {
        left = at;
    }
    let told = (comme.is_none() && !view.in_marks(cue.verb)).then(|| told_before(view, sentence, cue)).flatten();
    if let Some((at, source)) = told {
        return Some(Incise {
            hole: TokenRange::new(at, cue.range.end),
            source,
            after_mark: at.checked_sub(1).is_some_and(|at| view.closing(at).is_some()),
            in_marks: false,
            weak: cue.entry.frames.weak,
            comme: true,
        });
    }
    if left == 0 && comme.is_none() {
        return None;
    }
    let before = left.saturating_sub(1);
    let mark = |at: u32| view.closing(at).is_some() && view.level(at) != view.level(cue.verb);
    let inside = view.in_marks(cue.verb);
    let edge = match view.word(before) {
        Word::Comma | Word::Dash | Word::Stop => before >= sentence.start || mark(before),
        Word::Mark => mark(before),
        // "Je pars (dit-il)"
        Word::Open => true,
        _ => false,
    };
    let at_start = left == sentence.start && comme.is_none();
    if !(edge || comme.is_some() || at_start && (cue.clitic.is_some() && before_ends_speech(view, before))) {
        return None;
    }
    let source = speaker::inverted(view, sentence, cue);
    if source.range.is_none() && comme.is_none() {
        return None;
    }
    // "…, a exprimé sa surprise en disant que": a clause of its own, its subject stands before.
    if let Some(range) = source.range
        && comme.is_none()
        && !(mark(before) || view.is(before, Word::Comma) && before.checked_sub(1).is_some_and(mark))
        && (range.end..sentence.end)
            .take_while(|&at| !matches!(view.word(at), Word::Comma | Word::Stop | Word::Mark | Word::Dash))
            .any(|at| view.is(at, Word::Que) && view.upos(at) == Upos::Sconj)
    {
        return None;
    }
    if let Some(range) = source.range {
        // The verb has a subject of its own before it: no incise.
        if !agrees(view, cue, range) {
            return None;
        }
        // "A dit non la ministre": an object before a mark or "que" is none.
        if cue.clitic.is_none() && view.is(range.end, Word::Que) {
            return None;
        }
    }
    if open && !is_open_incise(view, sentence, cue, source, comme.is_some()) {
        return None;
    }
    if source.range.is_some_and(|range| is_object(view, sentence, cue, range)) {
        return None;
    }
    let mut end = source.range.map_or(cue.range.end, |range| range.end).max(cue.range.end);
    // What belongs to the verb goes on to the next comma, mark or stop: "a dit Paul lors d'une visite".
    while end < sentence.end
        && !matches!(
            view.word(end),
            Word::Comma | Word::Stop | Word::Colon | Word::Semicolon | Word::Dash | Word::Close
        )
        && view.level(end) == view.level(cue.verb)
        && view.closing(end).is_none()
    {
        end += 1;
    }
    let start = if matches!(view.word(before), Word::Comma | Word::Dash | Word::Open) { before } else { left };
    let spoken_end = start.checked_sub(1).filter(|&at| mark(at));
    Some(Incise {
        hole: TokenRange::new(start, end),
        source,
        after_mark: spoken_end.is_some(),
        in_marks: inside,
        weak: cue.entry.frames.weak && cue.clitic.is_none(),
        comme: comme.is_some(),
    })
}

/// "Le chef, Paul Roux, invitait les partis à partir", "L'entraîneur, Paul Roux, a décrit sa défense comme « P »": what stands
/// behind the verb is its object.
fn is_object(view: &View, sentence: TokenRange, cue: &VerbCue, range: TokenRange) -> bool {
    let frames = cue.entry.frames;
    let asked = frames.obj
        && matches!(view.word(range.end), Word::A | Word::De)
        && content::infinitive_at(view, range.end + 1, sentence.end).is_some();
    let called = frames.attr && view.is(range.end, Word::Comme) && view.opening(range.end + 1).is_some();
    // "le « progrès » fait du bruit": some of a mass, nobody. "Des" can be people.
    let mass = view.norm(range.start) == "du";
    cue.clitic.is_none() && (asked || called || mass)
}

/// True if a verb that reports nothing elsewhere ("grimacer", "s'emballer") is that of an incise: after a verbatim
/// sentence, or inside of one that went on for a clause, with somebody as its subject after it.
fn is_open_incise(view: &View, sentence: TokenRange, cue: &VerbCue, source: Source, compared: bool) -> bool {
    let Some(range) = source.range.filter(|_| !compared) else { return false };
    let third = |at: u32| {
        matches!(&*view.norm(at), "-il" | "-t-il" | "-elle" | "-t-elle" | "-ils" | "-t-ils" | "-elles" | "-t-elles")
    };
    let somebody = match cue.clitic {
        Some(clitic) => third(clitic),
        None => {
            range.start < cue.range.end + 3
                && phrase::chunk(view, range.start, range.end).is_some_and(|chunk| noun::is_person(view, chunk))
        }
    };
    let mut before = cue.left.saturating_sub(1);
    if !somebody || before < sentence.start || cue.left == 0 {
        return false;
    }
    let comma = view.is(before, Word::Comma);
    before -= u32::from(comma && before > 0);
    if view.in_marks(cue.verb) {
        let Some(pair) = view.inner_pair(cue.verb) else { return false };
        let from = pair.inner.start.max(sentence.start);
        let after = cue.clitic.map_or(range.end, |_| cue.range.end);
        let said = TokenRange::new(from, cue.left);
        let asked = (after..sentence.end).any(|at| view.form(at) == "?");
        // "…, voilà pourquoi les sculpteurs": the subject stands right behind the verb.
        return comma
            && !asked
            && (cue.clitic.is_some() || range.start == cue.range.end)
            && (said.start..said.end).any(|at| content::is_finite(view, at))
            && !view.word(said.start).subordinates();
    }
    let Some(pair) = view.closing(before) else { return false };
    let lead = lead_of(view, sentence, pair.outer.start);
    let colon = pair.outer.start.checked_sub(1).is_some_and(|at| view.is(at, Word::Colon));
    (lead.is_empty() || colon) && (comma && cue.clitic.is_some() || content::is_clause(view, pair.inner))
}

/// "C'est ce qu'a dit Paul : « P »", "« P » C'est ce que promet Paul.", "P, c'est ce qu'affirme Paul": what was said stands
/// after a colon, before the comma or in the sentence before.
fn cleft(view: &View, sentence: TokenRange, cue: &VerbCue) -> Option<Content> {
    const SHORT: u32 = 7;
    let que = cue.left.checked_sub(1).filter(|&at| view.is(at, Word::Que))?;
    let ce = que.checked_sub(1).filter(|&at| at >= sentence.start && view.is(at, Word::Ce))?;
    let floor = sentence.start.max(ce.saturating_sub(SHORT));
    let start = (floor..ce).rev().find(|&at| matches!(&*view.norm(at), "c'" | "voilà" | "voici"))?;
    let edge = start.checked_sub(1).filter(|&at| at >= sentence.start);
    if let Some(edge) = edge {
        let host = view.trim(TokenRange::new(sentence.start, edge));
        let clause = (host.start..host.end).any(|at| content::is_finite(view, at));
        return match view.closing(edge).or_else(|| edge.checked_sub(1).and_then(|at| view.closing(at))) {
            Some(pair) if pair.outer.start <= sentence.start + 1 => {
                Some(Content { parts: vec![pair.inner], direct: true, why: "cleft" })
            }
            _ => clause.then(|| Content { parts: vec![host], direct: false, why: "cleft" }),
        };
    }
    if let Some(content) = content::after_colon(view, sentence, cue, sentence.end) {
        return Some(Content { why: "cleft", ..content });
    }
    let before = start.checked_sub(1)?;
    let pair = view.closing(before).or_else(|| before.checked_sub(1).and_then(|at| view.closing(at)))?;
    Some(Content { parts: vec![pair.inner], direct: true, why: "cleft" })
}

/// "comme Paul l'a dit": where it begins, and who.
fn told_before(view: &View, sentence: TokenRange, cue: &VerbCue) -> Option<(u32, Source)> {
    const SHORT: u32 = 14;
    // The object clitic stands for what was said.
    (cue.left..cue.finite).find(|&at| matches!(&*view.norm(at), "l'" | "le"))?;
    let floor = sentence.start.max(cue.left.saturating_sub(SHORT));
    let comme = (floor..cue.left).rev().find(|&at| view.is(at, Word::Comme))?;
    let pronoun = comme + 2 == cue.left && view.is(comme + 1, Word::Subject);
    let range = if pronoun {
        TokenRange::new(comme + 1, cue.left)
    } else {
        let chunk = phrase::chunk(view, comme + 1, cue.left)?;
        phrase::grow(view, chunk, cue.left, true)
    };
    (range.end == cue.left).then(|| (comme, Source::found(range, "subject")))
}

/// True if an inverted subject agrees in number with its verb.
fn agrees(view: &View, cue: &VerbCue, subject: TokenRange) -> bool {
    if cue.clitic.is_some() {
        return true;
    }
    let verb = view.tag(cue.finite).feats;
    let many = (subject.start..subject.end).any(|at| view.is(at, Word::Et))
        || view.tag(subject.start).feats.is_plural()
        || view.upos(subject.start) == Upos::Num;
    // A singular verb with a plural subject is rare but real in newswire ("indique les services de"); the reverse is not.
    (many || !verb.is_plural()) && !matches!(verb.person(), 1 | 2)
}

/// True if the token before a sentence is a closing mark or an exclamation that speech can end with.
fn before_ends_speech(view: &View, before: u32) -> bool {
    view.is(before, Word::Mark) || matches!(view.form(before), "!" | "?" | "…" | "...")
}

/// « A, dit-il, B »: all of the marked span but the incise.
fn around_in_marks(view: &View, hole: TokenRange) -> Option<Content> {
    let pair = view.inner_pair(hole.start)?;
    // Marks that never close hold the whole text: what an incise is about is near it.
    let inner = TokenRange::new(
        pair.inner.start.max(hole.start.saturating_sub(SPEECH)),
        pair.inner.end.min(hole.end.saturating_add(SPEECH)),
    );
    // Only what sets the incise off is left out; the speaker's own full stop stays.
    let before = view.trim(TokenRange::new(inner.start, hole.start));
    let after = view.trim(after_pose(view, TokenRange::new(hole.end, inner.end)));
    let first = TokenRange::new(inner.start, before.end);
    let second = TokenRange::new(after.start, inner.end);
    let parts = [(before, first), (after, second)];
    let parts: Vec<TokenRange> = parts.into_iter().filter(|part| !part.0.is_empty()).map(|part| part.1).collect();
    (!parts.is_empty()).then_some(Content { parts, direct: true, why: "incise-in-marks" })
}

/// "« A », a dit Paul, « B »": the marked span before the incise, with what leads to it and goes on behind.
fn around_after_mark(
    view: &View,
    sentence: TokenRange,
    incise: &Incise,
    follows: Option<TokenRange>,
) -> Option<Content> {
    let hole = incise.hole;
    let last = view.closing(hole.start.checked_sub(1)?)?;
    let lead = lead_of(view, sentence, last.outer.start);
    // "Dans un message : « A », écrit Paul"
    let colon = last.outer.start.checked_sub(1).is_some_and(|at| view.is(at, Word::Colon));
    if lead.is_empty() || colon {
        let mut parts = vec![last.inner];
        parts.extend(follows);
        return Some(Content { parts, direct: true, why: "incise" });
    }
    // "Paul Roux, le présentateur de « Thalassa », a demandé": nothing is said before.
    let says = |part: TokenRange| (part.start..part.end).any(|at| content::is_finite(view, at));
    if !says(lead) && !says(last.inner) && (lead.start..lead.end).any(|at| view.is(at, Word::Comma)) {
        return None;
    }
    // "Une perte de plus, « on se demande pourquoi », dit Paul": a phrase of the narrator's before a whole clause.
    let comma = view.is(last.outer.start.saturating_sub(1), Word::Comma);
    // Not "L'école, ouverte en mars, « s'est effondrée »": what is between marks lacks its subject.
    let bare = content::is_finite(view, content::group_end(view, last.inner.start));
    if comma && !says(lead) && !bare && content::is_clause(view, last.inner) && says(last.inner) {
        let mut parts = vec![last.inner];
        parts.extend(follows);
        return Some(Content { parts, direct: true, why: "incise" });
    }
    // "L'association, qui parle d'un « désastre », réclame une enquête": the subject stands before, and says nothing yet.
    let relative = (lead.start..lead.end).any(|at| matches!(view.word(at), Word::Qui | Word::Relative));
    let whole = TokenRange::new(lead.start, last.outer.start);
    if relative
        && incise.source.why == "inverted-subject"
        && speaker::main_verb_before(view, whole.end, whole).is_none()
        && !says(last.inner)
    {
        return None;
    }
    // "Sa venue est annulée pour « raisons de santé », a dit Paul."
    let mut parts = vec![TokenRange::new(lead.start, last.outer.end)];
    parts.extend(follows);
    Some(Content { parts, direct: false, why: "incise-clause" })
}

/// What an incise reports: the marked spans or the clause around it.
fn around(view: &View, sentence: TokenRange, incise: &Incise) -> Option<Content> {
    /// How far before a colon its finite verb is looked for, in tokens.
    const LEAD: u32 = 60;
    let hole = incise.hole;
    if incise.in_marks {
        return around_in_marks(view, hole);
    }
    let follows = following(view, sentence, hole);
    if incise.after_mark {
        return around_after_mark(view, sentence, incise, follows);
    }
    // "Le temps presse : comme l'a dit Paul, P"
    let opens = |at: u32| {
        view.is(at, Word::Colon)
            && (incise.comme && at + 1 == hole.start
                // "Anne est plus sombre : la grève, dit-elle, coûtera cher"
                || incise.source.why == "clitic"
                    && at + 1 < hole.start
                    && (sentence.start.max(at.saturating_sub(LEAD))..at).any(|at| content::is_finite(view, at)))
    };
    let barrier = (sentence.start..hole.start)
        .rev()
        .find(|&at| (view.is(at, Word::Semicolon) || opens(at)) && !view.in_marks(at));
    let from = barrier.map_or(sentence.start, |at| at + 1);
    let host = source::without_connective(view, view.trim(TokenRange::new(from, hole.start)));
    let host = without_topic(view, source::without_dateline(view, host));
    let finite = |at: u32| matches!(view.upos(at), Upos::Verb | Upos::Aux) && view.tag(at).feats.is_finite();
    let after = follows.or_else(|| rest(view, sentence, hole));
    // "La maire, Anne Roux, a annoncé l'urgence": after an apposition, what stands behind the verb must be able to speak.
    let comma = (host.start..host.end).rev().find(|&at| view.is(at, Word::Comma));
    let apposed = comma.is_some_and(|at| !(at..host.end).any(finite));
    let mute = || !incise.source.range.is_some_and(|range| phrase::can_speak(view, range));
    if apposed && !incise.comme && incise.source.why == "inverted-subject" && mute() {
        return None;
    }
    // "…, et non la mer, explique les deux tiers du phénomène": what is no one's number explains.
    let amount = || {
        let chunk = incise.source.range.and_then(|range| phrase::chunk(view, range.start, range.end));
        chunk.is_some_and(|chunk| matches!(&*view.norm(chunk.head), "tiers" | "quart" | "quarts" | "moitié" | "%"))
    };
    if !incise.comme && incise.source.why == "inverted-subject" && amount() {
        return None;
    }
    // "La liberté que l'on promet, la société, a lancé une publicité": the subject stands before the comma.
    let main = |part: TokenRange| {
        if incise.source.why == "clitic" {
            return (part.start..part.end).any(finite);
        }
        speaker::main_verb_before(view, part.end, part).is_some()
    };
    // "La Chine, a écrit Paul, « double ses efforts »"; not "Sa compagne, Anne, évoque un homme « qui riait »".
    let predicate = |part: TokenRange| {
        let first = view.opening(part.start).map_or(part.start, |pair| pair.inner.start);
        view.in_marks(part.start) && finite(content::group_end(view, first))
    };
    let says = |part: TokenRange| main(part) || predicate(part) || incise.comme && (part.start..part.end).any(finite);
    // "L'incendie, difficile à éteindre, a fait deux blessés": a weak verb needs marks or a clitic.
    let marked = (host.start..host.end).any(|at| view.in_marks(at));
    // "Les discussions ont échoué samedi, poursuit l'Irlandais."
    let closes = || {
        let last = (hole.end..sentence.end).all(|at| view.is(at, Word::Stop));
        let speaks = incise.source.range.is_some_and(|range| {
            phrase::chunk(view, range.start, range.end).is_some_and(|chunk| {
                phrase::names_somebody(view, chunk.head)
                    || lexicon::is(view.form(chunk.head), lexicon::Label::Demonym) && view.is_capitalized(chunk.head)
            })
        });
        last && speaks && main(host)
    };
    if incise.weak && !marked && !closes() {
        return None;
    }
    // "Paul Roux, vêtu de noir, a appelé ses amis à voter, ce que Paris a nié": nor what a relative clause says.
    if host.is_empty() && !incise.comme || !main(host) && !after.is_some_and(says) {
        // "La ministre, a dit …" is no host: nothing is said in it.
        return None;
    }
    // "– comme Anne l'a dit, P": what stands before the dash is the narrator's.
    let apart = incise.comme && after.is_some() && hole.start.checked_sub(1).is_some_and(|at| view.is(at, Word::Dash));
    let host = if apart { TokenRange::default() } else { host };
    // "Comme l'a rappelé le juge, « A »": all that is said stands in the marks.
    if host.is_empty()
        && let Some(part) = after
        && let Some(pair) = view.inner_pair(part.start)
        && pair.inner.start <= part.start
        && part.end <= pair.inner.end
    {
        return Some(Content { parts: vec![pair.inner], direct: true, why: "incise" });
    }
    // "La Chine, a écrit Paul, « double ses efforts »": with the marks, for they are those of a part.
    let marked = |part: TokenRange| {
        view.pair_at(part.start).map_or(part, |pair| if pair.inner == part { pair.outer } else { part })
    };
    let parts = [host].into_iter().filter(|part| !part.is_empty()).chain(after.map(marked)).collect();
    Some(Content { parts, direct: false, why: "incise-clause" })
}

/// What goes on after an incise and the narrator's words on how it was said: "dit-il, le visage défait. B".
fn after_pose(view: &View, range: TokenRange) -> TokenRange {
    const LONG: u32 = 12;
    if !view.is(range.start, Word::Comma) {
        return range;
    }
    let from = range.start + 1;
    let end = range.end.min(from + LONG);
    let stop = (from..end).find(|&at| view.is(at, Word::Stop) || content::is_finite(view, at)).unwrap_or(end);
    let body = matches!(
        &*view.lemma(from + 1),
        "visage"
            | "tête"
            | "main"
            | "œil"
            | "yeux"
            | "regard"
            | "air"
            | "sourire"
            | "voix"
            | "bras"
            | "poing"
            | "larme"
            | "gorge"
            | "sanglot"
    );
    // "…, qui a dirigé l'étude. B", "…, lors d'une conférence. B": a relative has a verb.
    let circumstance = matches!(&*view.norm(from), "lors" | "devant" | "dans" | "après" | "sur")
        || view.is(from, Word::A)
            && matches!(&*view.norm(from + 2), "issue" | "occasion" | "antenne" | "micro" | "sortie")
        || view.is(from, Word::Au);
    let relative = matches!(view.word(from), Word::Qui | Word::Relative);
    let long = (from..range.end.min(from + 2 * LONG)).find(|&at| view.is(at, Word::Stop));
    if let Some(stop) = long.filter(|&at| (relative || circumstance) && at + 1 < range.end)
        && (relative || !(from..stop).any(|at| content::is_finite(view, at)))
    {
        return TokenRange::new(stop + 1, range.end);
    }
    // "…, un mètre autour du cou. B": a phrase without a verb.
    let phrase = matches!(&*view.norm(from), "un" | "une") && (from..stop).any(|at| view.upos(at) == Upos::Adp);
    let pose = phrase || view.upos(from) == Upos::Det && body || view.norm(from) == "visiblement";
    if pose && view.is(stop, Word::Stop) && stop + 1 < range.end { TokenRange::new(stop + 1, range.end) } else { range }
}

/// The narrator's or speaker's words of the sentence that stand before a marked span: nothing if it begins the sentence.
fn lead_of(view: &View, sentence: TokenRange, start: u32) -> TokenRange {
    if start <= sentence.start {
        return TokenRange::default();
    }
    let lead = view.trim(TokenRange::new(sentence.start, start));
    let lead = without_topic(view, lead);
    let light =
        (lead.start..lead.end).all(|at| matches!(view.upos(at), Upos::Cconj | Upos::Adv | Upos::Punct | Upos::Intj));
    if light && lead.len() <= 2 { TokenRange::default() } else { lead }
}

/// "Ouragan Irma : la ville est coupée": a range without the topic that a heading begins with.
fn without_topic(view: &View, range: TokenRange) -> TokenRange {
    const SHORT: u32 = 7;
    let colon = (range.start..range.end.min(range.start + SHORT)).find(|&at| view.is(at, Word::Colon));
    let heads = |colon: &u32| {
        matches!(view.upos(range.start), Upos::Noun | Upos::Propn)
            && !(range.start..*colon).any(|at| matches!(view.upos(at), Upos::Verb | Upos::Aux | Upos::Pron))
            && *colon + 1 < range.end
    };
    colon.filter(heads).map_or(range, |colon| TokenRange::new(colon + 1, range.end))
}

/// "Anne Roux : « P »" as a heading: a name, a colon, and nothing but what is said.
fn headed(view: &View, sentence: TokenRange) -> Option<Frame> {
    const SHORT: u32 = 8;
    // "« P » : Anne Roux, directrice", "« P » : la maire répond à ses critiques"
    if let Some(pair) = view.opening(sentence.start)
        && view.is(pair.outer.end, Word::Colon)
        && pair.outer.end + 1 < sentence.end
        && content::is_clause(view, pair.inner)
        && let Some(chunk) = phrase::chunk(view, pair.outer.end + 1, sentence.end)
        && phrase::names_somebody(view, chunk.head)
    {
        let name = phrase::grow(view, chunk, sentence.end, true);
        return Some(by_heading(vec![pair.inner], true, pair.outer.end, name));
    }
    let colon = (sentence.start + 1..sentence.end.min(sentence.start + SHORT)).find(|&at| view.is(at, Word::Colon))?;
    let name = view.trim(TokenRange::new(sentence.start, colon));
    let chunk = phrase::chunk(view, name.start, name.end).filter(|chunk| view.upos(chunk.head) == Upos::Propn)?;
    let place = phrase::is_place(view.form(chunk.head));
    let Content { parts, direct, .. } = content::marked_after(view, colon + 1, "colon")?;
    let last = parts.last().and_then(|part| view.pair_at(part.start))?;
    let alone =
        last.outer.end >= sentence.end || last.outer.end + 1 == sentence.end && view.is(last.outer.end, Word::Stop);
    let said = alone && parts.iter().any(|part| content::is_clause(view, *part));
    (said && !place && phrase::grow(view, chunk, name.end, true) == name)
        .then(|| by_heading(parts, direct, colon, name))
}

/// The words of whom a colon parts from them: no verb says it, so that the cue is empty.
fn by_heading(parts: Vec<TokenRange>, direct: bool, colon: u32, name: TokenRange) -> Frame {
    Frame {
        parts,
        direct,
        cue: TokenRange::new(colon, colon),
        lemma: "",
        source: Source::found(name, "heading"),
        why: "colon",
        belief: false,
        asserted: true,
        hole: None,
    }
}

/// The marked span that goes on after an incise: "« A », dit-il, « B »".
fn following(view: &View, sentence: TokenRange, hole: TokenRange) -> Option<TokenRange> {
    const LONG: u32 = 20;
    let mut at = hole.end;
    // "« A », a dit Anne, qui dirige l'école, « mais B »": what is said of her stands between.
    if view.is(at, Word::Comma) && matches!(view.word(at + 1), Word::Qui | Word::Relative) {
        let close = (at + 2..sentence.end.min(at + LONG))
            .find(|&at| view.is(at, Word::Comma) && view.opening(at + 1).is_some())
            .filter(|&close| !(at + 2..close).any(|at| view.in_marks(at)));
        at = close.unwrap_or(at);
    }
    if view.is(at, Word::Comma) {
        at += 1;
    }
    // "a-t-il dit, « et B »", "a-t-il dit, et « B »": only the first is verbatim all through.
    let pair = view.opening(at).filter(|_| at < sentence.end)?;
    // Without a comma only at the end: "a dit Paul « demain »." but not "a dit Paul « Bob » Roux".
    // Nor "a dit Paul, pour qui l'art est un « sacerdoce »".
    let last = pair.outer.end >= sentence.end || view.is(pair.outer.end, Word::Stop);
    let clause = (hole.start..hole.end).filter(|&at| content::is_finite(view, at)).count() > 1;
    // "écrit Paul dans ses mémoires, « La Route »", "révèle une étude dans la revue « Science »": a title.
    let noun = hole.end.checked_sub(1).filter(|&at| view.upos(at) == Upos::Noun);
    let titled = noun.is_some_and(|at| phrase::takes_title(&view.norm(at)) || phrase::is_document(view, at));
    if titled && !(pair.inner.start..pair.inner.end).any(|at| content::is_finite(view, at)) {
        return None;
    }
    (view.is(hole.end, Word::Comma) || last && !clause).then_some(pair.inner)
}

/// What goes on after an incise without marks: "Le pont, a dit Paul, sera fermé".
fn rest(view: &View, sentence: TokenRange, hole: TokenRange) -> Option<TokenRange> {
    if !matches!(view.word(hole.end), Word::Comma | Word::Dash | Word::Close) {
        return None;
    }
    let rest = view.trim(TokenRange::new(hole.end + 1, sentence.end));
    // "…, indique une étude, a annoncé Paul": the next incise.
    let first = TokenRange::new(rest.start, rest.end.min(rest.start + 4));
    // Not "Rien, a-t-elle dit, ne laissait penser à P": no subject stands behind the verb.
    let told = |next: &VerbCue| {
        next.left == rest.start
            && next.form == Form::Finite
            && !next.negated
            && !view.is(rest.start, Word::Ne)
            && speaker::inverted(view, sentence, next).range.is_some()
    };
    if cue::find(view, first).first().is_some_and(told) {
        return None;
    }
    // "P, a dit Paul, et la suite": a clause of its own after a whole one.
    let says = |part: TokenRange| (part.start..part.end).any(|at| content::is_finite(view, at));
    let whole = TokenRange::new(sentence.start, hole.start);
    if matches!(view.word(rest.start), Word::Et | Word::Mais)
        && view.opening(rest.start + 1).is_none()
        && says(whole)
        && says(rest)
        && !said_too(view, sentence, hole, rest)
    {
        return None;
    }
    // "…, a dit Paul, ajoutant que Q", "a dit Paul, président de …": the narrator goes on.
    let begins = view.upos(rest.start);
    let verb = content::group_end(view, rest.start);
    let narrator = matches!(view.upos(verb), Upos::Verb | Upos::Aux) && view.tag(verb).feats.is_participle()
        || begins == Upos::Verb && view.tag(rest.start).feats.is_participle()
        || view.is(rest.start, Word::En)
        || matches!(view.word(rest.start), Word::Qui | Word::Relative)
        // "a dit Anne, avant de partir", "a dit Anne, sans rire"
        || matches!(&*view.norm(rest.start), "avant" | "sans")
        // "a dit Anne, pour qui P"
        || begins == Upos::Adp && matches!(view.word(rest.start + 1), Word::Qui | Word::Relative);
    let verb = (rest.start..rest.end).any(|at| matches!(view.upos(at), Upos::Verb | Upos::Aux));
    (!rest.is_empty() && !narrator && (verb || rest.len() > 6)).then_some(rest)
}

/// "Le toit fuit, a-t-elle dit, et les murs sont humides": after a clitic, a clause in the tense of the first one, with a subject
/// of its own that is nobody and no report in it, is said too.
fn said_too(view: &View, sentence: TokenRange, hole: TokenRange, rest: TokenRange) -> bool {
    /// How far a report is looked for, in tokens.
    const NEAR: u32 = 40;
    let finite = |range: TokenRange| (range.start..range.end).find(|&at| content::is_finite(view, at));
    if !(hole.start..hole.end).any(|at| view.is(at, Word::Inverted)) || !view.is(hole.end, Word::Comma) {
        return false;
    }
    let Some(first) = finite(TokenRange::new(sentence.start, hole.start)) else { return false };
    let from = TokenRange::new(rest.start + 1, rest.end);
    // "La ville a les chiffres, dit-elle, mais préfère se taire": no subject of its own, and none that could be the speaker.
    let next = content::group_end(view, from.start);
    if content::is_finite(view, next) {
        let speaker = (hole.start..hole.end).find(|&at| content::is_finite(view, at));
        return content::tense(view, first) == content::tense(view, next)
            && speaker.is_none_or(|speaker| {
                content::tense(view, speaker) != content::tense(view, next)
                    || view.tag(first).feats.is_plural() == view.tag(next).feats.is_plural()
            });
    }
    let Some(subject) = phrase::chunk(view, from.start, from.end).filter(|chunk| !chunk.is_governed()) else {
        return false;
    };
    let Some(next) = finite(from) else { return false };
    // Of the two tenses of telling, the compound past is the narrator's as well.
    let told = view.upos(next) == Upos::Aux && view.tag(next + 1).feats.is_participle();
    view.upos(subject.range.start) == Upos::Det
        && !phrase::is_human(view, subject.head)
        && !told
        && content::tense(view, first).0 == content::tense(view, next).0
        && cue::find(view, TokenRange::new(from.start, from.end.min(from.start + NEAR))).is_empty()
}

fn of_source(view: &View, sentence: TokenRange, cuts: &Cuts, attribution: &Attribution) -> Frame {
    let mut parts = attribution.parts.clone();
    // "Selon X, P, ajoutant que Q": the next report is not part of this one.
    if let Some(last) = parts.last_mut()
        && last.start >= attribution.speaker.end
    {
        let limit = cuts.narrator_after(last.start).min(last.end);
        *last = view.trim(TokenRange::new(last.start, limit));
    }
    parts.retain(|part| !part.is_empty());
    // "une ville « morte » selon ses propres termes": a fragment that is built into the sentence.
    let alone =
        |part: &TokenRange| part.start >= attribution.speaker.end || lead_of(view, sentence, part.start).is_empty();
    let direct = match parts.as_slice() {
        [part] if !alone(part) => false,
        [part] => view.pair_at(part.start).is_some_and(|pair| pair.outer == *part || pair.inner == *part),
        _ => false,
    };
    let parts = if direct {
        parts.iter().filter_map(|part| view.pair_at(part.start)).map(|pair| pair.inner).collect()
    } else {
        // "En juin, « A. B », selon Paul": a verbatim part of several sentences is kept whole, with what leads to it.
        if let Some(first) = parts.first_mut()
            && let Some(pair) = view.pair_at(first.start)
            && pair.outer.start < sentence.start
            && pair.outer.end <= first.end.max(attribution.cue.start)
        {
            let lead = lead_of(view, view.sentence_of(pair.outer.start), pair.outer.start);
            first.start = if lead.is_empty() { pair.outer.start } else { lead.start };
            first.end = first.end.max(pair.outer.end);
        }
        // A verbatim part that runs over the sentence's end is kept whole.
        if let Some(last) = parts.last_mut()
            && let Some(pair) = view.pair_at(last.end.saturating_sub(1))
            && pair.outer.end > sentence.end
            && pair.outer.start >= last.start
        {
            // "Pour Paul, P, « A. B », dit-il": a clause is said, and a verbatim one follows that an incise will tell.
            let said = (last.start..pair.outer.start).any(|at| content::is_finite(view, at));
            let comma = pair.outer.start.checked_sub(1).filter(|&at| at > last.start && view.is(at, Word::Comma));
            last.end = comma.filter(|_| said && content::is_clause(view, pair.inner)).unwrap_or(pair.outer.end);
        }
        parts
    };
    Frame {
        parts,
        direct,
        cue: attribution.cue,
        lemma: attribution.lemma,
        source: if attribution.speaker.is_empty() {
            Source::NONE
        } else {
            Source::found(attribution.speaker, "object-of-preposition")
        },
        why: "source-phrase",
        belief: false,
        asserted: true,
        hole: Some(attribution.hole()),
    }
}

/// "Pour Anne Roux, P : « Q »": direct speech that a colon adds to what a source says.
fn spoken_after(view: &View, frame: &Frame) -> Option<Frame> {
    let colon = frame.parts.last().map(|part| part.end).filter(|&at| view.is(at, Word::Colon))?;
    let Content { parts, direct, why } = content::marked_after(view, colon + 1, "colon")?;
    let said = !frame.direct && parts.iter().any(|part| content::is_clause(view, *part));
    said.then(|| Frame { parts, direct, why, hole: None, ..frame.clone() })
}

/// Where the clause of a report begins that "et" or "mais" joins to the first one of its sentence: it has a subject of its
/// own, a clause with "que", and the tense of the first.
fn beside_first(view: &View, sentence: TokenRange, first: Option<&VerbCue>, cue: &VerbCue) -> Option<u32> {
    const SUBJECT: u32 = 10;
    let first = first.filter(|first| first.verb < cue.verb && view.is(cue.range.end, Word::Que))?;
    if content::tense(view, first.finite) != content::tense(view, cue.finite) {
        return None;
    }
    let before = cue.left.checked_sub(1)?;
    let pronoun = matches!(&*view.norm(before), "il" | "elle" | "ils" | "elles");
    let joint = if pronoun {
        before.checked_sub(1)?
    } else {
        let floor = first.range.end.max(cue.left.saturating_sub(SUBJECT));
        let joint = (floor..before).rev().find(|&at| matches!(view.word(at), Word::Et | Word::Mais))?;
        let chunk = phrase::chunk(view, joint + 1, cue.left)?;
        let apart = joint.checked_sub(1).is_some_and(|at| view.is(at, Word::Comma));
        if phrase::grow(view, chunk, cue.left, false).end != cue.left || !apart {
            return None;
        }
        joint
    };
    if !matches!(view.word(joint), Word::Et | Word::Mais) || joint <= first.range.end + 1 || joint <= sentence.start {
        return None;
    }
    Some(if view.is(joint - 1, Word::Comma) { joint - 1 } else { joint })
}

/// "a témoigné que Paul l'avait convoquée et lui avait ordonné de P": the verb goes with that of the clause reported before
/// it, whose tense it has, not with the cue before, whose tense is another.
fn goes_with_report(view: &View, cues: &[VerbCue], number: usize, edge: u32) -> bool {
    const FAR: u32 = 60;
    let Some(cue) = cues.get(number) else { return false };
    let earlier = cues.iter().take(number).rev().find(|earlier| earlier.form == Form::Finite && earlier.finite < edge);
    let floor = edge.saturating_sub(FAR).max(earlier.map_or(0, |earlier| earlier.range.end));
    let near = (floor..edge).rev().find(|&at| content::is_finite(view, at));
    let (Some(earlier), Some(near)) = (earlier, near) else { return false };
    let que = (floor..near).any(|at| view.is(at, Word::Que));
    que && content::goes_with_inner(view, earlier.finite, near, cue.finite)
}

/// Where one report of a sentence ends because the narrator or the next report begins.
#[derive(Debug)]
struct Cuts {
    /// Sorted positions, with the cue (by number) that makes each.
    at: Vec<(u32, usize)>,
}

impl Cuts {
    fn new(
        view: &View,
        sentence: TokenRange,
        cues: &[VerbCue],
        incises: &[Option<Incise>],
        sources: &[Attribution],
    ) -> Self {
        const NOBODY: usize = usize::MAX;
        let mut at: Vec<(u32, usize)> = Vec::new();
        let first = cues.iter().find(|cue| cue.form == Form::Finite && !view.in_marks(cue.verb));
        for (number, cue) in cues.iter().enumerate() {
            if view.in_marks(cue.verb) {
                continue;
            }
            if let Some(incise) = incises.get(number).and_then(Option::as_ref) {
                at.push((incise.hole.start, number));
                continue;
            }
            let Some(before) = cue.left.checked_sub(1).filter(|&before| before > sentence.start) else { continue };
            let en = view.is(before, Word::En) || view.upos(before) == Upos::Adv;
            let edge = if en { before.saturating_sub(1) } else { before };
            // "…, tout en précisant que"
            let edge = if en && view.norm(edge) == "tout" { edge.saturating_sub(1) } else { edge };
            // "…, et il a ajouté que", "…, mais les riverains disent que": a report of the narrator's beside the first one.
            if cue.form == Form::Finite
                && let Some(joint) = beside_first(view, sentence, first, cue)
            {
                at.push((joint, number));
                continue;
            }
            match cue.form {
                // "…, ajoutant que", "…, tout en précisant que"
                Form::Gerund if view.is(edge, Word::Comma) => at.push((edge, number)),
                // "… et a ajouté que": a finite verb without a subject of its own.
                Form::Finite
                    if cue.clitic.is_none()
                        && matches!(view.word(edge), Word::Et | Word::Mais)
                        && !goes_with_report(view, cues, number, edge)
                        && !content::introduced(view, sentence, cue, u32::MAX).is_empty() =>
                {
                    at.push((if edge > 0 && view.is(edge - 1, Word::Comma) { edge - 1 } else { edge }, number));
                }
                _ => {}
            }
        }
        for source in sources {
            let before = source.cue.start.saturating_sub(1);
            let last = view.trim(TokenRange::new(source.speaker.end, sentence.end)).is_empty();
            if last && before > sentence.start {
                at.push((if view.is(before, Word::Comma) { before } else { source.cue.start }, NOBODY));
            }
        }
        at.sort_unstable();
        Self { at }
    }

    /// Where what cue `number` introduces from `start` on must end.
    fn after(&self, number: usize, start: u32) -> u32 {
        let cut = self.at.iter().find(|&&(at, by)| at >= start && by != number);
        cut.map_or(u32::MAX, |&(at, _)| at)
    }

    /// The first cut after `start`.
    fn narrator_after(&self, start: u32) -> u32 {
        self.after(usize::MAX - 1, start + 1)
    }
}
