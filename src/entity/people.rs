//! Which names name the same: entities over a whole text, before any pronoun is read.
//!
//! Takes the names of a text, gives one [`Known`] an entity and, for each name, its entity. People are put together by
//! the parts of their names: the longest forms first, then shorter ones ("Mme Berger", "Anne") with the nearest person
//! who has that part and does not differ in gender or initials. Organizations are the same if their letters are, or if
//! one is the acronym of the other. Evidence for gender is summed here: title, first name, functions, agreement.

use std::collections::HashMap;

use super::names::{
    Name, NameKind, first_name_gender, function_before, gender_by_ending, gender_by_first_name, noble_title,
    root_function, title_gender,
};
use super::phrase::{self, person_gender};
use super::words::{
    BodyClass, DEMONYM_ENDINGS, Facts, View, first_name, is_of_either_gender, noun_lemma, plain_letters, unaccented,
};
use super::{Gender, MentionKind};
use crate::morph::Upos;
use crate::text::TokenRange;

/// Entities compared with one name at most.
const MOST_CANDIDATES: usize = 12;
/// Functions kept of one entity.
pub(crate) const MOST_ROLES: usize = 8;

/// A function or description that the text gives somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Role {
    /// The phrase, from the noun on.
    pub(crate) range: TokenRange,
    /// Lemma of the noun.
    pub(crate) lemma: String,
    /// A title before the name says it ("Me"): no phrase of its own.
    pub(crate) by_title: bool,
    /// What distinguishes it: adjectives, nouns and names after it, in lower case.
    pub(crate) details: Vec<String>,
}

/// An entity in the making.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) kind: NameKind,
    /// Parts of the fullest name, in lower case.
    parts: Vec<String>,
    /// The fullest form.
    pub(crate) name: TokenRange,
    /// The full name where no stretch of the text is it ("Paul et Anne Berger").
    pub(crate) full: Option<String>,
    /// Positive for women, negative for men.
    pub(crate) gender: f32,
    /// What the ending of a foreign first name suggests: any other evidence outdoes it.
    guess: Option<Gender>,
    pub(crate) roles: Vec<Role>,
    /// Of an organization, what the nouns in and beside its name say it is.
    pub(crate) class: BodyClass,
}

impl Known {
    fn new(kind: NameKind, parts: Vec<String>, name: TokenRange) -> Self {
        Self { kind, parts, name, full: None, gender: 0.0, guess: None, roles: Vec::new(), class: BodyClass::default() }
    }

    /// The gender, if the evidence is enough.
    pub(crate) fn gender(&self) -> Option<Gender> {
        self.shown_gender().or(self.guess.filter(|_| self.kind == NameKind::Person))
    }

    /// The same without a guess by the ending of a first name.
    pub(crate) fn shown_gender(&self) -> Option<Gender> {
        if self.kind == NameKind::Person { self.grammatical_gender() } else { None }
    }

    /// The same, or of an organization the gender of its article.
    pub(crate) fn grammatical_gender(&self) -> Option<Gender> {
        match self.gender {
            g if g >= 0.5 => Some(Gender::Feminine),
            g if g <= -0.5 => Some(Gender::Masculine),
            _ => None,
        }
    }

    /// The last part of a name of several.
    pub(crate) fn surname(&self) -> Option<&str> {
        self.parts.last().filter(|_| self.parts.len() > 1).map(String::as_str)
    }

    /// True if something shows the other gender.
    pub(crate) fn contradicts(&self, gender: Gender) -> bool {
        self.shown_gender().is_some_and(|own| own != gender)
    }

    pub(crate) fn add_gender(&mut self, gender: Option<Gender>, weight: f32) {
        match gender {
            Some(Gender::Feminine) => self.gender += weight,
            Some(Gender::Masculine) => self.gender -= weight,
            None => {}
        }
    }
}

/// The entities and, by index of the name, which one each name names.
pub(crate) struct Register {
    pub(crate) known: Vec<Known>,
    pub(crate) of_name: Vec<Option<u32>>,
}

/// Puts the names of a text together. Time is linear: each name is compared with [`MOST_CANDIDATES`] entities at most.
pub(crate) fn register(view: &View, names: &[Name]) -> Register {
    let mut register = Register { known: Vec::new(), of_name: vec![None; names.len()] };
    register_people(view, names, &mut register);
    register_others(view, names, &mut register);
    for (index, name) in names.iter().enumerate().filter(|(_, name)| name.kind != NameKind::Person) {
        let Some(entity) = register.of_name.get(index).copied().flatten() else { continue };
        if let Some(known) = register.known.get_mut(entity as usize) {
            read_class(view, *name, known);
        }
    }
    register
}

/// Reads the gender that a person's first name shows. It counts once.
fn read_first_name(view: &View, known: &mut Known) {
    if is_east_asian(view, known.name) {
        return;
    }
    // "Warren" alone is Mrs Warren's surname.
    let alone = known.name.len() == 1;
    let surname = alone && (!view.is(known.name.start, Facts::FREQUENT) || view.is(known.name.start, Facts::SURNAME));
    if surname {
        return;
    }
    if let Some((gender, sure)) = first_name_gender(view, known.name) {
        known.add_gender(Some(gender), if alone { 1.0 } else { 2.5 } * sure);
    }
    known.guess = gender_by_ending(view, known.name);
}

/// The parts of a person's name, particles and nicknames left in, in lower case.
fn parts(view: &View, range: TokenRange) -> Vec<String> {
    (range.start..range.end)
        .filter(|&i| view.form(i).chars().any(char::is_alphanumeric))
        .map(|i| view.norm(i).into_owned())
        // "Vanessa L." is "Vanessa L" at the end of a sentence.
        .map(|part| if part.chars().count() == 2 { part.trim_end_matches('.').to_owned() } else { part })
        .collect()
}

/// "a.", "j", "j.-m.", "j-m"
fn is_initial(part: &str) -> bool {
    part.split('-').all(|piece| piece.ends_with('.') || piece.chars().count() == 1)
}

/// True if the shorter name can be a form of the longer one: its words in order, initials without contradiction.
fn is_form_of(short: &[String], long: &[String]) -> bool {
    let full = |parts: &[String]| parts.iter().filter(|p| !is_initial(p)).cloned().collect::<Vec<_>>();
    let (s, l) = (full(short), full(long));
    if s.is_empty() {
        return false;
    }
    let mut at = 0;
    for part in &s {
        match l.iter().skip(at).position(|other| other == part) {
            Some(found) => at += found + 1,
            None => return false,
        }
    }
    // The surname must be there, or the first name alone.
    let ends = s.last() == l.last() || s.len() == 1;
    let initials = |parts: &[String]| parts.iter().filter(|p| is_initial(p)).cloned().collect::<Vec<_>>();
    let (i, j) = (initials(short), initials(long));
    // "A. Berger" is Anne Berger, not Paul Berger.
    let letter = |part: &String| part.chars().next().map(unaccented);
    let first = i.first().filter(|_| l.len() > 1 && short.len() > 1);
    let begins = first.is_none_or(|first| letter(first) == long.first().and_then(letter));
    ends && begins && (i.is_empty() || j.is_empty() || i == j)
}

/// The gender shown by the title, if it is one of a single person.
fn shown_gender(view: &View, name: &Name) -> Option<Gender> {
    name.title.or_else(|| noble_title(view, name.range)).and_then(|i| title_gender(view, i))
}

/// "M. et Mme Berger", "MM. Berger": more than one person.
fn is_couple(view: &View, name: &Name) -> bool {
    name.title.is_some_and(|t| {
        matches!(view.form(t), "MM." | "MM" | "Mmes" | "Mmes.")
            || t >= 2 && &*view.norm(t - 1) == "et" && view.is(t - 2, Facts::TITLE)
            || t >= 2 && &*view.norm(t - 1) == "et" && matches!(&*view.norm(t - 2), "monsieur" | "madame")
    })
}

/// "Paul et Anne Berger": Paul is a Berger too.
fn with_shared_surnames(view: &View, names: &[Name], mut all: Vec<Vec<String>>) -> Vec<Vec<String>> {
    for index in 1..names.len() {
        let (Some(first), Some(second)) = (names.get(index - 1), names.get(index)) else { continue };
        let beside = first.range.end + 1 == second.range.start && &*view.norm(first.range.end) == "et";
        let first_names = view.is(first.range.start, Facts::FIRST) && view.is(second.range.start, Facts::FIRST);
        if !beside || !first_names || first.range.len() != 1 || second.range.len() < 2 {
            continue;
        }
        let surname: Vec<String> =
            all.get(index).map(|parts| parts.iter().skip(1).cloned().collect()).unwrap_or_default();
        if first.kind == NameKind::Person
            && second.kind == NameKind::Person
            && let Some(parts) = all.get_mut(index - 1)
        {
            parts.extend(surname);
        }
    }
    all
}

fn register_people(view: &View, names: &[Name], register: &mut Register) {
    let people: Vec<usize> =
        (0..names.len()).filter(|&i| names.get(i).is_some_and(|n| n.kind == NameKind::Person)).collect();
    let all: Vec<Vec<String>> = names
        .iter()
        .map(|name| if name.kind == NameKind::Person { parts(view, name.range) } else { Vec::new() })
        .collect();
    let all = with_shared_surnames(view, names, all);
    let weight = |i: usize| all.get(i).map_or(0, |p| p.iter().filter(|part| !is_initial(part)).count());
    let mut by_length = people.clone();
    by_length.sort_by_key(|&i| (std::cmp::Reverse(weight(i)), i));
    let mut by_part: HashMap<&str, Vec<u32>> = HashMap::new();
    let mut nearest: HashMap<u32, Vec<u32>> = HashMap::new();
    for &index in by_length.iter().filter(|&&i| weight(i) >= 2) {
        let (Some(name), Some(own)) = (names.get(index), all.get(index)) else { continue };
        if is_couple(view, name) {
            continue;
        }
        let gender = shown_gender(view, name);
        let candidates = own.last().and_then(|last| by_part.get(last.as_str()));
        let found = candidates.into_iter().flatten().copied().find(|&entity| {
            register.known.get(entity as usize).is_some_and(|known| {
                // "M. Abd al-Karim" is the end of a name.
                let whole = own.first() == known.parts.first() || name.title.is_some() && known.parts.ends_with(own);
                is_form_of(own, &known.parts) && known.parts.len() >= 2 && whole && agrees(view, known, gender)
                    || known.parts == *own && agrees(view, known, gender)
            })
        });
        let entity = found.unwrap_or_else(|| register.add(NameKind::Person, own.clone(), name.range));
        if own.len() > parts(view, name.range).len() && found.is_none() {
            register.lend_surname(view, index, names, entity);
        }
        for part in own.iter().filter(|part| !is_initial(part) && part.len() > 1) {
            let list = by_part.entry(part.as_str()).or_default();
            if !list.contains(&entity) && list.len() < MOST_CANDIDATES {
                list.push(entity);
            }
        }
        register.note(view, index, name, entity);
        nearest.entry(entity).or_default().push(name.range.start);
    }
    for list in nearest.values_mut() {
        list.sort_unstable();
    }
    // "Sa veuve, Anne Roux … M. Roux": what is known of the long names keeps short ones of the other gender away.
    let read = register.known.len();
    let (long, short): (Vec<usize>, Vec<usize>) = people.iter().copied().partition(|&index| weight(index) >= 2);
    read_people(view, names, register, 0, &long);
    // In order of the text, so that the person named last is the nearest.
    let mut last_seen: HashMap<u32, u32> = HashMap::new();
    for &index in &people {
        let (Some(name), Some(own)) = (names.get(index), all.get(index)) else { continue };
        if let Some(entity) = register.of_name.get(index).copied().flatten() {
            last_seen.insert(entity, name.range.start);
            continue;
        }
        if is_couple(view, name) {
            continue;
        }
        let gender = shown_gender(view, name);
        let Some(last) = own.last() else { continue };
        let namesakes = by_part.get(last.as_str());
        let before = |entity: u32| last_seen.get(&entity).copied();
        let best = namesakes
            .into_iter()
            .flatten()
            .copied()
            .filter(|&entity| {
                register.known.get(entity as usize).is_some_and(|known| {
                    let titled = name.title.is_some();
                    let surname =
                        known.parts.last() == own.last() || known.parts.len() > 1 && !is_first_name(known, last);
                    is_form_of(own, &known.parts)
                        && agrees(view, known, gender)
                        && (!titled || surname || known.parts.len() == 1)
                })
            })
            .max_by_key(|&entity| {
                let known = register.known.get(entity as usize);
                let surname = known.is_some_and(|k| k.parts.last() == own.last());
                (before(entity).is_some() || surname, surname, before(entity), std::cmp::Reverse(entity))
            });
        let entity = best.unwrap_or_else(|| register.add(NameKind::Person, own.clone(), name.range));
        if best.is_none() {
            let listed = by_part.entry(last.as_str()).or_default();
            if listed.len() < MOST_CANDIDATES {
                listed.push(entity);
            }
        }
        last_seen.insert(entity, name.range.start);
        register.note(view, index, name, entity);
    }
    read_people(view, names, register, read, &short);
}

/// Reads the first names of the people from `first` on, and the functions beside the names with these indices.
fn read_people(view: &View, names: &[Name], register: &mut Register, first: usize, indices: &[usize]) {
    for known in register.known.iter_mut().skip(first) {
        read_first_name(view, known);
    }
    for &index in indices {
        let entity = register.of_name.get(index).copied().flatten();
        if let (Some(name), Some(entity)) = (names.get(index), entity)
            && let Some(known) = register.known.get_mut(entity as usize)
        {
            read_roles(view, *name, known);
        }
    }
}

/// A surname first, as in China, Korea and Vietnam: "Kim Sang-ho", "Nguyen Van Minh". What stands first is no first name.
fn is_east_asian(view: &View, name: TokenRange) -> bool {
    let surname = view.is(name.start, Facts::FAMILY_FIRST);
    surname
        && (name.len() >= 3
            || view.form(name.start + 1).contains('-')
            || name.len() == 1
            || !view.is(name.start + 1, Facts::SURNAME))
}

/// True if `part` is the first name of somebody with a surname that follows European order.
fn is_first_name(known: &Known, part: &str) -> bool {
    known.parts.first().is_some_and(|first| first == part)
        && super::words::first_name(part).is_some_and(|s| s.frequency() >= 9)
}

fn agrees(view: &View, known: &Known, gender: Option<Gender>) -> bool {
    // A masculine that no article shows, a first name of both genders are too little.
    const SURE: f32 = 1.9;
    let Some(gender) = gender else { return true };
    let by_name =
        || first_name_gender(view, known.name).filter(|_| known.name.len() > 1 && !is_east_asian(view, known.name));
    let own = known.shown_gender().filter(|_| known.gender.abs() >= SURE);
    let own = own.or_else(|| by_name().filter(|(_, sure)| *sure > 0.8).map(|(own, _)| own));
    own.is_none_or(|own| own == gender)
}

impl Register {
    pub(crate) fn add(&mut self, kind: NameKind, parts: Vec<String>, name: TokenRange) -> u32 {
        let id = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        self.known.push(Known::new(kind, parts, name));
        id
    }

    /// Gives the person that the name before `names[index + 1]` names its surname: "Paul et Anne Berger" has "Paul Berger".
    fn lend_surname(&mut self, view: &View, index: usize, names: &[Name], entity: u32) {
        let (Some(first), Some(second)) = (names.get(index), names.get(index + 1)) else { return };
        let surname = view.slice(TokenRange::new(second.range.start + 1, second.range.end));
        if let Some(known) = self.known.get_mut(entity as usize) {
            known.full = Some([view.slice(first.range), " ", surname].concat());
        }
    }

    /// Counts one name for its entity.
    fn note(&mut self, view: &View, index: usize, name: &Name, entity: u32) {
        if let Some(place) = self.of_name.get_mut(index) {
            *place = Some(entity);
        }
        let Some(known) = self.known.get_mut(entity as usize) else { return };
        if known.kind != NameKind::Person {
            return;
        }
        let own = parts(view, name.range);
        if own.len() > known.parts.len() {
            known.parts = own;
            known.name = name.range;
            known.full = None;
        }
        // "le docteur Anne Roux": see `add_role`.
        let weak = name.title.is_some_and(|title| has_no_feminine(&view.norm(title)));
        let by_title = shown_gender(view, name).filter(|gender| !weak || *gender == Gender::Feminine);
        known.add_gender(by_title, 5.0);
        // "Anne Berger, née à", "est arrivée", "âgée de"
        let after = name.range.end + u32::from(view.form(name.range.end) == ",");
        for i in after..after + 3 {
            let feats = view.feats(i);
            let agreeing =
                feats.is_participle() && feats.is_past() || matches!(&*view.norm(i), "âgé" | "âgée" | "seule" | "seul");
            if agreeing && feats.is_singular() {
                let before = view.norm(i.saturating_sub(1));
                let with_be = matches!(&*before, "est" | "était" | "s'est" | "fut" | "serait" | "sera" | "été")
                    || i == after && (after > name.range.end || matches!(&*view.norm(i), "né" | "née"));
                if with_be && feats.is_feminine() {
                    known.gender += 1.2;
                } else if with_be && feats.is_masculine() {
                    known.gender -= 0.7;
                }
                break;
            }
            if !matches!(view.upos(i), Upos::Aux | Upos::Adv | Upos::Pron) {
                break;
            }
        }
    }
}

fn register_others(view: &View, names: &[Name], register: &mut Register) {
    let long = long_forms(view, names);
    let mut by_form: HashMap<String, u32> = HashMap::new();
    let heads = longer_forms(view, names);
    for (index, name) in names.iter().enumerate().filter(|(_, name)| name.kind != NameKind::Person) {
        let fullest = long.get(view.slice(name.range)).copied().unwrap_or(name.range);
        let own = parts(view, fullest);
        // "le Comité" is the "Comité des sages" named before or below.
        let whole = own.join(" ");
        let body = leads_alone(view, fullest);
        if body
            && let Some(&longer) = heads.get(&whole)
            && longer != fullest
        {
            let entity = *by_form
                .entry(parts(view, longer).join(" "))
                .or_insert_with(|| register.add(NameKind::Organization, parts(view, longer), longer));
            if let Some(place) = register.of_name.get_mut(index) {
                *place = Some(entity);
            }
            continue;
        }
        let entity = *by_form.entry(own.join(" ")).or_insert_with(|| register.add(name.kind, own, fullest));
        if let Some(place) = register.of_name.get_mut(index) {
            *place = Some(entity);
        }
        if let Some(known) = register.known.get_mut(entity as usize)
            && (name.kind == NameKind::Organization || fullest != name.range)
        {
            known.kind = NameKind::Organization;
        }
    }
}

/// True if the first word of an organization's name can stand for all of it: "le Comité", "Brightgate".
fn leads_alone(view: &View, name: TokenRange) -> bool {
    let other = Facts::COMMON
        .with(Facts::GRAMMAR)
        .with(Facts::FIRST)
        .with(Facts::SURNAME)
        .with(Facts::PLACE)
        .with(Facts::PLACE_FIRST)
        .with(Facts::CAPITALS);
    view.is(name.start, Facts::CAPITAL) && (view.is(name.start, Facts::BODY) || !view.is(name.start, other))
}

/// By the first words of organizations' names, the first name that goes on from there: "comité" and "comité des sages".
fn longer_forms(view: &View, names: &[Name]) -> HashMap<String, TokenRange> {
    let mut longer: HashMap<String, TokenRange> = HashMap::new();
    let bodies = names
        .iter()
        .filter(|name| name.kind == NameKind::Organization && name.range.len() > 1 && leads_alone(view, name.range));
    for name in bodies {
        let parts = parts(view, name.range);
        for end in 1..parts.len() {
            longer.entry(parts.get(..end).unwrap_or_default().join(" ")).or_insert(name.range);
        }
    }
    longer
}

/// For each acronym of a text, the words it stands for: those beside it in parentheses, before or after, or a name of
/// the text with these initials.
fn long_forms<'a>(view: &View<'a>, names: &[Name]) -> HashMap<&'a str, TokenRange> {
    let is_acronym = |range: TokenRange| range.len() == 1 && view.is(range.start, Facts::CAPITALS);
    let mut initials: HashMap<String, TokenRange> = HashMap::new();
    for name in names.iter().filter(|name| name.kind != NameKind::Person && !is_acronym(name.range)) {
        for letters in acronyms(view, name.range) {
            initials.entry(letters).or_insert(name.range);
        }
    }
    let mut long: HashMap<&str, TokenRange> = HashMap::new();
    let mut last: Option<TokenRange> = None;
    for name in names {
        let range = name.range;
        let beside = last.filter(|last| last.end + 1 == range.start && view.form(last.end) == "(");
        if is_acronym(range) && name.kind != NameKind::Person {
            // "Confédération générale du travail (CGT)", "le syndicat des marins (SDM)"
            let joined = |last: &TokenRange| acronyms(view, *last).contains(&view.norm(range.start).into_owned());
            let full = beside.filter(|last| last.len() > 1 || joined(last)).or_else(|| expansion(view, range.start));
            if let Some(full) = full {
                long.insert(view.slice(range), full);
                // "la Haute Autorité de santé (HAS)": the capitals alone are its name too.
                if let Some(last) = last.filter(|last| last.start == full.start && last.end < full.end) {
                    long.insert(view.slice(last), full);
                }
            } else if let Some(full) = initials.get(&*view.norm(range.start)) {
                long.entry(view.slice(range)).or_insert(*full);
            }
        } else if let Some(last) = beside
            && is_acronym(last)
            && acronyms(view, range).contains(&view.norm(last.start).into_owned())
        {
            // "la CGT (Confédération générale du travail)"
            long.insert(view.slice(last), range);
        }
        last = Some(range);
    }
    shorten(view, names, &mut long);
    long
}

/// Short forms without parentheses: "SUD" for "SUD-PTT", "Febelfin" for "Fédération belge du secteur financier".
fn shorten<'a>(view: &View<'a>, names: &[Name], long: &mut HashMap<&'a str, TokenRange>) {
    let mut by_first: HashMap<&str, TokenRange> = HashMap::new();
    let mut by_sound: HashMap<String, TokenRange> = HashMap::new();
    for name in names.iter().filter(|name| name.kind == NameKind::Organization) {
        let form = view.slice(name.range);
        if name.range.len() == 1
            && view.is(name.range.start, Facts::CAPITALS)
            && let Some((first, _)) = form.split_once('-')
            && first.len() > 1
        {
            by_first.entry(first).or_insert(name.range);
        }
        if name.range.len() == 1 && form.len() >= 6 {
            by_sound.entry(plain_letters(form).take(2).collect()).or_insert(name.range);
        }
    }
    for name in names.iter().filter(|name| name.kind != NameKind::Person) {
        let form = view.slice(name.range);
        if let Some(full) = by_first.get(form) {
            long.entry(form).or_insert(*full);
        } else if name.range.len() > 2
            && let Some(short) = by_sound.get(&plain_letters(form).take(2).collect::<String>())
            && is_made_of(view, &view.norm(short.start), name.range)
        {
            long.entry(form).or_insert(*short);
        }
    }
}

/// True if a word is made of the beginnings of at least two words of a name, each of two letters or more.
fn is_made_of(view: &View, word: &str, name: TokenRange) -> bool {
    let bare = |word: &str| word.chars().map(unaccented).collect::<Vec<char>>();
    let letters = bare(word);
    let (mut at, mut parts) = (0, 0);
    for i in name.start..name.end {
        let own = bare(&view.norm(i));
        let common = letters.iter().skip(at).zip(&own).take_while(|(a, b)| a == b).count();
        if common >= 2 {
            at += common;
            parts += 1;
        }
    }
    parts >= 2 && at == letters.len()
}

/// The words before the parenthesis that opens at `acronym - 1` whose initials are the acronym's letters.
fn expansion(view: &View, acronym: u32) -> Option<TokenRange> {
    let open = acronym.checked_sub(1).filter(|&i| view.form(i) == "(")?;
    let letters: Vec<char> = view.norm(acronym).chars().collect();
    let mut left = letters.len();
    let lowest = open.saturating_sub(14);
    let mut i = open;
    while i > lowest && left > 0 {
        i -= 1;
        if view.upos(i) == Upos::Punct {
            return None;
        }
        let initial = view.norm(i).chars().next().map(unaccented);
        let wanted = left.checked_sub(1).and_then(|at| letters.get(at)).copied();
        if initial == wanted {
            left -= 1;
        } else if !matches!(view.upos(i), Upos::Adp | Upos::Det | Upos::Cconj) {
            return None;
        }
    }
    (left == 0).then(|| TokenRange::new(i, open))
}

/// The acronyms that a name of several words can have: initials of its capitals, of its nouns, of every word.
fn acronyms(view: &View, range: TokenRange) -> Vec<String> {
    // "Agence France-Presse": AFP.
    let initials = |i: u32| -> String {
        let word = view.norm(i);
        word.split('-').filter_map(|part| part.chars().next()).map(unaccented).collect()
    };
    let capitals: String = (range.start..range.end).filter(|&i| view.is(i, Facts::CAPITAL)).map(initials).collect();
    let content: String = (range.start..range.end)
        .filter(|&i| !matches!(view.upos(i), Upos::Adp | Upos::Det | Upos::Cconj))
        .map(initials)
        .collect();
    // "la CPF": the place at the end is often left out.
    let mut short = content.clone();
    short.pop();
    let short = if short.chars().count() > 2 { short } else { String::new() };
    [capitals, content, short].into_iter().filter(|letters| letters.chars().count() > 1).collect()
}

/// What the nouns in a name ("Banque de Lyon"), right before it ("le syndicat SUD") and apposed to it ("X, une filiale de
/// Y") say the organization is.
fn read_class(view: &View, name: Name, known: &mut Known) {
    const NEAR: u32 = 6;
    let of = |i: u32| BodyClass::shown(&view.noun_lemma(i));
    // "Les Échos" by what follows the article.
    let article = name.range.len() > 1 && matches!(view.form(name.range.start), "Le" | "La" | "Les" | "L'" | "L’");
    let mut class = known.class.with(BodyClass::of_name(view.form(name.range.start + u32::from(article))));
    for i in name.range.start..name.range.end {
        if view.is(i, Facts::BODY) && !view.is(i, Facts::FOREIGN_BODY) {
            class = class.with(of(i));
        }
    }
    // Over adjectives and one comma: "l'agence américaine X", "la fédération des banques, X".
    let lowest = name.range.start.saturating_sub(NEAR);
    let mut i = name.range.start;
    while i > lowest {
        i -= 1;
        if view.is(i, Facts::BODY) && view.upos(i) == Upos::Noun {
            class = class.with(of(i));
            break;
        }
        let word = view.norm(i);
        let comma = &*word == "," && i + 1 == name.range.start;
        let bridge = matches!(view.upos(i), Upos::Adj | Upos::Noun) || matches!(&*word, "de" | "d'" | "du" | "des");
        if view.is(i, Facts::CAPITAL) || i + 1 == name.range.start && view.upos(i) == Upos::Adp || !(comma || bridge) {
            break;
        }
    }
    if view.form(name.range.end) == "," {
        let mut at = name.range.end + 1;
        while at < name.range.end + 4 && matches!(view.upos(at), Upos::Det | Upos::Adj | Upos::Num) {
            at += 1;
        }
        if view.is(at, Facts::BODY) && view.upos(at) == Upos::Noun {
            class = class.with(of(at));
        }
    }
    // "l'entraîneur de X", "le patron de X"
    if let Some(staff) = name.range.start.checked_sub(2).filter(|_| class.is_empty())
        && matches!(&*view.norm(staff + 1), "de" | "d'")
    {
        class = match view.noun_lemma(staff).as_str() {
            "entraîneur" | "coach" | "buteur" | "capitaine" | "joueur" | "gardien" => BodyClass::of_noun("club"),
            "patron" | "pdg" | "fondateur" | "cofondateur" | "actionnaire" => BodyClass::of_noun("société"),
            _ => class,
        };
    }
    known.class = class;
    // "la CGT", "le FBI"
    match &*view.norm(name.range.start.saturating_sub(1)) {
        "le" | "du" | "au" => known.gender -= 1.0,
        "la" => known.gender += 1.0,
        _ => {}
    }
}

/// The functions that the words around a name give its person.
fn read_roles(view: &View, name: Name, known: &mut Known) {
    if let Some(title) = name.title
        && let Some(lemma) = office_of_title(&view.norm(title))
        && known.roles.len() < MOST_ROLES
        && !known.roles.iter().any(|role| role.lemma == lemma)
    {
        let range = TokenRange::new(title, title + 1);
        known.roles.push(Role { range, by_title: true, lemma: lemma.to_owned(), details: Vec::new() });
    }
    let sentence =
        view.sentences.get(view.sentences.partition_point(|s| s.end <= name.range.start)).copied().unwrap_or_default();
    if let Some((at, lemma)) = part_in_event(view, name, sentence.start)
        && known.roles.len() < MOST_ROLES
        && !known.roles.iter().any(|role| role.lemma == lemma)
    {
        let range = TokenRange::new(at, at + 1);
        known.roles.push(Role { range, by_title: true, lemma: lemma.to_owned(), details: Vec::new() });
    }
    if let Some(at) = function_before(view, name.range, sentence.start)
        && !in_complement(view, at, name)
    {
        // "l'adjointe du shérif Anne Roux": a woman is no "shérif" behind "du".
        let woman = || gender_by_first_name(view, name.range) == Some(Gender::Feminine);
        let root = (&*view.norm(at.saturating_sub(1)) == "du" && woman())
            .then(|| root_function(view, at, sentence.start.max(at.saturating_sub(4))));
        let at = root.filter(|&root| view.noun_gender(root) == Some(Gender::Feminine)).unwrap_or(at);
        let mut end = name.title.unwrap_or(name.range.start);
        if end > at + 1 && view.form(end - 1) == "," {
            end -= 1;
        }
        add_role(view, known, at, end, 3.0);
    }
    // "la sherpa américaine Ana Roux": a function that no list has.
    if name.title.is_none()
        && name.range.len() > 1
        && !view.breaks_before(name.range.start)
        && let Some(gender) = gender_of_article(view, name.range.start)
    {
        known.add_gender(Some(gender), 2.0);
    }
    // "l'Italienne Chiara Roux": the demonym shows the gender.
    if let Some(demonym) = name.range.start.checked_sub(1).filter(|&i| i > 0 && view.is(i, Facts::DEMONYM))
        && view.is(demonym, Facts::CAPITAL)
        && name.title.is_none()
    {
        known.add_gender(demonym_gender(view, demonym), 3.0);
    }
    let mut at = name.range.end;
    let attribute = matches!(&*view.norm(at), "est" | "était" | "devient" | "reste" | "fut" | "sera");
    // "Anne Berger, la ministre de la Justice", "Anne Berger (maire de Sète)", "Anne Berger : la maire", "est maire"
    if matches!(view.form(at), "," | "(" | ":" | "–" | "-") || attribute {
        at += 1;
        while at < sentence.end.min(name.range.end + 4)
            && (matches!(view.upos(at), Upos::Det | Upos::Adj) && !view.is(at, Facts::PERSON)
                || matches!(&*view.norm(at), "ex" | "un" | "une" | "l'" | "le" | "la"))
        {
            at += 1;
        }
        if view.is(at, Facts::PERSON)
            && !view.is(at, Facts::CAPITAL)
            && matches!(view.upos(at), Upos::Noun | Upos::Adj | Upos::Propn | Upos::Verb)
        {
            let end = (at + 1..sentence.end.min(at + 10))
                .find(|&i| {
                    matches!(view.form(i), "," | ")" | "." | ";" | "»" | ":")
                        || view.is_finite(i)
                        || &*view.norm(i) == "qui"
                })
                .unwrap_or(sentence.end.min(at + 10));
            // "à France Courrier, le président du port Jean Roux a dit": the function is another one's.
            // "Formée auprès de Paul Roux, l'artiste revendique": the subject behind what opens its sentence.
            let opening = view.form(name.range.end) == ","
                && view.is_finite(end)
                && name.range.start > sentence.start
                && !(sentence.start..name.range.start).any(|i| view.is_finite(i));
            let others =
                opening || (at + 1..end).any(|i| view.is(i, Facts::FREQUENT) && view.is(i + 1, Facts::CAPITAL));
            if !others {
                add_role(view, known, at, end, 3.0);
            }
        }
    }
}

/// What an event makes of somebody: "la nomination de X" a candidate, "le procès de X", "X, jugé pour" an accused,
/// "succède à X" a predecessor. The token that says so, and the function.
fn part_in_event(view: &View, name: Name, sentence_start: u32) -> Option<(u32, &'static str)> {
    const NEAR: u32 = 6;
    let start = name.title.unwrap_or(name.range.start);
    // "X, 45 ans, jugé pour", "X, jugée à Sète"
    let mut after = name.range.end;
    if view.form(after) == "," && view.norm(after + 2) == "ans" && view.form(after + 3) == "," {
        after += 3;
    }
    if view.form(after) == ","
        && matches!(&*view.norm(after + 1), "jugé" | "jugée" | "poursuivi" | "poursuivie" | "soupçonné" | "soupçonnée")
    {
        return Some((after + 1, "accusé"));
    }
    let lowest = start.saturating_sub(NEAR).max(sentence_start);
    let of = start.checked_sub(1).filter(|&i| i > lowest && matches!(&*view.norm(i), "de" | "d'" | "du"));
    match of.map(|of| view.norm(of - 1)).as_deref() {
        Some("nomination" | "candidature" | "investiture") => return of.map(|of| (of - 1, "candidat")),
        Some("procès") => return of.map(|of| (of - 1, "accusé")),
        _ => {}
    }
    // "un éclusier joué par X", "une commission présidée par X"
    let by = start.checked_sub(1).filter(|&i| i > lowest && &*view.norm(i) == "par");
    if let Some((at, agent)) = by.and_then(|by| Some((by - 1, agent_of(&view.norm(by - 1))?))) {
        return Some((at, agent));
    }
    let phrase = |i: u32| {
        matches!(view.upos(i), Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Adp)
            || matches!(&*view.norm(i), "à" | "au" | "l'")
    };
    let verb = (lowest..start).rev().find(|&i| !phrase(i))?;
    let word = view.norm(verb);
    let succeeds = word.starts_with("succèd") || word.starts_with("succéd");
    (succeeds && matches!(&*view.norm(verb + 1), "à" | "au")).then_some((verb, "prédécesseur"))
}

/// The function of whoever does what a participle says.
fn agent_of(participle: &str) -> Option<&'static str> {
    let masculine = participle.trim_end_matches('s').trim_end_matches('e');
    match masculine {
        "joué" | "incarné" | "interprété" => Some("acteur"),
        "réalisé" | "filmé" => Some("réalisateur"),
        "écrit" => Some("auteur"),
        "présidé" => Some("président"),
        "entraîné" => Some("entraîneur"),
        "défendu" => Some("avocat"),
        "fondé" => Some("fondateur"),
        _ => None,
    }
}

/// The gender that the article of an unknown noun before a name shows, over one adjective.
fn gender_of_article(view: &View, start: u32) -> Option<Gender> {
    let mut noun = start.checked_sub(1)?;
    if view.upos(noun) == Upos::Adj && !view.is(noun, Facts::PERSON) {
        noun = noun.checked_sub(1)?;
    }
    let known = Facts::PERSON
        .with(Facts::BODY)
        .with(Facts::PLACE_NOUN)
        .with(Facts::THING_NOUN)
        .with(Facts::DOCUMENT)
        .with(Facts::CAPITAL)
        .with(Facts::TITLE);
    let noun = Some(noun).filter(|&i| !view.is(i, known) && matches!(view.upos(i), Upos::Noun | Upos::X))?;
    match &*view.norm(noun.checked_sub(1)?) {
        "le" | "un" => Some(Gender::Masculine),
        "la" | "une" => Some(Gender::Feminine),
        _ => None,
    }
}

/// The gender that a demonym used as a noun shows, by its article or its own ending.
fn demonym_gender(view: &View, at: u32) -> Option<Gender> {
    let form = view.form(at);
    match &*view.norm(at - 1) {
        "le" | "un" => Some(Gender::Masculine),
        "la" | "une" => Some(Gender::Feminine),
        "l'" => {
            let has = |which: usize| DEMONYM_ENDINGS.iter().any(|pair| form.ends_with(pair[which]));
            [Gender::Masculine, Gender::Feminine]
                .into_iter()
                .enumerate()
                .find(|(k, _)| has(*k))
                .map(|(_, gender)| gender)
        }
        _ => None,
    }
}

/// The function that a title shows: "Me Berger" is an advocate.
fn office_of_title(title: &str) -> Option<&'static str> {
    match title {
        "me" | "me." | "maître" => Some("avocat"),
        "dr" | "dr." | "docteur" | "docteure" | "docteurs" => Some("médecin"),
        "pr" | "pr." => Some("professeur"),
        "mgr" | "mgr." | "monseigneur" => Some("évêque"),
        "général" | "générale" => Some("général"),
        "colonel" | "colonelle" => Some("colonel"),
        "commandant" | "commandante" => Some("commandant"),
        "capitaine" => Some("capitaine"),
        "prince" | "princesse" => Some("prince"),
        "duc" | "duchesse" => Some("duc"),
        "cheikh" => Some("cheikh"),
        _ => None,
    }
}

/// True if the name only complements the function: "le porte-parole de Jean Berger".
pub(crate) fn in_complement(view: &View, at: u32, name: Name) -> bool {
    let before = name.title.unwrap_or(name.range.start).saturating_sub(1);
    before > at
        && matches!(
            &*view.norm(before),
            "de" | "d'"
                | "du"
                | "des"
                | "à"
                | "par"
                | "avec"
                | "pour"
                | "et"
                | "au"
                | "aux"
                | "en"
                | "la"
                | "le"
                | "l'"
                | "les"
        )
}

fn add_role(view: &View, known: &mut Known, at: u32, end: u32, weight: f32) {
    /// A first name that outdoes an office in the masculine: how many percent are women, and the logarithm of births.
    const SURE: u8 = 95;
    const COMMON: u8 = 14;
    let start = (0..3)
        .map(|n| at.saturating_sub(n))
        .take_while(|&i| i == at || matches!(view.upos(i), Upos::Adj | Upos::Det | Upos::Adp))
        .last()
        .unwrap_or(at);
    // "l'expert Anne Berger": a masculine that no article shows may be said of a woman; "politologue" shows nothing.
    // "le médecin Anne Roux": a masculine that is said of women hints at a man, no more.
    let gender = person_gender(view, start, at);
    if gender == Some(Gender::Masculine) && has_no_feminine(&view.norm(at)) {
        if phrase::shows_gender(view, start, at) && known.guess.is_none() {
            known.guess = gender;
        }
        return push_role(view, known, at, end);
    }
    // "le ministre de la Santé, Claire Roux": an office in the masculine does not make a man of her.
    // A rare first name may be a man's elsewhere ("le premier ministre fidjien, Josefa Roux").
    let hers = first_name(view.form(known.name.start))
        .is_some_and(|share| share.female_percent() >= SURE && share.frequency() >= COMMON);
    if gender == Some(Gender::Masculine) && hers && known.name.len() > 1 {
        return push_role(view, known, at, end);
    }
    let weak = !phrase::shows_gender(view, start, at);
    let weight = if weak && is_of_either(&view.norm(at)) { 0.0 } else { weight };
    known.add_gender(gender, if weak { weight / 3.0 } else { weight });
    push_role(view, known, at, end);
}

/// Masculines that are said of women as they stand.
fn has_no_feminine(noun: &str) -> bool {
    matches!(noun, "médecin" | "chef" | "docteur" | "professeur" | "écrivain" | "capitaine" | "colonel")
}

fn push_role(view: &View, known: &mut Known, at: u32, end: u32) {
    let (lemma, details) = office(view, at, end);
    let role = Role { range: TokenRange::new(at, end), by_title: false, lemma, details };
    if known.roles.len() < MOST_ROLES && !known.roles.iter().any(|r| r.lemma == role.lemma && r.details == role.details)
    {
        known.roles.push(role);
    }
}

/// "politologue", "analyste": the noun of a trade that is the same of a man and of a woman.
fn is_of_either(noun: &str) -> bool {
    is_of_either_gender(noun) || ["ologue", "iste", "graphe"].iter().any(|ending| noun.ends_with(ending))
}

/// The detail of a head of state.
pub(crate) const REPUBLIC: &str = "république";

/// The function that the noun at `at` names with what follows it up to `end`: its lemma and its details. Offices that
/// have two names get one: "le chef du gouvernement" is the "Premier ministre", "le chef de l'État" the "président".
pub(crate) fn office(view: &View, at: u32, end: u32) -> (String, Vec<String>) {
    let lemma = view.noun_lemma(at);
    let mut details = details(view, TokenRange::new(at + 1, end));
    let first = at.checked_sub(1).map(|before| view.norm(before)).unwrap_or_default();
    if lemma == "ministre" && matches!(first.trim_start_matches("ex-"), "premier" | "première") {
        return ("premier-ministre".to_owned(), details);
    }
    // "le chef économiste de la banque": an economist.
    let trade = details
        .first()
        .filter(|_| lemma == "chef")
        .filter(|second| crate::lexicon::is(second, crate::lexicon::Label::Function));
    if let Some(trade) = trade.cloned().filter(|_| view.upos(at + 1) == Upos::Noun) {
        details.remove(0);
        return (trade, details);
    }
    let other = match (lemma.as_str(), details.first().map(String::as_str)) {
        ("chef", Some("gouvernement")) => "premier-ministre",
        ("chef", Some("entreprise")) | ("homme" | "femme", Some("affaire" | "affaires")) => "entrepreneur",
        ("chef", Some("état" | "etat" | "exécutif")) => {
            if let Some(state) = details.first_mut() {
                REPUBLIC.clone_into(state);
            }
            return ("président".to_owned(), details);
        }
        ("chef", Some("diplomatie")) => {
            details.insert(0, "affaires".to_owned());
            if let Some(second) = details.get_mut(1) {
                "étrangères".clone_into(second);
            }
            return ("ministre".to_owned(), details);
        }
        ("garde", Some("sceaux" | "sceau")) => {
            if let Some(seals) = details.first_mut() {
                "justice".clone_into(seals);
            }
            return ("ministre".to_owned(), details);
        }
        _ => return (lemma, details),
    };
    details.remove(0);
    (other.to_owned(), details)
}

/// The content words of a phrase, in lower case: what tells one minister from another.
pub(crate) fn details(view: &View, range: TokenRange) -> Vec<String> {
    (range.start..range.end.min(range.start + 12))
        .filter(|&i| {
            view.is(i, Facts::CAPITAL) || matches!(view.upos(i), Upos::Noun | Upos::Adj | Upos::Propn | Upos::Num)
        })
        .map(|i| {
            let key = view.norm(i);
            if view.is(i, Facts::CAPITAL) { key.into_owned() } else { noun_lemma(&key) }
        })
        .filter(|word| !is_of_tenure(word))
        .collect()
}

/// "la présidente sortante": when somebody holds an office tells nobody from another one.
fn is_of_tenure(adjective: &str) -> bool {
    matches!(adjective, "sortant" | "réélu" | "actuel" | "nouveau" | "futur" | "intérimaire")
}

/// What an entity is, from what its name is.
pub(crate) fn mention_kind(kind: NameKind) -> MentionKind {
    if kind == NameKind::Person { MentionKind::Person } else { MentionKind::Organization }
}
