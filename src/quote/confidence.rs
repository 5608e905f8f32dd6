//! How likely it is that a quotation is right, content and name of the speaker together.
//!
//! A sum of weights over what the quotation shows (`data/confidence.txt`: the pattern that found its content, the step
//! that found its speaker, what the speaker is, how much is verbatim), read as log-odds. The weights were learned on the
//! development news (`ntrex`) by `tests/fit_confidence.py`; the reliability table in docs/accuracy.md is the check.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::entity::MentionKind;
use crate::quote::Quote;

/// Something a quotation shows: a group and a value in it.
type Evidence = (&'static str, &'static str);

static WEIGHTS: LazyLock<HashMap<Evidence, f32>> = LazyLock::new(|| {
    crate::token::entries(include_str!("../data/confidence.txt"))
        .filter_map(|line| {
            let (group, rest) = line.split_once(' ')?;
            let (value, weight) = rest.split_once(' ')?;
            Some(((group, value), weight.parse().ok()?))
        })
        .collect()
});

/// The estimate for one quotation, 0 to 1.
pub(crate) fn of(quote: &Quote) -> f32 {
    let sum: f32 = evidence(quote).filter_map(|shown| WEIGHTS.get(&shown)).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// What the estimate looks at.
pub(crate) fn evidence(quote: &Quote) -> impl Iterator<Item = Evidence> {
    let who = quote.speaker.map_or("none", |speaker| speaker.kind.as_str());
    // A person, an organization or a document that nobody in the text is.
    let one = |kind: MentionKind| matches!(kind, MentionKind::Person | MentionKind::Organization | MentionKind::Other);
    let unknown = quote.entity.is_none() && quote.speaker.is_some_and(|speaker| one(speaker.kind));
    let flags = [("all", true), ("nested", quote.parent.is_some()), ("belief", quote.belief), ("unknown", unknown)];
    let values =
        [("content", quote.why.content), ("speaker", quote.why.speaker), ("who", who), ("kind", quote.kind.as_str())];
    values.into_iter().chain(flags.into_iter().filter(|(_, on)| *on).map(|(flag, _)| ("flag", flag)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_can_be_read_and_give_probabilities() {
        let lines = crate::token::entries(include_str!("../data/confidence.txt")).count();
        assert_eq!(WEIGHTS.len(), lines);
        assert!(WEIGHTS.contains_key(&("flag", "all")) && WEIGHTS.contains_key(&("content", "incise")));
        let doc = crate::Doc::new("« Oui », a dit Anne Berger. Selon des voisins, il pleut. Il craint qu'elle parte.");
        let estimates: Vec<f32> = doc.quotes().iter().map(of).collect();
        assert!(estimates.len() > 1 && estimates.iter().all(|p| (0.05..0.99).contains(p)), "{estimates:?}");
        assert!(estimates[0] > 0.9 && estimates[1..].iter().all(|p| *p < estimates[0]), "{estimates:?}");
    }
}
