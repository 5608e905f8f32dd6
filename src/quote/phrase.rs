//! Noun phrases, from tags alone: what a speaker or an object looks like.
//!
//! [`chunks`] cuts a sentence into base phrases ("le président russe", "Vladimir Poutine"), each with the preposition
//! before it; [`grow`] adds what belongs to one: complements with *de*, a parenthesis, an apposition, coordinated
//! phrases. One pass a sentence, each growth bounded by [`REACH`].

use std::sync::LazyLock;

use crate::entity::{DEMONYM_ENDINGS, has_both_genders, is_compound_person};
use crate::lexicon::{self, Label};
use crate::morph::Upos;
use crate::normalize::lists::MONTHS;
use crate::quote::view::{View, Word};
use crate::text::TokenRange;
use crate::token::Set;

/// Tokens a phrase may have.
const REACH: u32 = 60;

/// A base noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chunk {
    /// Determiner to last adjective.
    pub(crate) range: TokenRange,
    /// Its main noun, name or pronoun.
    pub(crate) head: u32,
    /// The preposition, or contraction, right before it.
    pub(crate) preposition: Option<u32>,
}

impl Chunk {
    /// True if it depends on a preposition, so that it is no subject or object.
    pub(crate) fn is_governed(self) -> bool {
        self.preposition.is_some()
    }
}

/// The base noun phrases of a range, in order.
pub(crate) fn chunks(view: &View, range: TokenRange) -> Vec<Chunk> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match chunk(view, at, range.end) {
            Some(chunk) => {
                at = chunk.range.end;
                found.push(chunk);
            }
            None => at += 1,
        }
    }
    found
}

/// The base phrase that begins at `start`.
pub(crate) fn chunk(view: &View, start: u32, end: u32) -> Option<Chunk> {
    let mut at = start;
    let mut seen_det = false;
    // "De Pavant a dit": a particle that begins a name, its verb right behind.
    let particle = view.form(start) == "De"
        && view.is_capitalized(start + 1)
        && (matches!(view.upos(start + 2), Upos::Verb | Upos::Aux) || view.form(start + 2) == "à");
    if particle {
        at += 1;
    }
    while at < end && is_determiner(view, at) {
        seen_det = true;
        at += 1;
    }
    let first = at;
    // Adjectives, numbers and adverbs before the noun: "les trois très jeunes élus".
    while at < end && before_noun(view, at, end) {
        at += 1;
    }
    let head = if at < end && (particle || is_nominal(view, at) || seen_det && is_somebody_acting(view, at)) {
        at
    } else if at > first && matches!(view.upos(at - 1), Upos::Num | Upos::Adj) && seen_det {
        // "les trois", "le premier": the number or adjective is the head.
        at - 1
    } else if seen_det && at == first && at + 1 == end && view.upos(at) == Upos::Adj {
        // "Cette dernière | annonce que"
        at
    } else if seen_det
        && at == first
        && at < end
        && matches!(&*view.norm(at), "un" | "une" | "uns" | "unes" | "autre" | "autres")
    {
        // "l'une des femmes", "les autres"
        at
    } else if !seen_det && at < end && is_free_pronoun(view, at) {
        return Some(Chunk { range: TokenRange::new(start, at + 1), head: at, preposition: preposition(view, start) });
    } else if !seen_det && at > first && view.upos(at - 1) == Upos::Num {
        at - 1
    } else {
        return None;
    };
    let mut head = head;
    at = head + 1;
    let bare = !seen_det && view.upos(head) == Upos::Noun && !view.is_capitalized(head);
    while at < end && (after_noun(view, at, head) || view.form(at) == "&" && view.is_capitalized(at + 1)) {
        // "a confié avec émotion Garcia": a bare noun takes no name, unless it is a title or an office.
        if bare && view.upos(at) == Upos::Propn && !is_office(view, head) && !is_body(view, head) {
            break;
        }
        // "Martin & Cie"
        if view.form(at) == "&" && view.is_capitalized(at + 1) && at + 1 < end {
            at += 2;
            continue;
        }
        if begins_person(view, start, at) || begins_after_own(view, start, head, at) {
            break;
        }
        // A title or function gives way to the name that follows: "M. Poutine", "président Macron".
        if view.upos(at) == Upos::Propn && view.upos(head) != Upos::Propn {
            head = at;
        }
        at += 1;
    }
    Some(Chunk { range: TokenRange::new(start, at), head, preposition: preposition(view, start) })
}

/// "à l'AFP | Jean Roux", "à l'agence Mer Nouvelles | Anne Roux": a first name after a name that is none.
fn begins_person(view: &View, start: u32, at: u32) -> bool {
    let common = |at: u32| lexicon::first_name(view.form(at)).is_some_and(|share| share.frequency() >= 10);
    if view.upos(at) != Upos::Propn || view.upos(at + 1) != Upos::Propn || !common(at) {
        return false;
    }
    let capitals = |at: u32| {
        let form = view.form(at);
        form.len() > 1 && !form.contains('.') && form.chars().all(char::is_uppercase)
    };
    let Some(name) = (start..at).find(|&before| view.upos(before) == Upos::Propn || capitals(before)) else {
        return false;
    };
    let form = view.form(name);
    let acronym = form.len() > 1 && !form.contains('.') && !form.chars().any(char::is_lowercase);
    acronym || lexicon::first_name(form).is_none() && (start..name).any(|at| is_body(view, at))
}

/// "résume de son côté | Jean Roux", "pour sa part | Anne Roux": what is somebody's has a name only if it is somebody.
fn begins_after_own(view: &View, start: u32, head: u32, at: u32) -> bool {
    let own = matches!(&*view.norm(start), "son" | "sa" | "ses" | "leur" | "leurs");
    let thing = view.upos(head) == Upos::Noun && !is_human(view, head) && !is_body(view, head);
    own && thing && view.upos(at) == Upos::Propn
}

fn preposition(view: &View, start: u32) -> Option<u32> {
    let before = start.checked_sub(1)?;
    // "au cours duquel Paul a dit": the relative governs nothing.
    let governs = view.upos(before) == Upos::Adp && !view.is(before, Word::Relative);
    (governs || matches!(view.word(before), Word::De | Word::A | Word::Au)).then_some(before)
}

fn is_determiner(view: &View, at: u32) -> bool {
    view.upos(at) == Upos::Det
}

fn before_noun(view: &View, at: u32, end: u32) -> bool {
    match view.upos(at) {
        Upos::Num => true,
        Upos::Adj => at + 1 < end,
        Upos::Adv => at + 1 < end && matches!(view.upos(at + 1), Upos::Adj | Upos::Num) && !view.is(at, Word::Pas),
        _ => false,
    }
}

fn is_nominal(view: &View, at: u32) -> bool {
    match view.upos(at) {
        Upos::Noun | Upos::Propn => true,
        // "20 % des élèves"
        Upos::X | Upos::Sym => view.is_capitalized(at) || view.form(at) == "%",
        _ => false,
    }
}

/// "l'enseignant": a function read as a participle behind an article.
fn is_somebody_acting(view: &View, at: u32) -> bool {
    let form = view.form(at);
    view.upos(at) == Upos::Verb
        && form.ends_with("ant")
        && (lexicon::is(form, Label::Function) || HUMANS.contains(&*view.norm(at)))
}

/// A pronoun that can stand as a phrase of its own: "lui" after a preposition, "celui-ci", "certains", "beaucoup".
fn is_free_pronoun(view: &View, at: u32) -> bool {
    view.upos(at) == Upos::Pron
        && !matches!(
            view.word(at),
            Word::Que
                | Word::Qui
                | Word::Relative
                | Word::Reflexive
                | Word::Ce
                | Word::Inverted
                | Word::Subject
                | Word::Interrogative
                | Word::En
        )
        && (!view.is(at, Word::Clitic) || at.checked_sub(1).is_some_and(|before| view.upos(before) == Upos::Adp))
}

fn after_noun(view: &View, at: u32, head: u32) -> bool {
    match view.upos(at) {
        // "Marine Le Pen", "Charles De Gaulle", "M. Le Goff": a particle with a capital inside a name.
        Upos::Det | Upos::Adp | Upos::Pron => {
            (view.upos(head) == Upos::Propn || lexicon::title(view.form(head)).is_some())
                && view.is_capitalized(at)
                && view.form(at).chars().count() <= 3
                && view.upos(at + 1) == Upos::Propn
        }
        // "le quotidien Notícias do Zambeze", "l'association Survivors of Cork": a particle in a foreign name.
        _ if matches!(
            view.form(at),
            "do" | "da" | "dos" | "of" | "the" | "and" | "für" | "und" | "van" | "der" | "del" | "di"
        ) && view.is_capitalized(head)
            && view.is_capitalized(at + 1) =>
        {
            true
        }
        // "a dit Le Monde mardi"
        Upos::Noun => !is_weekday(view, at),
        Upos::Adj | Upos::Propn | Upos::Num | Upos::Sym => true,
        Upos::X => view.is_capitalized(at),
        // "le ministre délégué", "la candidate battue"; not the participle of a verb group.
        Upos::Verb => {
            // "l'institut Y | publiée mardi": a name has no participle of its own.
            view.tag(at).feats.is_participle()
                && view.tag(at).feats.is_past()
                && at == head + 1
                && view.upos(head) != Upos::Propn
                && !is_weekday(view, at + 1)
                && (is_office(view, head) || view.upos(at + 1) != Upos::Adp || view.is(at + 1, Word::De))
        }
        _ => false,
    }
}

/// The phrase that begins with `chunk`, grown by its complements up to `end`.
///
/// With `loose`, appositions and coordinated phrases belong to it too: a speaker as it stands.
pub(crate) fn grow(view: &View, chunk: Chunk, end: u32, loose: bool) -> TokenRange {
    let start = chunk.range.start;
    let end = end.min(start.saturating_add(REACH));
    let mut at = complements(view, chunk, end);
    if !loose {
        return TokenRange::new(start, at);
    }
    loop {
        let next = continued(view, chunk, at, end);
        if next == at {
            return TokenRange::new(start, at);
        }
        at = next;
    }
}

/// The end of the chunk with its complements: "de …", "à l'Assemblée" after a function, "(Ufip)".
fn complements(view: &View, chunk: Chunk, end: u32) -> u32 {
    complements_of(view, chunk, end, is_office(view, chunk.head) || is_human(view, chunk.head))
}

/// The same of a noun that is a function or not.
fn complements_of(view: &View, chunk: Chunk, end: u32, office: bool) -> u32 {
    let mut at = chunk.range.end;
    let mut head = chunk.head;
    loop {
        let next = complement(view, (chunk.head, office), head, at, end);
        match next {
            Some((to, new_head)) if to > at => {
                at = to;
                head = new_head;
            }
            _ => return at,
        }
    }
}

/// One complement at `at` of the noun `head` in a phrase about `root`, which is a function or not: its end and the noun that may take the next one.
fn complement(view: &View, (root, office): (u32, bool), head: u32, at: u32, end: u32) -> Option<(u32, u32)> {
    if at >= end {
        return None;
    }
    let of = match view.word(at) {
        Word::De => true,
        Word::Du => view.tag(at).tag.is_contraction() || view.upos(at) == Upos::Adp,
        _ => false,
    };
    if of {
        // "l'auteur de « La Digue »"
        if let Some(pair) = view.opening(at + 1)
            && is_office(view, root)
            && pair.inner.len() <= 6
            && pair.outer.end <= end
            && view.is_capitalized(pair.inner.start)
        {
            return Some((pair.outer.end, head));
        }
        // "l'un d'entre eux"
        if view.norm(at + 1) == "entre" && view.upos(at + 2) == Upos::Pron && at + 3 <= end {
            return Some((at + 3, head));
        }
        let inner = chunk(view, at + 1, end)?;
        // A name keeps what follows for itself; a noun passes it on.
        return Some((inner.range.end, inner.head));
    }
    if matches!(view.word(at), Word::A | Word::Au | Word::En | Word::Pour)
        || matches!(&*view.norm(at), "chez" | "sur" | "aux" | "auprès")
    {
        // "10 pour cent"
        if view.is(at, Word::Pour) && &*view.norm(at + 1) == "cent" && view.upos(head) == Upos::Num {
            return (at + 2 <= end).then_some((at + 2, head));
        }
        let place = view.is(at, Word::En) || office || view.is(at, Word::Pour) && is_body(view, root);
        // "a lancé le quadragénaire à la juge Anne Roux": somebody without an office holds none there.
        let bare = root.checked_sub(1).is_some_and(|before| view.is(before, Word::Comma));
        let to = matches!(view.word(at), Word::A | Word::Au) && !bare && !is_office(view, root);
        let inner = (place && !to).then(|| chunk(view, at + 1, end)).flatten()?;
        // "a raconté la jeune femme à la chaîne Corrib": whom she told.
        let media = ["chaîne", "radio", "agence", "journal", "quotidien", "site", "magazine"];
        let medium = matches!(view.word(at), Word::A | Word::Au)
            && (inner.range.start..inner.range.end).any(|at| media.contains(&&*view.lemma(at)));
        if medium
            && !matches!(&*view.lemma(root), "journaliste" | "correspondant" | "reporter" | "chroniqueur" | "rédacteur")
        {
            return None;
        }
        let named =
            view.upos(inner.head) == Upos::Propn || view.is_capitalized(inner.head) || is_body(view, inner.head);
        // "le conseiller en environnement", "l'Agence pour la pêche"
        let noun = view.upos(inner.head) == Upos::Noun && !is_time(view, inner);
        let field = noun
            && match view.word(at) {
                Word::En => office && view.upos(inner.range.start) != Upos::Det,
                Word::Pour => {
                    // "le commandant pour la région,"
                    let closed = || matches!(view.word(inner.range.end), Word::Comma);
                    is_body(view, root) && view.is_capitalized(root)
                        || is_office(view, root)
                            && at == root + 1
                            && view.upos(inner.range.start) == Upos::Det
                            && closed()
                }
                // "l'adjointe à la culture", "le haut-commissaire aux réfugiés"
                // "la ministre déléguée à la ruralité"
                Word::A | Word::Au => {
                    (takes_field(view, root) || is_office(view, root) && takes_field(view, at - 1))
                        && (at == root + 1 || at == root + 2)
                }
                _ => false,
            };
        return (named || field).then_some((inner.range.end, inner.head));
    }
    // "la ministre chargée de l'Autonomie"
    if matches!(&*view.norm(at), "chargé" | "chargée" | "chargés" | "chargées")
        && office
        && matches!(view.word(at + 1), Word::De | Word::Du)
        && let Some(inner) = chunk(view, at + 2, end)
    {
        return Some((inner.range.end, inner.head));
    }
    // "l'auteur et expert en climat": a second function under the same article.
    if view.is(at, Word::Et) && is_office(view, root) && view.upos(at + 1) == Upos::Noun && is_office(view, at + 1) {
        let inner = chunk(view, at + 1, end)?;
        return (view.upos(inner.range.start) != Upos::Det).then_some((inner.range.end, inner.head));
    }
    // "le directeur du site de Dax Jean Roux": the name of who has the function.
    let apposed = (is_office(view, root) || is_body(view, root) || is_document(view, root))
        && head != root
        && view.upos(at) == Upos::Propn
        && view.is_capitalized(at);
    if apposed && at.checked_sub(1).is_some_and(|before| view.upos(before) != Upos::Adp) {
        let inner = chunk(view, at, end)?;
        return Some((inner.range.end, inner.head));
    }
    // "le président par intérim du parti"
    if view.is(at, Word::Par) && view.norm(at + 1) == "intérim" && at + 2 <= end {
        return Some((at + 2, head));
    }
    // "la ministre de l'Industrie, des Sciences et de la Mer"
    if let Some(inner) = listed_field(view, root, at, end) {
        return Some(inner);
    }
    if view.is(at, Word::Open) {
        return closing(view, at, end).map(|to| (to, head));
    }
    None
}

/// What a list of fields goes on with at `at`: "le ministre de la Mer | et des Pêches", "de l'Industrie | , des Sciences et de la
/// Mer".
fn listed_field(view: &View, root: u32, at: u32, end: u32) -> Option<(u32, u32)> {
    if !matches!(&*view.lemma(root), "ministre" | "secrétaire" | "commissaire" | "vice-ministre") {
        return None;
    }
    let of = |at: u32| matches!(view.word(at), Word::De | Word::Du);
    let field = |at: u32| chunk(view, at, end).filter(|inner| view.is_capitalized(inner.head));
    match view.word(at) {
        Word::Et if of(at + 1) => field(at + 2).map(|inner| (inner.range.end, inner.head)),
        Word::Comma if of(at + 1) => {
            let inner = field(at + 2)?;
            let next = inner.range.end;
            let more = matches!(view.word(next), Word::Et | Word::Comma) && of(next + 1) && field(next + 2).is_some();
            more.then_some((next, inner.head))
        }
        _ => None,
    }
}

/// One past the bracket that closes the one at `open`, if it is near and nothing but words is between.
pub(crate) fn closing(view: &View, open: u32, end: u32) -> Option<u32> {
    const NEAR: u32 = 14;
    (open + 1..end.min(open + NEAR)).find(|&at| view.is(at, Word::Close)).map(|at| at + 1)
}

/// What continues a loose phrase at `at`: an apposition between commas, a coordinated phrase; its end, or `at`.
fn continued(view: &View, first: Chunk, at: u32, end: u32) -> u32 {
    if at >= end {
        return at;
    }
    if view.is(at, Word::Comma) {
        return apposition(view, first, at + 1, end).unwrap_or(at);
    }
    if view.is(at, Word::Et)
        && let Some(next) = chunk(view, at + 1, end)
        && !follows_verb(view, next, end)
    {
        return complements(view, next, end);
    }
    at
}

/// True if a finite verb comes right after the chunk: it is the subject of a clause of its own.
fn follows_verb(view: &View, chunk: Chunk, end: u32) -> bool {
    let mut at = complements(view, chunk, end);
    while at < end && matches!(view.word(at), Word::Ne | Word::Reflexive | Word::Clitic) {
        at += 1;
    }
    // "M. Okello « cherche une issue »": between marks too.
    at = view.opening(at).map_or(at, |pair| pair.inner.start);
    at < end && matches!(view.upos(at), Upos::Verb | Upos::Aux) && view.tag(at).feats.is_finite()
}

/// An apposition that begins at `at`, after a comma: "président de la Ligue", "le porte-parole du parti", "55 ans".
fn apposition(view: &View, first: Chunk, at: u32, end: u32) -> Option<u32> {
    // "Anne Roux, consultant sur Cap": a function that was read as a participle.
    let acting =
        is_somebody_acting(view, at).then(|| Chunk { range: TokenRange::new(at, at + 1), head: at, preposition: None });
    let next = acting.or_else(|| chunk(view, at, end))?;
    let many = |chunk: Chunk| view.tag(chunk.range.start).feats.is_plural() || view.tag(chunk.head).feats.is_plural();
    if many(next) && !many(first) && view.upos(next.range.start) == Upos::Det {
        return None;
    }
    if next.is_governed() || view.level(at) != view.level(first.head) || follows_verb(view, next, end) {
        return None;
    }
    let person = |token: u32| view.upos(token) == Upos::Propn;
    let function = |token: u32| is_office(view, token);
    // "l'AFP, le ministre": an agency has no function.
    let acronym = view.form(first.head);
    let acronym = acronym.len() > 1 && !acronym.chars().any(char::is_lowercase) && first.range.len() < 3;
    let fits = if person(first.head) {
        // "Zlatko Zeljko, représentant de …": a function without or with a determiner.
        !acronym
            && (first.range.start..first.range.end).any(person)
            && (next.range.start..next.range.end).any(function)
            // "la procureure Anne Roux, M. Petit, qui devait…": somebody else.
            && !is_short_title(view, next.range.start)
            && !(next.range.start..next.range.end).all(person)
    } else {
        // "le porte-parole, Jean Martin": a name after a function.
        let title = lexicon::title(view.form(next.range.start)).is_some();
        let ranked = (next.range.start..next.head).any(function);
        let named = person(next.range.start) || person(next.head) && (title || ranked);
        let body = (first.range.start..at).any(|token| is_body(view, token));
        let closed = matches!(view.word(next.range.end), Word::Comma | Word::Stop);
        let article = matches!(&*view.norm(next.range.start), "le" | "la" | "l'");
        let first_name = article
            && (next.range.start..next.head)
                .any(|at| view.upos(at) == Upos::Propn && lexicon::first_name(view.form(at)).is_some());
        // "son entraîneur, le Gallois Paul Roux"
        let from = article && lexicon::is(view.form(next.range.start + 1), Label::Demonym);
        // "son entraîneur, le Tongien Paul Roux": a demonym that the lexicon lacks.
        let inhabitant = |at: u32| {
            view.is_capitalized(at) && DEMONYM_ENDINGS.iter().take(4).flatten().any(|end| view.form(at).ends_with(end))
        };
        let from = from || article && inhabitant(next.range.start + 1);
        // "le président, le républicain du Sud Paul Roux,", "leur chef, le capitaine de vaisseau Paul Roux,"
        let to = if article { complements(view, next, end) } else { next.range.end };
        let far = article
            && to > next.range.end
            && person(to - 1)
            && (function(next.head) || is_human(view, next.head))
            && matches!(view.word(to), Word::Comma | Word::Stop);
        // "leur syndicat, l'Union des pilotes,"
        let union = article
            && view.is_capitalized(next.head)
            && is_body(view, next.head)
            && is_body(view, first.head)
            && !view.is_capitalized(first.head);
        if far && (first.range.start..first.range.end).any(function)
            || union && matches!(view.word(to), Word::Comma | Word::Stop)
        {
            return Some(to);
        }
        let named = named || person(next.head) && (first_name || from && next.range.len() > 2);
        // "sa voisine, Anne Roux", "l'un d'eux, Paul"
        let right_hand = view.norm(first.head) == "bras" && view.norm(first.head + 1) == "droit";
        let somebody = is_human(view, first.head) || right_hand || matches!(&*view.norm(first.head), "un" | "une");
        named && ((first.range.start..first.range.end).any(function) || (body || somebody) && closed)
    };
    // "Loulou, filiale du groupe": a bare noun after a comma is an apposition.
    let noun = view.upos(next.range.start) == Upos::Noun || is_somebody_acting(view, next.range.start);
    let bare = noun && person(first.head) && !is_time(view, next) && !is_short_title(view, next.range.start);
    let age = view.upos(next.head) == Upos::Noun && &*view.norm(next.head) == "ans";
    // "Anne Roux, stratégiste chez Cap à Londres": what a person is called there is a function.
    (fits || bare || age).then(|| complements_of(view, next, end, bare || is_human(view, next.head)))
}

/// One past what an author sets beside a verb without saying anything: "elle aussi", ", lui,", "pour sa part", "quant à elle",
/// "toutefois"; `at` if nothing of the kind stands there.
pub(crate) fn past_aside(view: &View, at: u32) -> u32 {
    let comma = view.is(at, Word::Comma);
    let from = at + u32::from(comma);
    let strong = |at: u32| matches!(&*view.norm(at), "lui" | "elle" | "eux" | "elles" | "moi" | "nous");
    let end = match &*view.norm(from) {
        // "nie lui avoir parlé": an object, not a contrast.
        "lui" | "elle" | "eux" | "elles" | "moi" if !comma && matches!(view.upos(from + 1), Upos::Verb | Upos::Aux) => {
            return at;
        }
        "lui" | "elle" | "eux" | "elles" | "moi" => match &*view.norm(from + 1) {
            "aussi" | "même" => from + 2,
            "non" if view.norm(from + 2) == "plus" => from + 3,
            _ => from + 1,
        },
        "quant" if matches!(view.word(from + 1), Word::A | Word::Au) && strong(from + 2) => from + 3,
        "pour" if matches!(&*view.norm(from + 1), "sa" | "leur" | "ma") && view.norm(from + 2) == "part" => from + 3,
        "de" if matches!(&*view.norm(from + 1), "son" | "leur" | "mon") && view.norm(from + 2) == "côté" => from + 3,
        "en" if matches!(&*view.norm(from + 1), "revanche" | "outre" | "retour") => from + 2,
        "par" if view.norm(from + 1) == "ailleurs" => from + 2,
        "toutefois" | "cependant" | "néanmoins" | "pourtant" | "également" => from + 1,
        _ => return at,
    };
    match (comma, view.is(end, Word::Comma)) {
        (true, true) => end + 1,
        (false, false) => end,
        _ => at,
    }
}

/// "M.", "Mme", "Me": a title that only a name can follow.
fn is_short_title(view: &View, at: u32) -> bool {
    lexicon::title(view.form(at)).is_some() && view.form(at).ends_with('.')
        || matches!(view.form(at), "Mme" | "Mlle" | "Me" | "MM" | "Mmes" | "Mgr" | "Dr" | "Pr")
}

/// True if the noun takes a field with "à": "adjoint au maire", "déléguée à la jeunesse".
fn takes_field(view: &View, at: u32) -> bool {
    let norm = view.norm(at);
    norm.starts_with("délégué")
        || norm.starts_with("adjoint")
        || norm.starts_with("candidat")
        || matches!(&*view.lemma(at), "commissaire" | "haut-commissaire" | "conseiller" | "attaché" | "préposé")
}

/// True if the noun denotes a function, profession or title.
pub(crate) fn is_office(view: &View, at: u32) -> bool {
    let form = view.form(at);
    view.upos(at) != Upos::Propn
        && (lexicon::is(form, Label::Function)
            || lexicon::is(form, Label::Title)
            || form.ends_with("DG") && HUMANS.contains(&*form.to_lowercase()))
}

/// True if the head of a phrase is a name or a noun of somebody.
pub(crate) fn names_somebody(view: &View, head: u32) -> bool {
    view.upos(head) == Upos::Propn || is_human(view, head)
}

/// True for a place or a country that the lexicon has.
pub(crate) fn is_place(form: &str) -> bool {
    lexicon::is(form, Label::Place) || lexicon::is(form, Label::Country)
}

/// Nouns that denote somebody, by lemma: `data/people.txt` and `data/groups.txt`.
static HUMANS: LazyLock<Set> = LazyLock::new(|| {
    let lists = [include_str!("../data/people.txt"), include_str!("../data/groups.txt")];
    lists.into_iter().flat_map(crate::token::entries).filter_map(|line| line.split(' ').next()).collect()
});

/// True if the noun denotes somebody, or several people: a function, "voisine", "couple".
pub(crate) fn is_human(view: &View, at: u32) -> bool {
    view.upos(at) == Upos::Noun
        && (is_office(view, at)
            || HUMANS.contains(&*view.lemma(at))
            || has_both_genders(&view.norm(at))
            || is_compound_person(&view.norm(at)))
}

/// Nouns before the title of a work, as they stand: `data/title_nouns.txt`.
static TITLE_NOUNS: LazyLock<Set> =
    LazyLock::new(|| crate::token::entries(include_str!("../data/title_nouns.txt")).collect());

/// True for a noun before the title of a work: "roman", "émissions".
pub(crate) fn takes_title(norm: &str) -> bool {
    TITLE_NOUNS.contains(norm)
}

/// Nouns of documents, by lemma: `data/documents.txt`.
static DOCUMENTS: LazyLock<Set> = LazyLock::new(|| {
    let lines = crate::token::entries(include_str!("../data/documents.txt"));
    lines.filter_map(|line| line.split(' ').next()).collect()
});

/// True if the noun is one of a document or medium.
pub(crate) fn is_document(view: &View, at: u32) -> bool {
    view.upos(at) == Upos::Noun && DOCUMENTS.contains(&*view.lemma(at))
}

/// True if the phrase can name a source: a pronoun, a name, somebody, a body, a document.
pub(crate) fn can_speak(view: &View, range: TokenRange) -> bool {
    // "ce dernier", "l'intéressée": somebody told of before.
    let taken_up = range.len() == 2
        && matches!(
            &*view.norm(range.end - 1),
            "dernier"
                | "dernière"
                | "derniers"
                | "dernières"
                | "intéressé"
                | "intéressée"
                | "premier"
                | "première"
                | "second"
                | "seconde"
        );
    taken_up
        || (range.start..range.end.min(range.start + REACH)).any(|at| match view.upos(at) {
            Upos::Pron | Upos::Propn | Upos::X => true,
            // "deux élus", "20 %"; not "l'édition 2003".
            Upos::Num => at <= range.start + 1,
            Upos::Noun | Upos::Adj => {
                is_human(view, at)
                    || is_office(view, at)
                    || is_body(view, at)
                    || is_document(view, at)
                    || lexicon::is(view.form(at), Label::Demonym)
                    || view.is_capitalized(at)
                    || view.norm(at).starts_with("source")
            }
            _ => view.is(at, Word::Inverted),
        })
}

/// True if the noun is the head of an organization's name.
pub(crate) fn is_body(view: &View, at: u32) -> bool {
    lexicon::is(view.form(at), Label::Organization)
}

/// True if the phrase says when: "mardi", "la semaine dernière", "ce matin".
pub(crate) fn is_time(view: &View, chunk: Chunk) -> bool {
    let head = view.norm(chunk.head);
    // "une fin « escamotée »" is none, "fin mars" is one; "Le Soir" is a newspaper.
    let thing = chunk.head > chunk.range.start && (head == "fin" || view.is_capitalized(chunk.head));
    if thing && view.upos(chunk.head) != Upos::Num {
        return false;
    }
    TIMES.binary_search(&&*head).is_ok()
        || is_month(&head)
        || view.upos(chunk.head) == Upos::Num && head.len() == 4 && head.starts_with(['1', '2'])
}

/// True for the name of a month, in lower case.
pub(crate) fn is_month(norm: &str) -> bool {
    MONTHS.contains(&norm)
}

fn is_weekday(view: &View, at: u32) -> bool {
    matches!(&*view.norm(at), "lundi" | "mardi" | "mercredi" | "jeudi" | "vendredi" | "samedi" | "dimanche" | "hier")
}

/// Nouns and adverbs of time, sorted.
const TIMES: &[&str] = &[
    "an",
    "année",
    "années",
    "ans",
    "après-midi",
    "aujourd'hui",
    "automne",
    "demain",
    "dimanche",
    "fin",
    "fois",
    "heure",
    "heures",
    "hier",
    "hiver",
    "jeudi",
    "jour",
    "journée",
    "jours",
    "lendemain",
    "lundi",
    "mardi",
    "matin",
    "matinée",
    "mercredi",
    "minutes",
    "mois",
    "moment",
    "nuit",
    "printemps",
    "samedi",
    "semaine",
    "semaines",
    "siècle",
    "soir",
    "soirée",
    "veille",
    "vendredi",
    "été",
];

#[cfg(test)]
mod tests {
    #[test]
    fn the_times_are_sorted() {
        assert!(super::TIMES.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
