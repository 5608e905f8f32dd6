//! The accurate parser: a convolutional encoder over the sentence, and the same transitions scored from its vectors.
//!
//! A token's vector is the sum of rows for its form (two hashed ones, as in spaCy's Bloom embeddings), its first five and
//! last three letters, its lexicon class, its tag, the tag that came close to being chosen, and its agreement; four
//! residual convolutions of width three let it see four tokens to each side. A hidden layer over
//! the vectors of eight tokens around the stack's top (each multiplied once a sentence, when first asked for), their
//! distances and relations gives the scores (Kiperwasser and Goldberg 2016, with the network of Chen and Manning 2014).
//! Weights are i8 with one scale an output, read in place; vectors are i16 while they are multiplied.

use std::sync::LazyLock;

use super::features::distance;
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
pub const LAYERS: usize = 4;
/// Tokens of a state that the hidden layer sees.
pub const SLOTS: usize = 8;
/// Hashed rows of forms and classes; after them 64 rows each for tags, agreement and close rivals of tags.
pub const FORM_ROWS: usize = 8192;
/// All rows of the embedding table.
pub const ROWS: usize = FORM_ROWS + 192;
/// Rows of the hidden layer for distances, relations and missing tokens.
pub const EXTRA_ROWS: usize = 16 * 2 + 64 * 4 + 8 + SLOTS * 2;
/// Of these, how many a state has besides missing tokens.
pub const EXTRAS: usize = 7;
/// The most actions that a model can have.
const MAX_ACTIONS: usize = 128;
/// Rows summed for one token.
pub const INPUTS: usize = 8;

/// The rows of the embedding table that make up a token's vector; the first two stand for its form.
#[must_use]
pub fn inputs(tagged: &Tagged) -> [usize; INPUTS] {
    let hashed = |t: u32, value: u32| feature(t, value, 0, 0) as usize % FORM_ROWS;
    [
        hashed(201, tagged.form),
        hashed(202, tagged.form),
        hashed(203, u32::from(tagged.class)),
        FORM_ROWS + (tagged.tag.code() as usize).min(63),
        FORM_ROWS + 64 + (tagged.feats.agreement() as usize).min(63),
        FORM_ROWS + 128 + (tagged.rival.code() as usize).min(63),
        hashed(204, tagged.ending),
        hashed(205, tagged.stem),
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
    inputs: usize,
}

impl Matrix {
    /// `out[o] += scale[o] * x_scale * dot(row o, x)`.
    fn add(&self, x: &[i16], x_scale: f32, out: &mut [f32]) {
        match self.inputs {
            WIDTH => self.add_rows::<WIDTH>(x, x_scale, out),
            WINDOW => self.add_rows::<WINDOW>(x, x_scale, out),
            _ => self.add_rows::<HIDDEN>(x, x_scale, out),
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "sums stay far below 2^31")]
    fn add_rows<const N: usize>(&self, x: &[i16], x_scale: f32, out: &mut [f32]) {
        let Some(x) = x.first_chunk::<N>() else { return };
        for (o, (place, row)) in out.iter_mut().zip(self.cells.chunks_exact(N)).enumerate() {
            let Some(row) = row.first_chunk::<N>() else { return };
            *place += dot(row, x) as f32 * x_scale * f32_at(self.scales, o);
        }
    }
}

/// The sum of products. A function of its own and of a known length, so that the compiler makes it of vectors.
#[inline(never)]
#[allow(clippy::cast_possible_wrap, reason = "cells are i8, read as bytes")]
fn dot<const N: usize>(row: &[u8; N], x: &[i16; N]) -> i32 {
    let mut sums = [0_i32; 16];
    let mut at = 0;
    while at + sums.len() <= N {
        for (lane, sum) in sums.iter_mut().enumerate() {
            *sum += i32::from(row[at + lane] as i8) * i32::from(x[at + lane]);
        }
        at += sums.len();
    }
    sums.iter().sum()
}

/// The accurate parser's model file: sections as `docs/analysis.md` lists them.
#[derive(Debug, Default, Clone)]
pub struct Neural {
    embeddings: Matrix,
    layers: Vec<(Matrix, &'static [u8])>,
    slots: Vec<Matrix>,
    extras: Matrix,
    hidden_bias: &'static [u8],
    output: Matrix,
    output_bias: &'static [u8],
    left: &'static [u8],
    right: &'static [u8],
}

impl Neural {
    /// A view of an accurate parser's model file.
    ///
    /// # Errors
    /// If the bytes are not such a file or its shapes are others.
    pub fn open(bytes: &'static [u8]) -> Result<Self> {
        let file = File::open(bytes, *b"accu")?;
        let mut at = 0;
        let mut next = || {
            at += 1;
            file.section(at - 1)
        };
        let mut matrix = |inputs| Matrix { cells: next(), scales: next(), inputs };
        let embeddings = matrix(WIDTH);
        let convolutions: Vec<Matrix> = (0..LAYERS).map(|_| matrix(3 * WIDTH)).collect();
        let slots: Vec<Matrix> = (0..SLOTS).map(|_| matrix(WIDTH)).collect();
        let (extras, output) = (matrix(HIDDEN), matrix(HIDDEN));
        let layers = convolutions.into_iter().map(|m| (m, next())).collect();
        let model = Self {
            embeddings,
            layers,
            slots,
            extras,
            output,
            hidden_bias: next(),
            output_bias: next(),
            left: next(),
            right: next(),
        };
        let n_actions = 1 + model.left.len() + model.right.len();
        let shapes = model.embeddings.cells.len() == ROWS * WIDTH
            && model.layers.iter().all(|l| l.0.cells.len() == 3 * WIDTH * WIDTH && l.1.len() == 4 * WIDTH)
            && model.slots.iter().all(|s| s.cells.len() == WIDTH * HIDDEN)
            && model.extras.cells.len() == EXTRA_ROWS * HIDDEN
            && model.output.cells.len() == n_actions * HIDDEN
            && model.output_bias.len() == 4 * n_actions;
        if shapes { Ok(model) } else { Err(Error::data("model: the shapes are not those of the accurate parser")) }
    }

    /// The vectors of a sentence, one after the other.
    fn encode(&self, tagged: &[Tagged], buffers: &mut Buffers) {
        let n = tagged.len();
        buffers.vectors.clear();
        for t in tagged {
            let start = buffers.vectors.len();
            buffers.vectors.resize(start + WIDTH, 0.0);
            let Some(vector) = buffers.vectors.get_mut(start..) else { continue };
            for row in inputs(t) {
                add_row(&self.embeddings, row, vector);
            }
        }
        for (matrix, bias) in &self.layers {
            // The sentence in i16, with an empty token before and after it.
            let scale = quantize(&buffers.vectors, WIDTH, &mut buffers.short);
            for i in 0..n {
                let Some(window) = buffers.short.get(i * WIDTH..(i + 3) * WIDTH) else { break };
                let mut sum = [0.0; WIDTH];
                for (o, place) in sum.iter_mut().enumerate() {
                    *place = f32_at(bias, o);
                }
                matrix.add(window, scale, &mut sum);
                let Some(vector) = buffers.vectors.get_mut(i * WIDTH..(i + 1) * WIDTH) else { break };
                for (v, s) in vector.iter_mut().zip(&sum) {
                    *v += s.max(0.0);
                }
            }
        }
        buffers.scale = quantize(&buffers.vectors, WIDTH, &mut buffers.short);
        buffers.products.clear();
        buffers.products.resize(n * SLOTS * HIDDEN, 0.0);
        buffers.ready.clear();
        buffers.ready.resize(n * SLOTS, false);
    }

    /// Parses a sentence; the heads are in `workspace.state`.
    pub(super) fn run(&self, tagged: &[Tagged], workspace: &mut Workspace) {
        let Workspace { state, buffers } = workspace;
        state.start(tagged.len());
        self.encode(tagged, buffers);
        while !state.is_final() {
            let action = match state.forced() {
                Some(only) => only,
                None => self.best(state, &self.scores(state, buffers)),
            };
            state.apply(action);
        }
    }

    /// Parses a sentence by the sum of the scores of several models that know the same actions: a teacher.
    pub fn run_together(models: &[Self], tagged: &[Tagged], workspace: &mut Workspace, several: &mut Vec<Buffers>) {
        let state = &mut workspace.state;
        several.resize_with(models.len(), Buffers::default);
        state.start(tagged.len());
        for (model, buffers) in models.iter().zip(several.iter_mut()) {
            model.encode(tagged, buffers);
        }
        while let (false, Some(first)) = (state.is_final(), models.first()) {
            let action = state.forced().unwrap_or_else(|| {
                let mut sums = [0.0; MAX_ACTIONS];
                for (model, buffers) in models.iter().zip(several.iter_mut()) {
                    for (sum, score) in sums.iter_mut().zip(model.scores(state, buffers)) {
                        *sum += score;
                    }
                }
                first.best(state, &sums)
            });
            state.apply(action);
        }
    }

    /// Adds the product of a slot's matrix and a token's vector, made when first asked for.
    fn add_slot(&self, slot: usize, token: usize, buffers: &mut Buffers, hidden: &mut [f32; HIDDEN]) {
        let place = token * SLOTS + slot;
        let (Some(product), Some(ready)) =
            (buffers.products.get_mut(place * HIDDEN..(place + 1) * HIDDEN), buffers.ready.get_mut(place))
        else {
            return;
        };
        if !*ready {
            let vector = buffers.short.get((token + 1) * WIDTH..(token + 2) * WIDTH).unwrap_or_default();
            if let Some(matrix) = self.slots.get(slot) {
                matrix.add(vector, buffers.scale, product);
            }
            *ready = true;
        }
        for (h, p) in hidden.iter_mut().zip(product.iter()) {
            *h += p;
        }
    }

    /// The score of each action.
    fn scores(&self, state: &State, buffers: &mut Buffers) -> [f32; MAX_ACTIONS] {
        let mut hidden = [0.0; HIDDEN];
        for (i, place) in hidden.iter_mut().enumerate() {
            *place = f32_at(self.hidden_bias, i);
        }
        let n = buffers.ready.len() / SLOTS;
        for (slot, token) in slots(state).into_iter().enumerate() {
            if (token as usize) < n {
                self.add_slot(slot, token as usize, buffers, &mut hidden);
            } else {
                add_row(&self.extras, missing(slot, token), &mut hidden);
            }
        }
        for row in extras(state) {
            add_row(&self.extras, row, &mut hidden);
        }
        for place in &mut hidden {
            *place = place.max(0.0);
        }
        let scale = quantize(&hidden, HIDDEN, &mut buffers.hidden);
        let n_actions = 1 + self.left.len() + self.right.len();
        let mut scores = [0.0; MAX_ACTIONS];
        for (i, place) in scores.iter_mut().enumerate().take(n_actions) {
            *place = f32_at(self.output_bias, i);
        }
        let short = buffers.hidden.get(HIDDEN..2 * HIDDEN).unwrap_or_default();
        self.output.add(short, scale, &mut scores);
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

/// What the accurate parser writes to while it works on a sentence.
#[derive(Debug, Default)]
pub struct Buffers {
    /// Shape `(n, WIDTH)`.
    vectors: Vec<f32>,
    /// Shape `(n + 2, WIDTH)`, with an empty token at each end.
    short: Vec<i16>,
    scale: f32,
    /// Shape `(n, SLOTS, HIDDEN)`.
    products: Vec<f32>,
    /// Shape `(n, SLOTS)`.
    ready: Vec<bool>,
    hidden: Vec<i16>,
}

/// Adds row `row` of a matrix, scaled, to `out`.
#[allow(clippy::cast_possible_wrap, reason = "cells are i8, read as bytes")]
fn add_row(matrix: &Matrix, row: usize, out: &mut [f32]) {
    let Some(cells) = matrix.cells.get(row * matrix.inputs..(row + 1) * matrix.inputs) else { return };
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
        assert!(BYTES.len() <= 1_300_000);
        assert!(Neural::open(&BYTES[..100]).is_err());
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
