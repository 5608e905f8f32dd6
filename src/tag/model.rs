//! The tagger's model: its file, its features and the choice of the best tag.

use std::sync::LazyLock;

use super::word::Word;
use super::{Allowed, Tag};
use crate::error::Result;
use crate::model::{File, LANES, Table, feature};

static BYTES: &[u8] = include_bytes!("../data/tagger.bin");

/// The shipped model; a test opens it, so that the empty one never stands in.
static SHIPPED: LazyLock<Model> = LazyLock::new(|| Model::open(BYTES).unwrap_or_default());

/// The shipped model.
pub(super) fn shipped() -> &'static Model {
    &SHIPPED
}

/// Cells that a row of the tagger's table spans: the number of tags, rounded up for the compiler's vectors.
pub const MAX_TAGS: usize = 40;

/// By less than this wins a tag that was a close choice: one token in fourteen.
const CLOSE: i32 = 600;

/// Number of features that the choice of a tag looks at.
pub const FEATURES: usize = 30;

/// The tagger's model file. Its sections are listed in `docs/analysis.md`.
#[derive(Debug, Default, Clone, Copy)]
pub struct Model {
    tags: Table,
    /// Choice of features.
    pub(super) morph: Table,
    /// Shape `(n_bundles,)`, u64: every set of features seen in training.
    pub(super) bundles: &'static [u8],
    /// Shape `(n_tags + 1,)`, u16: where the bundles of a tag start in `tag_lists`.
    pub(super) tag_starts: &'static [u8],
    /// u8: numbers of bundles, the most frequent of a tag first.
    pub(super) tag_lists: &'static [u8],
    /// Shape `(n_seen,)`, u32, sorted: hashes of form and tag.
    pub(super) seen_keys: &'static [u8],
    /// Shape `(n_seen + 1,)`, u16: where the bundles of a key start in `seen_lists`, less its place.
    pub(super) seen_starts: &'static [u8],
    /// u8: numbers of bundles.
    pub(super) seen_lists: &'static [u8],
    /// Shape `(n_lemmas,)`, u32, sorted: hashes of form and part of speech.
    pub(super) lemma_keys: &'static [u8],
    /// Shape `(n_lemmas,)`, u32: offset and, in the top byte, length of the lemma in `strings`.
    pub(super) lemma_places: &'static [u8],
    pub(super) strings: &'static str,
}

impl Model {
    /// A view of a tagger's model file.
    ///
    /// # Errors
    /// If the bytes are not such a file.
    pub fn open(bytes: &'static [u8]) -> Result<Self> {
        let file = File::open(bytes, *b"tagg")?;
        let wrong = |_| crate::error::Error::data("model: strings are not UTF-8");
        Ok(Self {
            tags: Table::new(file.section(0)),
            morph: Table::new(file.section(1)),
            bundles: file.section(2),
            tag_starts: file.section(3),
            tag_lists: file.section(4),
            seen_keys: file.section(5),
            seen_starts: file.section(6),
            seen_lists: file.section(7),
            lemma_keys: file.section(8),
            lemma_places: file.section(9),
            strings: std::str::from_utf8(file.section(10)).map_err(wrong)?,
        })
    }

    /// The best of the tags that are allowed, and the second if it came close.
    #[allow(clippy::cast_possible_truncation, reason = "tags are fewer than 64")]
    pub(super) fn best(&self, features: &[u32; FEATURES], allowed: Allowed) -> (Tag, Tag) {
        let scores = self.tags.score::<{ MAX_TAGS / LANES }>(features);
        let scores = scores.as_flattened();
        let (mut best, mut second) = ((i32::MIN, Tag::NONE.code()), (i32::MIN, Tag::NONE.code()));
        let mut tags = allowed.tags();
        while tags != 0 {
            let code = tags.trailing_zeros();
            let score = scores.get(code as usize).map_or(i32::MIN, |score| i32::from(*score));
            if score > best.0 {
                second = best;
                best = (score, code as u8);
            } else if score > second.0 {
                second = (score, code as u8);
            }
            tags &= tags - 1;
        }
        let close = best.0.saturating_sub(second.0) < CLOSE;
        (Tag::from_code(best.1), if close { Tag::from_code(second.1) } else { Tag::NONE })
    }
}

/// The features of token `i` of a sentence; `last` and `before` are the two tags to its left.
pub fn features(words: &[Word], i: usize, last: Tag, before: Tag, out: &mut [u32; FEATURES]) {
    let at = |k: usize| words.get(k).unwrap_or(&Word::NONE);
    let back = |k: usize| i.checked_sub(k).map_or(&Word::NONE, at);
    let (w, p1, p2, n1, n2) = (at(i), back(1), back(2), at(i + 1), at(i + 2));
    let (t1, t2) = (u32::from(last.code()), u32::from(before.code()));
    let t12 = t1 | t2 << 8;
    let [s2, s3, s4, s5] = w.suffixes;
    *out = [
        feature(1, w.form, 0, 0),
        feature(2, s2, w.shape, 0),
        feature(3, s3, 0, 0),
        feature(4, s4, 0, 0),
        feature(5, s5, 0, 0),
        feature(6, w.prefix, w.shape, 0),
        feature(7, w.shape, p1.shape, n1.shape),
        feature(8, w.class, 0, 0),
        feature(9, t1, 0, 0),
        feature(10, t12, 0, 0),
        feature(11, t1, w.form, 0),
        feature(12, t12, w.class, 0),
        feature(13, t1, w.class, n1.class),
        feature(14, w.class, n1.class, 0),
        feature(15, w.form, n1.form, 0),
        feature(16, p1.form, w.form, 0),
        feature(17, p1.form, 0, 0),
        feature(18, n1.form, 0, 0),
        feature(19, p2.form, 0, 0),
        feature(20, n2.form, 0, 0),
        feature(21, n1.class, n2.class, w.class),
        feature(22, n1.suffixes[1], 0, 0),
        feature(23, p1.suffixes[1], t1, 0),
        feature(24, w.class, w.shape, t1),
        feature(25, p2.form, p1.form, 0),
        feature(26, n1.form, n2.form, 0),
        feature(27, w.class, p1.form, 0),
        feature(28, w.class, n1.form, 0),
        feature(29, w.stem, 0, 0),
        feature(30, w.form, w.shape, 0),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::hash;
    use crate::tag::{Tagged, Workspace, lemma_of, tag_forms};
    use crate::{Feats, Upos};

    fn tagged(sentence: &str) -> Vec<(String, Tagged)> {
        let mut out = Vec::new();
        tag_forms(shipped(), sentence.split(' '), &mut Workspace::default(), &mut out);
        sentence.split(' ').map(String::from).zip(out).collect()
    }

    #[test]
    fn the_shipped_file_opens_and_its_hash_is_right() {
        assert!(Model::open(BYTES).unwrap().bundles.len() > 800);
        assert_eq!(hash(&BYTES[32..]).to_le_bytes(), BYTES[24..32]);
        assert!(BYTES.len() <= 2_700_000);
        assert!(Model::open(&BYTES[..100]).is_err());
    }

    #[test]
    fn du_and_des_are_articles_where_they_are_no_contraction() {
        let words = tagged("Des élus du village ont acheté des livres et du pain .");
        let contracted: Vec<bool> = words.iter().map(|(_, t)| t.tag.is_contraction()).collect();
        assert!(!contracted[0] && contracted[2] && !contracted[6], "{words:?}");
        assert_eq!(words[0].1.upos(), Upos::Det);
        let words = tagged("Elle a parlé aux maires des communes voisines .");
        assert!(words[3].1.tag.is_contraction() && words[5].1.tag.is_contraction());
    }

    #[test]
    fn words_get_part_of_speech_features_and_lemma() {
        let words = tagged("« Nous n' accepterons jamais cela » , a déclaré la présidente Martine Dubreuil .");
        let lemma = |i: usize| lemma_of(&words[i].0, words[i].1).into_owned();
        assert_eq!((words[3].1.upos(), lemma(3)), (Upos::Verb, "accepter".into()));
        assert!(words[3].1.feats.has("Tense", "Fut") && words[3].1.feats.person() == 1);
        assert_eq!((words[8].1.upos(), lemma(8)), (Upos::Aux, "avoir".into()));
        assert_eq!((words[9].1.upos(), lemma(9)), (Upos::Verb, "déclarer".into()));
        assert_eq!((lemma(10), lemma(11)), ("le".into(), "président".into()));
        assert!(words[11].1.feats.is_feminine());
        assert_eq!((words[12].1.upos(), words[13].1.upos()), (Upos::Propn, Upos::Propn));
        assert_eq!(words[0].1.upos(), Upos::Punct);
    }

    #[test]
    fn symbols_of_units_are_symbols() {
        let words = tagged("Elle a gagné 12 % des voix et 30 € .");
        assert_eq!((words[4].1.upos(), words[9].1.upos()), (Upos::Sym, Upos::Sym));
    }

    #[test]
    fn any_tokens_are_tagged() {
        let long = "a".repeat(100_000);
        for sentence in ["", "\u{0}", "’", "😀 🇫🇷", &long, "DU DES AUX"] {
            assert_eq!(tagged(sentence).len(), sentence.split(' ').count());
        }
        assert_ne!(tagged("xyzzyques")[0].1.feats, Feats::parse("Mood=Imp"));
    }
}
