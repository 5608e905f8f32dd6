//! One noun phrase or pronoun by itself: what it denotes, which names it holds and in which place, gender and number.
//!
//! Takes the facts of the tokens and the names, gives a [`Phrase`]; what it refers to is for `resolve` to say.

use super::names::{Name, NameKind, title_gender};
use super::words::{Facts, View, has_both_genders, is_of_either_gender};
use super::{Gender, MentionKind};
use crate::morph::Upos;
use crate::text::TokenRange;

/// How a phrase is determined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Determiner {
    /// None, as before a name.
    None,
    /// le, la, l', les.
    Definite,
    /// son, leur, notre.
    Possessive,
    /// ce, cette.
    Demonstrative,
    /// un, des, plusieurs, certains, a number.
    Indefinite,
}

/// The person of a pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pronoun {
    /// je, me, moi.
    I,
    /// nous.
    We,
    /// tu, vous.
    You,
    /// il, elle, lui, ce dernier, l'intéressé.
    Third,
    /// ils, elles, eux, ces derniers.
    Plural,
    /// on, quelqu'un, qui.
    Indefinite,
}

/// A phrase as it can be read without its context.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Phrase {
    pub(crate) range: TokenRange,
    pub(crate) kind: MentionKind,
    pub(crate) determiner: Determiner,
    pub(crate) pronoun: Option<Pronoun>,
    pub(crate) gender: Option<Gender>,
    /// The head noun, if the head is no name.
    pub(crate) head: Option<u32>,
    /// Index of the name of him, her or it.
    pub(crate) name: Option<u32>,
    /// Index of the first name that only complements the head ("le porte-parole de X", "un rapport de X").
    pub(crate) complement: Option<u32>,
}

/// Reads the phrase at `range`; `names` are those of the whole text, by position.
pub(crate) fn read(view: &View, names: &[Name], range: TokenRange) -> Phrase {
    let mut phrase = Phrase {
        range,
        kind: MentionKind::Other,
        determiner: Determiner::None,
        pronoun: None,
        gender: None,
        head: None,
        name: None,
        complement: None,
    };
    if read_pronoun(view, range, &mut phrase) {
        return phrase;
    }
    let first = first_inside(names, range);
    let inner = || names.iter().enumerate().skip(first).take_while(move |(_, name)| name.range.start < range.end);

    // A title and a name, or a name at once: "Mme Berger", "Anne Berger, juge".
    let mut at = range.start;
    while at < range.end && (view.upos(at) == Upos::Punct || is_opener(&view.norm(at))) {
        at += 1;
    }
    let plural_title = matches!(view.form(at), "MM." | "MM" | "Mmes" | "messieurs" | "mesdames");
    if let Some((index, name)) = inner().next()
        && leads(view, at, *name)
    {
        phrase.name = u32::try_from(index).ok();
        phrase.gender = name.gender;
        phrase.kind = kind_of(name.kind);
        let couple = view.is(at, Facts::TITLE) && &*view.norm(at + 1) == "et";
        if coordinated(view, names, name.range.end, range.end) || plural_title || couple {
            phrase.kind = if name.kind == NameKind::Person { MentionKind::Group } else { phrase.kind };
            phrase.gender = None;
        }
        return phrase;
    }
    phrase.determiner = determiner(view, &mut at, range.end);
    if phrase.determiner == Determiner::Definite
        && let Some((index, name)) = inner().find(|(_, name)| name.range.start <= at && at < name.range.end)
    {
        // "Le Taoiseach, Paul Roux,": an office that no list has, and its holder.
        let holder = names.get(index + 1).map(|holder| (index + 1, holder)).filter(|(_, holder)| {
            holder.range.start == name.range.end + 1 && view.form(name.range.end) == "," && holder.range.len() > 1
        });
        let bare = name.range.len() == 1 && name.range.start == at;
        let other = Facts::BODY.with(Facts::PLACE).with(Facts::CAPITALS).with(Facts::COMPANY);
        if let Some((index, holder)) = holder.filter(|_| bare && !view.is(at, other))
            && holder.kind == NameKind::Person
        {
            phrase.name = u32::try_from(index).ok();
            phrase.kind = MentionKind::Person;
            phrase.gender = person_gender(view, range.start, at).or(holder.gender);
            return phrase;
        }
        // "la Commission européenne", "la Chine", "le Kremlin"
        phrase.name = u32::try_from(index).ok();
        phrase.kind = match name.kind {
            NameKind::Person => MentionKind::Person,
            _ => MentionKind::Organization,
        };
        phrase.gender = name.gender;
        if view.is(at, Facts::CAPITAL) || name.range.end >= range.end || !view.is(at, Facts::PERSON) {
            phrase.head = (!view.is(at, Facts::CAPITAL)).then_some(at);
            return phrase;
        }
    }
    // "le Dr Berger", "la Pr Anne Berger"
    if phrase.determiner == Determiner::Definite
        && view.is(at, Facts::TITLE)
        && !view.is(at, Facts::PERSON)
        && let Some((index, name)) = inner().find(|(_, name)| name.range.start == at + 1)
        && name.kind == NameKind::Person
    {
        phrase.name = u32::try_from(index).ok();
        phrase.kind = MentionKind::Person;
        phrase.gender = title_gender(view, at).or(name.gender);
        return phrase;
    }
    if plural_title {
        phrase.kind = MentionKind::Group;
        return phrase;
    }
    let Some(head) = find_head(view, at, range.end) else { return phrase };
    phrase.head = Some(head);
    let plural = is_plural(view, range.start, head);
    read_head(view, head, plural, &mut phrase);
    read_names(view, names, inner(), head, plural, &mut phrase);
    // "L'ONG | Terre libre": the name right behind the noun of a body is its.
    let behind = first_inside(names, TokenRange::new(range.end, range.end));
    if phrase.kind == MentionKind::Organization
        && phrase.name.is_none()
        && range.end == head + 1
        && names.get(behind).is_some_and(|n| n.range.start == range.end && n.kind == NameKind::Organization)
    {
        phrase.name = u32::try_from(behind).ok();
    }
    phrase
}

/// Reads the names behind the head of a phrase: of who or what it is, or of a complement.
fn read_names<'a>(
    view: &View,
    names: &[Name],
    inner: impl Iterator<Item = (usize, &'a Name)>,
    head: u32,
    plural: bool,
    phrase: &mut Phrase,
) {
    let range = phrase.range;
    for (index, name) in inner {
        let index = u32::try_from(index).ok();
        if name.range.contains(TokenRange::new(head, head + 1)) {
            if !matches!(phrase.kind, MentionKind::Person | MentionKind::Unnamed) {
                phrase.name = index;
                phrase.kind = kind_of(name.kind);
                return;
            }
            continue;
        }
        if name.range.start < head {
            continue;
        }
        let person = matches!(phrase.kind, MentionKind::Person | MentionKind::Unnamed | MentionKind::Other)
            || phrase.kind == MentionKind::Organization && view.is(head, Facts::PERSON);
        if person && name.kind == NameKind::Person && is_apposed(view, head, *name) {
            phrase.name = index;
            phrase.kind = MentionKind::Person;
            phrase.gender = person_gender(view, range.start, head).or(name.gender);
            if plural || coordinated(view, names, name.range.end, range.end) {
                phrase.kind = MentionKind::Group;
                phrase.gender = None;
            }
            return;
        }
        let body = matches!(phrase.kind, MentionKind::Organization) || view.is(head, Facts::BODY);
        if body
            && !plural
            && name.kind != NameKind::Person
            && is_apposed(view, head, *name)
            && (name.range.start <= head + 3 || view.form(name.range.start - 1) == ",")
        {
            // "le journal Die Zeit", "l'agence de presse Reuters"
            phrase.name = index;
            phrase.kind = MentionKind::Organization;
            return;
        }
        let start = name.title.unwrap_or(name.range.start);
        if phrase.complement.is_none() && issues(view, head, start) {
            phrase.complement = index;
        }
    }
}

/// Index of the first name that starts at or after the start of `range`, or that holds it.
pub(crate) fn first_inside(names: &[Name], range: TokenRange) -> usize {
    names.partition_point(|name| name.range.end <= range.start)
}

fn kind_of(kind: NameKind) -> MentionKind {
    match kind {
        NameKind::Person => MentionKind::Person,
        _ => MentionKind::Organization,
    }
}

/// True if the name starts the phrase, title aside.
fn leads(view: &View, at: u32, name: Name) -> bool {
    let mut i = at;
    while i < name.range.start
        && (view.is(i, Facts::TITLE) && view.is(i, Facts::CAPITAL.with(Facts::TITLE))
            || matches!(&*view.norm(i), "et" | "."))
    {
        i += 1;
    }
    i >= name.range.start
}

fn is_opener(word: &str) -> bool {
    matches!(word, "même" | "aussi" | "enfin" | "seul" | "seule" | "notamment")
}

/// True if "et" or a comma and another name or noun follow within the phrase.
fn coordinated(view: &View, names: &[Name], from: u32, end: u32) -> bool {
    // "Paul Roux, maire de Sète, et Anne Berger", "Paul Roux et son adjointe, Anne Berger"
    let joined = (from..end).find(|&i| &*view.norm(i) == "et" && (i == from || view.form(i - 1) == ","));
    let another = joined.is_some_and(|et| {
        let first = first_inside(names, TokenRange::new(et, end));
        let name = names.get(first).filter(|name| name.range.end <= end && name.kind == NameKind::Person);
        let determined = matches!(&*view.norm(et + 1), "son" | "sa" | "le" | "la" | "l'" | "leur")
            && (et + 2..et + 4).any(|i| view.is(i, Facts::PERSON));
        name.is_some_and(|name| determined || name.title.unwrap_or(name.range.start) == et + 1)
    });
    if another {
        return true;
    }
    (from..end.min(from + 4)).any(|i| {
        &*view.norm(i) == "et" && {
            let next = i + 1;
            next < end && (view.is(next, Facts::CAPITAL) || view.is(next, Facts::TITLE)) && i == from
        }
    })
}

fn read_pronoun(view: &View, range: TokenRange, phrase: &mut Phrase) -> bool {
    let first = view.norm(range.start);
    let bare = first.trim_start_matches("-t-").trim_start_matches('-');
    let (pronoun, gender) = match bare {
        "je" | "j'" | "moi" | "me" | "m'" => (Pronoun::I, None),
        "nous" => (Pronoun::We, None),
        "tu" | "vous" | "toi" => (Pronoun::You, None),
        "il" | "lui" | "celui-ci" | "celui-là" => (Pronoun::Third, Some(Gender::Masculine)),
        "elle" | "celle-ci" | "celle-là" => (Pronoun::Third, Some(Gender::Feminine)),
        "ils" | "eux" | "ceux-ci" | "leurs" => (Pronoun::Plural, Some(Gender::Masculine)),
        "elles" | "celles-ci" => (Pronoun::Plural, Some(Gender::Feminine)),
        "on" | "qui" | "chacun" | "personne" => (Pronoun::Indefinite, None),
        _ => return read_description_pronoun(view, range, phrase),
    };
    let emphatic = range.len() == 2 && matches!(&*view.norm(range.start + 1), "-même" | "même" | "aussi");
    if range.len() > 1 && !emphatic {
        return false;
    }
    phrase.kind = MentionKind::Pronoun;
    phrase.pronoun = Some(pronoun);
    phrase.gender = gender;
    true
}

/// "ce dernier", "cette dernière", "l'intéressée", "certains", "l'un d'eux".
fn read_description_pronoun(view: &View, range: TokenRange, phrase: &mut Phrase) -> bool {
    let (first, second) = (view.norm(range.start), view.norm(range.start + 1));
    let third = match (&*first, &*second) {
        ("ce", "dernier") | ("l'", "intéressé") | ("le", "premier" | "second" | "dernier" | "même") => {
            Some(Gender::Masculine)
        }
        ("cette", "dernière") | ("l'", "intéressée") | ("la", "première" | "seconde" | "dernière" | "même") => {
            Some(Gender::Feminine)
        }
        _ => None,
    };
    if let Some(gender) = third
        && (range.len() == 2 || view.form(range.start + 2) == "," && !view.is(range.start + 3, Facts::CAPITAL))
    {
        phrase.kind = MentionKind::Person;
        phrase.pronoun = Some(Pronoun::Third);
        phrase.gender = Some(gender);
        return true;
    }
    let group = matches!(
        &*first,
        "certains"
            | "certaines"
            | "plusieurs"
            | "beaucoup"
            | "ceux"
            | "celles"
            | "tous"
            | "toutes"
            | "aucun"
            | "nombre"
            | "quelques-uns"
            | "peu"
    ) && !matches!(&*second, "source" | "sources")
        || view.form(range.end.saturating_sub(1)) == "%"
        || matches!(
            (&*first, &*second),
            ("d'", "autres") | ("les", "uns" | "autres") | ("ces", "derniers" | "dernières")
        );
    if group {
        phrase.kind = MentionKind::Group;
        return true;
    }
    let unnamed = match (&*first, &*second) {
        ("l'", "un") | ("un", "de" | "des" | "d'") => Some(Gender::Masculine),
        ("l'", "une") | ("une", "de" | "des" | "d'") => Some(Gender::Feminine),
        ("un" | "l'", "autre") if range.len() == 2 => Some(Gender::Masculine),
        _ => None,
    };
    // "l'un d'eux, Paul,": who has a name after all.
    let named =
        (range.start + 2..range.end).find(|&i| view.form(i) == ",").is_some_and(|i| view.is(i + 1, Facts::CAPITAL));
    if named {
        return false;
    }
    if unnamed.is_some() || &*first == "quelqu'un" {
        phrase.kind = MentionKind::Unnamed;
        phrase.gender = unnamed;
        phrase.determiner = Determiner::Indefinite;
        return true;
    }
    if matches!(&*first, "celui" | "celle") && range.len() == 1 {
        // "… », a ajouté celui | qui était ministre"
        phrase.kind = MentionKind::Person;
        phrase.pronoun = Some(Pronoun::Third);
        phrase.gender = Some(if &*first == "celui" { Gender::Masculine } else { Gender::Feminine });
        return true;
    }
    if matches!(&*first, "celui" | "celle") {
        phrase.kind = MentionKind::Person;
        phrase.determiner = Determiner::Demonstrative;
        phrase.gender = Some(if &*first == "celui" { Gender::Masculine } else { Gender::Feminine });
        return true;
    }
    false
}

/// Reads the determiner and moves `at` past it and what goes with it ("près de la", "tous les", "seuls 10").
fn determiner(view: &View, at: &mut u32, end: u32) -> Determiner {
    let mut found = Determiner::None;
    while *at < end {
        let this = match &*view.norm(*at) {
            "le" | "la" | "l'" | "les" | "au" | "aux" | "du" => Determiner::Definite,
            "son" | "sa" | "ses" | "leur" | "leurs" | "mon" | "ma" | "mes" | "notre" | "nos" | "votre" | "vos"
            | "ton" | "ta" | "tes" => Determiner::Possessive,
            "ce" | "cet" | "cette" | "ces" => Determiner::Demonstrative,
            "un" | "une" | "des" | "d'" | "de" | "plusieurs" | "certains" | "certaines" | "quelques" | "divers"
            | "diverses" | "aucun" | "aucune" | "chaque" | "tout" | "près" | "plus" | "moins" | "environ" | "seuls"
            | "seules" | "quelque" => Determiner::Indefinite,
            "tous" | "toutes" | "même" | "selon" => found,
            _ if view.upos(*at) == Upos::Num || view.form(*at) == "%" => Determiner::Indefinite,
            _ => break,
        };
        if found == Determiner::None {
            found = this;
        }
        *at += 1;
    }
    found
}

/// The head: the first noun, or an adjective used as one.
fn find_head(view: &View, at: u32, end: u32) -> Option<u32> {
    let limit = end.min(at + 6);
    // "le quintuple lauréat"
    let times = matches!(&*view.norm(at), "double" | "triple" | "quadruple" | "quintuple" | "sextuple");
    let at = if times && at + 1 < limit && view.upos(at + 1) == Upos::Noun { at + 1 } else { at };
    for i in at..limit {
        let next_is_noun = i + 1 < limit && matches!(view.upos(i + 1), Upos::Noun);
        match view.upos(i) {
            Upos::Noun | Upos::Propn
                if !(next_is_noun && view.is(i + 1, Facts::PERSON) && !view.is(i, Facts::PERSON)) =>
            {
                return Some(i);
            }
            Upos::Punct if i > at => break,
            _ if view.is(i, Facts::PERSON.with(Facts::BODY)) && !next_is_noun => return Some(i),
            _ => {}
        }
    }
    (at < end).then_some(at)
}

fn is_plural(view: &View, start: u32, head: u32) -> bool {
    let marked = (start..head).any(|i| {
        matches!(
            &*view.norm(i),
            "les"
                | "des"
                | "aux"
                | "ces"
                | "ses"
                | "leurs"
                | "nos"
                | "vos"
                | "mes"
                | "plusieurs"
                | "quelques"
                | "deux"
                | "trois"
                | "certains"
                | "certaines"
                | "seuls"
                | "seules"
        ) || view.upos(i) == Upos::Num && view.norm(i) != "un" && view.norm(i) != "une"
            || view.form(i) == "%"
    });
    let bare = matches!(&*view.norm(start), "de" | "d'") || start == head;
    marked || bare && view.feats(head).is_plural()
}

fn read_head(view: &View, head: u32, plural: bool, phrase: &mut Phrase) {
    let facts = view.facts(head);
    let word = view.norm(head);
    let indefinite = phrase.determiner == Determiner::Indefinite;
    if matches!(&*word, "source" | "sources") {
        phrase.kind = MentionKind::Unnamed;
        return;
    }
    let person = facts.any(Facts::PERSON);
    let body = facts.any(Facts::BODY);
    if plural {
        phrase.kind = if view.is_document(head) && !person { MentionKind::Other } else { MentionKind::Group };
        if indefinite && body {
            phrase.kind = MentionKind::Group;
        }
        return;
    }
    if view.is_group_noun(head) && !person {
        phrase.kind = if body && !is_quantity(&word) { MentionKind::Organization } else { MentionKind::Group };
        return;
    }
    if person && (!body || looks_person(view, head)) {
        phrase.kind = if indefinite { MentionKind::Unnamed } else { MentionKind::Person };
        phrase.gender = person_gender(view, phrase.range.start, head);
        return;
    }
    if body {
        phrase.kind = MentionKind::Organization;
        return;
    }
    if view.is_document(head) {
        phrase.kind = MentionKind::Other;
        return;
    }
    if facts.any(Facts::DEMONYM) && facts.any(Facts::CAPITAL) {
        phrase.kind = if indefinite { MentionKind::Unnamed } else { MentionKind::Person };
        phrase.gender = person_gender(view, phrase.range.start, head);
        return;
    }
    if facts.any(Facts::CAPITAL) && !facts.any(Facts::START) {
        phrase.kind = MentionKind::Organization;
        return;
    }
    // "un paroissien", "l'ancienne internationale": what has a feminine of its own is somebody; so is "une internaute".
    if has_both_genders(&word) || view.upos(head) == Upos::Noun && is_of_either_gender(&word) {
        phrase.kind = if indefinite { MentionKind::Unnamed } else { MentionKind::Person };
        phrase.gender = person_gender(view, phrase.range.start, head);
        return;
    }
    // An adjective used as a noun: "la conservatrice", "le quadragénaire".
    if matches!(view.upos(head), Upos::Adj) && head + 1 >= phrase.range.end {
        phrase.kind = if indefinite { MentionKind::Unnamed } else { MentionKind::Person };
        phrase.gender = person_gender(view, phrase.range.start, head);
    }
}

fn is_quantity(word: &str) -> bool {
    matches!(word, "moitié" | "tiers" | "quart" | "majorité" | "plupart" | "ensemble")
}

/// A noun of persons and bodies alike ("le garde", "la garde") is a person by its masculine.
fn looks_person(view: &View, head: u32) -> bool {
    let word = view.norm(head);
    match &*word {
        "garde" => is_keeper(view, head) || matches!(&*view.norm(head.saturating_sub(1)), "le" | "un" | "ce" | "son"),
        "pape" => true,
        _ => false,
    }
}

/// "la garde forestière", "une garde champêtre": somebody; "la garde nationale" is a body.
pub(crate) fn is_keeper(view: &View, head: u32) -> bool {
    &*view.norm(head) == "garde" && ["forest", "champêtre"].iter().any(|kept| view.norm(head + 1).starts_with(kept))
}

/// True if an article, an adjective or the noun's feminine shows the gender of the person, not the noun's masculine alone.
pub(crate) fn shows_gender(view: &View, start: u32, head: u32) -> bool {
    let marked = (start..head).any(|i| {
        let word = view.norm(i);
        matches!(&*word, "le" | "un" | "ce" | "du" | "au" | "ancien" | "nouveau" | "premier" | "vieux")
    });
    // "l'homme d'affaires"
    let man = || {
        matches!(
            &*view.norm(head),
            "homme" | "garçon" | "père" | "frère" | "fils" | "mari" | "époux" | "oncle" | "neveu" | "roi" | "prince"
        )
    };
    marked || man() || person_gender(view, start, head) == Some(Gender::Feminine)
}

/// The gender of the person that a noun denotes: by its article, the noun, an adjective or participle after it.
pub(crate) fn person_gender(view: &View, start: u32, head: u32) -> Option<Gender> {
    if view.is_epicene(head) {
        return None;
    }
    if view.is(head, Facts::TITLE)
        && let Some(gender) = title_gender(view, head)
        && view.noun_gender(head).is_none()
    {
        return Some(gender);
    }
    for i in (start..head).rev() {
        match &*view.norm(i) {
            "le" | "un" | "ce" | "cet" | "du" | "au" | "ancien" | "nouveau" | "premier" | "vieux" => {
                return Some(Gender::Masculine);
            }
            // "sa porte-parole"; "son avocate", "son ancienne élève" may be a woman.
            "la" | "une" | "cette" | "ancienne" | "nouvelle" | "première" | "vieille" | "sa" | "ma" => {
                return Some(Gender::Feminine);
            }
            _ => {}
        }
    }
    // "l'emprise du | milliardaire": the article is one word with the preposition before the phrase.
    if start.checked_sub(1).is_some_and(|before| matches!(&*view.norm(before), "du" | "au")) {
        return Some(Gender::Masculine);
    }
    if let Some(gender) = view.noun_gender(head) {
        return Some(gender);
    }
    // "l'analyste américaine"
    for i in head + 1..head + 3 {
        if view.upos(i) == Upos::Adj || view.feats(i).is_participle() {
            if view.feats(i).is_feminine() {
                return Some(Gender::Feminine);
            }
            if view.feats(i).is_masculine() && !view.feats(i).is_plural() {
                return Some(Gender::Masculine);
            }
        }
    }
    None
}

/// True if the name at `start` is the issuer or holder of `head`: "rapport de X", "étude menée par X", "sondage X".
fn issues(view: &View, head: u32, start: u32) -> bool {
    let mut before = start.saturating_sub(1);
    while before > head && matches!(&*view.norm(before), "la" | "le" | "l'" | "les") {
        before -= 1;
    }
    before == head
        || matches!(&*view.norm(before), "de" | "d'" | "du" | "des" | "par" | "et")
            && !matches!(&*view.norm(before.saturating_sub(1)), "auprès" | "près" | "lors" | "cours" | "sein")
}

/// True if the name stands beside the noun `head`, not in a complement of it: "le maire de Lyon, Jean Berger", not "le
/// frère de Jean Berger".
fn is_apposed(view: &View, head: u32, name: Name) -> bool {
    let start = name.title.unwrap_or(name.range.start);
    let Some(before) = start.checked_sub(1) else { return false };
    // "le professeur Berger"
    if start == head && name.range.start > head {
        return true;
    }
    if before < head {
        return false;
    }
    let word = view.norm(before);
    if matches!(&*word, "," | ":" | "»") {
        return true;
    }
    // "le ministre de la Défense, le général Berger"
    if matches!(&*word, "le" | "la" | "l'") && before > head + 1 && view.form(before - 1) == "," {
        return true;
    }
    let complement =
        matches!(
            view.upos(before),
            Upos::Adp | Upos::Det | Upos::Cconj | Upos::Sconj | Upos::Verb | Upos::Aux | Upos::Pron
        ) || matches!(&*word, "de" | "d'" | "du" | "des" | "à" | "par" | "avec" | "pour" | "et" | "que" | "(");
    !complement
}
