//! Model files and their arithmetic: named sections read in place, and linear models over hashed features.
//!
//! A model file is magic, version, kind, hash, licence and sections of bytes (`docs/analysis.md` has the layout);
//! nothing is copied or parsed when it is opened. A linear model is one table of i8 cells: a feature's hash gives the
//! first cell of a *row*, cell `row + label` holds the weight of that label. Rows of different features may overlap;
//! training sees the same overlaps. Weights are companded: a cell `c` stands for the weight `c |c| / 16`, which keeps
//! small weights exact enough and large ones in range; linear codes of eight bits cost one point of LAS.

#![allow(clippy::cast_possible_wrap, reason = "cells are i8, read as bytes")]

use crate::error::{Error, Result};

const MAGIC: &[u8; 8] = b"proposMD";
/// Version of the layout of model files.
const VERSION: u32 = 1;
/// Bytes before the licence: magic, version, kind, number of sections, length of the licence, hash.
const HEADER: usize = 32;

/// The sections of a model file.
#[derive(Debug, Clone, Copy, Default)]
pub struct File {
    n_sections: usize,
    /// Length of each section, u32.
    lengths: &'static [u8],
    body: &'static [u8],
}

impl File {
    /// A view of `bytes` as a model of this `kind` (four letters).
    ///
    /// # Errors
    /// If the magic, the version, the kind or the lengths are not those of such a model.
    pub fn open(bytes: &'static [u8], kind: [u8; 4]) -> Result<Self> {
        let wrong = |what: &str| Error::data(format!("model: {what}; build it anew with examples/train.rs"));
        if bytes.get(..8) != Some(MAGIC) || u32_at(bytes, 8) != VERSION {
            return Err(wrong("wrong magic or version"));
        }
        if bytes.get(12..16) != Some(&kind) {
            return Err(wrong("of another kind"));
        }
        let (n_sections, licence) = (u32_at(bytes, 16) as usize, u32_at(bytes, 20) as usize);
        let start = HEADER.saturating_add(licence);
        let lengths = start.checked_add(4 * n_sections.min(64)).and_then(|end| bytes.get(start..end));
        let Some(lengths) = lengths else { return Err(wrong("shorter than its header says")) };
        let body = bytes.get(start + lengths.len()..).unwrap_or_default();
        let total: usize = (0..n_sections).map(|i| u32_at(lengths, 4 * i) as usize).sum();
        if total != body.len() {
            return Err(wrong("sections do not fill the file"));
        }
        Ok(Self { n_sections, lengths, body })
    }

    /// Number of sections.
    #[must_use]
    pub fn n_sections(&self) -> usize {
        self.n_sections
    }

    /// The section number `i`; empty if there is none.
    #[must_use]
    pub fn section(&self, i: usize) -> &'static [u8] {
        if i >= self.n_sections {
            return &[];
        }
        let start: usize = (0..i).map(|k| u32_at(self.lengths, 4 * k) as usize).sum();
        self.body.get(start..start + u32_at(self.lengths, 4 * i) as usize).unwrap_or_default()
    }

    /// The bytes of a model file with these sections; the inverse of [`File::open`].
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "models are a few megabytes")]
    pub fn write(kind: [u8; 4], licence: &str, sections: &[Vec<u8>]) -> Vec<u8> {
        let mut rest = licence.as_bytes().to_vec();
        rest.extend(sections.iter().flat_map(|s| (s.len() as u32).to_le_bytes()));
        rest.extend(sections.iter().flatten());
        let mut out = MAGIC.to_vec();
        out.extend(VERSION.to_le_bytes());
        out.extend(kind);
        out.extend((sections.len() as u32).to_le_bytes());
        out.extend((licence.len() as u32).to_le_bytes());
        out.extend(hash(&rest).to_le_bytes());
        out.extend(rest);
        out
    }
}

/// FNV-1a of `bytes`: what the header of a file holds.
#[must_use]
pub fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3))
}

/// Labels in one block of scores.
pub const LANES: usize = 8;

/// A table of companded weights. Shape `(2^bits + row,)`, i8.
#[derive(Debug, Clone, Copy, Default)]
pub struct Table {
    cells: &'static [u8],
    bits: u32,
}

impl Table {
    /// The table in these bytes: the largest power of two that fits, the rest is the end of the last rows.
    #[must_use]
    pub fn new(cells: &'static [u8]) -> Self {
        Self { cells, bits: cells.len().checked_ilog2().unwrap_or(0) }
    }

    /// The sums of the rows of these features: that of label `l` is number `l % 8` of block `l / 8`.
    #[inline]
    #[must_use]
    pub fn score<const BLOCKS: usize>(&self, features: &[u32]) -> [[i16; LANES]; BLOCKS] {
        // Blocks as wide as a register, so that the sums stay in registers from feature to feature.
        let mut scores = [[0_i16; LANES]; BLOCKS];
        for feature in features {
            let row = row(*feature, self.bits);
            let Some(mut cells) = self.cells.get(row..row + BLOCKS * LANES) else { continue };
            for sums in &mut scores {
                let Some((block, rest)) = cells.split_first_chunk::<LANES>() else { break };
                cells = rest;
                for lane in 0..LANES {
                    let code = i16::from(block[lane] as i8);
                    sums[lane] = sums[lane].saturating_add((code * code.abs() + 8) >> 4);
                }
            }
        }
        scores
    }

    /// The best of some labels below 256, the first of those that are equal.
    #[must_use]
    pub fn best_of<const N: usize>(&self, features: &[u32; N], labels: &[u8]) -> Option<u8> {
        // Each row is looked up once for all labels; a row that the table does not have weighs nothing.
        let rows = features.map(|feature| {
            let cells = self.cells.get(row(feature, self.bits)..).and_then(|cells| cells.first_chunk::<256>());
            cells.unwrap_or(&[0; 256])
        });
        let mut best = None;
        for label in labels {
            let mut sum = 0;
            for cells in &rows {
                sum += i32::from(WEIGHTS[cells[*label as usize] as usize]);
            }
            if best.is_none_or(|(most, _)| sum > most) {
                best = Some((sum, *label));
            }
        }
        best.map(|(_, label)| label)
    }
}

/// The weight that each byte of a table stands for.
const WEIGHTS: [i16; 256] = {
    let mut weights = [0; 256];
    let mut byte = 0_u8;
    loop {
        let code = byte as i8 as i16;
        weights[byte as usize] = (code * code.abs() + 8) >> 4;
        if byte == u8::MAX {
            break;
        }
        byte += 1;
    }
    weights
};

/// The first cell of a feature's row in a table of `2^bits` cells.
#[inline]
#[must_use]
pub fn row(feature: u32, bits: u32) -> usize {
    (feature >> (32 - bits.clamp(1, 32))) as usize
}

/// The feature "template `t` sees `a`, `b` and `c`", as a hash whose high bits are the best mixed.
#[inline]
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "the high half of a product")]
pub fn feature(t: u32, a: u32, b: u32, c: u32) -> u32 {
    let low = (u64::from(a) | u64::from(b) << 32) ^ 0x2545_F491_4F6C_DD1D;
    let high = u64::from(c) | u64::from(t) << 32;
    let (low, high) = (low.wrapping_mul(0x9E37_79B9_7F4A_7C15), high.wrapping_mul(0xD6E8_FEB8_6659_FD93));
    let both = (low ^ (low >> 32)).wrapping_add(high ^ (high >> 29));
    (both.wrapping_mul(0xA076_1D64_78BD_642F) >> 32) as u32
}

#[inline]
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_le_bytes)
}

#[inline]
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

#[inline]
pub(crate) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gives_back_its_sections_and_refuses_damage() {
        let bytes: &'static [u8] = File::write(*b"test", "free", &[vec![1, 2, 3], vec![], vec![4]]).leak();
        let file = File::open(bytes, *b"test").unwrap();
        assert_eq!((file.section(0), file.section(1), file.section(2)), (&[1, 2, 3][..], &[][..], &[4][..]));
        assert!(file.section(3).is_empty());
        assert!(File::open(bytes, *b"tost").is_err());
        assert!(File::open(&bytes[..bytes.len() - 1], *b"test").is_err());
        assert!(File::open(b"", *b"test").is_err());
    }

    #[test]
    fn the_best_of_some_labels_is_found_among_them() {
        let mut cells = vec![0_u8; 256 + 256];
        (cells[100], cells[140], cells[141]) = (12, 200, 250);
        let table = Table::new(cells.leak());
        let scores = table.score::<32>(&[0, 0]);
        assert_eq!(table.best_of(&[0, 0], &[7, 100, 140]), Some(100));
        assert_eq!(table.best_of(&[0, 0], &[140, 141]), Some(141));
        assert_eq!(table.best_of(&[0, 0], &[]), None);
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(table.best_of(&[0, 0], &all), Some(100));
        for label in 0..=255_u8 {
            let (byte, block) = (table.cells[label as usize], usize::from(label) / LANES);
            assert_eq!(i32::from(scores[block][usize::from(label) % LANES]), 2 * i32::from(WEIGHTS[byte as usize]));
        }
    }

    #[test]
    fn a_row_is_added_label_by_label() {
        let mut cells = vec![0_u8; 16 + 8];
        let feature = 5 << 28;
        cells[5] = 8;
        cells[7] = 240;
        let table = Table::new(cells.leak());
        let [scores] = table.score::<1>(&[feature]);
        assert_eq!(scores, [4, 0, -16, 0, 0, 0, 0, 0]);
    }
}
