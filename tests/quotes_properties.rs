//! What holds for the quotations of any text: valid ranges, no panic, the same answer twice, work in the size of the text.

use std::collections::BTreeSet;

use propos::{Doc, Quote, TokenRange};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What hostile news is made of.
const PIECES: [&str; 62] = [
    "« ",
    " »",
    "«",
    "»",
    "\"",
    "“",
    "”",
    "„",
    "‹ ",
    " ›",
    "'",
    "’",
    "<<",
    ">>",
    "— ",
    "– ",
    "- ",
    "(",
    ")",
    "[",
    "]",
    " : ",
    ", ",
    ". ",
    " ? ",
    " ! ",
    "… ",
    "\n",
    "\n\n",
    "\u{a0}",
    "\u{202f}",
    " que ",
    " qu'",
    " si ",
    " de ",
    " à ",
    "a dit",
    "a-t-elle déclaré",
    "dit-il",
    " affirme ",
    "a promis",
    " a été qualifié ",
    " selon ",
    "D'après ",
    "Pour ",
    "Interrogée par",
    "Paul Roy",
    "Mme Anne Sorel",
    "M. ",
    "la ministre",
    "elle",
    "Il ",
    "je ",
    "nous ",
    "Moscou",
    "Q. : ",
    "LE PRÉSIDENT.",
    "le pont sera fermé",
    "partir demain",
    "historique",
    "ajoutant",
    "42 ans",
];

/// Names what is wrong with the quotations of `text`.
fn faults(text: &str) -> BTreeSet<&'static str> {
    let doc = Doc::new(text);
    let length = u32::try_from(doc.tokens().len()).unwrap_or(u32::MAX);
    let quotes = doc.quotes();
    let mut faults = BTreeSet::new();
    for quote in quotes {
        faults.extend(faults_of(&doc, quote, length));
        // Following the parents comes to an end: each step leaves one quotation for good.
        let mut at = quote.parent;
        for step in 0..=quotes.len() {
            let Some(parent) = at else { break };
            let Some(parent) = usize::try_from(parent).ok().and_then(|parent| quotes.get(parent)) else {
                faults.insert("no such parent");
                break;
            };
            if step == quotes.len() {
                faults.insert("its own ancestor");
            }
            at = parent.parent;
        }
    }
    let spans = doc.marked_spans();
    if !spans.is_sorted_by_key(|span| span.outer.start) {
        faults.insert("marked spans out of order");
    }
    if spans.iter().any(|span| !span.outer.contains(span.range) || span.outer.end > length) {
        faults.insert("marked span outside of its marks");
    }
    if Doc::new(text).quotes() != quotes {
        faults.insert("another answer the second time");
    }
    faults
}

fn faults_of(doc: &Doc, quote: &Quote, length: u32) -> Vec<&'static str> {
    let inside = |range: TokenRange| !range.is_empty() && range.end <= length;
    let content = &quote.content;
    let overlaps = |range: TokenRange| content.iter().any(|part| part.overlaps(range));
    let cue = quote.cue.as_ref().map(|cue| cue.range);
    let speaker = quote.speaker.map(|speaker| speaker.range);
    let whole = |part: TokenRange| content.iter().any(|whole| whole.contains(part));
    let checks = [
        (!content.is_empty(), "no content"),
        (content.iter().all(|&part| inside(part)), "content outside of the text"),
        (content.is_sorted_by(|a, b| a.end <= b.start), "parts out of order"),
        (quote.quoted.iter().all(|&part| inside(part)), "verbatim part outside of the text"),
        (quote.quoted.iter().all(|&part| whole(part)), "verbatim part outside of the content"),
        (cue.is_none_or(inside), "cue outside of the text"),
        (!cue.is_some_and(overlaps), "cue inside the content"),
        (speaker.is_none_or(inside), "speaker outside of the text"),
        (!speaker.is_some_and(overlaps), "speaker inside the content"),
        (quote.entity.is_none() || doc.entity_of(quote).is_some(), "no such entity"),
        ((0.0..=1.0).contains(&quote.confidence), "no probability"),
    ];
    checks.into_iter().filter(|check| !check.0).map(|check| check.1).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quotations_of_any_text_are_sound(text in "\\PC{0,120}") {
        prop_assert_eq!(faults(&text), BTreeSet::new());
    }

    #[test]
    fn quotations_of_shuffled_pieces_are_sound(pieces in vec(select(PIECES.as_slice()), 0..40)) {
        prop_assert_eq!(faults(&pieces.concat()), BTreeSet::new());
    }

    #[test]
    fn quotations_of_shuffled_words_are_sound(pieces in vec(select(PIECES.as_slice()), 0..40)) {
        prop_assert_eq!(faults(&pieces.join(" ")), BTreeSet::new());
    }
}

/// What the long texts are made of: unclosed marks, and sentences without an end that hold a cue every few words.
const HOSTILE: [&str; 30] = [
    "«",
    "« ",
    "\"",
    "(",
    "“„",
    "« Je pars. ",
    "\n« Oui",
    "“ a « b ",
    "« Oui »\n\n",
    "Il dit « a ",
    "à « de « ",
    ", ",
    "que ",
    "dit-il ",
    "a dit ",
    "« A », dit-il, ",
    "— Non. ",
    "M. A dit : ",
    "Paul Roy dit : ",
    "selon Paul, ",
    "selon M. A, ",
    "il dit que ",
    "affirme que selon lui ",
    "il dit vouloir ",
    "elle a dit qu'elle part. ",
    "Le maire a dit que la route est longue et ",
    "Mme Roy, qui est ministre, ",
    "a-t-elle dit (",
    "Paul Roy et ",
    "l'élue Anne Roy, ",
];

/// Those whose outermost quotations tell the text over and over; one that is mended leaves the list.
const REPEATED: [&str; 1] = ["« A », dit-il, "];

/// Counts what the answer holds: no more quotations than tokens, and no text in more than two that are not nested.
#[test]
fn hostile_texts_give_answers_in_their_size() {
    let mut repeated = Vec::new();
    for piece in HOSTILE {
        let text = piece.repeat(2_000);
        let doc = Doc::new(text);
        let tokens = doc.tokens().len();
        assert!(doc.quotes().len() <= tokens, "{piece}: {} quotations", doc.quotes().len());
        let parts: usize = doc.quotes().iter().map(|quote| quote.content.len() + quote.quoted.len()).sum();
        let outermost = doc.quotes().iter().filter(|quote| quote.parent.is_none());
        let said: u64 = outermost.flat_map(|quote| &quote.content).map(|part| u64::from(part.len())).sum();
        if parts > 2 * tokens || usize::try_from(said).unwrap_or(usize::MAX) > 2 * tokens {
            repeated.push(piece);
        }
        let mentions: usize = doc.entities().iter().map(|entity| entity.mentions.len()).sum();
        assert!(mentions <= tokens, "{piece}: {mentions} mentions");
    }
    assert_eq!(repeated, REPEATED);
}

#[test]
fn hostile_texts_give_sound_quotations() {
    for piece in HOSTILE {
        assert_eq!(faults(&piece.repeat(300)), BTreeSet::new(), "{piece}");
    }
}

/// Texts that once gave an unsound quotation.
#[test]
fn mended_faults_stay_mended() {
    for text in [
        "—  M.  » \u{a0} ”  ?  ]  affirme  la ministre Q. :  « << ",
        " selon ’D'après M. 'LE PRÉSIDENT.elle”ajoutant",
        " si  –  \" D'après  Paul Roy  »  selon  M.  ",
        "la ministre\" selon M.  »",
    ] {
        assert_eq!(faults(text), BTreeSet::new(), "{text}");
    }
}
