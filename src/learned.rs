//! What was learned from treebanks to segment text: classes of frequent words, two linear models over hashed
//! features, and small nets.
//!
//! One read-only file, `data/segmentation.bin`, checked once and read in place. All numbers little-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 0..8 | magic `PRSEG` and version 3, padded with zeros |
//! | 8..16 | hash of all that follows the header, FNV-1a over eight bytes at a time |
//! | 16, 17, 18 | binary logarithm of the number of word classes, of boundary weights, of contraction weights |
//! | 20..24 | log-odds of a unit of the boundary weights, f32 |
//! | 32..96 | the command that made it, padded with spaces |
//! | 96.. | word classes, u16 each: tag of 8 bits, class of 8 bits; then the two tables of weights, i8 each; then the nets (learned/net.rs) |
//!
//! Weights are log-odds on one scale for a table; a score above 0 says yes. The trainer is
//! `examples/train_segmentation.rs`; it shares the features with [`crate::sentence`] and [`crate::word`].

use std::sync::LazyLock;

use crate::error::{Error, Result};

mod net;

pub(crate) use net::COUNTS;
pub use net::{FAR, HIDDEN, Inputs, NEAR, Net, Part, Seen, VALUES, WIDTH, rows};

const MAGIC: &[u8; 8] = b"PRSEG\0\0\x03";
const HEADER: usize = 96;
const UNIT: usize = 20;
const COMMAND: usize = 32;

/// Cells that are tried for a word, from the one its hash names.
const PROBES: usize = 4;

/// Bits of the class of a word: what the lexicon says its form can be.
pub mod class {
    /// A finite verb.
    pub const FINITE: u8 = 1;
    /// A noun.
    pub const NOUN: u8 = 2;
    /// An adjective or a past participle.
    pub const ADJECTIVE: u8 = 4;
    /// A grammatical word: article, pronoun, preposition, conjunction.
    pub const GRAMMAR: u8 = 8;
    /// A plural, or a form that can be one.
    pub const PLURAL: u8 = 16;
    /// An infinitive or a present participle.
    pub const INFINITE: u8 = 32;
    /// A name: written with a capital in the lexicon.
    pub const NAME: u8 = 64;
    /// An adverb or an interjection.
    pub const ADVERB: u8 = 128;
}

/// The models, read in place from a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Segmentation<'a> {
    classes: &'a [u8],
    boundary: &'a [u8],
    contraction: &'a [u8],
    unit: f32,
    packed: &'a [u8],
    nets: &'a [Net<'a>],
}

static FILE: &[u8] = include_bytes!("data/segmentation.bin");

static READ: LazyLock<Segmentation<'static>> = LazyLock::new(|| Segmentation::read(FILE).unwrap_or_default());

static NETS: LazyLock<Vec<Net<'static>>> = LazyLock::new(|| READ.unpack());

impl Segmentation<'static> {
    /// The models that come with the crate.
    #[must_use]
    pub fn embedded() -> Self {
        READ.with_nets(&NETS)
    }
}

impl<'a> Segmentation<'a> {
    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// If magic, version, lengths or hash do not fit.
    pub fn read(bytes: &'a [u8]) -> Result<Self> {
        let wrong = |what: &str| {
            Error::data(format!("segmentation.bin: {what}; make it anew with examples/train_segmentation.rs"))
        };
        let (header, payload) = bytes.split_at_checked(HEADER).ok_or_else(|| wrong("too short"))?;
        if header.get(..8) != Some(MAGIC.as_slice()) {
            return Err(wrong("wrong magic or version"));
        }
        if header.get(8..16) != Some(fnv64(payload).to_le_bytes().as_slice()) {
            return Err(wrong("the hash does not fit"));
        }
        let size = |at: usize| 1_usize << header.get(at).copied().unwrap_or(0).min(24);
        let rest = payload.split_at_checked(2 * size(16));
        let Some((classes, weights)) = rest else { return Err(wrong("the word classes are cut")) };
        let Some((boundary, contraction)) = weights.split_at_checked(size(17)) else {
            return Err(wrong("the weights are cut"));
        };
        let Some((contraction, packed)) = contraction.split_at_checked(size(18)) else {
            return Err(wrong("the weights are cut"));
        };
        let unit = header.get(UNIT..UNIT + 4).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok());
        let unit = unit.map_or(1.0, f32::from_le_bytes);
        Ok(Self { classes, boundary, contraction, unit, packed, nets: &[] })
    }

    /// The nets of the file, to be given to [`Segmentation::with_nets`].
    #[must_use]
    pub fn unpack(&self) -> Vec<Net<'a>> {
        self.packed.chunks(Net::BYTES).filter_map(Net::read).collect()
    }

    /// The models with these nets.
    #[must_use]
    pub fn with_nets(self, nets: &'a [Net<'a>]) -> Self {
        Self { nets, ..self }
    }

    /// The log-odds that the first `most` nets give to a sentence beginning at a place, in the mean; None without nets.
    #[must_use]
    pub fn net(&self, inputs: &Inputs, most: usize) -> Option<f32> {
        let nets = self.nets.get(..most).unwrap_or(self.nets);
        #[expect(clippy::cast_precision_loss, reason = "a few nets")]
        let count = nets.len() as f32;
        (!nets.is_empty()).then(|| nets.iter().map(|net| net.score(inputs)).sum::<f32>() / count)
    }

    /// The bytes of a file with these tables; each length must be a power of two. `unit` is the log-odds of a boundary
    /// weight of 1.
    #[must_use]
    pub fn write(
        classes: &[u16],
        (boundary, unit): (&[i8], f32),
        contraction: &[i8],
        nets: &[u8],
        command: &str,
    ) -> Vec<u8> {
        let mut payload: Vec<u8> = classes.iter().flat_map(|cell| cell.to_le_bytes()).collect();
        payload.extend(boundary.iter().chain(contraction).flat_map(|weight| weight.to_le_bytes()));
        payload.extend(nets);
        let log2 = |length: usize| u8::try_from(length.trailing_zeros()).unwrap_or(0);
        let mut file = Vec::with_capacity(HEADER + payload.len());
        file.extend(MAGIC);
        file.extend(fnv64(&payload).to_le_bytes());
        file.extend([log2(classes.len()), log2(boundary.len()), log2(contraction.len())]);
        file.resize(UNIT, 0);
        file.extend(unit.to_le_bytes());
        file.resize(COMMAND, 0);
        file.extend(command.bytes().take(HEADER - COMMAND));
        file.resize(HEADER, b' ');
        file.extend(payload);
        file
    }

    /// The class bits of the word with this hash, 0 if it is not known.
    #[inline]
    #[must_use]
    pub fn class(&self, hash: u32) -> u8 {
        let cells = self.classes.len() / 2;
        if cells == 0 {
            return 0;
        }
        let (tag, first) = place(hash, cells);
        for probe in 0..PROBES {
            let at = 2 * ((first + probe) & (cells - 1));
            let Some(&[low, class]) = self.classes.get(at..).and_then(|cells| cells.first_chunk()) else { return 0 };
            if class == 0 || low == tag {
                return class;
            }
        }
        0
    }

    /// Puts a word into a table of classes, unless its cells are taken: the more frequent words come first.
    pub fn add_class(cells: &mut [u16], hash: u32, class: u8) {
        let (tag, first) = place(hash, cells.len());
        let mask = cells.len() - 1;
        for probe in 0..PROBES {
            let Some(cell) = cells.get_mut((first + probe) & mask) else { return };
            if *cell == 0 {
                *cell = u16::from_le_bytes([tag, class]);
                return;
            }
            if cell.to_le_bytes()[0] == tag {
                return;
            }
        }
    }

    /// The log-odds that the linear model gives to a sentence boundary with these features.
    #[must_use]
    pub fn boundary(&self, features: &Features) -> f32 {
        log_odds(sum(self.boundary, features), self.unit)
    }

    /// The score of `du` or `des` being a contraction with these features.
    #[must_use]
    pub fn contraction(&self, features: &Features) -> i32 {
        sum(self.contraction, features)
    }
}

fn place(hash: u32, cells: usize) -> (u8, usize) {
    let [tag, ..] = hash.to_be_bytes();
    (tag, hash as usize & (cells - 1))
}

fn sum(weights: &[u8], features: &Features) -> i32 {
    features.hashes().iter().map(|hash| weight(weights, *hash)).sum()
}

/// The weight of the feature with this hash.
#[inline]
fn weight(weights: &[u8], hash: u32) -> i32 {
    let mask = weights.len().wrapping_sub(1);
    weights.get(hash as usize & mask).map_or(0, |weight| i32::from(i8::from_le_bytes([*weight])))
}

/// FNV-1a over eight bytes at a time; the last ones are filled up with zeros.
fn fnv64(bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(0xcbf2_9ce4_8422_2325, |hash, chunk| {
        let word = <[u8; 8]>::try_from(chunk).unwrap_or_else(|_| {
            let mut word = [0; 8];
            word.iter_mut().zip(chunk).for_each(|(cell, byte)| *cell = *byte);
            word
        });
        let mixed = (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01b3);
        mixed ^ mixed >> 32
    })
}

/// Features of one decision: a fixed number of hashes, no allocation.
#[derive(Debug, Clone, Copy)]
pub struct Features {
    hashes: [u32; Self::MOST],
    count: usize,
    /// What the next feature is joined with: its number and the kind of decision.
    seed: u32,
    /// Of the kind of decision.
    kind: u32,
}

impl Features {
    const MOST: usize = 56;

    /// No features yet; each will be joined with `kind`, the kind of decision.
    #[must_use]
    pub fn new(kind: u32) -> Self {
        let kind = kind.wrapping_mul(KIND);
        Self { hashes: [0; Self::MOST], count: 0, seed: kind, kind }
    }

    /// Adds the feature whose values are `a` and `b`; features are told apart by their order.
    #[inline]
    pub fn add(&mut self, a: u32, b: u32) {
        if let Some(cell) = self.hashes.get_mut(self.count) {
            *cell = feature(self.seed, a, b);
            self.count += 1;
            self.seed = self.seed.wrapping_add(STEP);
        }
    }

    /// The hashes of the features.
    #[must_use]
    pub fn hashes(&self) -> &[u32] {
        self.hashes.get(..self.count).unwrap_or(&[])
    }
}

/// What takes features: [`Features`] keeps them, [`Score`] sums their weights at once.
pub(crate) trait Sees {
    /// Adds the feature whose values are `a` and `b`; features are told apart by their numbers, each one more than that
    /// before.
    fn add(&mut self, a: u32, b: u32);
    /// What the kind of decision adds to the number of a feature.
    fn kind(&self) -> u32;
    /// Sets what the next feature is joined with.
    fn join(&mut self, seed: u32);
    /// The next feature has this number.
    #[inline]
    fn go_on_at(&mut self, number: u32) {
        self.join(self.kind().wrapping_add(number.wrapping_mul(STEP)));
    }
    /// The next feature has this number, and it and those after it are not joined with the kind of decision.
    #[inline]
    fn general_at(&mut self, number: u32) {
        self.join(number.wrapping_mul(STEP));
    }
}

impl Sees for Features {
    fn add(&mut self, a: u32, b: u32) {
        self.add(a, b);
    }

    fn kind(&self) -> u32 {
        self.kind
    }

    fn join(&mut self, seed: u32) {
        self.seed = seed;
    }
}

/// The boundary weights of the features of a place, of which none is kept.
pub(crate) struct Score<'a> {
    weights: &'a [u8],
    unit: f32,
    /// Of the kind of decision.
    kind: u32,
    /// Of the next feature.
    seed: u32,
    sum: i32,
}

impl<'a> Score<'a> {
    #[inline]
    pub(crate) fn new(models: &Segmentation<'a>, kind: u32) -> Self {
        let kind = kind.wrapping_mul(KIND);
        Self { weights: models.boundary, unit: models.unit, kind, seed: kind, sum: 0 }
    }

    /// The log-odds of a boundary, as [`Segmentation::boundary`] gives them.
    #[inline]
    pub(crate) fn log_odds(&self) -> f32 {
        log_odds(self.sum, self.unit)
    }
}

impl Sees for Score<'_> {
    #[inline]
    fn add(&mut self, a: u32, b: u32) {
        self.sum += weight(self.weights, feature(self.seed, a, b));
        self.seed = self.seed.wrapping_add(STEP);
    }

    #[inline]
    fn kind(&self) -> u32 {
        self.kind
    }

    #[inline]
    fn join(&mut self, seed: u32) {
        self.seed = seed;
    }
}

#[expect(clippy::cast_precision_loss, reason = "at most 128 times the number of features")]
fn log_odds(sum: i32, unit: f32) -> f32 {
    sum as f32 * unit
}

/// What the kind of decision and the number of a feature are multiplied with.
const KIND: u32 = 0x9e37_79b9;
const STEP: u32 = 0x85eb_ca6b;

/// The hash of a feature with the values `a` and `b`.
#[inline]
fn feature(seed: u32, a: u32, b: u32) -> u32 {
    mix(seed ^ mix(a.wrapping_mul(0xc2b2_ae35) ^ b.rotate_left(13).wrapping_mul(0x27d4_eb2f)))
}

#[inline]
fn mix(mut hash: u32) -> u32 {
    hash ^= hash >> 15;
    hash = hash.wrapping_mul(0x2c1b_3c6d);
    hash ^ (hash >> 13)
}

/// A hash of a word that does not see the case of Latin letters, nor which apostrophe ends it.
#[must_use]
pub fn word_hash(form: &str) -> u32 {
    word_hash_at(form.as_bytes(), 0, form.len())
}

/// As [`word_hash`], of the bytes `start..end` of a text: reads eight at a time.
///
/// Setting bit 5 of every byte folds A to a and, in UTF-8, É to é; it folds signs too, but no two words.
#[inline]
#[must_use]
pub(crate) fn word_hash_at(text: &[u8], start: usize, end: usize) -> u32 {
    let last = end.checked_sub(1).and_then(|at| text.get(at)).copied().unwrap_or(0);
    // A straight apostrophe ends nothing that a curly one does not.
    let (stop, elided) = match last {
        b'\'' if end - start > 1 => (end - 1, true),
        0x99 if end - start > 3 && text.get(end - 3..end) == Some(&[0xe2, 0x80, 0x99]) => (end - 3, true),
        _ => (end, false),
    };
    let hash = u64::from(elided);
    // Most words fit into eight bytes, and nearly all stand eight bytes before the end of the text.
    let hash = match text.get(start..).and_then(|rest| rest.first_chunk()) {
        Some(first) if (1..=8).contains(&(stop - start)) => hash_word(hash, u64::from_le_bytes(*first), stop - start),
        _ => hash_words(hash, text.get(start..stop).unwrap_or(&[])),
    };
    let [.., a, b, c, d] = (hash ^ hash >> 32).to_be_bytes();
    u32::from_be_bytes([a, b, c, d])
}

/// Takes the first `length` bytes of `word`, at least one, into a hash.
#[inline]
fn hash_word(hash: u64, word: u64, length: usize) -> u64 {
    const FOLD: u64 = 0x2020_2020_2020_2020;
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mask = u64::MAX >> (64 - 8 * length);
    let hash = (hash ^ (word | FOLD) & mask).wrapping_mul(FACTOR);
    hash ^ hash >> 29
}

/// Takes any number of bytes into a hash.
#[inline(never)]
fn hash_words(hash: u64, bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(hash, |hash, chunk| {
        let word = <[u8; 8]>::try_from(chunk)
            .map_or_else(|_| chunk.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)), u64::from_le_bytes);
        hash_word(hash, word, chunk.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_file_is_well_formed() {
        let file = include_bytes!("data/segmentation.bin");
        assert!(Segmentation::read(file).is_ok());
        let mut broken = file.to_vec();
        let last = broken.len() - 1;
        broken[last] ^= 1;
        assert!(!Segmentation::read(&broken).unwrap_err().is_argument());
        assert!(Segmentation::read(&file[..200]).is_err());
    }

    #[test]
    fn what_is_written_is_read() {
        let mut classes = [0; 16];
        Segmentation::add_class(&mut classes, word_hash("mange"), class::FINITE);
        let mut features = Features::new(1);
        features.add(2, 3);
        let file = Segmentation::write(&classes, (&[5; 8], 0.5), &[-7; 4], &[], "test");
        let read = Segmentation::read(&file).unwrap();
        assert_eq!(read.class(word_hash("MANGE")), class::FINITE);
        assert_eq!(read.class(word_hash("mangue")), 0);
        assert_eq!((read.boundary(&features), read.contraction(&features)), (2.5, -7));
    }

    #[test]
    fn features_summed_at_once_are_worth_what_features_kept_are() {
        fn fill(features: &mut impl Sees) {
            (0..9).for_each(|n| features.add(n * n, 7 - n % 3));
            features.general_at(20);
            (0..4).for_each(|n| features.add(n, 1 << n));
        }
        let models = Segmentation::embedded();
        for kind in 0..200 {
            let (mut kept, mut score) = (Features::new(kind), Score::new(&models, kind));
            fill(&mut kept);
            fill(&mut score);
            assert!((models.boundary(&kept) - score.log_odds()).abs() < 1e-9, "{kind}");
        }
    }

    #[test]
    fn the_hash_folds_what_norm_folds() {
        for (one, other) in
            [("ÉTÉ", "été"), ("L’", "l'"), ("Lorsqu’", "lorsqu'"), ("INTERNATIONALEMENT", "internationalement")]
        {
            assert_eq!(word_hash(one), word_hash(other), "{one}");
        }
        assert_ne!(word_hash("a"), word_hash("à"));
        assert_ne!(word_hash("l"), word_hash("l'"));
        let text = "Internationalement L’été".as_bytes();
        assert_eq!(word_hash_at(text, 0, 18), word_hash("internationalement"));
        assert_eq!(word_hash_at(text, 19, 23), word_hash("l'"));
        assert_eq!(word_hash_at(text, 23, text.len()), word_hash("été"));
    }
}
