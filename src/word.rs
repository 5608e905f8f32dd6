//! Syntactic words: contractions (au = à + le) are two words of one token, every other token is one.
//!
//! Takes tokens, gives a view of words over them. `du` and `des` are contractions or articles: [`is_contraction`]
//! decides from the words around.
//!
//! ```
//! assert_eq!(propos::contraction("auxquels"), Some(["à", "lesquels"]));
//! assert_eq!(propos::contraction("avec"), None);
//! ```

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::chars::{is_terminal, norm};
use crate::learned::{Features, Segmentation, class, word_hash};
use crate::lexicon;
use crate::token::{Map, Token, TokenKind, entries};

static CONTRACTIONS: LazyLock<Map<[&'static str; 2]>> = LazyLock::new(|| {
    entries(include_str!("data/contractions.txt"))
        .filter_map(|line| {
            let mut fields = line.split(' ');
            Some((fields.next()?, [fields.next()?, fields.next()?]))
        })
        .collect()
});

/// A syntactic word: a token, or one of the two words of a contraction.
///
/// ```
/// let text = "au bar";
/// let tokens = propos::tokenize(text);
/// let words = propos::words(text, &tokens);
/// let forms: Vec<&str> = words.iter().map(|word| word.form(text, &tokens)).collect();
/// assert_eq!(forms, ["à", "le", "bar"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Word {
    /// The index of its token.
    pub token: u32,
    /// Which word of its token it is: 0, or 0 and 1 of a contraction.
    pub part: u8,
    /// How many words its token gives: 1 or 2.
    pub parts: u8,
}

impl Word {
    /// The form: the token as it stands, or the part of a contraction in lower case.
    #[must_use]
    pub fn form<'a>(&self, text: &'a str, tokens: &[Token]) -> &'a str {
        let form = tokens.get(self.token as usize).map_or("", |token| token.text(text));
        if self.parts < 2 {
            return form;
        }
        contraction(form).and_then(|parts| parts.get(usize::from(self.part)).copied()).unwrap_or(form)
    }
}

/// The syntactic words of the tokens of `text`, in order.
#[must_use]
pub fn words(text: &str, tokens: &[Token]) -> Vec<Word> {
    let mut words = Vec::with_capacity(tokens.len() + tokens.len() / 16);
    for i in 0..tokens.len() {
        let token = u32::try_from(i).unwrap_or(u32::MAX);
        let parts = if is_contraction(text, tokens, i) { 2 } else { 1 };
        words.extend((0..parts).map(|part| Word { token, part, parts }));
    }
    words
}

/// The longest contraction, in bytes.
const LONGEST: usize = 12;

/// The two words of a contraction, in lower case, whatever the case of `form`; `du` and `des` always give two.
#[must_use]
pub fn contraction(form: &str) -> Option<[&'static str; 2]> {
    if !(2..=LONGEST).contains(&form.len()) || !matches!(form.as_bytes().first(), Some(b'a' | b'A' | b'd' | b'D')) {
        return None;
    }
    CONTRACTIONS.get(&*norm(form)).copied()
}

/// True if the token `i` is a contraction: always for au, aux, auquel and their like, by the context for `du` and `des`.
///
/// A linear model decides from three words before and two after: it was learned from treebanks (see docs/tokenization.md).
#[must_use]
pub fn is_contraction(text: &str, tokens: &[Token], i: usize) -> bool {
    let form = tokens.get(i).map_or("", |token| token.text(text));
    if !is_ambiguous(form) {
        return contraction(form).is_some();
    }
    reading(text, tokens, i, Segmentation::embedded(), DEPTH)
}

/// What grammar and common sense leave no choice in, rare as it may be in a treebank: a date has no partitive (du lundi 4, du 4
/// au 8 juillet), what « il s'agit » has is introduced by « de », and one drinks some wine.
fn certain(text: &str, tokens: &[Token], i: usize) -> Option<bool> {
    let form = |at: usize| tokens.get(at).map_or("", |token| token.text(text));
    let du = form(i).eq_ignore_ascii_case("du");
    let date = |at: usize| DAYS.contains(&word_hash(form(at)));
    let figure = tokens.get(i + 1).is_some_and(|token| token.kind == TokenKind::Number);
    if du && (date(i + 1) || figure && (date(i + 2) || form(i + 2) == "au")) {
        return Some(true);
    }
    // Il s'agit des, il ne s'agit pas du, s'agit-il des; not « il s'agit. Des voisins » nor « la foule s'agite, des cris ».
    let asked = (1..=2).any(|back| {
        let at = i.wrapping_sub(back);
        let between = tokens.get(at.wrapping_add(1)..i).unwrap_or(&[]);
        AGIR.contains(&word_hash(form(at)))
            && word_hash(form(at.wrapping_sub(1))) == word_hash("s'")
            && between.iter().all(|token| token.kind == TokenKind::Word)
    });
    if asked {
        return Some(true);
    }
    let last = form(i.wrapping_sub(1));
    let is_form_of = |verbs: &Set| lexicon::lookup(&norm(last)).any(|entry| verbs.contains(&*entry.lemma()));
    if du && is_mass(form(i + 1)) {
        let first = last.is_empty() || last.ends_with(is_terminal) || matches!(last, "«" | "—" | "–" | "-");
        if first || is_form_of(&PARTITIVES.taken) {
            return Some(false);
        }
    }
    // "Elle parle des langues" as well.
    (du && is_form_of(&PARTITIVES.asking)).then_some(true)
}

/// True for a noun of what one has some of.
fn is_mass(form: &str) -> bool {
    PARTITIVES.nouns.contains(&*norm(form))
}

type Set = HashSet<&'static str>;

/// What `data/partitives.txt` lists.
#[derive(Default)]
struct Partitives {
    /// What one has some of.
    nouns: Set,
    /// What one does with it: infinitives.
    taken: Set,
    /// Verbs that ask for "de": infinitives.
    asking: Set,
}

static PARTITIVES: LazyLock<Partitives> = LazyLock::new(|| {
    let mut parts = include_str!("data/partitives.txt").split("\n>");
    // The rest of the line of a sign is its title.
    let mut part = || -> Set { entries(parts.next().unwrap_or("")).skip_while(|line| line.contains(':')).collect() };
    Partitives { nouns: part(), taken: part(), asking: part() }
});

/// Hashes of the forms of « s'agir ».
static AGIR: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let words = "agit agissait agira agirait agisse agir agissant";
    words.split(' ').map(word_hash).collect()
});

/// Hashes of the names of days and months.
static DAYS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let words = "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août \
                 septembre octobre novembre décembre";
    words.split_whitespace().map(word_hash).collect()
});

/// How many words like it before a `des` are read for what they tell of it: des amis, des voisins et des parents.
const DEPTH: u32 = 3;

/// Whether `du` or `des` at token `i` is read as a contraction.
fn reading(text: &str, tokens: &[Token], i: usize, models: Segmentation<'_>, depth: u32) -> bool {
    if let Some(certain) = certain(text, tokens, i) {
        return certain;
    }
    let before = depth.checked_sub(1).and_then(|depth| {
        let link = contraction_link(text, tokens, i)?;
        is_ambiguous(tokens.get(link)?.text(text)).then(|| reading(text, tokens, link, models, depth))
    });
    // Du sel, du poivre et du thym: what is said of the first holds for the others.
    let form = |at: usize| tokens.get(at).map_or("", |token| token.text(text));
    if before == Some(false) && is_mass(form(i + 1)) && matches!(form(i.wrapping_sub(1)), "," | "et" | "ou" | "ni") {
        return false;
    }
    models.contraction(&contraction_features(text, tokens, i, models, before)) > 0
}

/// The token that introduced the noun phrase before token `i`, in the same clause: of "des femmes et des hommes" the
/// first "des".
#[doc(hidden)]
#[must_use]
pub fn contraction_link(text: &str, tokens: &[Token], i: usize) -> Option<usize> {
    for back in 2..=LOOK_BACK {
        let at = i.checked_sub(back)?;
        let form = tokens.get(at)?.text(text);
        if shape(form) == 5 {
            return None;
        }
        if LINKS.contains(&word_hash(form)) {
            return Some(at);
        }
    }
    None
}

/// True for `du` and `des`, which can be articles.
#[doc(hidden)]
#[must_use]
pub fn is_ambiguous(form: &str) -> bool {
    form.eq_ignore_ascii_case("des") || form.eq_ignore_ascii_case("du")
}

/// What the model sees of `du` or `des` at token `i`; `before` is whether the `du` or `des` that it is linked to is a
/// contraction, if there is one ([`contraction_link`]).
#[doc(hidden)]
#[must_use]
pub fn contraction_features(
    text: &str,
    tokens: &[Token],
    i: usize,
    models: Segmentation<'_>,
    before: Option<bool>,
) -> Features {
    let look = |at: Option<usize>| {
        let form = at.and_then(|at| tokens.get(at)).map_or("", |token| token.text(text));
        let hash = word_hash(form);
        Around {
            subject: SUBJECTS.contains(&hash),
            hash,
            class: u32::from(models.class(hash)),
            shape: shape(form),
            suffix: suffix(form),
        }
    };
    let (p, p2, p3) = (look(i.checked_sub(1)), look(i.checked_sub(2)), look(i.checked_sub(3)));
    let (n, n2) = (look(Some(i + 1)), look(Some(i + 2)));
    let here = look(Some(i));
    let mut f = Features::new(if here.hash == word_hash("du") { 1 } else { 2 });
    f.add(here.shape, 0);
    f.add(p.hash, 0);
    f.add(p2.hash, 0);
    f.add(n.hash, 0);
    f.add(n2.hash, 0);
    f.add(p.class, p.shape);
    f.add(p2.class, p2.shape);
    f.add(n.class, n.shape);
    f.add(n2.class, n2.shape);
    f.add(p.class, n.class);
    f.add(p.class, p2.class);
    f.add(p.suffix, 0);
    f.add(p.suffix, p2.class);
    f.add(n.suffix, 0);
    f.add(p.hash, n.hash);
    f.add(p.hash, p2.hash);
    f.add(p.hash, n.class);
    f.add(p.class, n.hash);
    f.add(p3.hash, p.class);
    f.add(p2.hash, p.class);
    f.add(p3.class * 256 + p2.class, p.class);
    f.add(n.class, n2.class);
    f.add(p.suffix, n.class);
    f.add(p3.class, 0);
    let after_subject = u32::from(p2.subject);
    f.add(after_subject, p.class);
    f.add(after_subject, p.class & u32::from(class::FINITE));
    f.add(u32::from(p3.subject) * 2 + after_subject, p2.class);
    f.add(
        u32::from(p.class & u32::from(class::FINITE | class::NOUN | class::ADJECTIVE) == u32::from(class::FINITE)),
        n.class,
    );
    // des femmes et des hommes: what introduced the first of the two.
    let (mut link, mut verbs, mut far) = (0, 0_u32, 0_u32);
    for back in 2..=LOOK_BACK {
        let Some(word) = i.checked_sub(back).map(|at| look(Some(at))) else { break };
        if word.shape == 5 {
            break;
        }
        let finite = word.class & u32::from(class::FINITE | class::NOUN | class::ADJECTIVE) == u32::from(class::FINITE);
        verbs += u32::from(finite || word.class & u32::from(class::INFINITE) != 0);
        if link == 0 && LINKS.contains(&word.hash) {
            link = word.hash;
            far = u32::try_from(back).unwrap_or(0);
        }
    }
    f.add(link, p.hash);
    f.add(link, p.class);
    f.add(link.wrapping_add(far), p.hash);
    f.add(verbs.min(2), p.class);
    f.add(verbs.min(2), p.hash);
    f.add(n.hash, n2.hash);
    f.add(n.suffix, p.hash);
    let before = before.map_or(0, |contracted| 1 + u32::from(contracted));
    f.add(before, p.hash);
    f.add(before, p.class);
    f.add(before, verbs.min(2) * 16 + far);
    f
}

/// How far back, in tokens, a coordinated phrase is looked for.
const LOOK_BACK: usize = 9;

/// Hashes of the words that introduce a noun phrase.
static LINKS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let words =
        "de d' du des à au aux en par pour avec sans sur dans un une le la les l' ce ces cette son sa ses leurs";
    words.split(' ').map(word_hash).collect()
});

/// Hashes of the words after which a verb comes.
static SUBJECTS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let words = "je j' tu il elle on nous vous ils elles qui ne n' se s' me m' te t' y l'on c' ça cela";
    words.split(' ').map(word_hash).collect()
});

/// A word near an ambiguous one.
struct Around {
    hash: u32,
    class: u32,
    shape: u32,
    suffix: u32,
    /// It stands before a verb: je, il, qui, ne.
    subject: bool,
}

/// 0 beyond the text, then: lower case, capital, digit, comma, other.
fn shape(form: &str) -> u32 {
    match form.chars().next() {
        None => 0,
        Some(c) if c.is_lowercase() => 1,
        Some(c) if c.is_uppercase() => 2,
        Some(c) if c.is_ascii_digit() => 3,
        Some(',') => 4,
        Some('.' | '?' | '!') => 5,
        Some(_) => 6,
    }
}

/// The last three bytes.
fn suffix(form: &str) -> u32 {
    form.bytes().rev().take(3).fold(0, |hash, byte| hash * 256 + u32::from(byte.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Upos;

    #[test]
    fn what_one_has_some_of_and_its_verbs_are_known_words() {
        let lists = [
            (&PARTITIVES.nouns, Upos::Noun, 30),
            (&PARTITIVES.taken, Upos::Verb, 20),
            (&PARTITIVES.asking, Upos::Verb, 8),
        ];
        for (list, upos, least) in lists {
            assert!(list.len() >= least, "{list:?}");
            let known = |form: &str| lexicon::lookup(form).any(|entry| entry.upos() == upos && entry.lemma() == form);
            let unknown: Vec<_> = list.iter().filter(|form| !known(form)).collect();
            assert!(unknown.is_empty(), "{unknown:?}");
        }
    }
}
