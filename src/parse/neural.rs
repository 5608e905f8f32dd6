//! The accurate parser: a convolutional encoder over the sentence, and the same transitions scored from its vectors.
//!
//! A token's vector is the sum of rows for its form (two hashed ones, as in spaCy's Bloom embeddings), its first five and
//! last three letters, its lexicon class, its tag, the tag that came close to being chosen, and its agreement; three
//! residual convolutions of width three let it see three tokens to each side. A hidden layer over
//! the vectors of eight tokens around the stack's top (each multiplied once a sentence), their distances and relations
//! gives the scores (Kiperwasser and Goldberg 2016, with the network of Chen and Manning 2014). Several such networks
//! and the fast parser vote: their scores are summed at each step.
//! Weights are i8 with one scale an output, read in place; vectors are i16 while they are multiplied.

use std::sync::LazyLock;

use super::features::{FEATURES, distance, features};
use super::model::Model;
use super::state::{Action, NONE, State};
use super::{Deprel, Workspace};
use crate::error::{Error, Result};
use crate::model::{File, feature};
use crate::tag::Tagged;

static BYTES: &[u8] = include_bytes!("../data/accurate.bin");

/// The shipped model; a test opens it, so that the empty one never stands in.
static SHIPPED: LazyLock<Neural> = LazyLock::new(|| Neural::open(BYTES).unwrap_or_default());

pub(super) fn shipped() -> &'static Neural {
    &SHIPPED
}

/// Length of a token's vector.
pub const WIDTH: usize = 96;
/// Values that a convolution sees: three vectors.
const WINDOW: usize = 3 * WIDTH;
/// Length of the hidden layer.
pub const HIDDEN: usize = 128;
/// Convolutions.
pub const LAYERS: usize = 3;
/// Tokens of a state that the hidden layer sees.
pub const SLOTS: usize = 8;
/// Hashed rows of forms and classes; after them 64 rows each for tags, agreement and close rivals of tags.
pub const FORM_ROWS: usize = 1536;
/// All rows of the embedding table.
pub const ROWS: usize = FORM_ROWS + 192;
/// Rows of the hidden layer for distances, relations and missing tokens.
pub const EXTRA_ROWS: usize = 16 * 2 + 64 * 4 + 8 + SLOTS * 2;
/// Of these, how many a state has besides missing tokens.
pub const EXTRAS: usize = 7;
/// What a score of the fast parser weighs beside the sum of those of the networks: between 0.002 and 0.004, which did as
/// well on held-out sentences (0.001 and 0.008 a little worse; with a fast parser that learned from gold alone).
const LINEAR_WEIGHT: f32 = 0.003;
/// The most actions that a model can have.
const MAX_ACTIONS: usize = 128;
/// Rows summed for one token.
pub const INPUTS: usize = 8;
/// Of these, how many stand for its letters.
pub const LETTERS: usize = 4;

/// The rows of the embedding table that make up a token's vector; the first [`LETTERS`] stand for its form.
#[must_use]
pub fn inputs(tagged: &Tagged) -> [usize; INPUTS] {
    let hashed = |t: u32, value: u32| feature(t, value, 0, 0) as usize % FORM_ROWS;
    [
        hashed(201, tagged.form),
        hashed(202, tagged.form),
        hashed(204, tagged.ending),
        hashed(205, tagged.stem),
        hashed(203, u32::from(tagged.class)),
        FORM_ROWS + (tagged.tag.code() as usize).min(63),
        FORM_ROWS + 64 + (tagged.feats.agreement() as usize).min(63),
        FORM_ROWS + 128 + (tagged.rival.code() as usize).min(63),
    ]
}

/// The tokens that the hidden layer sees; the number of tokens stands for the root, `u32::MAX` for none.
#[must_use]
pub fn slots(state: &State) -> [u32; SLOTS] {
    let (top, second, next) = (state.stack(0), state.stack(1), state.buffer(0));
    let (t, s, b) = (state.node(top), state.node(second), state.node(next));
    [top, second, next, state.stack(2), t.first_left, t.last_right, s.last_right, b.first_left]
}

/// Rows of the hidden layer for distances and relations.
#[must_use]
pub fn extras(state: &State) -> [usize; EXTRAS] {
    let [top, second, next, _, left, right, second_right, next_left] = slots(state);
    let label = |token: u32| if token == NONE { 63 } else { (state.label(token) as usize).min(62) };
    [
        (distance(top, next) as usize).min(15),
        16 + (distance(second, top) as usize).min(15),
        32 + label(left),
        96 + label(right),
        160 + label(second_right),
        224 + label(next_left),
        288 + (state.node(top).n_right as usize).min(7),
    ]
}

/// The row of the hidden layer that stands for a slot without a token: the root, or nothing.
#[must_use]
pub fn missing(slot: usize, token: u32) -> usize {
    296 + slot * 2 + usize::from(token == NONE)
}

/// A matrix of i8 with one f32 scale an output. Shape `(outputs, inputs)`.
#[derive(Debug, Default, Clone, Copy)]
struct Matrix {
    cells: &'static [u8],
    scales: &'static [u8],
}

impl Matrix {
    /// The matrix number `k` of several of `outputs` outputs and `inputs` inputs that stand one after the other.
    fn part(self, k: usize, outputs: usize, inputs: usize) -> Self {
        let cells = self.cells.get(k * outputs * inputs..(k + 1) * outputs * inputs).unwrap_or_default();
        Self { cells, scales: self.scales.get(4 * k * outputs..4 * (k + 1) * outputs).unwrap_or_default() }
    }

    /// `out[i][o] += scale[o] * x_scale * dot(row o, x[i])` for rows `x[i]` of `N` values, one every `step`; each row of
    /// weights is widened once for all of them.
    #[allow(clippy::cast_precision_loss, reason = "sums stay far below 2^31")]
    fn add<const N: usize>(self, (x, step): (&[i16], usize), x_scale: f32, (out, outputs): (&mut [f32], usize)) {
        let mut wide = [0_i16; N];
        for (o, row) in self.cells.chunks_exact(N).enumerate() {
            widen(row, &mut wide);
            let scale = x_scale * f32_at(self.scales, o);
            for (x, out) in x.windows(N).step_by(step).zip(out.chunks_exact_mut(outputs)) {
                if let (Some(x), Some(place)) = (x.first_chunk::<N>(), out.get_mut(o)) {
                    *place += dot(&wide, x) as f32 * scale;
                }
            }
        }
    }
}

/// Cells as i16.
#[inline(never)]
#[allow(clippy::cast_possible_wrap, reason = "cells are i8, read as bytes")]
fn widen<const N: usize>(cells: &[u8], out: &mut [i16; N]) {
    let Some(cells) = cells.first_chunk::<N>() else { return };
    for (place, cell) in out.iter_mut().zip(cells) {
        *place = i16::from(*cell as i8);
    }
}

/// The sum of products. Blocks of a known length, each a plain sum, are what the compiler makes of `pmaddwd`, eight
/// products each; a function of its own, so that it stays so.
#[inline(never)]
fn dot<const N: usize>(row: &[i16; N], x: &[i16; N]) -> i32 {
    let mut sum = 0;
    for (a, b) in row.chunks_exact(DOT_BLOCK).zip(x.chunks_exact(DOT_BLOCK)) {
        let (Some(a), Some(b)) = (a.first_chunk::<DOT_BLOCK>(), b.first_chunk::<DOT_BLOCK>()) else { break };
        let mut part = 0;
        for i in 0..DOT_BLOCK {
            part += i32::from(a[i]) * i32::from(b[i]);
        }
        sum += part;
    }
    sum
}

/// Products that are summed at a time; divides the length of every row.
const DOT_BLOCK: usize = 32;

/// The accurate parser's model file: the relations of its actions, and networks whose scores are summed. Sections as
/// `docs/analysis.md` lists them.
#[derive(Debug, Default, Clone)]
pub struct Neural {
    networks: Vec<Network>,
    left: &'static [u8],
    right: &'static [u8],
}

/// One network.
#[derive(Debug, Default, Clone)]
struct Network {
    embeddings: Matrix,
    convolutions: Matrix,
    slots: Matrix,
    extras: Matrix,
    output: Matrix,
    biases: &'static [u8],
    hidden_bias: &'static [u8],
    output_bias: &'static [u8],
    /// The cells of `output`, which every action needs, as i16.
    wide_output: Vec<i16>,
}

impl Neural {
    /// A view of an accurate parser's model file.
    ///
    /// # Errors
    /// If the bytes are not such a file or its shapes are others.
    pub fn open(bytes: &'static [u8]) -> Result<Self> {
        let file = File::open(bytes, *b"accu")?;
        let (left, right) = (file.section(0), file.section(1));
        let n_actions = 1 + left.len() + right.len();
        let count = file.n_sections().saturating_sub(2) / NETWORK_SECTIONS;
        let networks: Vec<Network> = (0..count).map(|k| Network::open(file, 2 + k * NETWORK_SECTIONS)).collect();
        let right_shapes = !networks.is_empty()
            && file.n_sections() == 2 + count * NETWORK_SECTIONS
            && n_actions <= MAX_ACTIONS
            && networks.iter().all(|network| network.has_shapes(n_actions));
        if right_shapes {
            Ok(Self { networks, left, right })
        } else {
            Err(Error::data("model: the shapes are not those of the accurate parser"))
        }
    }

    /// Parses a sentence, with the scores of a fast parser too if one is given; the heads are in `workspace.state`.
    pub(super) fn run(&self, linear: Option<&Model>, tagged: &[Tagged], workspace: &mut Workspace) {
        let Workspace { state, buffers } = workspace;
        state.start(tagged.len());
        buffers.products.resize_with(self.networks.len(), Vec::new);
        for (k, network) in self.networks.iter().enumerate() {
            network.encode(tagged, buffers, k);
        }
        let mut seen = [0; FEATURES];
        while !state.is_final() {
            let action = if let Some(only) = state.forced() {
                only
            } else {
                let mut scores = self.scores(state, tagged.len(), buffers);
                if let Some(linear) = linear {
                    features(state, tagged, &mut seen);
                    linear.add_scores(&seen, LINEAR_WEIGHT, [self.left, self.right], &mut scores);
                }
                self.best(state, &scores)
            };
            state.apply(action);
        }
    }

    /// The score of each action: the sum of those of the networks.
    fn scores(&self, state: &State, n: usize, buffers: &mut Buffers) -> [f32; MAX_ACTIONS] {
        let (slots, extras) = (slots(state), extras(state));
        let mut scores = [0.0; MAX_ACTIONS];
        for (network, products) in self.networks.iter().zip(&buffers.products) {
            let mut hidden = [0.0; HIDDEN];
            for (i, place) in hidden.iter_mut().enumerate() {
                *place = f32_at(network.hidden_bias, i);
            }
            for (slot, token) in slots.into_iter().enumerate() {
                let start = (slot * n + token as usize) * HIDDEN;
                match products.get(start..start + HIDDEN) {
                    Some(product) if (token as usize) < n => {
                        for (h, p) in hidden.iter_mut().zip(product) {
                            *h += p;
                        }
                    }
                    _ => add_row(&network.extras, missing(slot, token), &mut hidden),
                }
            }
            for row in extras {
                add_row(&network.extras, row, &mut hidden);
            }
            for place in &mut hidden {
                *place = place.max(0.0);
            }
            let scale = quantize(&hidden, 0, &mut buffers.hidden);
            network.add_scores(&buffers.hidden, scale, &mut scores);
        }
        scores
    }

    /// The best action that is allowed.
    fn best(&self, state: &State, scores: &[f32; MAX_ACTIONS]) -> Action {
        let mut best = (f32::NEG_INFINITY, Action::Shift);
        if state.can_shift() {
            best.0 = scores[0];
        }
        let mut choose = |labels: &[u8], start: usize, make: fn(Deprel) -> Action| {
            for (score, label) in scores.iter().skip(start).zip(labels) {
                if *score > best.0 {
                    best = (*score, make(Deprel::from_code(*label)));
                }
            }
        };
        if state.can_left() {
            choose(self.left, 1, Action::Left);
        }
        if state.can_right() {
            choose(self.right, 1 + self.left.len(), Action::Right);
        }
        best.1
    }
}

/// Sections of the file that a network has.
const NETWORK_SECTIONS: usize = 13;

impl Network {
    /// The network whose first section is number `at`.
    fn open(file: File, at: usize) -> Self {
        let matrix = |k: usize| Matrix { cells: file.section(at + 2 * k), scales: file.section(at + 2 * k + 1) };
        let output = matrix(4);
        let mut wide_output = vec![0; output.cells.len()];
        for (wide, cells) in wide_output.chunks_exact_mut(HIDDEN).zip(output.cells.chunks_exact(HIDDEN)) {
            if let Some(wide) = wide.first_chunk_mut::<HIDDEN>() {
                widen(cells, wide);
            }
        }
        Self {
            embeddings: matrix(0),
            convolutions: matrix(1),
            slots: matrix(2),
            extras: matrix(3),
            output,
            biases: file.section(at + 10),
            hidden_bias: file.section(at + 11),
            output_bias: file.section(at + 12),
            wide_output,
        }
    }

    /// True if every table has the size that the others ask for.
    fn has_shapes(&self, n_actions: usize) -> bool {
        let is = |matrix: &Matrix, rows: usize, width: usize, n_scales: usize| {
            matrix.cells.len() == rows * width && matrix.scales.len() == 4 * n_scales
        };
        is(&self.embeddings, ROWS, WIDTH, ROWS)
            && is(&self.convolutions, LAYERS * WIDTH, WINDOW, LAYERS * WIDTH)
            && is(&self.slots, SLOTS * HIDDEN, WIDTH, SLOTS * HIDDEN)
            && is(&self.extras, EXTRA_ROWS, HIDDEN, EXTRA_ROWS)
            && is(&self.output, n_actions, HIDDEN, n_actions)
            && self.biases.len() == 4 * LAYERS * WIDTH
            && self.hidden_bias.len() == 4 * HIDDEN
            && self.output_bias.len() == 4 * n_actions
    }

    /// The vectors of a sentence, then the products of each with the matrix of each slot, for network number `k`.
    fn encode(&self, tagged: &[Tagged], buffers: &mut Buffers, k: usize) {
        let n = tagged.len();
        let Buffers { vectors, sums, short, products, .. } = buffers;
        vectors.clear();
        vectors.resize(n * WIDTH, 0.0);
        for (t, vector) in tagged.iter().zip(vectors.chunks_exact_mut(WIDTH)) {
            for row in inputs(t) {
                add_row(&self.embeddings, row, vector);
            }
        }
        for layer in 0..LAYERS {
            // The sentence in i16, with an empty token before and after it.
            let scale = quantize(vectors, WIDTH, short);
            sums.clear();
            sums.extend((0..n * WIDTH).map(|i| f32_at(self.biases, layer * WIDTH + i % WIDTH)));
            let matrix = self.convolutions.part(layer, WIDTH, WINDOW);
            matrix.add::<WINDOW>((short, WIDTH), scale, (sums, WIDTH));
            for (v, s) in vectors.iter_mut().zip(sums.iter()) {
                *v += s.max(0.0);
            }
        }
        let scale = quantize(vectors, 0, short);
        let Some(products) = products.get_mut(k) else { return };
        products.clear();
        products.resize(n * SLOTS * HIDDEN, 0.0);
        for (slot, products) in products.chunks_exact_mut((n * HIDDEN).max(1)).enumerate() {
            self.slots.part(slot, HIDDEN, WIDTH).add::<WIDTH>((short, WIDTH), scale, (products, HIDDEN));
        }
    }

    /// Adds the score of each action for a hidden layer.
    #[allow(clippy::cast_precision_loss, reason = "sums stay far below 2^31")]
    fn add_scores(&self, hidden: &[i16], x_scale: f32, scores: &mut [f32; MAX_ACTIONS]) {
        let Some(hidden) = hidden.first_chunk::<HIDDEN>() else { return };
        for (o, (row, score)) in self.wide_output.chunks_exact(HIDDEN).zip(scores).enumerate() {
            let Some(row) = row.first_chunk::<HIDDEN>() else { return };
            *score += f32_at(self.output_bias, o) + dot(row, hidden) as f32 * x_scale * f32_at(self.output.scales, o);
        }
    }
}

/// What the accurate parser writes to while it works on a sentence.
#[derive(Debug, Default)]
pub struct Buffers {
    /// Shape `(n, WIDTH)`.
    vectors: Vec<f32>,
    /// What a convolution gives, shape `(n, WIDTH)`.
    sums: Vec<f32>,
    /// The vectors in i16; shape `(n, WIDTH)`, or `(n + 2, WIDTH)` with an empty token at each end.
    short: Vec<i16>,
    /// For each network, shape `(SLOTS, n, HIDDEN)`.
    products: Vec<Vec<f32>>,
    hidden: Vec<i16>,
}

/// Adds row `row` of a matrix, scaled, to `out`.
#[allow(clippy::cast_possible_wrap, reason = "cells are i8, read as bytes")]
fn add_row(matrix: &Matrix, row: usize, out: &mut [f32]) {
    let width = out.len();
    let Some(cells) = matrix.cells.get(row * width..(row + 1) * width) else { return };
    let scale = f32_at(matrix.scales, row);
    for (place, cell) in out.iter_mut().zip(cells) {
        *place += f32::from(*cell as i8) * scale;
    }
}

/// Writes `values` as i16 with `pad` zeros before and after them; gives the scale.
#[allow(clippy::cast_possible_truncation, reason = "at most 16,000 in size")]
fn quantize(values: &[f32], pad: usize, out: &mut Vec<i16>) -> f32 {
    let mut most = [1e-6_f32; 16];
    for part in values.chunks_exact(most.len()) {
        for (most, value) in most.iter_mut().zip(part) {
            *most = if value.abs() > *most { value.abs() } else { *most };
        }
    }
    let max = most.iter().fold(1e-6_f32, |max, v| if *v > max { *v } else { max });
    let factor = 16000.0 / max;
    out.clear();
    out.resize(pad, 0);
    out.extend(values.iter().map(|v| (v * factor) as i32 as i16));
    out.resize(out.len() + pad, 0);
    max / 16000.0
}

fn f32_at(bytes: &[u8], i: usize) -> f32 {
    bytes.get(i * 4..i * 4 + 4).and_then(|b| b.try_into().ok()).map_or(0.0, f32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::hash;

    #[test]
    fn the_shipped_file_opens_and_its_hash_is_right() {
        assert!(Neural::open(BYTES).unwrap().right.len() > 20);
        assert_eq!(hash(&BYTES[32..]).to_le_bytes(), BYTES[24..32]);
        assert!(BYTES.len() <= 1_500_000);
        assert!(Neural::open(&BYTES[..100]).is_err());
        let model = Neural::open(BYTES).unwrap();
        assert!(model.left.is_sorted() && model.right.is_sorted());
    }

    #[test]
    fn rows_stay_in_their_tables() {
        let mut state = State::default();
        state.start(3);
        assert!(extras(&state).iter().all(|r| *r < EXTRA_ROWS));
        assert!((0..SLOTS).all(|s| missing(s, NONE) < EXTRA_ROWS));
        assert!(inputs(&Tagged::default()).iter().all(|r| *r < ROWS));
    }
}
