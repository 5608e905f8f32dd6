//! Names of people, organizations and places: where they stand and what they are.
//!
//! Takes the columns of a text, gives [`Name`]s by position. Three steps, each one pass over the tokens:
//! 1. runs of capitalized words, joined by particles (*de, von, ben, al-*), initials and Roman numbers; a capital that
//!    the sentence's start, a heading in capitals or a title explains does not count by itself. Names of organizations
//!    go on over adjectives and complements ("Centre national de recherche de Lyon");
//! 2. each run gets evidence for each kind: title, first name, function before it, article, preposition, head noun,
//!    lexicon, the verb after it;
//! 3. runs with the same letters share their evidence over the whole text ("Berger" is a person because "Anne Berger"
//!    is one), and the kind with the most wins.
//!
//! ```
//! use propos::entity::names::{self, NameKind};
//! let doc = propos::Doc::new("Mme Anne Berger a quitté Lyon pour l'ONU.");
//! let (mut workspace, mut tags) = (propos::tag::Workspace::default(), Vec::new());
//! propos::tag::tag(doc.text(), doc.tokens(), doc.sentences()[0], &mut workspace, &mut tags);
//! let names = names::find(doc.text(), doc.tokens(), doc.sentences(), &tags);
//! let kinds: Vec<_> = names.iter().map(|name| (doc.slice(name.range), name.kind)).collect();
//! assert_eq!(
//!     kinds,
//!     [("Anne Berger", NameKind::Person), ("Lyon", NameKind::Place), ("ONU", NameKind::Organization)]
//! );
//! ```

use std::collections::{HashMap, HashSet};

use super::Gender;
use super::phrase::is_keeper;
use super::words::{Facts, View, first_name, is_place, share_by_ending};
use crate::lexicon::{self, Label};
use crate::morph::Upos;
use crate::tag::Tagged;
use crate::text::TokenRange;
use crate::token::{Token, TokenKind};

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// One person.
    Person,
    /// A company, party, institution, medium, team.
    Organization,
    /// A country, region, town, street, mountain.
    Place,
    /// Anything else: a product, a work, an event.
    Other,
}

impl NameKind {
    const ALL: [Self; 4] = [Self::Person, Self::Organization, Self::Place, Self::Other];
}

/// A name as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Its tokens, without title and article.
    pub range: TokenRange,
    /// What it names.
    pub kind: NameKind,
    /// Gender of a person by its title, the function before it or its first name.
    pub gender: Option<Gender>,
    /// The title right before it ("M.", "Dr").
    pub title: Option<u32>,
}

/// The names of a text, by position, none overlapping.
///
/// Time is linear in the number of tokens: every look back or ahead is over at most twelve of them.
#[must_use]
pub fn find(text: &str, tokens: &[Token], sentences: &[TokenRange], tags: &[Tagged]) -> Vec<Name> {
    find_in(&View::new(text, tokens, sentences, tags))
}

/// Tokens of one name at most.
const LONGEST: u32 = 12;

/// A candidate and the evidence for each kind, in the order of [`NameKind::ALL`].
#[derive(Debug, Clone, Copy)]
struct Run {
    range: TokenRange,
    evidence: [f32; 4],
    /// A function before the comma before it says who it is.
    introduced: bool,
}

/// Capitalized forms of which a capital inside a sentence, and no small letter anywhere, says that they are names.
type Seen<'a> = HashSet<&'a str>;

pub(crate) fn find_in(view: &View) -> Vec<Name> {
    let seen = seen_inside(view);
    let mut runs = Vec::new();
    for sentence in &view.sentences {
        let mut i = sentence.start;
        while i < sentence.end {
            let end = run_at(view, i, sentence.end, &seen);
            if end > i {
                let range = TokenRange::new(i, end);
                let introduced = introduced(view, range, sentence.start)
                    || range.len() > 1 && age_or_function_after(view, end, sentence.end) > 0.0;
                runs.push(Run { range, evidence: weigh(view, range, *sentence), introduced });
                i = end;
            } else {
                i += 1;
            }
        }
    }
    level(view, &mut runs);
    share(view, &mut runs);
    runs.iter().map(|run| decide(view, run)).collect()
}

/// Capitalized forms that stand inside a sentence somewhere: there the capital means something.
fn seen_inside<'a>(view: &View<'a>) -> Seen<'a> {
    let small: HashSet<&str> =
        (0..view.len()).map(|i| view.form(i)).filter(|form| form.starts_with(char::is_lowercase)).collect();
    (0..view.len())
        .filter(|&i| view.is(i, Facts::CAPITAL) && !view.is(i, Facts::START.with(Facts::HEADING)))
        .filter(|&i| !view.is(i, Facts::COMMON) || !small.contains(&*view.norm(i)))
        .map(|i| view.form(i))
        .collect()
}

/// The end of the name that starts at token `i`, or `i` if none does.
fn run_at(view: &View, i: u32, limit: u32, seen: &Seen) -> u32 {
    // "la Première Nation de Kinatown"
    if matches!(view.form(i), "Première" | "Premières") && matches!(view.form(i + 1), "Nation" | "Nations") {
        return body_end(view, i + 1, limit);
    }
    // "l'ONG Mémoire ouvrière": a noun, though in capitals.
    if view.is(i, Facts::CAPITALS) && !view.is(i, Facts::HEADING) && is_generic(&view.noun_lemma(i)) {
        return i;
    }
    // "la Tribune de Vevey": a noun of French too.
    let of_town = || {
        view.is(i + 2, Facts::CAPITAL)
            && view.is(i, Facts::COMMON)
            && !view.is(i, Facts::START.with(Facts::HEADING))
            && matches!(&*view.norm(i + 1), "de" | "d'" | "du")
    };
    if view.is(i, Facts::BODY) && (!view.is(i, Facts::FOREIGN_BODY) || of_town()) && !is_first_name(view, i) {
        let end = body_end(view, i, limit);
        if end > i {
            return end;
        }
    }
    if starts_name(view, i, limit, seen) { run_end(view, i, limit) } else { i }
}

/// "Marine Le Goff": a first name, though "la marine" is a body.
fn is_first_name(view: &View, i: u32) -> bool {
    view.is(i, Facts::FREQUENT)
        && view.is(i + 1, Facts::CAPITAL)
        && !view.is(i + 1, Facts::DEMONYM)
        && !matches!(&*view.norm(i.saturating_sub(1)), "la" | "le" | "l'" | "les")
}

fn starts_name(view: &View, i: u32, limit: u32, seen: &Seen) -> bool {
    let facts = view.facts(i);
    let form = view.form(i);
    let mut chars = form.chars();
    if !facts.any(Facts::CAPITAL) || (form.len() == 1 && !next_is_name(view, i, limit)) {
        // "eBay", "iPhone": a capital inside is a name too.
        return chars.next().is_some_and(|c| matches!(c, 'e' | 'i'))
            && chars.next().is_some_and(char::is_uppercase)
            && form.chars().any(char::is_lowercase);
    }
    if view.tokens.get(i as usize).is_some_and(|t| t.kind == TokenKind::Abbreviation)
        && !facts.any(Facts::INITIAL)
        && !facts.any(Facts::CAPITALS)
    {
        return false;
    }
    if facts.any(Facts::TITLE) && (form.ends_with('.') || is_short_title(form) || view.is(i + 1, Facts::CAPITAL)) {
        return false;
    }
    let state = matches!(form, "État" | "Etat" | "États" | "Etats");
    // "le président de la République Luc Aubin"
    let before_person = view.is(i + 1, Facts::FREQUENT) && view.is(i + 2, Facts::CAPITAL);
    if facts.any(Facts::NO_NAME)
        && (state || !next_is_name(view, i, limit) || before_person && !facts.any(Facts::FIRST))
    {
        return false;
    }
    // "Quant au maire, il"
    if form == "Quant" && matches!(&*view.norm(i + 1), "à" | "au" | "aux") {
        return false;
    }
    if facts.any(Facts::HEADING) {
        return starts_in_heading(view, i, limit);
    }
    if facts.any(Facts::PERSON) && !facts.any(Facts::FREQUENT) {
        // "le Président", "le Premier ministre": a function, not a name.
        return false;
    }
    if facts.any(Facts::START) {
        return starts_sentence(view, i, limit, seen);
    }
    if facts.any(Facts::GRAMMAR) && !facts.any(Facts::CAPITALS) {
        // "Le Havre", "La Haye", but no article that a title or a list begins with.
        return matches!(form, "Le" | "La" | "Les" | "Los" | "L'" | "L’")
            && (place_with_article(view, i, limit)
                || view.is(i + 1, Facts::COMPANY.with(Facts::DEMONYM)) && is_paper(view, i + 1));
    }
    let people = matches!(&*view.norm(i.saturating_sub(1)), "un" | "une" | "les" | "des" | "aux" | "ces" | "deux");
    if is_paper(view, i) {
        return true;
    }
    // "l'Italienne Chiara Roux": the name begins behind it.
    let article = matches!(&*view.norm(i.saturating_sub(1)), "le" | "la" | "l'" | "un" | "une");
    if facts.any(Facts::DEMONYM)
        && article
        && view.is(i + 1, Facts::CAPITAL)
        && view.is(i + 2, Facts::CAPITAL)
        && !view.is(i + 1, Facts::BODY.with(Facts::CAPITALS))
    {
        return false;
    }
    if facts.any(Facts::DEMONYM)
        && !facts.any(Facts::CAPITALS)
        && (people || !facts.any(Facts::FIRST.with(Facts::SURNAME).with(Facts::PLACE)))
    {
        return next_is_name(view, i, limit) && view.upos(i) == Upos::Propn;
    }
    true
}

/// "Le Parisien" with a capital article: a newspaper, not somebody of Paris.
fn is_paper(view: &View, i: u32) -> bool {
    // "Le Parisien Karim Benali a gagné"
    let of_somebody = i > 0 && view.is(i - 1, Facts::START) && view.is(i + 1, Facts::CAPITAL);
    view.is(i, Facts::COMPANY)
        && matches!(view.form(i.saturating_sub(1)), "Le" | "La" | "Les" | "L'" | "L’")
        && !of_somebody
}

/// "Me", "Mme", "Dr": titles that are never names.
fn is_short_title(form: &str) -> bool {
    matches!(form, "M" | "MM" | "Me" | "Mme" | "Mmes" | "Mlle" | "Mlles" | "Dr" | "Pr" | "Mgr" | "Mr" | "Mrs" | "Ms")
}

fn next_is_name(view: &View, i: u32, limit: u32) -> bool {
    i + 1 < limit && view.is(i + 1, Facts::CAPITAL) && !view.is(i + 1, Facts::START.with(Facts::GRAMMAR))
}

fn place_with_article(view: &View, i: u32, limit: u32) -> bool {
    next_is_name(view, i, limit) && !view.is(i + 1, Facts::BODY.with(Facts::PERSON).with(Facts::DEMONYM))
}

/// The first word of a sentence: a common word is a name only if something else says so.
fn starts_sentence(view: &View, i: u32, limit: u32, seen: &Seen) -> bool {
    let facts = view.facts(i);
    let form = view.form(i);
    let next = next_is_name(view, i, limit);
    if facts.any(Facts::GRAMMAR) {
        return false;
    }
    if facts.any(Facts::DEMONYM) && !facts.any(Facts::FIRST.with(Facts::PLACE)) {
        return false;
    }
    if !facts.any(Facts::COMMON) {
        return true;
    }
    // "Amandine avoue": no common noun is a subject without its article.
    if facts.any(Facts::FREQUENT) && !facts.any(Facts::PLACE) && view.is_finite(i + 1) && view.upos(i) == Upos::Noun {
        return true;
    }
    // "Marine, monitrice,", "Rose, 34 ans,": who is described right behind is somebody.
    let described = view.form(i + 1) == ","
        && (view.is(i + 2, Facts::PERSON) && view.upos(i + 2) == Upos::Noun || view.norm(i + 3) == "ans");
    if facts.any(Facts::FREQUENT) && described {
        return true;
    }
    // "Libération, lui,", "Orange a perdu"
    // Not "Temps, argent, tout manque", "Express, le train part".
    let aside = view.form(i + 1) == "," && !matches!(view.upos(i + 2), Upos::Det | Upos::Noun);
    if facts.any(Facts::COMPANY) && (aside || view.is_finite(i + 1)) {
        return true;
    }
    if facts.any(Facts::INITIAL) {
        return next;
    }
    // "Tante Anne"
    let name = Facts::FIRST.with(Facts::SURNAME).with(Facts::FAMILY_FIRST).with(Facts::PLACE);
    if next && !facts.any(name) && matches!(form, "Tante" | "Oncle" | "Cousin" | "Cousine" | "Père" | "Mère" | "Maman")
    {
        return false;
    }
    // "Voyons Anne", "Dis Paul": who is spoken to, behind an imperative or an interjection.
    let spoken = |upos| matches!(upos, Upos::Verb | Upos::Aux | Upos::Adv | Upos::Intj);
    if next
        && !facts.any(name)
        && view.is(i + 1, Facts::FREQUENT)
        && lexicon::lookup(&view.norm(i)).all(|entry| spoken(entry.upos()))
    {
        return false;
    }
    // "Ri Sang-ho", "Crédit Agricole", "Kit Harington": no noun stands before a name without its article.
    let other_noun = Facts::PERSON.with(Facts::THING_NOUN).with(Facts::PLACE_NOUN).with(Facts::BODY).with(Facts::TITLE);
    if next
        && (facts.any(Facts::FAMILY_FIRST) || view.upos(i) == Upos::Noun && !facts.any(other_noun.with(Facts::NO_NAME)))
    {
        return true;
    }
    let particle = view.is(i + 1, Facts::PARTICLE) && view.is(i + 2, Facts::CAPITAL);
    if facts.any(Facts::FIRST) && (next || particle && view.upos(i) == Upos::Propn) {
        return true;
    }
    let capitals = facts.any(Facts::CAPITALS) && form.len() <= 6;
    if next && view.upos(i) == Upos::Propn {
        return true;
    }
    let noun = facts.any(Facts::BODY.with(Facts::PLACE_NOUN).with(Facts::THING_NOUN))
        || view.upos(i) == Upos::Verb && !facts.any(Facts::FAMILY_FIRST);
    seen.contains(form) && (facts.any(Facts::PROPER) || view.upos(i) == Upos::Propn || !noun)
        || capitals
        || facts.any(Facts::PROPER) && view.upos(i) == Upos::Propn
        || facts.any(Facts::PLACE_FIRST) && next
}

/// In capitals, only what the lexicon says counts.
fn starts_in_heading(view: &View, i: u32, limit: u32) -> bool {
    let facts = view.facts(i);
    if facts.any(Facts::GRAMMAR) || facts.any(Facts::PERSON) {
        return false;
    }
    let known_name = facts.any(Facts::PLACE.with(Facts::SURNAME)) || facts.any(Facts::FREQUENT);
    if !facts.any(Facts::COMMON) {
        return true;
    }
    let after = i + 1 < limit && !view.is(i + 1, Facts::COMMON.with(Facts::GRAMMAR)) && view.is(i + 1, Facts::CAPITAL);
    let before = i > 0 && view.is(i - 1, Facts::TITLE);
    known_name
        && (before || after && facts.any(Facts::FIRST) || facts.any(Facts::PROPER) && view.upos(i) == Upos::Propn)
}

/// The end of a run of capitalized words and what joins them.
fn run_end(view: &View, start: u32, limit: u32) -> u32 {
    let limit = limit.min(start + LONGEST);
    let mut end = start + 1;
    while end < limit {
        if let Some(next) = step(view, start, end, limit) {
            end = next;
        } else {
            break;
        }
    }
    end
}

/// The end of the run `start..end` with its next part, or `None` if it ends there.
fn step(view: &View, start: u32, end: u32, limit: u32) -> Option<u32> {
    if view.breaks_before(end) {
        return None;
    }
    let facts = view.facts(end);
    let heading = view.is(start, Facts::HEADING);
    let after_first = view.is(start, Facts::FIRST) && end == start + 1;
    let in_heading = |i: u32| {
        let known = !view.is(i, Facts::COMMON) || after_first || end == start + 1 && view.is(i, Facts::SURNAME);
        known && !view.is(i, Facts::GRAMMAR.with(Facts::PERSON))
    };
    let continues =
        |i: u32| i < limit && view.is(i, Facts::CAPITAL) && !view.is(i, Facts::START) && (!heading || in_heading(i));
    let form = view.form(end);
    if continues(end) {
        if ends_before_person(view, start, end, limit) {
            return None;
        }
        // "l'ancien maire de Grenoble Étienne Morel"
        let towns = (start..end).all(|i| view.is(i, Facts::PLACE));
        let person = facts.any(Facts::FREQUENT) && !facts.any(Facts::PLACE) && continues(end + 1);
        let preposition = start > 0 && matches!(&*view.norm(start - 1), "de" | "d'" | "du" | "à");
        if towns && person && preposition {
            return None;
        }
        if preposition && continues(end + 1) && is_region_of_somebody(view, start, end) {
            return None;
        }
        let stops = facts.any(Facts::TITLE) && (form.ends_with('.') || is_short_title(form))
            || facts.any(Facts::GRAMMAR)
                && !matches!(
                    form,
                    "Le" | "La" | "Les" | "De" | "Du" | "Des" | "L'" | "L’" | "Van" | "Von" | "El" | "Al"
                )
                && view.upos(end) != Upos::Propn
                // "Gabriel Plus": a surname that is a small word.
                && !(after_first && view.is(start, Facts::FREQUENT));
        return (!stops).then_some(end + 1);
    }
    let first = view.facts(start);
    let person = first.any(Facts::FIRST.with(Facts::INITIAL)) || start > 0 && view.is(start - 1, Facts::TITLE);
    let name_only = !view.is(start, Facts::PLACE) || view.is(start, Facts::FREQUENT);
    // "Bachar al-Assad" is one token with a small letter.
    if form.starts_with("al-") || form.starts_with("el-") {
        return Some(end + 1);
    }
    if facts.any(Facts::PARTICLE) {
        let weak = facts.any(Facts::WEAK);
        // "Jean Paul de Courtry": first names only.
        let first_name = |i: u32| view.is(i, Facts::FREQUENT) && !view.is(i, Facts::SURNAME.with(Facts::PLACE));
        let one_word =
            end == start + 1 || (start + 1..end).all(|i| view.is(i, Facts::INITIAL)) || (start..end).all(first_name);
        let mut after = end + 1;
        // "de la", "de l'", "von der", "van den"
        while after < end + 3 && after < limit && view.is(after, Facts::PARTICLE) {
            after += 1;
        }
        if !continues(after) {
            return (form.starts_with("d'") && form.len() > 2).then_some(end + 1);
        }
        // "Jean Berger de l'Observatoire des oiseaux": where somebody works is no part of the name.
        let work = view.is(after, Facts::BODY) && !view.is(after, Facts::SURNAME)
            || after > end + 1
                && view.is(after, Facts::COMMON)
                && view.upos(after) == Upos::Noun
                && !view.is(after, Facts::SURNAME.with(Facts::PROPER));
        if weak && work {
            return None;
        }
        let place =
            view.is(after, Facts::PLACE) && !view.is(after, Facts::SURNAME) && !matches!(form, "de" | "d'" | "d’");
        if !weak || person && name_only && one_word && !place {
            return Some(after + 1);
        }
        if weak && is_direction(view, start, end, after) {
            return Some(after + 1);
        }
        return None;
    }
    if matches!(form, "'s" | "’s") || matches!(form, "s") && view.form(end - 1).ends_with(['\'', '’']) {
        return Some(end + 1);
    }
    if form == "&" && continues(end + 1) {
        return Some(end + 2);
    }
    if let Some(next) = step_in_title(view, start, end, limit, heading) {
        return Some(next);
    }
    if matches!(form, "Ier" | "1er") && first.any(Facts::FIRST) {
        return Some(end + 1);
    }
    // Robert « Bob » Martin
    if matches!(form, "«" | "“" | "\"") && first.any(Facts::FIRST) && end == start + 1 {
        let closes = matches!(view.form(end + 2), "»" | "”" | "\"");
        if closes && view.is(end + 1, Facts::CAPITAL) && end + 3 < limit && view.is(end + 3, Facts::CAPITAL) {
            return Some(end + 4);
        }
    }
    // "Nations unies", "Pays de la Loire": the lexicon writes these without capital.
    if matches!(form, "unies" | "unis" | "unie") && end == start + 1 {
        return Some(end + 1);
    }
    None
}

/// The end of the title of a body with its next part: "Friends of Kilronan", "Clowns sans frontières", "Mémoire ouvrière".
fn step_in_title(view: &View, start: u32, end: u32, limit: u32, heading: bool) -> Option<u32> {
    let (first, form) = (view.facts(start), view.form(end));
    if form == "of" && !heading {
        let after = end + 1 + u32::from(matches!(view.form(end + 1), "the" | "The"));
        if after < limit && view.is(after, Facts::CAPITAL) && !view.is(after, Facts::START) {
            return Some(after + 1);
        }
    }
    // "Clowns sans frontières", "le mouvement Bretagne sans pylônes"
    let titled = start > 0 && view.is(start - 1, Facts::BODY) || first.any(Facts::COMMON) && !first.any(Facts::PLACE);
    if form == "sans" && titled && end == start + 1 && view.upos(end + 1) == Upos::Noun && end + 1 < limit {
        return Some(end + 2);
    }
    // "Mémoire ouvrière", "Génération écologie": a common noun with a capital and no article, and what goes with it.
    (end == start + 1 && is_bare_title(view, start) && goes_with_title(view, start, end)).then_some(end + 1)
}

/// A common noun that a capital inside a sentence makes a name, without an article: "selon Mémoire ouvrière".
fn is_bare_title(view: &View, at: u32) -> bool {
    let facts = view.facts(at);
    let other = Facts::START
        .with(Facts::HEADING)
        .with(Facts::CAPITALS)
        .with(Facts::PLACE)
        .with(Facts::TITLE)
        .with(Facts::PERSON)
        .with(Facts::DEMONYM)
        .with(Facts::FREQUENT)
        .with(Facts::SURNAME)
        .with(Facts::NO_NAME)
        .with(Facts::BODY);
    let before = at.checked_sub(1).map(|before| view.upos(before));
    let body = at > 0 && view.is(at - 1, Facts::BODY);
    let article = matches!(before, None | Some(Upos::Det | Upos::Num | Upos::Propn | Upos::Adj)) && !body;
    let noun = || lexicon::lookup(&view.norm(at)).any(|entry| entry.upos() == Upos::Noun);
    facts.any(Facts::COMMON) && !facts.any(other) && !article && noun()
}

/// An adjective behind the noun of a title, of its gender and number, that a comma, a verb or the sentence's end follows.
fn goes_with_title(view: &View, noun: u32, at: u32) -> bool {
    let agrees = |entry: lexicon::Entry| {
        let feats = entry.feats();
        entry.upos() == Upos::Adj
            && lexicon::lookup(&view.norm(noun)).filter(|entry| entry.upos() == Upos::Noun).any(|entry| {
                let own = entry.feats();
                own.is_plural() == feats.is_plural()
                    && !(own.is_feminine() && feats.is_masculine() || own.is_masculine() && feats.is_feminine())
            })
    };
    let adjective = view.form(at).starts_with(char::is_lowercase) && lexicon::lookup(&view.norm(at)).any(agrees);
    let closed = matches!(view.form(at + 1), "," | "." | ")" | ":" | ";") || view.is_finite(at + 1);
    adjective && closed
}

/// "a dit à l'AFP Jean Berger", "à l'agence Reuters Anne Roux": two names side by side, the second one a person's.
fn ends_before_person(view: &View, start: u32, end: u32, limit: u32) -> bool {
    let first = view.facts(start);
    // "le directeur de l'usine de Jarville Anne Roux", "la ministre des Sports Anne Roux"
    let article = start > 2 && matches!(&*view.norm(start - 1), "la" | "le" | "l'" | "les");
    let complement = end == start + 1
        && start > 1
        && matches!(&*view.norm(start - 1 - u32::from(article)), "de" | "d'" | "du" | "des" | "à")
        && (article || !first.any(Facts::FIRST.with(Facts::SURNAME).with(Facts::INITIAL).with(Facts::FAMILY_FIRST)))
        && function_before(view, TokenRange::new(start, end), start.saturating_sub(8)).is_some();
    let acronym = first.any(Facts::CAPITALS) && !first.any(Facts::HEADING.with(Facts::ROMAN));
    let agency = first.any(Facts::COMPANY) && !first.any(Facts::FIRST)
        || start > 0 && view.is(start - 1, Facts::BODY) && !view.is(start - 1, Facts::CAPITAL);
    let next = view.facts(end);
    let person = next.any(Facts::FREQUENT) && !next.any(Facts::PLACE.with(Facts::CAPITALS))
        || next.any(Facts::FIRST) && view.is(end + 1, Facts::SURNAME)
        // "la ministre de la Santé Wiebe Solt": no common word is a first name's neighbour.
        || complement && first.any(Facts::COMMON) && !next.any(Facts::COMMON.with(Facts::PLACE).with(Facts::CAPITALS));
    (acronym || agency || complement)
        && person
        && end + 1 < limit
        && (view.is(end + 1, Facts::CAPITAL) || view.is(end + 1, Facts::PARTICLE) && view.is(end + 2, Facts::CAPITAL))
        && !view.is(end + 1, Facts::START.with(Facts::BODY))
        && !view.breaks_before(end + 1)
}

/// "la démocrate du New Jersey Anne Roux", "le député de Corée du Nord Paul Roux": a region, behind the noun of somebody
/// whose name follows.
fn is_region_of_somebody(view: &View, start: u32, end: u32) -> bool {
    let somebody = start > 2
        && matches!(&*view.norm(start - 3), "le" | "la" | "l'" | "son" | "sa" | "un" | "une")
        && (view.is(start - 2, Facts::PERSON) || super::words::is_human(&view.norm(start - 2)));
    let words = view.slice(TokenRange::new(start, end));
    let direction = matches!(view.form(end - 1), "Nord" | "Sud" | "Est" | "Ouest") && end > start + 1;
    let new = matches!(view.form(start), "New" | "Nouveau" | "Nouvelle" | "West") && end == start + 2;
    somebody && (direction || new || is_place(words)) && !view.is(end, Facts::BODY.with(Facts::PLACE))
}

/// "Corée du Nord", "Afrique du Sud": a place and a direction.
fn is_direction(view: &View, start: u32, end: u32, after: u32) -> bool {
    let place = view.is(start, Facts::PLACE) && end == start + 1;
    let direction = matches!(view.form(after), "Nord" | "Sud" | "Est" | "Ouest" | "Loire" | "Calais");
    place && direction
}

/// The end of the organization's name whose head noun is token `start`, or `start` if nothing makes a name of it.
///
/// Adjectives, then complements with *de, pour, contre, sur, à, aux*, as long as nouns follow. A head noun in small
/// letters needs a capital or a demonym in what follows ("le service de police de Nantes", "le gouvernement suédois").
fn body_end(view: &View, start: u32, limit: u32) -> u32 {
    let limit = limit.min(start + LONGEST);
    let capital = view.is(start, Facts::CAPITAL) && !view.is(start, Facts::START.with(Facts::HEADING));
    // "le producteur Paul Roux", "la garde forestière Anne Roux"
    let seals = &*view.norm(start) == "garde" && &*view.norm(start + 2) == "sceaux";
    let person = is_keeper(view, start)
        || seals
        || view.is(start, Facts::PERSON) && view.is(start + 1, Facts::FREQUENT) && view.is(start + 2, Facts::CAPITAL);
    if view.upos(start) == Upos::Verb || view.upos(start) == Upos::Adv || person {
        return start;
    }
    let plural = view.feats(start).is_plural()
        || start > 0 && matches!(&*view.norm(start - 1), "les" | "des" | "ces" | "ses" | "aux" | "plusieurs");
    if !capital && plural {
        return start;
    }
    let lemma = view.noun_lemma(start);
    let generic = is_generic(&lemma);
    // "l'agence Reuters", "le quotidien allemand Die Welt": the noun is no part of the name.
    let mut beside = start + 1;
    while beside < start + 3 && view.upos(beside) == Upos::Adj && !view.is(beside, Facts::CAPITAL) {
        beside += 1;
    }
    let apposed = view.is(beside, Facts::CAPITAL) && !view.is(beside, Facts::START);
    if !capital && generic && apposed && !matches!(lemma.as_str(), "université" | "institut" | "club" | "parti") {
        return start;
    }
    let mut end = start + 1;
    let mut named = false;
    let mut complements = 0;
    loop {
        // "Parti socialiste", "Commission européenne", "syndicat Unite"
        while end < limit && !view.breaks_before(end) {
            let facts = view.facts(end);
            if facts.any(Facts::CAPITAL) && !facts.any(Facts::START) && !facts.any(Facts::TITLE) {
                // "le directeur du Parti socialiste Jean Berger", but "l'université Paul Sabatier"
                if (end > start + 1 || is_institution(&lemma))
                    && facts.any(Facts::FREQUENT)
                    && view.is(end + 1, Facts::CAPITAL)
                {
                    break;
                }
                named = true;
            } else if complements > 0 && (agrees_in_plural(view, end) || capital && goes_with_noun(view, end)) {
                // "ministère des Affaires étrangères", "Institut des sciences appliquées"
            } else if view.form(end) == "&" && view.is(end - 1, Facts::CAPITAL) && view.is(end + 1, Facts::CAPITAL) {
                // "cabinet Roux & Petit"
            } else if view.upos(end) == Upos::Adj
                && (capital && (end == start + 1 || facts.any(Facts::DEMONYM))
                    || !facts.any(Facts::PERSON)
                    || view.norm(end).ends_with("fique"))
                && !facts.any(Facts::CAPITAL)
                || capital && end == start + 1 && facts.any(Facts::PERSON) && view.norm(end).ends_with("iste")
            {
                named |= facts.any(Facts::DEMONYM) && !generic;
            } else {
                break;
            }
            end += 1;
        }
        if complements == 3 || end + 1 >= limit || view.breaks_before(end) {
            break;
        }
        let link = view.norm(end);
        let links = matches!(&*link, "de" | "d'" | "du" | "des")
            || (capital || view.is(end - 1, Facts::CAPITAL)) && &*link == "sans" && view.upos(end + 1) == Upos::Noun
            || capital && &*link == "pour" && view.upos(end + 1) != Upos::Propn && !view.is(end + 1, Facts::TITLE)
            || capital && matches!(&*link, "contre" | "sur" | "aux" | "et") && complements < 2
            || &*link == "et" && complements > 0 && matches!(&*view.norm(end + 1), "de" | "du" | "des" | "d'");
        if !links {
            break;
        }
        let mut after = end + 1;
        // "la Commission des pêches et de la faune"
        let both = &*link == "et" && complements > 0 && matches!(&*view.norm(after), "de" | "du" | "des" | "d'");
        if both {
            after += 1;
        }
        if matches!(&*view.norm(after), "la" | "le" | "l'" | "les") {
            after += 1;
        }
        // "la Confédération des petites entreprises"
        if capital && view.upos(after) == Upos::Adj && view.upos(after + 1) == Upos::Noun && after + 1 < limit {
            after += 1;
        }
        let facts = view.facts(after);
        let noun = view.upos(after) == Upos::Noun && view.upos(after) != Upos::Num;
        let proper = facts.any(Facts::CAPITAL) && !facts.any(Facts::START);
        if after >= limit
            || !(proper
                || noun && (capital || &*link == "sans" || complements == 0 || ahead_is_capital(view, after, limit)))
        {
            break;
        }
        if &*link == "et" && !(noun || facts.any(Facts::CAPITAL)) {
            break;
        }
        if &*link == "et" && !both && (view.upos(after) == Upos::Propn || complements == 0) {
            break;
        }
        if !capital && !proper && &*link != "sans" && !ahead_is_capital(view, after, limit) {
            break;
        }
        named |= proper;
        end = after + 1;
        complements += u32::from(!both);
    }
    // "le président de la République"
    let alone = end == start + 1 && view.is(start, Facts::NO_NAME);
    if (capital && end > start || named) && !alone { end } else { start }
}

/// An adjective in the plural behind a noun with a capital in the plural.
fn agrees_in_plural(view: &View, i: u32) -> bool {
    let noun = i - 1;
    view.upos(i) == Upos::Adj
        && !view.is(i, Facts::CAPITAL)
        && view.feats(i).is_plural()
        && view.is(noun, Facts::CAPITAL)
        && view.feats(noun).is_plural()
}

/// A participle in the plural behind a noun in small letters that it agrees with, where the phrase ends.
fn goes_with_noun(view: &View, i: u32) -> bool {
    let (own, noun) = (view.feats(i), view.feats(i - 1));
    let closed = view.is_finite(i + 1) || matches!(view.form(i + 1), "," | "." | "(" | ")");
    view.upos(i - 1) == Upos::Noun
        && own.is_participle()
        && own.is_past()
        && own.is_plural()
        && noun.is_plural()
        && own.is_feminine() == noun.is_feminine()
        && closed
}

/// Head nouns of public bodies: no person's name is a part of theirs, and "le groupe" never takes them up.
pub(crate) fn is_institution(lemma: &str) -> bool {
    matches!(
        lemma,
        "état"
            | "ministère"
            | "conseil"
            | "congrès"
            | "parlement"
            | "sénat"
            | "assemblée"
            | "chambre"
            | "commission"
            | "gouvernement"
            | "cour"
            | "tribunal"
            | "union"
            | "ue"
            | "nation"
            | "police"
            | "parquet"
            | "république"
            | "armée"
            | "mairie"
            | "préfecture"
    )
}

/// Head nouns that take up any organization named before: "le constructeur japonais" is no name.
fn is_generic(lemma: &str) -> bool {
    matches!(
        lemma,
        "société"
            | "entreprise"
            | "groupe"
            | "compagnie"
            | "firme"
            | "agence"
            | "association"
            | "organisation"
            | "constructeur"
            | "avionneur"
            | "opérateur"
            | "marque"
            | "syndicat"
            | "fédération"
            | "parti"
            | "club"
            | "institut"
            | "organisme"
            | "journal"
            | "quotidien"
            | "chaîne"
            | "banque"
            | "ong"
            | "institution"
            | "géant"
            | "multinationale"
            | "hebdomadaire"
            | "magazine"
            | "université"
            | "start-up"
            | "fabricant"
            | "média"
            | "équipe"
            | "instance"
            | "centrale"
            | "filiale"
            | "enseigne"
            | "cabinet"
            | "consortium"
    )
}

/// True if within the next four tokens, over prepositions, articles, nouns and adjectives, a capital follows.
fn ahead_is_capital(view: &View, from: u32, limit: u32) -> bool {
    for i in from + 1..limit.min(from + 5) {
        if view.is(i, Facts::CAPITAL) {
            return true;
        }
        let bridge = matches!(view.upos(i), Upos::Adp | Upos::Det | Upos::Noun | Upos::Adj);
        if !bridge {
            return false;
        }
    }
    false
}

/// How many words an aside in parentheses may have between a function and its name.
const ASIDE: u32 = 5;

/// Where the function before a name stands, over adjectives and a complement: "le ministre français de l'Intérieur X".
pub(crate) fn function_before(view: &View, name: TokenRange, sentence_start: u32) -> Option<u32> {
    // "le ministre, M. X"
    let start = name.start.checked_sub(1).filter(|&i| view.is(i, Facts::TITLE)).unwrap_or(name.start);
    let mut i = start;
    let mut comma = false;
    let mut lowest = start.saturating_sub(10).max(sentence_start);
    while i > lowest {
        i -= 1;
        // "la directrice de l'Office du port (OP), X"
        if view.form(i) == ")"
            && let Some(open) = (i.saturating_sub(ASIDE)..i).rev().find(|&at| view.form(at) == "(")
            && open > sentence_start
        {
            lowest = lowest.saturating_sub(i + 1 - open).max(sentence_start);
            i = open;
            continue;
        }
        // "du parti républicain X": an adjective is no function.
        let noun = matches!(view.upos(i), Upos::Noun | Upos::Propn)
            || view.upos(i) == Upos::Adj && i > lowest && view.upos(i - 1) == Upos::Det;
        // "le chef de la Première Nation X"
        let first = matches!(&*view.norm(i), "premier" | "première") && !view.norm(i + 1).starts_with("ministre");
        if view.is(i, Facts::PERSON) && noun && !(first && i + 1 < start) {
            // "la présidente de l'Union des boulangers, X": several people are not who has this name.
            let several =
                i > lowest && view.upos(i) == Upos::Noun && matches!(&*view.norm(i - 1), "des" | "les" | "aux");
            if several {
                continue;
            }
            // "le député conservateur X": the noun, not the adjective.
            let noun = i > lowest && view.is(i - 1, Facts::PERSON) && view.upos(i - 1) == Upos::Noun;
            let at = if noun { i - 1 } else { i };
            // "Pour la procureure Anne Roux, M. Petit": the function has its holder.
            let held = view.is(at + 1, Facts::CAPITAL) && !view.is(at + 1, Facts::CAPITALS.with(Facts::DEMONYM));
            if comma && held && view.upos(at) == Upos::Noun && !view.is(at + 1, Facts::PLACE.with(Facts::BODY)) {
                return None;
            }
            // "un analyste au procès Roux": the name is that of the noun before it.
            let named = name.start == start && name.len() == 1 && start > at + 2 && view.upos(start - 1) == Upos::Noun;
            if named && !view.is(start - 1, Facts::PERSON.with(Facts::CAPITAL)) {
                return None;
            }
            return Some(if comma { root_function(view, at, lowest) } else { at });
        }
        let form = view.norm(i);
        if &*form == "," && !comma && i + 1 == start {
            // "Selon le président russe, Berger est…" is no apposition.
            if view.is_finite(name.end) || matches!(&*view.norm(name.end), "ne" | "n'" | "se" | "s'") {
                return None;
            }
            comma = true;
            continue;
        }
        let bridge = matches!(view.upos(i), Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num)
            || matches!(
                &*form,
                "de" | "du"
                    | "des"
                    | "d'"
                    | "la"
                    | "l'"
                    | "le"
                    | "les"
                    | "à"
                    | "au"
                    | "aux"
                    | "en"
                    | "alors"
                    | "chargé"
                    | "chargée"
                    | "et"
                    | "pour"
            );
        if !bridge || view.is(i, Facts::TITLE) && form.ends_with('.') {
            return None;
        }
    }
    None
}

/// "la veuve de l'ancien président, X": the function that the one at `at` only complements.
pub(crate) fn root_function(view: &View, at: u32, lowest: u32) -> u32 {
    let mut left = at;
    while left > lowest && matches!(view.upos(left - 1), Upos::Det | Upos::Adj) {
        left -= 1;
    }
    let linked = left > lowest && matches!(&*view.norm(left - 1), "de" | "d'" | "du");
    let above = left.checked_sub(2).filter(|&i| linked && i >= lowest && view.is(i, Facts::PERSON));
    above.filter(|&i| view.upos(i) == Upos::Noun).unwrap_or(at)
}

/// Evidence for the kinds of a run, from itself and the words around it.
fn weigh(view: &View, range: TokenRange, sentence: TokenRange) -> [f32; 4] {
    let mut evidence = Evidence { person: 0.0, organization: 0.0, place: 0.0, other: 0.5 };
    weigh_itself(view, range, &mut evidence);
    weigh_before(view, range, sentence, &mut evidence);
    // "le coureur de l'équipe Solaria, 24 ans": the age is not the team's.
    // "sur la liste Voltis-l, la présidente s'engage"
    let thing = |i: u32| {
        let other = Facts::PERSON.with(Facts::TITLE).with(Facts::CAPITAL).with(Facts::DEMONYM);
        let article = i > 0 && matches!(&*view.norm(i - 1), "le" | "la" | "l'" | "un" | "une");
        article
            && range.len() == 1
            && view.upos(i) == Upos::Noun
            && !view.is(i, other)
            && !view.is(range.start, Facts::FIRST)
    };
    if !range.start.checked_sub(1).is_some_and(|i| view.is(i, Facts::BODY) && view.upos(i) == Upos::Noun || thing(i)) {
        evidence.person += age_or_function_after(view, range.end, sentence.end);
    }
    let Evidence { person, organization, place, other } = evidence;
    [person, organization, place, other]
}

/// What speaks for each kind.
#[derive(Debug, Clone, Copy)]
struct Evidence {
    person: f32,
    organization: f32,
    place: f32,
    other: f32,
}

fn has_body(view: &View, range: TokenRange) -> bool {
    (range.start..range.end).any(|i| view.is(i, Facts::BODY))
}

/// Evidence from the name's own words.
fn weigh_itself(view: &View, range: TokenRange, evidence: &mut Evidence) {
    let (first, last) = (range.start, range.end - 1);
    let (facts, form) = (view.facts(first), view.form(first));
    let single = range.len() == 1;
    let has_body = has_body(view, range);
    let has_body = has_body && !is_first_name(view, first);
    if has_body && !(single && facts.any(Facts::FOREIGN_BODY)) {
        evidence.organization += 4.0;
    }
    if facts.any(Facts::COMPANY) && (single || !facts.any(Facts::FIRST)) {
        evidence.organization += 4.0;
    }
    if !single && matches!(view.form(last), "unies" | "Unies" | "Nations") {
        evidence.organization += 3.0;
    }
    let country = facts.any(Facts::SEAT) || facts.any(Facts::PLACE) && !facts.any(Facts::FREQUENT);
    if facts.any(Facts::FIRST) && !country {
        let sure = if facts.any(Facts::FREQUENT) { 1.5 } else { 0.8 };
        evidence.person += if single { sure } else { 2.0 * sure };
    }
    if !single && (facts.any(Facts::INITIAL) || view.is(last, Facts::SURNAME)) {
        evidence.person += 1.5;
    }
    if facts.any(Facts::SURNAME) && single {
        evidence.person += 1.0;
    }
    if !single && facts.any(Facts::FAMILY_FIRST) {
        evidence.person += 2.5;
    }
    if (first + 1..range.end).any(|i| view.is(i, Facts::PARTICLE)) && !has_body && !facts.any(Facts::PLACE) {
        evidence.person += 1.0;
    }
    if facts.any(Facts::PLACE) && (single || is_place_phrase(view, range)) {
        evidence.place += if facts.any(Facts::SURNAME.with(Facts::FREQUENT)) { 1.0 } else { 3.0 };
    }
    if !single && (facts.any(Facts::PLACE_FIRST) || view.is(last, Facts::PLACE_LAST)) {
        evidence.place += 2.5;
    }
    // "Le Monde", "La Croix"; "Le Havre", "La Haye"
    if !single && matches!(form, "Le" | "La" | "Les") {
        if view.is(first + 1, Facts::COMMON.with(Facts::COMPANY)) || form == "Les" {
            evidence.organization += 2.5;
        } else {
            evidence.place += 2.2;
        }
    }
    // "The Clarion", "Der Bote"; "Fenwick’s"
    let foreign = !single && matches!(form, "The" | "Der" | "Die" | "Das" | "Los");
    if foreign || range.len() <= 2 && (view.form(last).ends_with("'s") || view.form(last).ends_with("’s")) {
        evidence.organization += 3.0;
    }
    if facts.any(Facts::CAPITALS) && !facts.any(Facts::HEADING.with(Facts::ROMAN)) {
        if single && !facts.any(Facts::PLACE) {
            evidence.organization += 2.5;
        } else if !single && (first..range.end).all(|i| view.is(i, Facts::CAPITALS)) {
            evidence.person += 0.5;
        }
    }
    // "NBC Nouvelles", "BNP Rivoli": an acronym and a name; "L'Horizon"; "Europe Liberté Les Bleus".
    let led = !single && facts.any(Facts::CAPITALS) && !facts.any(Facts::HEADING.with(Facts::ROMAN).with(Facts::FIRST));
    if led && form.len() <= 5 && !view.is(last, Facts::CAPITALS) {
        evidence.organization += 2.5;
    }
    if form.ends_with(['\'', '’']) && !facts.any(Facts::HEADING) {
        evidence.organization += 2.5;
        evidence.person -= 1.5;
    }
    let inner_article = (first + 1..last).any(|i| view.form(i) == "Les");
    let nouns = (first..range.end).filter(|&i| {
        view.is(i, Facts::COMMON)
            && view.upos(i) != Upos::Adp
            && !view
                .is(i, Facts::FIRST.with(Facts::SURNAME).with(Facts::PROPER).with(Facts::GRAMMAR).with(Facts::INITIAL))
            && !view.is(i, Facts::FAMILY_FIRST.with(Facts::BODY))
    });
    let nouns = nouns.take(2).count();
    if !single && (inner_article || nouns > 1) && (!facts.any(Facts::FREQUENT) || facts.any(Facts::PLACE)) {
        evidence.organization += 1.0;
        evidence.person -= 1.5;
    }
    // "France Courrier"
    if !single && facts.any(Facts::SEAT) && view.is(last, Facts::COMMON) && !is_place_phrase(view, range) {
        evidence.organization += 2.5;
    }
    evidence.organization += inner_capital(form, single);
    if single && !facts.any(Facts::FIRST.with(Facts::HEADING)) {
        evidence.place += place_by_shape(form);
    }
    // "Asie-Pacifique"
    let joined = form.split_once('-').is_some_and(|(first, _)| is_place(first));
    if single && joined && !facts.any(Facts::FIRST.with(Facts::SURNAME)) {
        evidence.place += 2.0;
    }
    // "Ouest-France", "Nice-Matin"
    let titled = form.rsplit_once('-').is_some_and(|(_, last)| last == "Matin" || lexicon::is(last, Label::Country));
    if single && titled && !joined && !facts.any(Facts::FIRST.with(Facts::SURNAME)) {
        evidence.organization += 2.5;
    }
    if range.len() == 2 && !view.is(last, Facts::CAPITAL) && is_bare_title(view, first) {
        evidence.organization += 2.0;
    }
    if facts.any(Facts::COMMON) && single && !facts.any(Facts::FIRST.with(Facts::SURNAME).with(Facts::PLACE)) {
        evidence.other += 0.8;
    }
}

/// How much a capital inside a word says of a company: `PowerPoint`, `eBay`, `LumenTide Optics`.
fn inner_capital(form: &str, single: bool) -> f32 {
    let surname = ["Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "O’"].iter().any(|start| form.starts_with(start));
    // "JoAnn Berg"
    let first = if single { 1 } else { 3 };
    let inner = form.chars().skip(first).any(char::is_uppercase) && form.chars().any(char::is_lowercase);
    if inner && !form.contains(['-', '’', '\'']) && !surname { 2.0 } else { 0.0 }
}

/// How much a form looks like the name of a town: "Neuvy-sur-Orge", "Saint-Rémy", "Menoncourt".
fn place_by_shape(form: &str) -> f32 {
    const INNER: [&str; 11] = ["sur", "sous", "les", "lès", "en", "le", "la", "de", "et", "aux", "l'"];
    const ENDINGS: [&str; 11] =
        ["court", "ville", "villers", "villiers", "bourg", "heim", "grad", "burg", "abad", "stan", "shire"];
    let joined = form.contains('-');
    if joined && form.split('-').skip(1).any(|part| INNER.contains(&part)) {
        return 3.0;
    }
    if joined && (form.starts_with("Saint-") || form.starts_with("Sainte-")) {
        return 2.0;
    }
    if ENDINGS.iter().any(|ending| form.len() > ending.len() + 2 && form.ends_with(ending)) { 1.5 } else { 0.0 }
}

/// Evidence from the words before the name, and the verb after it.
fn weigh_before(view: &View, range: TokenRange, sentence: TokenRange, evidence: &mut Evidence) {
    let first = range.start;
    let (facts, form) = (view.facts(first), view.form(first));
    let before = first.checked_sub(1).filter(|&i| i >= sentence.start);
    let word = before.map(|i| view.norm(i)).unwrap_or_default();
    let single = range.len() == 1;
    let has_body = has_body(view, range);
    if before.is_some_and(|i| view.is(i, Facts::TITLE)) && !has_body {
        evidence.person += 8.0;
    }
    // "le comte de Courtry", "Mme de Marelle", but "le duc de Bretagne"
    if matches!(&*word, "de" | "d'") && !facts.any(Facts::PLACE) && !has_body && noble_title(view, range).is_some() {
        evidence.person += 4.0;
    }
    // "l'agence Reuters", "la chaîne belge Canal Mer", "la fédération des banques, Finbel"; "l'ouragan Irma"
    let body = |i: u32| view.is(i, Facts::BODY) && !view.is(i, Facts::CAPITAL) && view.upos(i) == Upos::Noun;
    let adjective = |i: u32| {
        matches!(view.upos(i), Upos::Adj | Upos::Noun | Upos::X) && !view.is(i, Facts::CAPITAL.with(Facts::PERSON))
    };
    if before.is_some_and(|i| {
        view.is(i, Facts::BODY)
            && (!view.is(i, Facts::CAPITAL) || view.is(i, Facts::CAPITALS) && is_generic(&view.noun_lemma(i)))
            || adjective(i) && i > sentence.start && (body(i - 1) || adjective(i - 1) && i > 1 && body(i - 2))
    }) {
        evidence.organization += 3.0;
    }
    if single && &*word == "," && apposed_body(view, range, sentence) {
        evidence.organization += 2.0;
    }
    if before.is_some_and(|i| view.is(i, Facts::THING_NOUN)) {
        evidence.other += 5.0;
    }
    // A function right before, no article between: "président Berger", "le maire de Lyon Jean Berger".
    if let Some(at) = function_before(view, range, sentence.start) {
        // "le délégué CFDT": whose delegate, not who.
        let acronym = single && facts.any(Facts::CAPITALS) && !facts.any(Facts::HEADING) && form.len() <= 6;
        let near = first - at <= 2 && !is_preposition(&word) && &*word != "et" && !acronym;
        if near {
            evidence.person += if &*word == "," { 1.0 } else { 3.0 };
        } else if !is_preposition(&word) && !single {
            evidence.person += 1.0;
        }
    }
    match &*word {
        "à" | "en" | "vers" | "depuis" if facts.any(Facts::PLACE) && single => evidence.place += 3.0,
        "en" => evidence.place += 2.0,
        "vers" | "depuis" | "près" => evidence.place += 1.0,
        "de" | "d'" if single && !facts.any(Facts::FIRST.with(Facts::SURNAME).with(Facts::COMMON)) => {
            evidence.place += 0.4;
        }
        "chez" => evidence.person += 0.5,
        "selon" | "par" | "avec" if !facts.any(Facts::PLACE) => evidence.person += 0.3,
        "à" if !facts.any(Facts::FIRST.with(Facts::FAMILY_FIRST)) => evidence.place += 1.5,
        "à" | "au" | "aux" => evidence.place += 0.8,
        "," | "("
            if before
                .is_some_and(|i| i > sentence.start && view.is(i - 1, Facts::PLACE) && !is_setting(view, i - 1))
                && !introduced(view, range, sentence.start)
                && (single || age_or_function_after(view, range.end, sentence.end) == 0.0) =>
        {
            evidence.place += 0.8;
        }
        _ => {}
    }
    weigh_owner(view, range, before.filter(|&i| i > sentence.start), &word, evidence);
    if single && is_latin(view, range.end) {
        evidence.person -= 2.0;
        evidence.other += 3.0;
    }
    // "une « Phèdre » en costumes": a work.
    let opened = matches!(&*word, "«" | "“" | "\"") && first >= 2;
    if opened && matches!(&*view.norm(first - 2), "un" | "une" | "le" | "la" | "ce" | "cette" | "son" | "sa") {
        evidence.person -= 2.0;
        evidence.other += 2.0;
    }
    // "confie « Carmen » à une débutante": nothing but the name between the marks.
    if opened && matches!(view.form(range.end), "»" | "”" | "\"") {
        evidence.person -= 1.0;
        evidence.other += 2.0;
    }
    evidence.place += place_noun_before(view, range, sentence);
    let article =
        matches!(&*word, "le" | "la" | "l'" | "les" | "du" | "au" | "aux" | "des" | "un" | "une" | "ce" | "cette");
    let place = facts.any(Facts::PLACE) && (single || is_place_phrase(view, range));
    let placed = place || facts.any(Facts::PLACE_FIRST) || matches!(form, "Le" | "La");
    if article {
        evidence.person -= if single { 2.5 } else { 1.5 };
        evidence.organization += 0.8;
        if facts.any(Facts::COMMON) && !has_body && !facts.any(Facts::PLACE) {
            evidence.other += 1.0;
        }
    } else if !single && !has_body && !placed {
        evidence.person += 0.8;
    } else if single && !facts.any(Facts::PLACE.with(Facts::CAPITALS)) {
        evidence.person += 0.2;
    }
    if view.is_finite(range.end) && !view.feats(range.end).is_plural() && !article {
        evidence.person += 0.6;
    }
    // "a dit Marchetti"
    let verb = before.is_some_and(|i| matches!(view.upos(i), Upos::Verb | Upos::Aux));
    if verb && !facts.any(Facts::PLACE.with(Facts::CAPITALS)) {
        evidence.person += 0.5;
    }
}

/// Nouns beside which a name is no person's.
fn is_association(lemma: &str) -> bool {
    matches!(
        lemma,
        "société"
            | "entreprise"
            | "compagnie"
            | "firme"
            | "consortium"
            | "groupe"
            | "fondation"
            | "club"
            | "ong"
            | "association"
            | "organisation"
            | "syndicat"
            | "collectif"
            | "mouvement"
            | "start-up"
    )
}

/// Those whom a company has.
fn is_of_company(noun: &str) -> bool {
    matches!(
        noun,
        "patron"
            | "pdg"
            | "fondateur"
            | "cofondateur"
            | "salarié"
            | "ingénieur"
            | "employé"
            | "actionnaire"
            | "client"
            | "administrateur"
            | "entraîneur"
    )
}

/// Evidence from a possessive, a number or a birth before the name.
fn weigh_owner(view: &View, range: TokenRange, before: Option<u32>, word: &str, evidence: &mut Evidence) {
    // "l'ONG Camille Rose"
    if before
        .is_some_and(|i| view.is(i, Facts::BODY) && !view.is(i, Facts::PERSON) && is_association(&view.noun_lemma(i)))
    {
        evidence.organization += 2.0;
    }
    // "a déplié son Volta Duo", "deux James Roux": a product, a film.
    let counted = before.is_some_and(|i| view.upos(i) == Upos::Num && view.form(i).starts_with(char::is_lowercase));
    if matches!(word, "son" | "ses" | "leur" | "leurs" | "notre" | "votre") || counted {
        evidence.person -= 2.0;
        evidence.other += 2.0;
    }
    // "le patron de Voltis", "les clients de Voltis": a company.
    let staff = before.filter(|_| matches!(word, "de" | "d'")).map(|i| view.noun_lemma(i - 1));
    if staff.is_some_and(|noun| is_of_company(&noun)) {
        evidence.organization += 2.5;
        evidence.person -= 0.5;
    }
    // "le médecin de Vannes, Anne Roux": where or for whom somebody works.
    let holder =
        view.form(range.end) == "," && view.is(range.end + 1, Facts::CAPITAL) && view.is(range.end + 2, Facts::CAPITAL);
    let function = before
        .filter(|&i| i > 1 && matches!(word, "de" | "d'"))
        .is_some_and(|i| view.is(i - 1, Facts::PERSON) && matches!(&*view.norm(i - 2), "le" | "la" | "l'"));
    if function && holder && range.len() == 1 && !view.is(range.start, Facts::FIRST.with(Facts::SURNAME)) {
        evidence.place += 2.0;
        evidence.person -= 1.0;
    }
    // "la native de Sète"
    let born = before.filter(|_| matches!(word, "de" | "d'" | "du")).map(|i| view.norm(i - 1));
    if born.is_some_and(|noun| matches!(&*noun, "natif" | "native" | "originaire" | "natifs" | "originaires")) {
        evidence.person -= 1.0;
        evidence.place += 4.0;
    }
}

/// "Homo erectus", "Vespa velutina minutus": behind a genus, the Latin name of a species.
fn is_latin(view: &View, i: u32) -> bool {
    let form = view.form(i);
    form.len() > 4
        && form.starts_with(char::is_lowercase)
        && ["us", "um", "ensis", "ae", "ii"].iter().any(|ending| form.ends_with(ending))
        && lexicon::lookup(form).next().is_none()
}

/// "À Sète, Anne Roux": a place that says where the sentence is set, and no list of places.
fn is_setting(view: &View, place: u32) -> bool {
    place
        .checked_sub(1)
        .is_some_and(|i| view.is(i, Facts::CAPITAL) && matches!(&*view.norm(i), "à" | "a" | "en" | "dans" | "depuis"))
}

/// "l'entraîneur de Leeds, Paul Roy": the names beside the comma are no list of towns.
fn introduced(view: &View, range: TokenRange, sentence_start: u32) -> bool {
    let comma = range.start.checked_sub(1).is_some_and(|i| view.form(i) == ",");
    comma && range.len() > 1 && function_before(view, range, sentence_start).is_some()
}

/// "la fédération des banques, X,": a body in the phrase before the comma, and the name closes its apposition.
fn apposed_body(view: &View, range: TokenRange, sentence: TokenRange) -> bool {
    const NEAR: u32 = 6;
    let comma = range.start - 1;
    let lowest = comma.saturating_sub(NEAR).max(sentence.start);
    let closed = matches!(view.form(range.end), "," | "." | ")");
    let body = (lowest..comma).rev().take_while(|&i| {
        matches!(view.upos(i), Upos::Noun | Upos::Adj | Upos::Det | Upos::Adp) && !view.is(i, Facts::CAPITAL)
    });
    closed && body.filter(|&i| view.upos(i) == Upos::Noun).last().is_some_and(|i| view.is(i, Facts::BODY))
}

/// "dans le Nevada", "la ville de Sète", "le lac Baïkal"
fn place_noun_before(view: &View, range: TokenRange, sentence: TokenRange) -> f32 {
    let mut place = 0.0;
    let lowest = range.start.saturating_sub(3).max(sentence.start);
    if range.start > lowest && view.is(range.start - 1, Facts::PLACE_NOUN) {
        place += 3.5;
    }
    // "De l'autre côté de la rue, Anne Roux"
    let comma = (lowest..range.start).rev().find(|&i| view.upos(i) == Upos::Punct);
    for i in comma.map_or(lowest, |comma| comma + 1)..range.start {
        if view.is(i, Facts::PLACE_NOUN) && !view.is(i, Facts::BODY) {
            place += 1.5;
        }
        if matches!(&*view.norm(i), "dans" | "sud" | "nord" | "ouest") && i + 3 >= range.start {
            place += if i + 2 == range.start { 1.6 } else { 0.8 };
        }
    }
    place
}

fn is_preposition(form: &str) -> bool {
    matches!(
        form,
        "de" | "du"
            | "d'"
            | "des"
            | "à"
            | "au"
            | "aux"
            | "en"
            | "dans"
            | "pour"
            | "sur"
            | "contre"
            | "la"
            | "l'"
            | "le"
            | "les"
    )
}

/// "Corée du Nord", "Afrique du Sud", "Pays de la Loire".
fn is_place_phrase(view: &View, range: TokenRange) -> bool {
    matches!(view.form(range.end - 1), "Nord" | "Sud" | "Est" | "Ouest" | "Loire" | "Calais")
        || (range.start..range.end).all(|i| view.is(i, Facts::PLACE))
}

/// "X, 45 ans", "X (45 ans)", "X, directrice de Y", "X, qui": a person's apposition.
fn age_or_function_after(view: &View, at: u32, limit: u32) -> f32 {
    if !matches!(view.form(at), "," | "(") {
        return 0.0;
    }
    let mut i = at + 1;
    if matches!(&*view.norm(i), "âgé" | "âgée") {
        return 3.0;
    }
    // "X, 38 ans", "X, comptable de 38 ans"
    if matches!(&*view.norm(i + 1), "ans") || &*view.norm(i + 1) == "de" && &*view.norm(i + 3) == "ans" {
        return 3.0;
    }
    // "X, l'un des rédacteurs"
    let one = &*view.norm(i) == "l'" && matches!(&*view.norm(i + 1), "un" | "une");
    if one && &*view.norm(i + 2) == "des" && (i + 3..i + 6).any(|i| view.is(i, Facts::PERSON)) {
        return 2.0;
    }
    if matches!(&*view.norm(i), "le" | "la" | "l'" | "un" | "une" | "son" | "sa" | "ancien" | "ancienne" | "ex") {
        i += 1;
    }
    while i < limit && i < at + 4 {
        if view.is(i, Facts::PERSON) && !view.is(i, Facts::CAPITAL) && !view.feats(i).is_plural() {
            return 1.5;
        }
        if view.upos(i) != Upos::Adj {
            return 0.0;
        }
        i += 1;
    }
    0.0
}

/// Lets what a comma or "et" joins be of one kind: "les banques Finbel, ING et KBC".
fn level(view: &View, runs: &mut [Run]) {
    const SURE: f32 = 2.0;
    let sure = |run: &Run| {
        let best = (0..3).max_by(|&a, &b| run.evidence[a].total_cmp(&run.evidence[b]))?;
        let others = (0..4).filter(|&kind| kind != best).map(|kind| run.evidence[kind]).fold(0.0, f32::max);
        (run.evidence[best] >= others + SURE).then_some(best)
    };
    let kinds: Vec<Option<usize>> = runs.iter().map(sure).collect();
    let joined = |a: &Run, b: &Run| {
        a.range.end + 1 == b.range.start && matches!(&*view.norm(a.range.end), "," | "et" | "ou")
            || a.range.end + 2 == b.range.start
                && matches!(&*view.norm(a.range.end), "," | "et" | "ou")
                && matches!(&*view.norm(a.range.end + 1), "la" | "le" | "l'" | "les")
    };
    for i in 1..runs.len() {
        let Some([a, b]) = runs.get_mut(i - 1..=i) else { continue };
        if !joined(a, b) || is_setting(view, a.range.start) {
            continue;
        }
        match (kinds.get(i - 1).copied().flatten(), kinds.get(i).copied().flatten()) {
            (Some(_), None) if b.introduced => {}
            (Some(kind), None) => b.evidence[kind] += 1.2,
            (None, Some(kind)) => a.evidence[kind] += 1.2,
            _ => {}
        }
    }
}

/// Lets runs with the same letters share their evidence, and parts of a person's name have that of the whole.
fn share(view: &View, runs: &mut [Run]) {
    let key = |run: &Run| view.slice(run.range).to_lowercase();
    let mut total: HashMap<String, ([f32; 4], u16)> = HashMap::new();
    let mut parts: HashMap<String, f32> = HashMap::new();
    for run in runs.iter() {
        let (sum, count) = total.entry(key(run)).or_default();
        *count = count.saturating_add(1);
        for (sum, value) in sum.iter_mut().zip(run.evidence) {
            *sum += value;
        }
    }
    for run in runs.iter().filter(|run| (2..=5).contains(&run.range.len())) {
        let Some(([person, organization, place, other], _)) = total.get(&key(run)) else { continue };
        if *person > organization.max(*place).max(*other) {
            for i in run.range.start..run.range.end {
                if view.is(i, Facts::CAPITAL) && !view.is(i, Facts::INITIAL) {
                    let outer = i + 1 == run.range.end || i == run.range.start;
                    let town = view.is(i, Facts::PLACE) && !view.is(i, Facts::FREQUENT);
                    let weight = if outer && !town { 3.0 } else { 1.0 };
                    let best = parts.entry(view.norm(i).into_owned()).or_default();
                    *best = best.max(weight);
                }
            }
        }
    }
    // "la Brightgate Mutual", then "Brightgate": the same body.
    let led: HashSet<String> = runs
        .iter()
        .filter(|run| run.range.len() > 1 && view.is(run.range.start, Facts::CAPITAL))
        .filter(|run| {
            total
                .get(&key(run))
                .is_some_and(|([person, organization, place, other], _)| *organization > person.max(*place).max(*other))
        })
        .map(|run| view.form(run.range.start).to_lowercase())
        .collect();
    for run in runs.iter_mut() {
        let Some((sum, count)) = total.get(&key(run)) else { continue };
        let count = *count;
        let own = run.evidence;
        for ((value, sum), own) in run.evidence.iter_mut().zip(sum).zip(own).take(3) {
            // What stands here counts more than what stands elsewhere.
            *value = own + 0.5 * (sum - own).clamp(-3.0, 3.0);
        }
        if run.range.len() == 1 {
            let part = parts.get(&*view.norm(run.range.start)).copied().unwrap_or_default();
            run.evidence[0] += part;
            let leads = !view
                .is(run.range.start, Facts::FIRST.with(Facts::SURNAME).with(Facts::PLACE).with(Facts::COMMON))
                && led.contains(&*view.norm(run.range.start));
            if leads && part == 0.0 {
                run.evidence[1] += 2.0;
            }
            // A person is introduced by a first name, a title or a function: "la fédération, Finbel,", then "Finbel", is none.
            let facts = view.facts(run.range.start);
            let known = facts.any(Facts::FIRST.with(Facts::SURNAME).with(Facts::FAMILY_FIRST).with(Facts::PLACE));
            let introduced = part > 0.0 || sum[0] >= 3.0;
            if count > 1 && !known && !introduced && sum[1] >= 1.5 {
                run.evidence[0] -= 1.5;
                run.evidence[1] += 1.0;
            }
        }
    }
}

fn decide(view: &View, run: &Run) -> Name {
    let mut best = 3;
    for (i, value) in run.evidence.iter().enumerate() {
        if *value > run.evidence.get(best).copied().unwrap_or_default() {
            best = i;
        }
    }
    let kind = NameKind::ALL.get(best).copied().unwrap_or(NameKind::Other);
    let title = run.range.start.checked_sub(1).filter(|&i| kind == NameKind::Person && view.is(i, Facts::TITLE));
    let gender = (kind == NameKind::Person).then(|| gender(view, run.range, title)).flatten();
    Name { range: run.range, kind, gender, title }
}

/// The title before a particle before a name: "le comte de Courtry", "Mme de Marelle".
pub(crate) fn noble_title(view: &View, range: TokenRange) -> Option<u32> {
    let at = range.start.checked_sub(2).filter(|&at| matches!(&*view.norm(at + 1), "de" | "d'"))?;
    let title = view.norm(at);
    (is_civil(&title) || is_titled(&title)).then_some(at)
}

/// "Monsieur", "Mme", in lower case.
pub(crate) fn is_civil(title: &str) -> bool {
    matches!(title, "m." | "mme" | "mlle" | "monsieur" | "madame" | "mademoiselle")
}

/// A title of nobility that stands before a name with a particle.
pub(crate) fn is_titled(noun: &str) -> bool {
    matches!(
        noun,
        "comte"
            | "comtesse"
            | "vicomte"
            | "vicomtesse"
            | "baron"
            | "baronne"
            | "marquis"
            | "marquise"
            | "duc"
            | "duchesse"
            | "chevalier"
    )
}

/// Gender by title, then by first name.
fn gender(view: &View, range: TokenRange, title: Option<u32>) -> Option<Gender> {
    title.and_then(|i| title_gender(view, i)).or_else(|| gender_by_first_name(view, range))
}

/// Gender by the first name, or by its ending.
pub(crate) fn gender_by_first_name(view: &View, range: TokenRange) -> Option<Gender> {
    first_name_gender(view, range).map(|(gender, _)| gender).or_else(|| gender_by_ending(view, range))
}

/// The gender that a title shows.
pub(crate) fn title_gender(view: &View, i: u32) -> Option<Gender> {
    // "Dr Berger" may be a woman; "le Dr Berger" is none.
    let epicene = matches!(
        view.norm(i).trim_end_matches('.'),
        "dr" | "pr"
            | "prof"
            | "docteur"
            | "professeur"
            | "maître"
            | "me"
            | "capitaine"
            | "juge"
            | "général"
            | "colonel"
    );
    if epicene {
        return match &*view.norm(i.saturating_sub(1)) {
            "le" | "du" | "au" => Some(Gender::Masculine),
            "la" => Some(Gender::Feminine),
            _ => None,
        };
    }
    match lexicon::title(view.form(i)) {
        Some('f') => Some(Gender::Feminine),
        Some('m') => Some(Gender::Masculine),
        _ => None,
    }
}

/// The gender that the ending of a foreign first name suggests; of a name of several words.
pub(crate) fn gender_by_ending(view: &View, range: TokenRange) -> Option<Gender> {
    // Of the people in the news two of three are men: an ending must say more for a woman.
    const MEN: f32 = 2.0;
    if range.len() < 2 || view.is(range.start, Facts::INITIAL.with(Facts::FAMILY_FIRST)) {
        return None;
    }
    if first_name(view.form(range.start)).is_some() {
        return None;
    }
    let women = share_by_ending(view.form(range.start))?;
    let women = women / (women + MEN * (1.0 - women));
    let gender = if women > 0.5 { Gender::Feminine } else { Gender::Masculine };
    let sure = (2.0 * women - 1.0).abs();
    (sure >= 0.6).then_some(gender)
}

/// The gender of the first name in a person's name, and how sure it is, 0 to 1; none of a name of one word that is a
/// surname as well.
pub(crate) fn first_name_gender(view: &View, range: TokenRange) -> Option<(Gender, f32)> {
    let share = (range.start..range.end.min(range.start + 2))
        .take_while(|&i| i == range.start || view.is(range.start, Facts::INITIAL) && i + 1 < range.end)
        .find_map(|i| first_name(view.form(i)));
    let share = share?;
    let percent = f32::from(share.female_percent());
    let sure = (percent - 50.0).abs() / 50.0 * if share.frequency() >= 7 { 1.0 } else { 0.8 };
    let gender = if percent > 50.0 { Gender::Feminine } else { Gender::Masculine };
    (sure >= 0.5).then_some((gender, sure))
}
