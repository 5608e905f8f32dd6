//! The fast parser's model: its file and the choice of the best action.

use std::sync::LazyLock;

use super::Deprel;
use super::features::FEATURES;
use super::state::{Action, State};
use crate::error::Result;
use crate::model::{File, LANES, Table};

static BYTES: &[u8] = include_bytes!("../data/fast.bin");

/// The shipped model; a test opens it, so that the empty one never stands in.
static SHIPPED: LazyLock<Model> = LazyLock::new(|| Model::open(BYTES).unwrap_or_default());

pub(super) fn shipped() -> &'static Model {
    &SHIPPED
}

/// Cells that a row of the parser's table spans: the number of actions, rounded up for the compiler's vectors.
pub const ACTIONS: usize = 80;

/// The fast parser's model file.
#[derive(Debug, Default, Clone, Copy)]
pub struct Model {
    table: Table,
    /// Relations of the left arcs, then of the right ones, one byte each.
    left: &'static [u8],
    right: &'static [u8],
}

impl Model {
    /// A view of a fast parser's model file.
    ///
    /// # Errors
    /// If the bytes are not such a file, or if its actions are too many.
    pub fn open(bytes: &'static [u8]) -> Result<Self> {
        let file = File::open(bytes, *b"fast")?;
        let model = Self { table: Table::new(file.section(0)), left: file.section(1), right: file.section(2) };
        if 1 + model.left.len() + model.right.len() > ACTIONS {
            return Err(crate::error::Error::data("model: more actions than a row holds"));
        }
        Ok(model)
    }

    /// Adds `weight` times the score of each action to `scores`: those of shifting, of the left arcs with the relations
    /// `left`, of the right ones with `right`, both in ascending order as they are in this model. One that this model
    /// does not know gets the worst that a known one of its kind has.
    pub(super) fn add_scores(
        &self,
        features: &[u32; FEATURES],
        weight: f32,
        [left, right]: [&[u8]; 2],
        scores: &mut [f32],
    ) {
        let own = self.table.score::<{ ACTIONS / LANES }>(features);
        let own = own.as_flattened();
        if let (Some(place), Some(score)) = (scores.first_mut(), own.first()) {
            *place += weight * f32::from(*score);
        }
        for (own_labels, at, labels, to) in
            [(self.left, 1, left, 1), (self.right, 1 + self.left.len(), right, 1 + left.len())]
        {
            let own = own.get(at..at + own_labels.len()).unwrap_or_default();
            let worst = own.iter().copied().min().unwrap_or_default();
            let mut known = own_labels.iter().zip(own).peekable();
            for (label, place) in labels.iter().zip(scores.iter_mut().skip(to)) {
                while known.next_if(|(own, _)| *own < label).is_some() {}
                let score = known.next_if(|(own, _)| *own == label).map_or(worst, |(_, score)| *score);
                *place += weight * f32::from(score);
            }
        }
    }

    /// The best action that is allowed.
    pub(super) fn best(&self, features: &[u32; FEATURES], state: &State) -> Action {
        let scores = self.table.score::<{ ACTIONS / LANES }>(features);
        let scores = scores.as_flattened();
        let (n_left, n_right) = (self.left.len(), self.right.len());
        let mut best = (i16::MIN, Action::Shift);
        if state.can_shift() {
            best = (scores[0], Action::Shift);
        }
        let mut choose = |labels: &[u8], start: usize, make: fn(Deprel) -> Action| {
            let slice = scores.get(start..start + labels.len()).unwrap_or_default();
            for (score, label) in slice.iter().zip(labels) {
                if *score > best.0 {
                    best = (*score, make(Deprel::from_code(*label)));
                }
            }
        };
        if state.can_left() {
            choose(self.left, 1, Action::Left);
        }
        if state.can_right() {
            choose(self.right, 1 + n_left, Action::Right);
        }
        debug_assert!(1 + n_left + n_right <= ACTIONS);
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::hash;

    #[test]
    fn the_shipped_file_opens_and_its_hash_is_right() {
        assert!(Model::open(BYTES).unwrap().right.len() > 20);
        assert_eq!(hash(&BYTES[32..]).to_le_bytes(), BYTES[24..32]);
        assert!(BYTES.len() <= 4_300_000);
        assert!(Model::open(&BYTES[..100]).is_err());
    }

    /// [`Model::add_scores`] goes through the relations of both parsers side by side.
    #[test]
    fn relations_ascend() {
        let model = Model::open(BYTES).unwrap();
        assert!(model.left.is_sorted() && model.right.is_sorted());
    }
}
