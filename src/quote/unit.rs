//! Units of discourse: the stretches between punctuation marks that are speech or narration as a whole.
//!
//! Takes tokens, paragraphs and paired marks, gives [`Unit`]s that cover the tokens in order. A unit is what opens it
//! (a dash, «, a bracket), words, and the punctuation that ends it: `— Oui,` and `dit-il` and `en riant.` are three.
//! Each knows what the choice between speech and narration hangs on: what opens and ends it, whether it looks like an
//! incise, tense and person of its verbs. docs/dialogue.md lists what is looked at.

use std::sync::LazyLock;

use crate::chars::{Family, Side, is_dash, is_hyphen, norm, quote_mark};
use crate::lexicon::{self, Label};
use crate::morph::{Feats, Upos};
use crate::quote::marks::Pair;
use crate::text::TokenRange;
use crate::token::{Set, Token, TokenKind, entries};

/// Verbs of an incise: those of the list of cues that have the frame `inc`.
static INCISE_VERBS: LazyLock<Set> = LazyLock::new(|| {
    entries(include_str!("../data/cues.txt"))
        .filter_map(|line| {
            let mut fields = line.split(" : ");
            let (lemma, frames) = (fields.next()?.trim(), fields.next()?);
            let lemma = lemma.strip_prefix("se ").or_else(|| lemma.strip_prefix("s'")).unwrap_or(lemma);
            (frames.split(' ').any(|frame| frame.trim() == "inc") && !lemma.contains(' ')).then_some(lemma)
        })
        .collect()
});

/// What a token is to the cutting of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[repr(u8)]
pub enum Sign {
    /// A word, a number: anything that is said.
    #[default]
    Word,
    /// A dash that can open a turn.
    Dash,
    /// An opening quotation mark.
    Open,
    /// A closing quotation mark.
    Close,
    /// An opening bracket.
    Bracket,
    /// A closing bracket.
    Unbracket,
    /// ,
    Comma,
    /// ;
    Semicolon,
    /// :
    Colon,
    /// .
    Stop,
    /// ? or !
    Strong,
    /// …
    Ellipsis,
}

impl Sign {
    /// True for . ? ! …
    #[must_use]
    pub fn ends(self) -> bool {
        matches!(self, Self::Stop | Self::Strong | Self::Ellipsis)
    }
}

/// How far a unit looks like an incise ("dit-il").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[repr(u8)]
pub enum Incise {
    /// It does not.
    #[default]
    None,
    /// A verb of speech and its inverted pronoun: "dit-il", "lui avait-elle répondu".
    Clitic,
    /// A verb of speech and its inverted subject: "dit le vieux", "reprit Anne".
    Noun,
    /// Another verb and its inverted pronoun: "lança-t-il".
    Other,
    /// Another verb and what looks like a subject behind it: "fit la vieille".
    OtherNoun,
    /// A subject and a verb of speech: "il reprit", "Anne lui dit".
    Straight,
}

/// Bits of [`Unit::words`]: what its words are.
pub mod bit {
    /// je, me, moi, mon, nous, notre.
    pub const FIRST: u32 = 1;
    /// tu, te, toi, ton, vous, votre.
    pub const SECOND: u32 = 1 << 1;
    /// A simple past.
    pub const SIMPLE_PAST: u32 = 1 << 2;
    /// An imperfect.
    pub const IMPERFECT: u32 = 1 << 3;
    /// A present.
    pub const PRESENT: u32 = 1 << 4;
    /// A future.
    pub const FUTURE: u32 = 1 << 5;
    /// An imperative and nothing else.
    pub const IMPERATIVE: u32 = 1 << 6;
    /// An interjection: ah, eh, hélas.
    pub const INTERJECTION: u32 = 1 << 7;
    /// A verb of speech in a finite form.
    pub const SPEECH: u32 = 1 << 8;
    /// A finite verb of any kind.
    pub const FINITE: u32 = 1 << 9;
    /// il, elle, ils, elles, lui, son, sa, ses.
    pub const THIRD: u32 = 1 << 10;
    /// A present participle.
    pub const GERUND: u32 = 1 << 11;
    /// A title: monsieur, madame, Mme.
    pub const TITLE: u32 = 1 << 12;
    /// A name.
    pub const NAME: u32 = 1 << 13;
    /// A subjunctive or conditional.
    pub const MOOD: u32 = 1 << 14;
    /// A demonstrative or a word that points to the here and now: ça, ceci, ici, voilà, demain, hier.
    pub const DEIXIS: u32 = 1 << 15;
    /// A verb of the first or second person by its form ("suis", "avez").
    pub const SPEAKER_VERB: u32 = 1 << 16;
}

/// A stretch between punctuation marks.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "five plain facts of a unit")]
pub struct Unit {
    /// Its tokens, with what opens and what ends it.
    pub range: TokenRange,
    /// Its words: `range` without the marks, dashes and stops at both ends.
    pub body: TokenRange,
    /// One past what is said if it is speech: its words and stops, without closing marks.
    pub said_end: u32,
    /// The signs that open it, first and second (a dash and « in "— « Oui »").
    pub lead: [Sign; 2],
    /// The last sign but closing marks that ends it.
    pub trail: Sign,
    /// A closing mark is among the signs that end it.
    pub closes: bool,
    /// A closing bracket is among the signs that end it.
    pub unbrackets: bool,
    /// It is the first of its paragraph.
    pub first: bool,
    /// Number of its paragraph.
    pub paragraph: u32,
    /// 0 outside of marks, 1 if a pair opens in this unit, 2 within one that opened in this paragraph, 3 within one
    /// that opened in an earlier paragraph.
    pub marked: u8,
    /// The pair around it lacks one of its marks.
    pub repaired: bool,
    /// How far it looks like an incise.
    pub incise: Incise,
    /// [`bit`]s of its words.
    pub words: u32,
    /// Its first word is capitalized.
    pub capital: bool,
    /// Hashes of its first two words and of its last one.
    pub forms: [u32; 3],
    /// [`bit`]s of its first and of its last word.
    pub edges: [u32; 2],
}

/// A hash of a word, the same on every machine (FNV-1a).
pub(super) const fn hash(bytes: &[u8]) -> u32 {
    let mut h = 0x811c_9dc5_u32;
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        h = (h ^ *first as u32).wrapping_mul(0x0100_0193);
        rest = tail;
    }
    h
}

/// The sign that a token is.
fn sign(token: &Token, text: &str) -> Sign {
    if !matches!(token.kind, TokenKind::Punctuation | TokenKind::Symbol) {
        return Sign::Word;
    }
    let form = token.text(text);
    let Some(c) = form.chars().next() else { return Sign::Word };
    match c {
        _ if is_dash(c) || is_hyphen(c) => Sign::Dash,
        ',' => Sign::Comma,
        ';' => Sign::Semicolon,
        ':' => Sign::Colon,
        '.' if form.len() > 1 => Sign::Ellipsis,
        '.' => Sign::Stop,
        '…' => Sign::Ellipsis,
        '(' | '[' => Sign::Bracket,
        ')' | ']' => Sign::Unbracket,
        '<' if form == "<<" => Sign::Open,
        '>' if form == ">>" => Sign::Close,
        _ if crate::chars::is_terminal(c) => Sign::Strong,
        _ => match quote_mark(c) {
            Some(mark) if !matches!(mark.family, Family::StraightSingle | Family::Single) => match mark.side {
                Side::Open | Side::Either => Sign::Open,
                Side::Close => Sign::Close,
            },
            _ => Sign::Word,
        },
    }
}

/// The signs of all tokens; what the pairs say of a mark goes before how it looks.
pub(crate) fn signs(text: &str, tokens: &[Token], pairs: &[Pair]) -> Vec<Sign> {
    let mut signs: Vec<Sign> = tokens.iter().map(|token| sign(token, text)).collect();
    for pair in pairs {
        if pair.outer.end > pair.inner.end
            && let Some(sign @ (Sign::Open | Sign::Close)) = signs.get_mut(pair.inner.end as usize)
        {
            *sign = Sign::Close;
        }
        if pair.outer.start < pair.inner.start
            && let Some(sign @ (Sign::Open | Sign::Close)) = signs.get_mut(pair.outer.start as usize)
        {
            *sign = Sign::Open;
        }
    }
    signs
}

/// Cuts a text into units.
#[must_use]
pub(crate) fn units(text: &str, tokens: &[Token], paragraphs: &[TokenRange], pairs: &[Pair]) -> Vec<Unit> {
    let mut units = outline(text, tokens, paragraphs, pairs);
    for unit in &mut units {
        unit.read_words(text, tokens);
        unit.read_compound(text, tokens);
    }
    units
}

/// The units of a text by their signs alone: what [`Unit::read_words`] fills in is not there yet.
#[must_use]
pub(crate) fn outline(text: &str, tokens: &[Token], paragraphs: &[TokenRange], pairs: &[Pair]) -> Vec<Unit> {
    let signs = signs(text, tokens, pairs);
    let mut units = Vec::with_capacity(tokens.len() / 6 + 1);
    let mut pairs = pairs.iter().filter(|pair| pair.depth == 0).peekable();
    for (number, paragraph) in (0_u32..).zip(paragraphs) {
        let mut start = paragraph.start;
        let (mut body, mut trail) = (false, false);
        let mut first = true;
        for at in paragraph.start..=paragraph.end {
            let sign = signs.get(at as usize).copied().unwrap_or_default();
            let opens = matches!(sign, Sign::Dash | Sign::Open | Sign::Bracket);
            let cut = at == paragraph.end
                || (opens && (body || trail))
                || (sign == Sign::Word && trail)
                || (trail && sign == Sign::Word);
            if cut && start < at {
                let range = TokenRange::new(start, at);
                let mut unit = describe(text, tokens, &signs, range);
                unit.first = first;
                unit.paragraph = number;
                while pairs.peek().is_some_and(|pair| pair.outer.end <= start) {
                    pairs.next();
                }
                if let Some(pair) = pairs.peek().filter(|pair| pair.outer.start < at) {
                    unit.repaired = pair.repaired;
                    unit.marked = if pair.outer.start >= start {
                        1
                    } else if pair.outer.start >= paragraph.start {
                        2
                    } else {
                        3
                    };
                }
                units.push(unit);
                (start, body, trail, first) = (at, false, false, false);
            }
            match sign {
                Sign::Dash | Sign::Open | Sign::Bracket => {}
                Sign::Word => body = true,
                // "— …" is a turn of silence: what would end a unit is its body.
                _ if body => trail = true,
                _ => body = true,
            }
        }
    }
    units
}

/// Looks at the signs of a unit.
fn describe(text: &str, tokens: &[Token], signs: &[Sign], range: TokenRange) -> Unit {
    let mut unit = Unit { range, body: range, said_end: range.end, ..Unit::default() };
    let sign = |at: u32| signs.get(at as usize).copied().unwrap_or_default();
    let mut leads = 0;
    while unit.body.start < range.end && matches!(sign(unit.body.start), Sign::Dash | Sign::Open | Sign::Bracket) {
        if let Some(slot) = unit.lead.get_mut(leads) {
            *slot = sign(unit.body.start);
        }
        leads += 1;
        unit.body.start += 1;
    }
    while unit.body.end > unit.body.start + 1 && sign(unit.body.end - 1) != Sign::Word {
        unit.body.end -= 1;
        match sign(unit.body.end) {
            Sign::Close => {
                unit.closes = true;
                unit.said_end = unit.body.end;
            }
            Sign::Unbracket => unit.unbrackets = true,
            sign if unit.trail == Sign::Word => unit.trail = sign,
            _ => {}
        }
    }
    let form = |at: u32| tokens.get(at as usize).map_or("", |token| token.text(text));
    unit.capital = form(unit.body.start).starts_with(char::is_uppercase);
    unit
}

impl Unit {
    /// Looks at the words.
    pub(crate) fn read_words(&mut self, text: &str, tokens: &[Token]) {
        let form = |at: u32| tokens.get(at as usize).map_or("", |token| token.text(text));
        let last = self.body.end.saturating_sub(1).max(self.body.start);
        for (slot, at) in self.forms.iter_mut().zip([self.body.start, self.body.start + 1, last]) {
            if self.body.has(at) {
                *slot = hash(norm(form(at)).as_bytes());
            }
        }
        let analyses: Vec<u32> =
            self.body.indices().map(|at| tokens.get(at).map_or(0, |token| word_bits(token, text))).collect();
        self.words = analyses.iter().fold(0, |all, one| all | one);
        self.edges = [analyses.first(), analyses.last()].map(|bits| bits.copied().unwrap_or(0));
        self.incise = incise(text, tokens, self.body, &analyses);
    }

    /// "a répondu Paul" says what "répondit Paul" says: the model, which has learned from tales in the simple past, is shown
    /// the one for the other.
    pub(crate) fn read_compound(&mut self, text: &str, tokens: &[Token]) {
        if self.capital || !matches!(self.incise, Incise::Noun | Incise::Clitic) {
            return;
        }
        let words = self.body.indices().take(6).filter_map(|at| tokens.get(at)).map(|token| norm(token.text(text)));
        let words: Vec<_> = words.skip_while(|word| is_clitic(word)).collect();
        let Some((verb, rest)) = words.split_first().filter(|(verb, _)| matches!(&***verb, "a" | "ont" | "ai")) else {
            return;
        };
        let clitic = rest.first().filter(|word| is_inverted(word));
        let participle = rest.get(usize::from(clitic.is_some())).filter(|word| is_speech_participle(word));
        if participle.is_none() {
            return;
        }
        let simple: &[u8] = if &**verb == "ont" { b"dirent" } else { b"dit" };
        let second = clitic.or(rest.get(1)).map_or(0, |word| hash(word.as_bytes()));
        (self.forms[0], self.forms[1]) = (hash(simple), second);
        let shown = bit::SIMPLE_PAST | bit::SPEECH | bit::FINITE;
        self.words = self.words & !bit::PRESENT | shown;
        self.edges[0] = shown;
    }

    /// True if one of its words can be a simple past, without looking at the others: [`bit::SIMPLE_PAST`].
    pub(crate) fn has_simple_past(&self, text: &str, tokens: &[Token]) -> bool {
        let words = tokens.get(self.body.indices()).unwrap_or_default();
        words.iter().any(|token| {
            let norm = norm(token.text(text));
            ends_as_simple_past(&norm)
                && lexicon::lookup(&norm).any(|entry| {
                    matches!(entry.upos(), Upos::Verb | Upos::Aux)
                        && entry.feats().is_finite()
                        && verb_bits(entry.feats()) & bit::SIMPLE_PAST != 0
                })
        })
    }
}

/// True for the endings of the simple past, which few other words have: "parla", "finis", "vint", "eûmes", "dirent".
fn ends_as_simple_past(norm: &str) -> bool {
    // 0x80 and more is the end of an accented letter, as in "haït" and "eûmes".
    matches!(
        norm.as_bytes(),
        [.., b'a']
            | [.., b'a', b'i' | b's']
            | [.., b'i' | b'u' | 0x80.., b's' | b't']
            | [.., b'i' | 0x80.., b'n', b's' | b't']
            | [.., b'r', b'e', b'n', b't']
            | [.., b'n' | 0x80.., b'm' | b't', b'e', b's']
    )
}

/// The [`bit`]s of one word.
pub(super) fn word_bits(token: &Token, text: &str) -> u32 {
    let form = token.text(text);
    let norm = norm(form);
    let mut bits = closed_class(&norm);
    if form.starts_with(char::is_uppercase)
        && (lexicon::first_name(form).is_some() || lexicon::lookup(form).any(|e| e.upos() == Upos::Propn))
    {
        bits |= bit::NAME;
    }
    if lexicon::title(form).is_some() {
        bits |= bit::TITLE;
    }
    let mut imperative_only = true;
    let mut verbs = 0;
    for entry in lexicon::lookup(&norm) {
        let feats = entry.feats();
        match entry.upos() {
            Upos::Verb | Upos::Aux if feats.is_finite() => {
                verbs |= verb_bits(feats);
                imperative_only &= feats.has("Mood", "Imp");
                if feats.has("Mood", "Ind") && INCISE_VERBS.contains(&*entry.lemma()) {
                    verbs |= bit::SPEECH;
                }
            }
            Upos::Verb | Upos::Aux if feats.is_participle() && !feats.is_past() => bits |= bit::GERUND,
            Upos::Intj => bits |= bit::INTERJECTION,
            _ => imperative_only = false,
        }
    }
    if verbs != 0 {
        bits |= verbs | bit::FINITE;
        if imperative_only {
            bits |= bit::IMPERATIVE;
        }
    }
    bits
}

fn verb_bits(feats: Feats) -> u32 {
    let person = if matches!(feats.person(), 1 | 2) { bit::SPEAKER_VERB } else { 0 };
    person
        | match (feats.value("Mood"), feats.value("Tense")) {
            (Some("Ind"), Some("Past")) => bit::SIMPLE_PAST,
            (Some("Ind"), Some("Imp")) => bit::IMPERFECT,
            (Some("Ind"), Some("Pres")) => bit::PRESENT,
            (Some("Ind"), Some("Fut")) => bit::FUTURE,
            (Some("Sub" | "Cnd"), _) => bit::MOOD,
            _ => 0,
        }
}

/// The [`bit`]s of pronouns, possessives, words that point, and words that answer or call.
pub(super) fn closed_class(norm: &str) -> u32 {
    match norm {
        "je" | "j'" | "me" | "m'" | "moi" | "mon" | "ma" | "mes" | "nous" | "notre" | "nos" | "-je" | "-moi"
        | "-nous" => bit::FIRST,
        "tu" | "te" | "t'" | "toi" | "ton" | "ta" | "tes" | "vous" | "votre" | "vos" | "-tu" | "-toi" | "-vous" => {
            bit::SECOND
        }
        "il" | "elle" | "ils" | "elles" | "lui" | "leur" | "leurs" | "son" | "sa" | "ses" | "se" | "s'" | "-il"
        | "-elle" | "-t-il" | "-t-elle" | "-ils" | "-elles" | "eux" => bit::THIRD,
        "ça" | "ceci" | "cela" | "ici" | "voilà" | "voici" | "demain" | "hier" | "aujourd'hui" | "maintenant" => {
            bit::DEIXIS
        }
        "oui" | "non" | "ah" | "oh" | "ô" | "eh" | "hé" | "bah" | "hein" | "merci" | "pardon" | "allons" | "voyons"
        | "tiens" | "hélas" | "diable" | "parbleu" | "adieu" | "bonjour" | "bonsoir" => bit::INTERJECTION,
        _ => 0,
    }
}

/// Words that can stand between the comma and the verb of an incise: "lui dit-il", "se récria-t-elle".
fn is_clitic(norm: &str) -> bool {
    matches!(
        norm,
        "me" | "m'"
            | "te"
            | "t'"
            | "se"
            | "s'"
            | "lui"
            | "leur"
            | "nous"
            | "vous"
            | "le"
            | "l'"
            | "la"
            | "les"
            | "y"
            | "en"
    )
}

/// True for a pronoun behind its verb: "-il", "-t-elle".
pub(crate) fn is_inverted(norm: &str) -> bool {
    matches!(
        norm,
        "-il"
            | "-elle"
            | "-je"
            | "-on"
            | "-ils"
            | "-elles"
            | "-nous"
            | "-t-il"
            | "-t-elle"
            | "-t-on"
            | "-t-ils"
            | "-t-elles"
    )
}

/// How far the words of a unit look like an incise; `bits` are those of its words.
fn incise(text: &str, tokens: &[Token], body: TokenRange, bits: &[u32]) -> Incise {
    let form = |at: u32| tokens.get(at as usize).filter(|_| body.has(at)).map_or("", |token| token.text(text));
    let bits_at = |at: u32| bits.get((at.saturating_sub(body.start)) as usize).copied().unwrap_or(0);
    let mut at = body.start;
    while at < body.start + 3 && is_clitic(&norm(form(at))) {
        at += 1;
    }
    let verb = bits_at(at);
    if verb & bit::FINITE != 0 && body.has(at) {
        let next = norm(form(at + 1));
        if is_inverted(&next) {
            // "avait-elle répondu": the participle tells.
            let speech = verb & bit::SPEECH != 0 || is_speech_participle(form(at + 2));
            return if speech { Incise::Clitic } else { Incise::Other };
        }
        // "dit gravement Alfred", "dit en riant la vieille", "dit à sa voisine une dame", "dit enfin Paul".
        let mut after = at + 1;
        while after < at + 5 && stands_between(form(after), bits_at(after)) {
            after += 1;
        }
        let subject = subject_follows(form(after), bits_at(after))
            || (verb & bit::SPEECH != 0 && (!body.has(at + 1) || after > at + 1));
        if subject && form(at).starts_with(char::is_lowercase) {
            return if verb & bit::SPEECH != 0 { Incise::Noun } else { Incise::OtherNoun };
        }
    }
    // "avait dit Anne" is an incise too; "Anne lui dit" introduces.
    if verb & bit::FINITE != 0 && is_speech_participle(form(at + 1)) && subject_follows(form(at + 2), bits_at(at + 2)) {
        return Incise::Noun;
    }
    let straight = body.len() <= 40
        && body.indices().zip(bits).skip(1).any(|(_, bits)| bits & bit::SPEECH != 0 && bits & bit::SECOND == 0);
    if straight { Incise::Straight } else { Incise::None }
}

/// True for an adverb or gerund between the verb of an incise and its subject.
fn stands_between(form: &str, bits: u32) -> bool {
    let norm = norm(form);
    norm.ends_with("ment") && norm.len() > 5
        || matches!(
            &*norm,
            "enfin"
                | "alors"
                | "aussi"
                | "encore"
                | "donc"
                | "aussitôt"
                | "en"
                | "à"
                | "tout"
                | "bas"
                | "haut"
                | "soudain"
        )
        || bits & bit::GERUND != 0
}

fn is_speech_participle(form: &str) -> bool {
    !form.is_empty()
        && lexicon::lookup(&norm(form)).any(|entry| {
            entry.feats().is_participle() && entry.feats().is_past() && INCISE_VERBS.contains(&*entry.lemma())
        })
}

/// True if a word can begin a subject behind its verb: a determiner, a name, a title, "celui".
fn subject_follows(form: &str, bits: u32) -> bool {
    if form.is_empty() {
        return false;
    }
    if form.starts_with(char::is_uppercase) || bits & bit::TITLE != 0 {
        return true;
    }
    matches!(
        &*norm(form),
        "le" | "la"
            | "l'"
            | "les"
            | "un"
            | "une"
            | "des"
            | "son"
            | "sa"
            | "ses"
            | "mon"
            | "ma"
            | "mes"
            | "notre"
            | "nos"
            | "leur"
            | "leurs"
            | "ce"
            | "cet"
            | "cette"
            | "ces"
            | "celui"
            | "celle"
            | "quelqu'un"
            | "deux"
            | "plusieurs"
            | "votre"
            | "ton"
            | "ta"
            | "tous"
            | "toutes"
            | "chacun"
            | "l'autre"
            | "l'un"
    ) || lexicon::is(form, Label::Title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_simple_past_of_the_lexicon_has_an_ending_of_one() {
        let is_past = |form: &str| {
            lexicon::lookup(form).any(|entry| {
                matches!(entry.upos(), Upos::Verb | Upos::Aux) && verb_bits(entry.feats()) & bit::SIMPLE_PAST != 0
            })
        };
        let past: Vec<String> = lexicon::forms().into_iter().filter(|form| is_past(form)).collect();
        assert!(past.len() > 20_000, "{}", past.len());
        let odd: Vec<&String> = past.iter().filter(|form| !ends_as_simple_past(form)).collect();
        assert!(odd.is_empty(), "{odd:?}");
        assert!(!ends_as_simple_past("les") && !ends_as_simple_past("parle") && !ends_as_simple_past("content"));
    }
}
