//! Who speaks: the subject of the cue's own clause.
//!
//! Takes a cue and the noun phrases of its sentence, gives the phrase that names the source and how it was found. The
//! order of the search is that of French: a clitic in the group, an inverted subject after it, a pronoun or phrase
//! before it (past appositions, relatives and adverbials), the subject of the verb that governs a gerund, an infinitive
//! or a coordinated verb, the agent of a passive. Every search stays in the sentence and looks at each phrase once.

use crate::lexicon;
use crate::morph::Upos;
use crate::quote::content;
use crate::quote::cue::{Form, VerbCue};
use crate::quote::phrase::{self, Chunk};
use crate::quote::view::{View, Word};
use crate::text::TokenRange;

/// Governors that a search goes up: "a tenu à dire vouloir préciser" has three.
const CLIMBS: u32 = 4;

/// Phrases that are looked at on one side of a verb.
const LOOK: usize = 40;

/// Tokens between a verb and the one that governs it.
const FAR: u32 = 120;

/// Tokens between a passive and its agent.
const AGENT: u32 = 40;

/// Tokens between a verb and its inverted subject.
const INVERSION: u32 = 30;

/// A phrase that names a source, and how it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Source {
    /// The phrase as it stands, or nothing if it is not expressed.
    pub(crate) range: Option<TokenRange>,
    /// The name of the step that found it.
    pub(crate) why: &'static str,
}

impl Source {
    pub(crate) const NONE: Self = Self { range: None, why: "none" };

    pub(crate) fn found(range: TokenRange, why: &'static str) -> Self {
        Self { range: Some(range), why }
    }
}

/// The phrases that end at or before `at`, the nearest first.
fn preceding(chunks: &[Chunk], at: u32) -> impl Iterator<Item = Chunk> + '_ {
    let end = chunks.partition_point(|chunk| chunk.range.end <= at);
    chunks.iter().take(end).rev().take(LOOK).copied()
}

/// The phrase that a verb tagged as its adjective ended, without it: "Maxime Roux | dément que".
fn cut(view: &View, chunks: &[Chunk], at: u32) -> Option<Chunk> {
    let chunk = chunks.get(chunks.partition_point(|chunk| chunk.range.end <= at))?;
    (chunk.range.start < at).then(|| phrase::chunk(view, chunk.range.start, at)).flatten()
}

/// The nearest finite verb before `left` that no relative or conjunction introduces.
pub(crate) fn main_verb_before(view: &View, left: u32, sentence: TokenRange) -> Option<u32> {
    let floor = sentence.start.max(left.saturating_sub(FAR));
    let mut verb: Option<u32> = None;
    let mut at = left;
    while at > floor {
        at -= 1;
        match view.word(at) {
            // What introduces the verb found last makes it subordinate.
            Word::Que | Word::Qui | Word::Relative | Word::Subordinator | Word::Si if !view.in_marks(at) => verb = None,
            Word::Interrogative if view.upos(at) == Upos::Sconj => verb = None,
            _ if is_main_verb(view, at) => {
                // "Anne, qui n'a pas voté, juge le texte": an auxiliary before a comma is of another clause too.
                let apart = |verb: u32| (at..verb).any(|at| view.is(at, Word::Comma));
                if verb.is_none() {
                    verb = Some(at);
                } else if view.upos(at) != Upos::Aux || verb.is_some_and(apart) {
                    // Another clause begins: the one found is main.
                    return verb;
                }
            }
            _ => {}
        }
    }
    verb
}

/// A verb whose subject is looked for.
#[derive(Debug, Clone, Copy)]
struct Verb {
    /// First token of its group, clitics included.
    left: u32,
    /// The verb that agrees.
    finite: u32,
    form: Form,
}

/// True if the finite verb is plural, and the lexicon, where it has the form, agrees ("craint" is no plural, whatever the tag).
pub(crate) fn is_plural_verb(view: &View, at: u32) -> bool {
    if !view.tag(at).feats.is_plural() {
        return false;
    }
    let mut known = false;
    let plural = lexicon::lookup(&view.norm(at))
        .filter(|entry| entry.feats().is_finite())
        .inspect(|_| known = true)
        .any(|entry| entry.feats().is_plural());
    plural || !known
}

/// The source that `cue` names, outside of an incise: before it, or its governor's.
pub(crate) fn subject(view: &View, chunks: &[Chunk], sentence: TokenRange, cue: &VerbCue) -> Source {
    if let Some(clitic) = cue.clitic {
        // "Le maire a-t-il dit que P ?"
        let named = preceding(chunks, cue.left)
            .next()
            .filter(|chunk| !chunk.is_governed() && !phrase::is_time(view, *chunk) && cue.left > sentence.start)
            .filter(|chunk| phrase::grow(view, *chunk, cue.left, true).end == cue.left)
            // "tout au plus l'un de ses membres confiait-il"
            .or_else(|| {
                root_before(view, chunks, cue.left)
                    .filter(|root| root.range.end < cue.left && cue.left > sentence.start)
            });
        let range = named.map_or(TokenRange::new(clitic, clitic + 1), |chunk| {
            whole(view, chunks, chunk, cue.left, is_plural_verb(view, cue.finite))
        });
        return Source::found(range, "clitic");
    }
    // "Et la ministre de rappeler que P"
    if cue.form == Form::Infinitive
        && view.is(sentence.start, Word::Et)
        && let Some(of) = cue.left.checked_sub(1).filter(|&at| view.is(at, Word::De))
        && let Some(chunk) = phrase::chunk(view, sentence.start + 1, of)
        && phrase::grow(view, chunk, of, true).end == of
    {
        return Source::found(TokenRange::new(chunk.range.start, of), "narrative-infinitive");
    }
    // "l'émission a convaincu la veuve de demander : « P »": whom the verb above makes do it.
    if cue.form == Form::Infinitive
        && let Some(range) = controller(view, chunks, sentence, cue.left)
    {
        return Source::found(range, "controller");
    }
    // "s'entendre rappeler par la juge que P", "se voir reprocher par Paul de P": the agent says it.
    let heard = cue.form == Form::Infinitive
        && cue.left.checked_sub(1).is_some_and(|at| matches!(&*view.lemma(at), "entendre" | "voir"));
    if heard {
        let agent = agent(view, chunks, sentence, cue.range.end);
        if agent.range.is_some() {
            return agent;
        }
    }
    if cue.passive || cue.form == Form::Participle {
        return agent(view, chunks, sentence, cue.range.end);
    }
    if cue.finite < cue.left {
        // "a dit que P et ajouté que Q": the auxiliary, and so the subject, of another verb.
        return of_other(view, chunks, sentence, cue.finite, 0, "coordinated-verb");
    }
    let verb = Verb { left: cue.left, finite: cue.finite, form: cue.form };
    of_verb(view, chunks, sentence, verb, 0)
}

/// "a convaincu la veuve de | demander", "a poussé Paul à | dire": the object that does what the infinitive at `left` says.
fn controller(view: &View, chunks: &[Chunk], sentence: TokenRange, left: u32) -> Option<TokenRange> {
    let preposition = left.checked_sub(1).filter(|&at| at > sentence.start)?;
    if !matches!(view.word(preposition), Word::De | Word::A) {
        return None;
    }
    let floor = sentence.start.max(left.saturating_sub(INVERSION));
    let verb = (floor..preposition).rev().find(|&at| view.upos(at) == Upos::Verb)?;
    let makes = matches!(
        &*view.lemma(verb),
        "convaincre"
            | "persuader"
            | "pousser"
            | "amener"
            | "forcer"
            | "obliger"
            | "contraindre"
            | "inciter"
            | "encourager"
    );
    let from = chunks.partition_point(|chunk| chunk.range.start <= verb);
    let first = chunks.get(from).filter(|chunk| chunk.range.end <= preposition);
    let object = first.filter(|chunk| makes && !chunk.is_governed() && chunk.range.start == verb + 1)?;
    let whole = phrase::grow(view, *object, preposition, true);
    phrase::can_speak(view, whole).then_some(whole)
}

/// The subject after the verb of an incise: "a déclaré mardi à la presse M. Roux".
pub(crate) fn inverted(view: &View, sentence: TokenRange, cue: &VerbCue) -> Source {
    if let Some(clitic) = cue.clitic {
        return Source::found(TokenRange::new(clitic, clitic + 1), "clitic");
    }
    after(view, sentence, cue.range.end, view.level(cue.verb))
        .map_or(Source::NONE, |range| Source::found(range, "inverted-subject"))
}

/// "résume, laconique, le capitaine", "lance, un peu sonnée, Léa": what describes a subject to come, between commas; one
/// past it.
fn set_off(view: &View, comma: u32, end: u32) -> Option<u32> {
    const LONG: u32 = 6;
    let past = view.tag(comma + 1).feats.is_participle() && view.tag(comma + 1).feats.is_past();
    let long = if past { 2 * LONG } else { LONG };
    let close = (comma + 2..end.min(comma + 2 + long)).find(|&at| view.is(at, Word::Comma))?;
    // "remarque, interrogé par la radio, Paul Roux"
    if past
        && matches!(view.upos(comma + 2), Upos::Adp)
        && phrase::chunk(view, close + 1, end).is_some_and(|next| phrase::names_somebody(view, next.head))
    {
        return Some(close + 1);
    }
    let describes = |at: u32| {
        view.upos(at) == Upos::Adj
            || view.tag(at).feats.is_participle()
            // "amer", read as a noun
            || view.upos(at) == Upos::Noun && lexicon::lookup(&view.norm(at)).any(|entry| entry.upos() == Upos::Adj)
    };
    let light = |at: u32| describes(at) || view.upos(at) == Upos::Adv || matches!(&*view.norm(at), "un" | "peu" | "et");
    let only = (comma + 1..close).all(light) && describes(close - 1);
    let next = phrase::chunk(view, close + 1, end)?;
    // "confie, les larmes aux yeux, la mère": what nobody is, before somebody.
    let manner = || {
        let nobody = phrase::chunk(view, comma + 1, close).is_some_and(|chunk| !phrase::can_speak(view, chunk.range));
        nobody && (phrase::is_human(view, next.head) || view.upos(next.head) == Upos::Propn)
    };
    (only || manner()).then_some(close + 1)
}

/// The first noun phrase after `from` that no preposition governs, past adverbs, times and complements.
fn after(view: &View, sentence: TokenRange, from: u32, level: u32) -> Option<TokenRange> {
    let end = sentence.end.min(from.saturating_add(INVERSION));
    let mut at = from;
    let mut commas = 0;
    while at < end {
        if view.level(at) != level {
            return None;
        }
        if view.is(at, Word::Comma) {
            if let Some(close) = set_off(view, at, end) {
                at = close;
                continue;
            }
            commas += 1;
            if commas > 2 || at == from && view.upos(at + 1) == Upos::Propn {
                return None;
            }
            at += 1;
            continue;
        }
        if let Some(chunk) = phrase::chunk(view, at, end) {
            let whole = phrase::grow(view, chunk, sentence.end, true);
            if phrase::is_time(view, chunk) {
                at = phrase::grow(view, chunk, end, false).end;
                continue;
            }
            return Some(whole);
        }
        match view.upos(at) {
            Upos::Adv => at += 1,
            Upos::Adp => {
                // A complement: the preposition ("lors de", "à", "avec") and its phrase.
                at += 1;
                while at < end && view.upos(at) == Upos::Adp {
                    at += 1;
                }
                if let Some(chunk) = phrase::chunk(view, at, end) {
                    at = phrase::grow(view, chunk, end, false).end;
                    // "a demandé aux élus Anne Roux et Luc Petit": their names, not the subject.
                    if phrase::is_office(view, chunk.head)
                        && view.upos(at) == Upos::Propn
                        && let Some(name) = phrase::chunk(view, at, end)
                    {
                        let whole = phrase::grow(view, name, end, true);
                        let several = (whole.start..whole.end).any(|at| view.is(at, Word::Et));
                        if several == view.tag(chunk.head).feats.is_plural() {
                            at = whole.end;
                        }
                    }
                }
            }
            Upos::Verb if view.tag(at).feats.is_participle() && at == from => at += 1,
            // "a avoué en riant la joueuse"
            Upos::Verb if view.tag(at).feats.is_participle() && view.is(at - 1, Word::En) => at += 1,
            _ => return None,
        }
    }
    None
}

/// "par X" after a passive.
fn agent(view: &View, chunks: &[Chunk], sentence: TokenRange, from: u32) -> Source {
    let first = chunks.partition_point(|chunk| chunk.range.start < from);
    let limit = from.saturating_add(AGENT);
    let by = chunks.iter().skip(first).take(LOOK).find(|chunk| {
        chunk.preposition.is_some_and(|preposition| {
            // Not the agent of another clause.
            preposition < limit
                && view.is(preposition, Word::Par)
                && !(from..preposition).any(|at| is_main_verb(view, at))
        }) && !view.in_marks(chunk.range.start)
            && !phrase::is_time(view, **chunk)
    });
    match by {
        Some(&chunk) => Source::found(phrase::grow(view, chunk, sentence.end, true), "agent"),
        None => Source::NONE,
    }
}

fn of_verb(view: &View, chunks: &[Chunk], sentence: TokenRange, verb: Verb, climbs: u32) -> Source {
    match verb.form {
        Form::Finite => of_finite(view, chunks, sentence, verb, climbs),
        Form::Gerund => of_gerund(view, chunks, sentence, verb, climbs),
        Form::Infinitive | Form::Participle => of_governor(view, chunks, sentence, verb.left, climbs, "infinitive"),
    }
}

/// The pronoun that stands as the subject right before a finite verb.
fn pronoun_before(view: &View, sentence: TokenRange, verb: Verb) -> Option<TokenRange> {
    // "Lui affirme que P": a strong pronoun, not the clitic of "lui dit que".
    let strong = matches!(&*view.norm(verb.left), "lui" | "eux") && verb.left < verb.finite;
    let opens = verb.left == sentence.start
        || verb.left.checked_sub(1).is_some_and(|at| matches!(view.word(at), Word::Semicolon | Word::Mais));
    if strong && opens {
        return Some(TokenRange::new(verb.left, verb.left + 1));
    }
    let before = verb.left.checked_sub(1).filter(|&before| before >= sentence.start)?;
    let pronoun = |at: u32| {
        view.is(at, Word::Subject)
            || matches!(&*view.norm(at), "nous" | "vous") && view.is(at, Word::Reflexive)
            || view.upos(at) == Upos::Pron
                && matches!(
                    &*view.norm(at),
                    "celui-ci" | "celle-ci" | "ceux-ci" | "celles-ci" | "cela" | "ça" | "ce" | "c'"
                )
    };
    if pronoun(before) && view.norm(before) != "en" {
        return Some(TokenRange::new(before, before + 1));
    }
    // "elle aussi a dit", "il avait, lui, dit"
    if view.upos(before) == Upos::Adv
        && let Some(two) = before.checked_sub(1).filter(|&two| two >= sentence.start)
        && pronoun(two)
    {
        return Some(TokenRange::new(two, two + 1));
    }
    matches!(&*view.norm(before), "certains" | "certaines" | "beaucoup" | "plusieurs" | "d'autres" | "tous" | "chacun")
        .then(|| TokenRange::new(before, before + 1))
}

/// The subject of the verb that this one goes on with, or that a relative before the verb is about.
fn shared_subject(
    view: &View,
    chunks: &[Chunk],
    sentence: TokenRange,
    verb: Verb,
    (before, climbs): (u32, u32),
) -> Option<Source> {
    if is_coordinated(view, verb.left, sentence)
        && let Some(main) = main_verb_before(view, verb.left, sentence)
    {
        // "a dit que Paul l'avait vue et lui avait ordonné de P": the verb of the clause whose tense it has.
        let near = (main + 1..verb.left).rev().find(|&at| is_main_verb(view, at));
        let inner = near.filter(|&near| {
            (main..near).any(|at| view.is(at, Word::Que)) && content::goes_with_inner(view, main, near, verb.finite)
        });
        let other = inner.unwrap_or(main);
        let shared = of_other(view, chunks, sentence, other, climbs, "coordinated-verb");
        if shared.range.is_some() {
            return Some(shared);
        }
    }
    // "Il a tenu un journal, parle d'un « naufrage »": one comma between two verbs, and the object of the first is no subject.
    if view.is(before, Word::Comma)
        && let Some(other) = main_verb_before(view, before, sentence)
        && other > sentence.start
        && !(other..before)
            .any(|at| matches!(view.word(at), Word::Comma | Word::Qui | Word::Relative | Word::Que | Word::Et))
        && !(sentence.start.max(other.saturating_sub(FAR))..other).any(|at| view.is(at, Word::Comma))
        && !is_plural_verb(view, verb.finite)
    {
        let shared = of_other(view, chunks, sentence, other, climbs, "coordinated-verb");
        if shared.range.is_some() {
            return Some(shared);
        }
    }
    if let Some(qui) = relative_before(view, verb.left, sentence) {
        // "Un cadre de la banque, qui part demain, a dit": the relative is of the whole phrase before the comma.
        let comma = qui.saturating_sub(1);
        // "L'auteure de « La Digue », qui a vendu mille livres, dit"
        let title = comma.checked_sub(1).and_then(|at| view.closing(at)).map(|pair| pair.outer.start);
        let title = title.map(|at| at - u32::from(at > sentence.start && view.is(at - 1, Word::De)));
        let root = root_before(view, chunks, title.unwrap_or(comma))
            .filter(|root| view.is(comma, Word::Comma) && phrase::is_human(view, root.head))
            .filter(|root| {
                root.range.end < comma && is_plural_verb(view, verb.finite) == (own_number(view, *root) == Some(true))
            });
        if let Some(root) = root {
            let start = named_before(view, chunks, root, qui).map_or(root.range.start, |named| named.range.start);
            return Some(Source::found(TokenRange::new(start, phrase::grow(view, root, comma, true).end), "subject"));
        }
        let source = antecedent(view, chunks, sentence, qui);
        if source.range.is_some() {
            return Some(Source { why: "subject", ..source });
        }
    }
    None
}

/// The subject of a finite verb that stands before it.
fn of_finite(view: &View, chunks: &[Chunk], sentence: TokenRange, verb: Verb, climbs: u32) -> Source {
    if let Some(range) = pronoun_before(view, sentence, verb) {
        return Source::found(range, "pronoun");
    }
    let Some(before) = verb.left.checked_sub(1).filter(|&before| before >= sentence.start) else {
        return Source::NONE;
    };
    if view.is(before, Word::Qui) {
        return antecedent(view, chunks, sentence, before);
    }
    // "Ce que confirme Anne Roux : « P »": the subject of a relative may stand behind its verb.
    if view.is(before, Word::Que)
        && before > sentence.start
        && view.is(before - 1, Word::Ce)
        && let Some(range) = after(view, sentence, verb.finite + 1, view.level(verb.finite))
    {
        return Source::found(range, "inverted-subject");
    }
    if let Some(source) = shared_subject(view, chunks, sentence, verb, (before, climbs)) {
        return source;
    }
    let plural = is_plural_verb(view, verb.finite);
    if let Some(range) = plural.then(|| joint(view, chunks, sentence, verb.left)).flatten() {
        return Source::found(range, "subject");
    }
    let marks = view.level(verb.finite);
    let mut crossed: Option<u32> = None;
    let mut seen = verb.left;
    for chunk in cut(view, chunks, verb.left).into_iter().chain(preceding(chunks, verb.left)) {
        if crossed.is_none() {
            crossed = (chunk.range.end..seen).rev().find(|&at| is_main_verb(view, at));
            if let Some(finite) = crossed
                && is_coordinated(view, verb.left, sentence)
            {
                return of_other(view, chunks, sentence, finite, climbs, "coordinated-verb");
            }
        }
        seen = chunk.range.start;
        // "Anne Roux, 29 ans, a dit"; "un audit, rendu public en mai, conclut": what a participle makes of somebody.
        let made = chunk.range.start.checked_sub(1).is_some_and(|at| {
            view.upos(at) == Upos::Verb
                && view.tag(at).feats.is_participle()
                && view.tag(at).feats.is_past()
                && view.upos(chunk.range.start) != Upos::Det
                && view.upos(chunk.head) != Upos::Propn
        });
        if made || view.norm(chunk.head) == "ans" {
            continue;
        }
        if chunk.is_governed()
            || view.level(chunk.head) != marks
            || in_brackets(view, chunk, verb.left)
            || phrase::is_time(view, chunk)
            || is_in_relative(view, chunk, sentence)
                && !is_subject_of_relative(view, chunk, crossed, verb.left, climbs == 0)
            || follows_infinitive(view, chunk)
        {
            continue;
        }
        let many = if plural { is_plural(view, chunks, chunk) } else { own_number(view, chunk) };
        if many.is_some_and(|many| many != plural) && view.upos(chunk.head) != Upos::Propn {
            continue;
        }
        if plural && many == Some(false) {
            continue;
        }
        if crossed.is_some() && !separated(view, chunk.range.end, verb.left) {
            // A whole clause lies between, and nothing says that it is an insertion.
            continue;
        }
        let chunk = quantity_before(view, chunks, chunk).unwrap_or(chunk);
        let chunk = example_of(view, chunks, chunk).unwrap_or(chunk);
        if !plural && let Some(root) = first_of_apposed(view, chunks, chunk, verb.left, sentence) {
            return Source::found(apposed(view, chunks, phrase::grow(view, root, verb.left, true)), "subject");
        }
        if let Some(name) = named_before(view, chunks, chunk, verb.left) {
            return Source::found(
                TokenRange::new(name.range.start, phrase::grow(view, chunk, verb.left, false).end),
                "subject",
            );
        }
        return Source::found(whole(view, chunks, chunk, verb.left, plural), "subject");
    }
    match crossed {
        Some(finite) => of_other(view, chunks, sentence, finite, climbs, "coordinated-verb"),
        None => Source::NONE,
    }
}

/// "le maire, qui part demain, a dit", "le maire, que la crise inquiète, dit": the relative of an insertion that ends right
/// before the verb.
fn relative_before(view: &View, left: u32, sentence: TokenRange) -> Option<u32> {
    let comma = left.checked_sub(1).filter(|&at| at > sentence.start && view.is(at, Word::Comma))?;
    let floor = sentence.start.max(left.saturating_sub(FAR));
    let finite = (floor..comma).rev().find(|&at| is_main_verb(view, at))?;
    let floor = floor.max(finite.saturating_sub(INVERSION));
    // "Paul, dont le fils, 15 ans, a été touché alors qu'il faisait la queue, accuse": as many conjunctions as verbs.
    let opens = |at: u32| {
        let verbs = (at..comma).filter(|&at| is_main_verb(view, at)).count();
        let links = (at..comma).filter(|&at| view.word(at).subordinates()).count();
        matches!(view.word(at + 1), Word::Qui | Word::Relative) && links >= verbs
    };
    let commas = || (floor..finite).rev().filter(|&at| view.is(at, Word::Comma) && !view.in_marks(at));
    let open = commas().take(4).find(|&at| opens(at)).or_else(|| commas().next())?;
    let relative = matches!(view.word(open + 1), Word::Qui | Word::Relative)
        || view.is(open + 1, Word::Que) && view.upos(open + 1) != Upos::Adv;
    // "…, dont l'État a pris acte, le ministre, Paul Roux, a dit": somebody else comes in after the relative.
    let other = (finite..comma).find(|&at| view.is(at, Word::Comma)).is_some_and(|first| {
        phrase::chunk(view, first + 1, left).is_some_and(|chunk| {
            phrase::is_office(view, chunk.head)
                && view.upos(chunk.range.start) == Upos::Det
                && !is_plural_verb(view, left)
        })
    });
    (relative && !other).then_some(open + 1)
}

/// "la moitié | des élus", "20 % | des élèves": the phrase that says how many.
fn quantity_before(view: &View, chunks: &[Chunk], chunk: Chunk) -> Option<Chunk> {
    let inside = matches!(view.word(chunk.range.start), Word::De | Word::Du);
    let end = if inside { chunk.range.start } else { chunk.preposition? };
    if !matches!(view.word(end), Word::De | Word::Du) {
        return None;
    }
    let quantity = preceding(chunks, end).next().filter(|quantity| quantity.range.end == end)?;
    let near = quantity
        .preposition
        .filter(|&at| view.is(at, Word::De) && at.checked_sub(1).is_some_and(|before| is_approximate(view, before)));
    if !is_quantity(view, quantity.head) || quantity.is_governed() && near.is_none() {
        return None;
    }
    let start = near.map_or(quantity.range.start, |of| of - 1);
    Some(Chunk { range: TokenRange::new(start, quantity.range.end), preposition: None, ..quantity })
}

/// True for a noun that says how many: singular, and yet its verb may be plural.
fn is_quantity(view: &View, at: u32) -> bool {
    matches!(
        &*view.norm(at),
        "moitié"
            | "majorité"
            | "minorité"
            | "tiers"
            | "quart"
            | "plupart"
            | "ensemble"
            | "totalité"
            | "nombre"
            | "%"
            | "dizaine"
            | "centaine"
            | "dizaines"
            | "centaines"
            | "milliers"
            | "partie"
            | "part"
            | "cent"
    )
}

/// "près de", "plus de", "moins de"
fn is_approximate(view: &View, at: u32) -> bool {
    matches!(&*view.norm(at), "près" | "plus" | "moins")
}

/// "des sites tels que X et Y": the phrase that X and Y are examples of.
fn example_of(view: &View, chunks: &[Chunk], chunk: Chunk) -> Option<Chunk> {
    const NEAR: u32 = 12;
    let floor = chunk.range.start.saturating_sub(NEAR);
    let que = (floor..chunk.range.start).rev().find(|&at| view.is(at, Word::Que))?;
    let such = que.checked_sub(1)?;
    if !matches!(&*view.norm(such), "tel" | "telle" | "tels" | "telles") {
        return None;
    }
    // Only names, commas and "et" between.
    if (que + 1..chunk.range.start).any(|at| matches!(view.upos(at), Upos::Verb | Upos::Aux)) {
        return None;
    }
    let noun = preceding(chunks, such).next().filter(|noun| noun.range.end >= such && !noun.is_governed())?;
    Some(Chunk { range: TokenRange::new(noun.range.start, chunk.range.end), ..noun })
}

/// "Anne Roux, directrice de l'école et ancienne maire, une femme connue, a dit": between the first phrase and the verb
/// nothing but phrases and commas, the last one right before the verb; that first phrase.
fn first_of_apposed(view: &View, chunks: &[Chunk], last: Chunk, left: u32, sentence: TokenRange) -> Option<Chunk> {
    if !left.checked_sub(1).is_some_and(|at| view.is(at, Word::Comma)) || view.in_marks(last.head) {
        return None;
    }
    let floor = sentence.start.max(left.saturating_sub(INVERSION + INVERSION));
    let nominal = |at: u32| match view.upos(at) {
        Upos::Noun | Upos::Adj | Upos::Propn | Upos::Adp | Upos::Det | Upos::Num | Upos::Adv | Upos::Sym => true,
        Upos::Cconj => view.is(at, Word::Et),
        Upos::Punct => view.is(at, Word::Comma),
        Upos::Verb => view.tag(at).feats.is_participle() && view.tag(at).feats.is_past(),
        _ => false,
    };
    let mut open = last.range.start;
    while open > floor && nominal(open - 1) && !view.in_marks(open - 1) {
        open -= 1;
    }
    let from = chunks.partition_point(|chunk| chunk.range.start < open);
    let first = chunks.iter().skip(from).take(LOOK).copied().find(|chunk| {
        let body = phrase::is_body(view, chunk.head) && view.is_capitalized(chunk.head);
        let named = body || view.upos(chunk.head) == Upos::Propn || phrase::is_office(view, chunk.head);
        chunk.range.end < last.range.start && !chunk.is_governed() && !phrase::is_time(view, *chunk) && named
    })?;
    let between = (first.range.end..last.range.start).any(|at| view.is(at, Word::Comma));
    let single = own_number(view, first) != Some(true);
    (between && single).then_some(first)
}

/// "Anne Roux, la directrice de l'école, a dit", "le Conseil, principale coalition du pays, a dit": the phrase that an
/// apposition between commas belongs to.
fn named_before(view: &View, chunks: &[Chunk], apposition: Chunk, left: u32) -> Option<Chunk> {
    let comma = apposition.range.start.checked_sub(1).filter(|&at| view.is(at, Word::Comma))?;
    let head = root_before(view, chunks, comma)?;
    if phrase::is_time(view, head) || view.level(head.head) != view.level(apposition.head) {
        return None;
    }
    let closed = left.checked_sub(1).is_some_and(|at| matches!(view.word(at), Word::Comma | Word::Close));
    let bare = view.upos(apposition.range.start) != Upos::Det;
    let office = view.upos(head.head) == Upos::Propn && phrase::is_office(view, apposition.head);
    let name = view.upos(apposition.head) == Upos::Propn && phrase::is_office(view, head.head);
    // "le rapport du BEA, le Bureau d'enquêtes, conclut": what an acronym stands for.
    let expands = view.is_capitalized(apposition.head)
        && comma.checked_sub(1).is_some_and(|at| {
            let form = view.form(at);
            form.len() > 1 && form.chars().all(char::is_uppercase) && at + 1 > head.range.end
        });
    (closed && (bare || name || expands) || office).then_some(head)
}

/// The phrase that ends at `end` with its complements: "le porte-parole | de la mission | en Syrie".
fn root_before(view: &View, chunks: &[Chunk], end: u32) -> Option<Chunk> {
    const DEPTH: usize = 5;
    let mut end = end;
    for chunk in preceding(chunks, end).take(DEPTH) {
        if chunk.range.end != end {
            return None;
        }
        match chunk.preposition {
            None => return Some(chunk),
            Some(at) if matches!(view.word(at), Word::De | Word::Du | Word::A | Word::Au | Word::En) => end = at,
            Some(_) => return None,
        }
    }
    None
}

/// True if "et", "mais", "puis" or a comma stands right before the group: the verb shares its subject with another.
fn is_coordinated(view: &View, left: u32, sentence: TokenRange) -> bool {
    let Some(before) = left.checked_sub(1).filter(|&before| before >= sentence.start) else { return false };
    match view.word(before) {
        Word::Et | Word::Mais => true,
        _ => matches!(&*view.norm(before), "ensuite" | "aussi" | "puis" | "également" | "enfin"),
    }
}

/// "Le maire, Luc Petit, et son adjointe, Eva Marre, | ont dit": two people that "et" joins, one of them with an apposition.
fn joint(view: &View, chunks: &[Chunk], sentence: TokenRange, left: u32) -> Option<TokenRange> {
    const FIRST: usize = 6;
    let end = left.checked_sub(1).filter(|&at| at > sentence.start)?;
    let end = if view.is(end, Word::Comma) { end } else { left };
    let level = view.level(left);
    let floor = sentence.start.max(left.saturating_sub(INVERSION));
    let et = (floor..end).rev().find(|&at| view.is(at, Word::Et) && view.level(at) == level)?;
    let somebody = |chunk: &Chunk| phrase::names_somebody(view, chunk.head);
    let second = phrase::chunk(view, et + 1, end).filter(|chunk| !chunk.is_governed() && somebody(chunk))?;
    let comma = et.checked_sub(1).is_some_and(|at| view.is(at, Word::Comma));
    let edge = et - u32::from(comma);
    let reaches =
        |chunk: &Chunk| !chunk.is_governed() && somebody(chunk) && phrase::grow(view, *chunk, edge, true).end == edge;
    let first = preceding(chunks, edge).take(FIRST).filter(reaches).last()?;
    let apposed = (first.range.start..end).any(|at| view.is(at, Word::Comma));
    (apposed && phrase::grow(view, second, end, true).end == end).then(|| TokenRange::new(first.range.start, end))
}

/// A phrase with what belongs to it before the verb at `left`: complements, apposition, coordinated phrases.
fn whole(view: &View, chunks: &[Chunk], chunk: Chunk, left: u32, plural: bool) -> TokenRange {
    let mut start = chunk;
    if plural {
        // "Anne Roux et Paul Petit ont dit": the phrases that "et" and commas join.
        for earlier in preceding(chunks, chunk.range.start) {
            let gap = start.range.start.saturating_sub(earlier.range.end);
            let joined = gap == 1
                && matches!(view.word(earlier.range.end), Word::Et | Word::Comma)
                && !phrase::is_time(view, earlier);
            // "Le Kerala abat 200 canards, les éleveurs protestent": a comma alone joins nobody.
            let list = (earlier.range.end..chunk.range.start).any(|at| view.is(at, Word::Et));
            if !joined || !list || earlier.is_governed() {
                break;
            }
            start = earlier;
        }
        if start.range.start != chunk.range.start {
            let end = phrase::grow(view, chunk, left, false).end;
            return TokenRange::new(start.range.start, end);
        }
    }
    apposed(view, chunks, phrase::grow(view, chunk, left, true))
}

/// "le président du groupe, Paul Roux, a dit" found from the name: the function before the comma belongs to it.
fn apposed(view: &View, chunks: &[Chunk], range: TokenRange) -> TokenRange {
    if let Some(start) = function_beside(view, chunks, range.start) {
        return TokenRange::new(start, range.end);
    }
    let Some(comma) = range.start.checked_sub(1).filter(|&at| view.is(at, Word::Comma)) else { return range };
    let name = view.upos(range.start) == Upos::Propn;
    let mut root = None;
    for earlier in preceding(chunks, comma) {
        if root.is_none() && earlier.range.end != comma {
            return range;
        }
        root = Some(earlier);
        if !earlier.is_governed()
            || earlier.preposition.is_some_and(|at| !matches!(view.word(at), Word::De | Word::Du | Word::A | Word::Au))
        {
            break;
        }
    }
    match root {
        Some(root)
            if name
                && !root.is_governed()
                && (root.range.start..root.range.end).any(|at| phrase::is_office(view, at)) =>
        {
            TokenRange::new(root.range.start, range.end)
        }
        _ => range,
    }
}

/// "le pêcheur et expert en courants | Yann Prigent": where the function begins that stands right before a name, if its
/// complements came between.
fn function_beside(view: &View, chunks: &[Chunk], start: u32) -> Option<u32> {
    if view.upos(start) != Upos::Propn {
        return None;
    }
    let complement = preceding(chunks, start).next().filter(|chunk| chunk.range.end == start)?;
    complement.preposition?;
    let root = root_before(view, chunks, start)?;
    let office = |chunk: Chunk| (chunk.range.start..chunk.range.end).any(|at| phrase::is_office(view, at));
    if !office(root) {
        return None;
    }
    // "le pêcheur et expert": one article for two functions.
    let bare = view.upos(root.range.start) == Upos::Noun;
    let et = root.range.start.checked_sub(1).filter(|&at| bare && view.is(at, Word::Et));
    let first = et.and_then(|et| preceding(chunks, et).next().filter(|chunk| chunk.range.end == et));
    Some(first.filter(|&first| office(first) && !first.is_governed()).unwrap_or(root).range.start)
}

/// True if a comma, dash or bracket stands at both ends of what is between: an insertion.
fn separated(view: &View, start: u32, end: u32) -> bool {
    let edge = |at: u32| {
        matches!(
            view.word(at),
            Word::Comma | Word::Dash | Word::Close | Word::Open | Word::Qui | Word::Relative | Word::Que
        )
    };
    edge(start) && (end.checked_sub(1).is_some_and(edge) || !view.is(start, Word::Comma))
}

fn is_main_verb(view: &View, at: u32) -> bool {
    matches!(view.upos(at), Upos::Verb | Upos::Aux) && view.tag(at).feats.is_finite() && !view.in_marks(at)
}

/// Plural, singular, or unknown.
fn is_plural(view: &View, chunks: &[Chunk], chunk: Chunk) -> Option<bool> {
    // "X et Y" is plural though each is not.
    let joined = preceding(chunks, chunk.range.start.saturating_sub(1))
        .next()
        .filter(|other| {
            // "en cours et la police": what another preposition governs is not joined to a subject.
            other.preposition.is_none_or(|at| matches!(view.word(at), Word::De | Word::Du | Word::A | Word::Au))
        })
        .is_some_and(|other| other.range.end + 1 == chunk.range.start && view.is(other.range.end, Word::Et));
    if joined {
        return Some(true);
    }
    own_number(view, chunk)
}

/// True if the phrase itself is plural, false if singular.
fn own_number(view: &View, chunk: Chunk) -> Option<bool> {
    if is_quantity(view, chunk.head) {
        return None;
    }
    let first = view.tag(chunk.range.start).feats;
    let head = view.tag(chunk.head).feats;
    // "l'ONG": the article tells, where the noun has no number of its own.
    if view.upos(chunk.range.start) == Upos::Det && first.is_singular() {
        return Some(false);
    }
    if first.is_plural() || head.is_plural() {
        Some(true)
    } else if first.is_singular() || head.is_singular() {
        Some(false)
    } else {
        None
    }
}

/// "Anne Roux (LR) a dit": what brackets hold that close before the verb is an aside.
fn in_brackets(view: &View, chunk: Chunk, left: u32) -> bool {
    const NEAR: u32 = 14;
    let floor = chunk.range.start.saturating_sub(NEAR);
    let edge = |at: &u32| matches!(view.word(*at), Word::Open | Word::Close);
    let open = (floor..chunk.range.start).rev().find(edge).filter(|&at| view.is(at, Word::Open));
    open.and_then(|open| phrase::closing(view, open, left)).is_some_and(|close| close >= chunk.range.end)
}

/// True if a relative pronoun or conjunction stands between the phrase and the last comma before it.
fn is_in_relative(view: &View, chunk: Chunk, sentence: TokenRange) -> bool {
    const NEAR: u32 = 25;
    let floor = sentence.start.max(chunk.range.start.saturating_sub(NEAR));
    for at in (floor..chunk.range.start).rev() {
        match view.word(at) {
            Word::Comma | Word::Stop | Word::Colon | Word::Semicolon | Word::Dash | Word::Close => return false,
            Word::Qui | Word::Relative => return true,
            // "que" as well, but not right before the phrase: "a dit que Paul affirme".
            Word::Que => return at + 1 < chunk.range.start && view.upos(at) == Upos::Pron,
            _ => {}
        }
    }
    false
}

/// "la ville, dont le maire, Paul Roux, a dit", "où Anne Roux parle": the relative's own subject, right behind it, its verb the
/// first one after.
fn is_subject_of_relative(view: &View, chunk: Chunk, crossed: Option<u32>, left: u32, own: bool) -> bool {
    let relative = chunk.range.start.checked_sub(1).is_some_and(|at| {
        // "une mesure à laquelle Paris se dit « opposé »"
        view.is(at, Word::Relative)
            || own
                && view.is(at, Word::Qui)
                && phrase::grow(view, chunk, left, false).end == left
                && at.checked_sub(1).is_some_and(|before| view.upos(before) == Upos::Adp)
    });
    relative && crossed.is_none() && left > chunk.range.start
}

/// "pour voir le maire": an object, not a subject.
fn follows_infinitive(view: &View, chunk: Chunk) -> bool {
    chunk.range.start.checked_sub(1).is_some_and(|before| {
        matches!(view.upos(before), Upos::Verb)
            && (view.tag(before).feats.is_infinitive()
                || view.tag(before).feats.is_participle() && !view.tag(before).feats.is_past())
    })
}

/// What "qui" stands for.
fn antecedent(view: &View, chunks: &[Chunk], sentence: TokenRange, qui: u32) -> Source {
    let end = if qui > sentence.start && view.is(qui - 1, Word::Comma) { qui - 1 } else { qui };
    let mut nearest: Option<Chunk> = None;
    let mut last = end;
    for chunk in preceding(chunks, end) {
        // "Anne Roux, 29 ans, qui": whose age it is.
        if view.norm(chunk.head) == "ans"
            && chunk.range.end == last
            && view.is(chunk.range.start.saturating_sub(1), Word::Comma)
        {
            last = chunk.range.start - 1;
            continue;
        }
        if chunk.range.end != last && !is_bracket(view, chunk.range.end, last) {
            break;
        }
        // "sous l'emprise d'un voisin qui se dit capable": who can speak, not what.
        let mute = !phrase::can_speak(view, chunk.range);
        if let Some(nearest) = nearest.filter(|nearest| mute && phrase::is_human(view, nearest.head)) {
            return Source::found(phrase::grow(view, nearest, end, true), "relative");
        }
        nearest = nearest.or(Some(chunk));
        // "Anne Roux, de l'Observatoire, qui dirige l'étude": the name before the comma.
        if let Some(named) = named_with_body(view, chunks, chunk) {
            return Source::found(
                TokenRange::new(named.range.start, phrase::grow(view, chunk, end, false).end),
                "relative",
            );
        }
        let of = chunk.preposition.is_some_and(|at| matches!(view.word(at), Word::De | Word::Du));
        // "Anne Roux, professeure de droit à Lyon, qui": not where she is.
        let there =
            chunk.preposition.filter(|&at| matches!(view.word(at), Word::A | Word::Au) || view.norm(at) == "chez");
        if let Some(at) = there.filter(|_| view.upos(chunk.head) == Upos::Propn)
            && let Some(root) = root_before(view, chunks, at).filter(|root| phrase::is_human(view, root.head))
        {
            let start = named_before(view, chunks, root, qui).map_or(root.range.start, |named| named.range.start);
            return Source::found(TokenRange::new(start, chunk.range.end), "relative");
        }
        if !of
            || view.upos(chunk.head) == Upos::Propn
                && nearest == Some(chunk)
                && !view.tag(chunk.head).feats.is_plural()
                && chunk.range.len() > 1
        {
            return Source::found(phrase::grow(view, chunk, end, true), "relative");
        }
        last = chunk.preposition.unwrap_or(chunk.range.start);
    }
    match nearest {
        Some(chunk) => Source::found(phrase::grow(view, chunk, end, true), "relative"),
        None => Source::NONE,
    }
}

/// "Anne Roux, | de l'Observatoire": the name that a body between commas belongs to.
fn named_with_body(view: &View, chunks: &[Chunk], body: Chunk) -> Option<Chunk> {
    let of = body.preposition.filter(|&at| matches!(view.word(at), Word::De | Word::Du))?;
    let comma = of.checked_sub(1).filter(|&at| view.is(at, Word::Comma))?;
    let name = preceding(chunks, comma).next().filter(|chunk| chunk.range.end == comma && !chunk.is_governed())?;
    (view.upos(name.head) == Upos::Propn).then_some(name)
}

fn is_bracket(view: &View, start: u32, end: u32) -> bool {
    start < end && view.is(start, Word::Open) && view.is(end - 1, Word::Close)
}

/// "un message disant": the phrase right before; else the subject of the clause the gerund hangs on.
fn of_gerund(view: &View, chunks: &[Chunk], sentence: TokenRange, verb: Verb, climbs: u32) -> Source {
    let before = verb.left.checked_sub(1).filter(|&before| before >= sentence.start);
    if let Some(before) = before
        && !view.is(before, Word::Comma)
        && !view.is(before, Word::En)
        && let Some(chunk) = preceding(chunks, verb.left).next()
        && chunk.range.end == verb.left
        && !phrase::is_time(view, chunk)
    {
        return Source::found(phrase::grow(view, chunk, verb.left, false), "participle");
    }
    of_governor(view, chunks, sentence, verb.left, climbs, "gerund")
}

/// The subject of the nearest finite verb before `left`, or else of the first one after it.
fn of_governor(
    view: &View,
    chunks: &[Chunk],
    sentence: TokenRange,
    left: u32,
    climbs: u32,
    why: &'static str,
) -> Source {
    let marks = view.level(left);
    let finite = |at: &u32| {
        matches!(view.upos(*at), Upos::Verb | Upos::Aux) && view.tag(*at).feats.is_finite() && view.level(*at) == marks
    };
    let before = (sentence.start.max(left.saturating_sub(FAR))..left).rev().find(finite);
    // "a dit que la banque avait de quoi, avant d'avertir : « P »": the main verb's subject.
    let apart = left.checked_sub(3).is_some_and(|at| {
        at > sentence.start && view.is(at, Word::Comma) && matches!(&*view.norm(at + 1), "avant" | "quitte")
    });
    let main = (why == "gerund" || apart).then(|| main_verb_before(view, left, sentence)).flatten();
    let governor = main.or(before).or_else(|| main_verb_after(view, left, sentence, &finite));
    match governor {
        Some(at) => of_other(view, chunks, sentence, at, climbs, why),
        None => Source::NONE,
    }
}

/// The first finite verb after `left` that no conjunction or relative introduces: "Estimant que P, les avocats | ont".
fn main_verb_after(view: &View, left: u32, sentence: TokenRange, finite: &impl Fn(&u32) -> bool) -> Option<u32> {
    let mut open = 0_u32;
    for at in left + 1..sentence.end.min(left + FAR) {
        match view.word(at) {
            word if word.subordinates() => open += 1,
            // A verbatim clause gives the conjunction its verb.
            _ if view.level(at) != view.level(left) && view.closing(at).is_some() => open = open.saturating_sub(1),
            _ if finite(&at) => match open.checked_sub(1) {
                Some(left) => open = left,
                None => return Some(at),
            },
            _ => {}
        }
    }
    None
}

/// Who acts in the clause that ends at `end`: the subject of its main verb.
pub(crate) fn of_clause(view: &View, chunks: &[Chunk], sentence: TokenRange, end: u32) -> Source {
    match main_verb_before(view, end, sentence) {
        Some(finite) => of_other(view, chunks, sentence, finite, 0, "subject-of-clause"),
        None => Source::NONE,
    }
}

/// Whom an adjective or participle at `at` is said of: the phrase right before it, or the subject of the clause.
pub(crate) fn of_apposed(view: &View, chunks: &[Chunk], sentence: TokenRange, at: u32) -> Source {
    let mut end = at;
    while end > sentence.start && (view.is(end - 1, Word::Comma) || view.upos(end - 1) == Upos::Adv) {
        end -= 1;
    }
    let beside = root_before(view, chunks, end).filter(|chunk| !phrase::is_time(view, *chunk));
    match beside {
        Some(chunk) if end > sentence.start => Source::found(
            TokenRange::new(chunk.range.start, phrase::grow(view, chunk, end, true).end.min(end)),
            "apposition",
        ),
        _ => {
            let verb = Verb { left: at, finite: at, form: Form::Gerund };
            of_governor(view, chunks, sentence, verb.left, 0, "gerund")
        }
    }
}

/// The subject of another finite verb of the sentence.
fn of_other(
    view: &View,
    chunks: &[Chunk],
    sentence: TokenRange,
    finite: u32,
    climbs: u32,
    why: &'static str,
) -> Source {
    if climbs >= CLIMBS {
        return Source::NONE;
    }
    // "a-t-il ajouté, précisant que": a clitic after the verb.
    if view.is(finite + 1, Word::Inverted) {
        return Source::found(TokenRange::new(finite + 1, finite + 2), why);
    }
    let mut left = finite;
    while left > sentence.start
        && (matches!(view.word(left - 1), Word::Ne | Word::Clitic | Word::En)
            || view.is(left - 1, Word::Reflexive) && !matches!(&*view.norm(left - 1), "nous" | "vous"))
        && view.upos(left - 1) != Upos::Det
    {
        left -= 1;
    }
    let verb = Verb { left, finite, form: Form::Finite };
    let source = of_finite(view, chunks, sentence, verb, climbs + 1);
    if source.range.is_some() {
        return Source { range: source.range, why };
    }
    // An incise governs: "a dit Paul, ajoutant que".
    let mut end = finite + 1;
    while end < sentence.end && (view.upos(end) == Upos::Adv || view.upos(end) == Upos::Verb) {
        end += 1;
    }
    after(view, sentence, end, view.level(finite)).map_or(Source::NONE, |range| Source::found(range, why))
}
