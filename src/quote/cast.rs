//! The people of a tale while it is read: who has been met, what they are called, how present each is.
//!
//! Names come with their entity; people without a name ("le vieux", "elle" of a tale that never names her, the narrator)
//! are made here. A pronoun takes the most present one that agrees ([`Cast::pick`]), a description who was called by its
//! noun before, or else who is present alone ([`Cast::described`]). A new tale in the text begins with nobody present.
//! Every choice looks at [`PRESENT`] people at most.

use std::collections::HashMap;

use crate::entity::Gender;
use crate::text::TokenRange;

/// People that a pronoun or description is compared with.
const PRESENT: usize = 12;
/// People called by one noun that are remembered.
const NAMESAKES: usize = 12;
/// How much of their presence people keep when met again.
const KEEP: f32 = 0.2;
/// How much of their presence people keep from sentence to sentence.
const DECAY: f32 = 0.7;
/// What being met often adds: the main characters of a tale are meant more than those who pass by.
const OFTEN: f32 = 0.3;
/// The same of how often the whole text names them.
const NAMED: f32 = 0.05;
/// Sentences after which a noun says less than who is present.
const LONG_AGO: u32 = 60;
/// Presence below which nobody is meant by a pronoun any more.
const FAINT: f32 = 0.02;

/// Somebody.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "six plain facts of a person")]
pub(super) struct Person {
    /// Its entity, if it has a name.
    pub(super) entity: Option<u32>,
    pub(super) gender: Option<Gender>,
    /// Several people ("ils").
    pub(super) group: bool,
    /// The "je" of the narration.
    pub(super) narrator: bool,
    /// The words that first describe it; of a person met as a pronoun, the pronoun.
    pub(super) words: TokenRange,
    /// `words` are a pronoun.
    pub(super) bare: bool,
    /// "un médecin", not yet "le médecin".
    indefinite: bool,
    /// Called by an office or a trade ("le curé"): who is called by another one is somebody else.
    office: bool,
    /// Called "ma compagne" by the narrator.
    mine: bool,
    value: f32,
    /// When it was last met.
    pub(super) clock: u32,
    /// How often it was met.
    count: u32,
    /// How often the whole text names it.
    named: u32,
}

/// Everybody met so far.
#[derive(Debug, Default)]
pub(super) struct Cast {
    pub(super) people: Vec<Person>,
    /// Those met last, the last one at the end.
    recent: Vec<usize>,
    by_entity: HashMap<u32, usize>,
    /// By the lemma of a noun, who was called so in this tale.
    by_noun: HashMap<String, Vec<usize>>,
    /// For each of `people`, who it turned out to be.
    same: Vec<usize>,
    narrator: Option<usize>,
    group: Option<usize>,
    /// Narrated sentences so far.
    pub(super) clock: u32,
}

/// A description to find somebody for.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "six plain facts of a description")]
pub(super) struct Described<'a> {
    /// Lemma of the noun.
    pub(super) noun: &'a str,
    pub(super) gender: Option<Gender>,
    /// "un homme": somebody new.
    pub(super) indefinite: bool,
    /// "sa mère", "oncle Paul", "le baron", "les officiers": no noun for whoever is present.
    pub(super) own: bool,
    /// "ma compagne": somebody of the narrator's.
    pub(super) mine: bool,
    /// "mon cousin", "son gendre": kin that a tale seldom begins with.
    pub(super) kin: bool,
    /// Several people.
    pub(super) plural: bool,
    /// "le curé": an office or a trade.
    pub(super) office: bool,
    /// Who has just spoken: no new description goes on with them.
    pub(super) except: Option<usize>,
    pub(super) words: TokenRange,
}

impl Cast {
    /// A new tale begins: only names are known from before.
    pub(super) fn begin_tale(&mut self) {
        self.recent.clear();
        self.by_noun.clear();
        (self.narrator, self.group) = (None, None);
    }

    pub(super) fn get(&self, id: usize) -> Option<&Person> {
        self.people.get(id)
    }

    fn add(&mut self, gender: Option<Gender>, words: TokenRange, bare: bool) -> usize {
        self.people.push(Person {
            entity: None,
            gender,
            group: false,
            narrator: false,
            words,
            bare,
            indefinite: false,
            office: false,
            mine: false,
            value: 0.0,
            clock: self.clock,
            count: 0,
            named: 0,
        });
        self.same.push(self.same.len());
        self.people.len() - 1
    }

    /// The person of an entity.
    pub(super) fn named(&mut self, entity: u32, gender: Option<Gender>, words: TokenRange, times: u32) -> usize {
        if let Some(&id) = self.by_entity.get(&entity) {
            return id;
        }
        let id = self.add(gender, words, false);
        if let Some(person) = self.people.get_mut(id) {
            (person.entity, person.named) = (Some(entity), times);
        }
        self.by_entity.insert(entity, id);
        id
    }

    /// The narrator of this tale.
    pub(super) fn narrator(&mut self, words: TokenRange) -> usize {
        if let Some(id) = self.narrator {
            return id;
        }
        let id = self.add(None, words, true);
        if let Some(person) = self.people.get_mut(id) {
            person.narrator = true;
        }
        self.narrator = Some(id);
        id
    }

    /// "Un voyageur", "une jeune fille": who has just come and can be the named person `id`.
    pub(super) fn newcomer(&self, id: usize) -> Option<usize> {
        const LATELY: u32 = 2;
        let gender = self.people.get(id).filter(|person| person.entity.is_some())?.gender;
        self.recent.iter().rev().copied().filter(|&other| other != id).find(|&other| {
            self.people.get(other).is_some_and(|one| {
                one.indefinite
                    && one.entity.is_none()
                    && !one.group
                    && self.clock - one.clock <= LATELY
                    && (one.gender == gender || one.gender.is_none() || gender.is_none())
            })
        })
    }

    /// True for somebody whom the narration has not met yet.
    pub(super) fn is_new(&self, id: usize) -> bool {
        self.people.get(id).is_some_and(|person| person.count == 0)
    }

    /// True once the tale has somebody in it.
    pub(super) fn has_anybody(&self) -> bool {
        !self.recent.is_empty()
    }

    /// The narrator of this tale, if there is one so far.
    pub(super) fn has_narrator(&self) -> bool {
        self.narrator.is_some()
    }

    /// The narrator has said a name.
    pub(super) fn name_narrator(&mut self, named: usize) {
        let Some(narrator) = self.narrator.replace(named) else { return };
        if let Some(slot) = self.same.get_mut(narrator).filter(|_| narrator != named) {
            *slot = named;
        }
        self.recent.retain(|&id| id != narrator);
    }

    /// Somebody tells this tale.
    pub(super) fn narrates(&mut self, id: usize) {
        self.narrator = Some(id);
    }

    /// The several people of this tale who speak together.
    pub(super) fn group(&mut self, words: TokenRange) -> usize {
        if let Some(id) = self.group {
            return id;
        }
        let id = self.add(None, words, true);
        if let Some(person) = self.people.get_mut(id) {
            person.group = true;
        }
        self.group = Some(id);
        id
    }

    /// Somebody of whom a pronoun is the first sign.
    pub(super) fn unknown(&mut self, gender: Option<Gender>, words: TokenRange) -> usize {
        self.add(gender, words, true)
    }

    /// Who a person turned out to be.
    pub(super) fn canonical(&self, id: usize) -> usize {
        // Each leads to a person with a name, who is never led further.
        self.same.get(id).copied().unwrap_or(id)
    }

    /// "Le baron … le baron de Coutelier": somebody without a name so far gets one.
    pub(super) fn identify(&mut self, unnamed: usize, named: usize) {
        let fits = |id: usize| self.people.get(id);
        let (Some(one), Some(two)) = (fits(unnamed), fits(named)) else { return };
        let agree = one.gender.is_none() || two.gender.is_none() || one.gender == two.gender;
        if one.entity.is_some() || two.entity.is_none() || one.group || one.narrator || !agree {
            return;
        }
        let (gender, value, clock, count) = (one.gender, one.value, one.clock, one.count);
        // Who is merged has a name, so that nobody was ever merged into `unnamed`.
        if let Some(slot) = self.same.get_mut(unnamed) {
            *slot = named;
        }
        self.recent.retain(|&id| id != unnamed);
        if let Some(person) = self.people.get_mut(named) {
            person.gender = person.gender.or(gender);
            person.count += count;
            if person.clock <= clock && person.value < value {
                (person.value, person.clock) = (value, clock);
            }
        }
    }

    /// Remembers that a named person is called by a noun; who was called so lately without a name is this person.
    pub(super) fn call_named(&mut self, id: usize, noun: &str) {
        if let Some(before) = self.last_called(noun).filter(|&other| other != id)
            && self.people.get(before).is_some_and(|one| self.clock - one.clock <= LONG_AGO && !one.indefinite)
        {
            self.identify(before, id);
        }
        self.call(id, noun);
    }

    /// Who was called by a noun last.
    pub(super) fn last_called(&self, noun: &str) -> Option<usize> {
        self.by_noun.get(noun).and_then(|list| list.last()).copied()
    }

    /// Remembers that somebody has an office or a trade.
    pub(super) fn install(&mut self, id: usize) {
        if let Some(person) = self.people.get_mut(id) {
            person.office = true;
        }
    }

    /// Remembers that somebody is called by a noun.
    pub(super) fn call(&mut self, id: usize, noun: &str) {
        let list = self.by_noun.entry(noun.to_owned()).or_default();
        list.retain(|&other| other != id);
        list.push(id);
        if list.len() > NAMESAKES {
            list.remove(0);
        }
    }

    /// Somebody is met.
    pub(super) fn touch(&mut self, id: usize, weight: f32) {
        let clock = self.clock;
        if let Some(person) = self.people.get_mut(id) {
            let past = clock.saturating_sub(person.clock);
            let value = person.value * DECAY.powi(i32::try_from(past.min(60)).unwrap_or(60));
            (person.value, person.clock) = (value * KEEP + weight, clock);
            person.count += 1;
        }
        self.recent.retain(|&other| other != id);
        self.recent.push(id);
        if self.recent.len() > PRESENT {
            self.recent.remove(0);
        }
    }

    fn value(&self, person: &Person) -> f32 {
        let past = self.clock.saturating_sub(person.clock);
        #[expect(clippy::cast_precision_loss, reason = "a count of mentions")]
        let often = 1.0 + OFTEN * (1.0 + person.count as f32).ln() + NAMED * (1.0 + person.named as f32).ln();
        person.value * DECAY.powi(i32::try_from(past.min(60)).unwrap_or(60)) * often
    }

    /// The most present person of this gender who is not barred, and by how much (0 to 1) it leads; `partner` is who is
    /// likely to speak now.
    pub(super) fn pick(
        &self,
        gender: Option<Gender>,
        barred: &[Option<usize>],
        partner: Option<usize>,
    ) -> Option<(usize, f32)> {
        const PARTNER: f32 = 2.0;
        const UNSURE: f32 = 0.5;
        // "Un homme passa": nobody the tale has come back to.
        const PASSING: f32 = 0.7;
        let mut best: Option<(usize, f32)> = None;
        let mut second = 0.0_f32;
        for &id in self.recent.iter().rev() {
            let Some(person) = self.people.get(id) else { continue };
            if barred.contains(&Some(id)) || person.group || person.narrator {
                continue;
            }
            let mut score = self.value(person);
            match (person.gender, gender) {
                (Some(own), Some(wanted)) if own != wanted => continue,
                (None, Some(_)) => score *= UNSURE,
                _ => {}
            }
            if person.indefinite {
                score *= PASSING;
            }
            if partner == Some(id) {
                score += PARTNER;
            }
            if score < FAINT {
                continue;
            }
            match best {
                Some((_, value)) if value >= score => second = second.max(score),
                _ => {
                    second = best.map_or(0.0, |(_, value)| value);
                    best = Some((id, score));
                }
            }
        }
        best.map(|(id, score)| (id, (score - second) / score))
    }

    /// Learns somebody's gender from a pronoun.
    pub(super) fn agree(&mut self, id: usize, gender: Option<Gender>) {
        if let Some(person) = self.people.get_mut(id)
            && person.gender.is_none()
        {
            person.gender = gender;
        }
    }

    /// Whom a description means: who was called so, or who is present alone, or somebody new.
    pub(super) fn described(&mut self, it: Described, barred: &[Option<usize>], partner: Option<usize>) -> usize {
        let agrees = |person: &Person| person.gender.is_none() || it.gender.is_none() || person.gender == it.gender;
        if !it.indefinite {
            let known = self.by_noun.get(it.noun).into_iter().flatten().rev().map(|&id| self.canonical(id));
            let mut known = known.filter(|id| !barred.contains(&Some(*id)));
            let known = known.find(|&id| self.people.get(id).is_some_and(|one| agrees(one) && one.group == it.plural));
            let lately = known.filter(|&id| self.people.get(id).is_some_and(|one| self.clock - one.clock <= LONG_AGO));
            // "La jeune femme" after "elle": the only one present.
            let present = || {
                let fits = |person: &Person| agrees(person) && !(it.office && person.office);
                let partner = partner.filter(|&id| !it.own && self.people.get(id).is_some_and(fits));
                partner.or_else(|| {
                    let barred: Vec<Option<usize>> = barred.iter().copied().chain([it.except]).collect();
                    self.pick(it.gender, &barred, None)
                        .filter(|&(id, lead)| {
                            !it.own && !it.office && self.people.get(id).is_some_and(fits) && self.is_open(id, lead)
                        })
                        .map(|(id, _)| id)
                })
            };
            // "Ma voisine" after "ma compagne"
            let mine = || {
                let near = self.recent.iter().rev().copied().filter(|_| it.mine && !it.kin);
                let mut near = near.filter(|id| !barred.contains(&Some(*id)));
                near.find(|&id| self.people.get(id).is_some_and(|person| person.mine && agrees(person)))
            };
            // "Mon cousin" of somebody met by name: the only one it can be.
            let cousin = || {
                let mut named = self.recent.iter().copied().filter(|&id| {
                    it.mine && it.kin && self.people.get(id).is_some_and(|one| one.entity.is_some() && agrees(one))
                });
                named.next().filter(|_| named.next().is_none())
            };
            // "L'artiste", said once of nobody in particular, or of who is in everybody's mind.
            let lately = lately.filter(|&id| !self.is_outdone(id, it, barred));
            if let Some(id) = lately.or_else(mine).or_else(cousin).or_else(present).or(known) {
                self.call(id, it.noun);
                self.describe(id, it);
                return id;
            }
        }
        let id = self.add(it.gender, it.words, false);
        if let Some(person) = self.people.get_mut(id) {
            (person.group, person.indefinite, person.office) = (it.plural, it.indefinite, it.office);
            person.mine = it.mine;
        }
        self.call(id, it.noun);
        id
    }

    /// True if somebody met once is far less present than another one that a description can mean.
    fn is_outdone(&self, id: usize, it: Described, barred: &[Option<usize>]) -> bool {
        const FAR: f32 = 3.0;
        let Some(person) = self.people.get(id) else { return false };
        if it.own || person.indefinite || person.entity.is_some() || person.count > 1 {
            return false;
        }
        let best = self.pick(it.gender, barred, None).and_then(|(best, _)| self.people.get(best));
        best.is_some_and(|best| !(it.office && best.office) && self.value(best) > FAR * self.value(person))
    }

    /// True if a description not used before can mean this person: present lately, and well ahead of others.
    fn is_open(&self, id: usize, lead: f32) -> bool {
        const LATELY: u32 = 6;
        const AHEAD: f32 = 0.4;
        self.people.get(id).is_some_and(|person| self.clock.saturating_sub(person.clock) <= LATELY && lead >= AHEAD)
    }

    /// Gives a person met as a pronoun its first words.
    fn describe(&mut self, id: usize, it: Described) {
        if let Some(person) = self.people.get_mut(id) {
            person.indefinite &= it.indefinite;
            person.office |= it.office;
            person.mine |= it.mine;
            if person.bare && !person.narrator && person.entity.is_none() {
                (person.words, person.bare) = (it.words, false);
            }
            if person.gender.is_none() {
                person.gender = it.gender;
            }
        }
    }
}
