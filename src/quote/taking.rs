//! Turn-taking: who speaks in the turns of a dialogue that name nobody, and people without a name.
//!
//! Takes the quotations in order, gives entities to those that are turns (`why.content` is "turn" or "answer"). Turns that
//! follow each other without narration alternate between two speakers: what is known of one turn holds of the one before
//! last. Narration between turns begins a new exchange, but between the same two people if nobody else has spoken lately.
//! A pronoun that stands for nobody with a name takes the last speaker of its gender; a description ("le vieux") or the
//! narrator's "je" is a person of its own. Two passes over the turns; each looks back at [`RECENT`] speakers.

use std::collections::HashMap;

use super::Quote;
use super::view::View;
use crate::entity::{Entity, Gender, Mention, MentionKind};
use crate::lexicon;
use crate::morph::Upos;
use crate::text::TokenRange;

/// Speakers that a pronoun or an exchange looks back at.
const RECENT: usize = 6;

/// Gives speakers to turns.
pub(crate) fn attribute(view: &View, quotes: &mut [Quote], entities: &mut Vec<Entity>) {
    let turns: Vec<usize> = (0..quotes.len())
        .filter(|&i| quotes.get(i).is_some_and(|quote| matches!(quote.why.content, "turn" | "answer")))
        .collect();
    if turns.is_empty() {
        return;
    }
    let mut people = People { view, entities, described: HashMap::new() };
    let mut recent: Vec<u32> = Vec::new();
    let mut speakers: Vec<Option<u32>> = Vec::with_capacity(turns.len());
    let answers: Vec<bool> =
        turns.iter().map(|&i| quotes.get(i).is_some_and(|quote| quote.why.content == "answer")).collect();
    for (n, &i) in turns.iter().enumerate() {
        let Some(quote) = quotes.get(i) else { continue };
        let answers = answers.get(n).copied().unwrap_or(false);
        let before = n.checked_sub(1).and_then(|n| speakers.get(n)).copied().flatten().filter(|_| answers);
        let last = n.checked_sub(2).and_then(|n| speakers.get(n)).copied().flatten();
        let mut who = quote.speaker.and_then(|speaker| people.of(speaker, quote.entity, &recent, before, last));
        if who.is_none() && quote.speaker.is_none() && answers {
            // The one before last, or the other one of the last two.
            who = last
                .filter(|&one| Some(one) != before)
                .filter(|_| before.is_some())
                .or_else(|| before.and_then(|before| recent.iter().rev().copied().find(|&one| one != before)));
        }
        if let Some(who) = who {
            recent.retain(|&one| one != who);
            recent.push(who);
            if recent.len() > RECENT {
                recent.remove(0);
            }
        }
        speakers.push(who);
    }
    // Backwards: who answers the next but one spoke here.
    for n in (0..speakers.len()).rev() {
        let run = answers.get(n + 1).copied().unwrap_or(false) && answers.get(n + 2).copied().unwrap_or(false);
        let named = turns.get(n).and_then(|&i| quotes.get(i)).is_some_and(|quote| quote.speaker.is_some());
        let later = speakers.get(n + 2).copied().flatten();
        let next = speakers.get(n + 1).copied().flatten();
        if run
            && !named
            && later != next
            && let Some(slot) = speakers.get_mut(n)
            && slot.is_none()
        {
            *slot = later;
        }
    }
    for (&i, who) in turns.iter().zip(speakers) {
        let Some(quote) = quotes.get_mut(i) else { continue };
        if let Some(who) = who {
            if quote.entity != Some(who) {
                quote.why.speaker = if quote.speaker.is_some() { "dialogue-mention" } else { "turn-taking" };
                quote.confidence = quote.confidence.min(0.6);
            }
            quote.entity = Some(who);
            if let Some(speaker) = &mut quote.speaker {
                speaker.entity = Some(who);
            }
        }
    }
}

struct People<'a, 'b> {
    view: &'a View<'a>,
    entities: &'b mut Vec<Entity>,
    /// People without a name, by the words that describe them.
    described: HashMap<String, u32>,
}

impl People<'_, '_> {
    /// The person that a mention stands for.
    fn of(
        &mut self,
        mention: Mention,
        known: Option<u32>,
        recent: &[u32],
        before: Option<u32>,
        last: Option<u32>,
    ) -> Option<u32> {
        let word = self.view.norm(mention.range.start).into_owned();
        let word = word.trim_start_matches("-t-").trim_start_matches('-').to_owned();
        if mention.range.len() == 1 {
            match &*word {
                "je" | "j'" | "moi" => return Some(self.person("je".to_owned(), mention)),
                "nous" | "on" | "ils" | "elles" | "qui" => return None,
                "il" | "elle" | "lui" => {
                    let gender = if word == "elle" { Gender::Feminine } else { Gender::Masculine };
                    let fits = |entities: &[Entity], one: u32| {
                        entities.get(one as usize).is_some_and(|entity| {
                            entity.gender.is_none_or(|own| own == gender) && &*entity.name != "je"
                        })
                    };
                    // In an exchange the pronoun is not who has just spoken.
                    let known = known.filter(|&one| Some(one) != before);
                    let last = last.filter(|&one| before.is_some() && Some(one) != before && fits(self.entities, one));
                    return known.or(last).or_else(|| {
                        recent.iter().rev().copied().find(|&one| Some(one) != before && fits(self.entities, one))
                    });
                }
                _ => {}
            }
        }
        if known.is_some() {
            return known;
        }
        // The head of the description: its first noun, without what follows.
        let head = mention.range.indices().find_map(|at| {
            let at = u32::try_from(at).ok()?;
            let noun = matches!(self.view.upos(at), Upos::Noun | Upos::Propn | Upos::Adj);
            (noun || lexicon::title(self.view.form(at)).is_some()).then(|| self.view.norm(at).into_owned())
        })?;
        Some(self.person(head, mention))
    }

    /// The person described by these words, new if there is none.
    fn person(&mut self, key: String, mention: Mention) -> u32 {
        if let Some(&known) = self.described.get(&key) {
            if let Some(entity) = self.entities.get_mut(known as usize) {
                entity.mentions.push(Mention { entity: Some(known), ..mention });
            }
            return known;
        }
        let id = u32::try_from(self.entities.len()).unwrap_or(u32::MAX);
        let name = if key == "je" { key.clone() } else { self.text(mention.range) };
        let gender = mention.gender.or_else(|| self.gender(mention.range));
        let mentions = vec![Mention { entity: Some(id), ..mention }];
        self.entities.push(Entity { kind: MentionKind::Unnamed, name: name.into(), gender, role: None, mentions });
        self.described.insert(key, id);
        id
    }

    fn text(&self, range: TokenRange) -> String {
        let tokens = self.view.tokens.get(range.indices()).unwrap_or_default();
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return String::new() };
        crate::Span::new(first.span.start, last.span.end).of(self.view.text).to_owned()
    }

    /// The gender that the determiner shows.
    fn gender(&self, range: TokenRange) -> Option<Gender> {
        match &*self.view.norm(range.start) {
            "le" | "un" | "ce" | "cet" | "mon" | "notre" => Some(Gender::Masculine),
            "la" | "une" | "cette" | "ma" => Some(Gender::Feminine),
            _ => None,
        }
    }
}
