//! Trains the accurate parser: back-propagation written out, Adam, a dynamic oracle with exploration.
//!
//! All loops run along contiguous outputs, which the compiler vectorises: `RUSTFLAGS=-Ctarget-cpu=native` makes them
//! three times faster and changes no result, for Rust never fuses or reorders floating-point operations.

use propos::model::File;
use propos::parse::neural::{
    EXTRA_ROWS, EXTRAS, HIDDEN, INPUTS, LAYERS, LETTERS, Neural, ROWS, SLOTS, WIDTH, extras, inputs, missing, slots,
};
use propos::parse::{Action, Deprel, Model, State, Workspace, parse_neural};

use super::fast::{Score, Tree, labels};
use super::linear::Random;
use super::tagger::LICENCE;
use super::treebank::Sentence;

const EPOCHS: usize = 10;
/// Rate of learning at the start; it falls to nothing.
const RATE: f32 = 2e-3;
/// Sentences of one step.
const BATCH: usize = 12;
const THREADS: usize = 2;
/// How much of the running average of the weights a step keeps.
const AVERAGE: f32 = 0.999;
const DROPOUT: f32 = 0.12;
/// How often a form and its parts are hidden, so that unknown ones are learned and known ones not by heart.
const FORM_DROPOUT: f32 = 0.1;

/// Places of the parameters in one array.
struct Shape {
    actions: usize,
    convolutions: usize,
    biases: usize,
    slots: usize,
    extras: usize,
    hidden_bias: usize,
    output: usize,
    output_bias: usize,
    size: usize,
}

impl Shape {
    fn new(actions: usize) -> Self {
        let convolutions = ROWS * WIDTH;
        let biases = convolutions + LAYERS * 3 * WIDTH * WIDTH;
        let slots = biases + LAYERS * WIDTH;
        let extras = slots + SLOTS * WIDTH * HIDDEN;
        let hidden_bias = extras + EXTRA_ROWS * HIDDEN;
        let output = hidden_bias + HIDDEN;
        let output_bias = output + HIDDEN * actions;
        let size = output_bias + actions;
        Self { actions, convolutions, biases, slots, extras, hidden_bias, output, output_bias, size }
    }
}

/// Rows that the kernels work on at a time: each weight is then read once for all of them.
const BLOCK: usize = 4;
/// Columns that they work on at a time: their sums stay in registers.
const LANES: usize = 16;

/// `y += x W` for `rows` rows of `x` and `y` that stand a stride apart; W has shape `(inputs, N)`.
fn forward<const N: usize>((x, x_stride): (&[f32], usize), w: &[f32], (y, y_stride): (&mut [f32], usize), rows: usize) {
    let inputs = w.len() / N;
    for start in (0..rows).step_by(BLOCK) {
        let here = BLOCK.min(rows - start);
        // The last block may be short: its last row is then worked on more than once, and written once.
        let x: [&[f32]; BLOCK] = std::array::from_fn(|p| &x[(start + p.min(here - 1)) * x_stride..][..inputs]);
        for k in (0..N).step_by(LANES) {
            let mut sums = [[0.0_f32; LANES]; BLOCK];
            for (i, row) in w.chunks_exact(N).enumerate() {
                let row: &[f32; LANES] = row[k..].first_chunk().expect("N is a multiple");
                for p in 0..BLOCK {
                    let x = x[p][i];
                    for l in 0..LANES {
                        sums[p][l] += x * row[l];
                    }
                }
            }
            for p in 0..here {
                let y = &mut y[(start + p) * y_stride + k..][..LANES];
                for l in 0..LANES {
                    y[l] += sums[p][l];
                }
            }
        }
    }
}

/// `dw += x^T dy`: the gradient of W in [`forward`]. Rows of `dy` have N values and stand one after the other.
fn gradient_of<const N: usize>((x, stride): (&[f32], usize), dy: &[f32], dw: &mut [f32]) {
    for k in (0..N).step_by(LANES) {
        for (b, dw) in dw.chunks_mut(N * BLOCK).enumerate() {
            let mut sums = [[0.0_f32; LANES]; BLOCK];
            for (p, dy) in dy.chunks_exact(N).enumerate() {
                let dy: &[f32; LANES] = dy[k..].first_chunk().expect("N is a multiple");
                let x: &[f32; BLOCK] = x[p * stride + b * BLOCK..].first_chunk().expect("a multiple too");
                for q in 0..BLOCK {
                    for l in 0..LANES {
                        sums[q][l] += x[q] * dy[l];
                    }
                }
            }
            for (dw, sums) in dw.chunks_mut(N).zip(&sums) {
                let dw = &mut dw[k..][..LANES];
                for l in 0..LANES {
                    dw[l] += sums[l];
                }
            }
        }
    }
}

/// W of shape `(inputs, outputs)` as `(outputs, inputs)`.
fn turned(w: &[f32], inputs: usize, outputs: usize) -> Vec<f32> {
    (0..outputs).flat_map(|o| (0..inputs).map(move |i| w[i * outputs + o])).collect()
}

/// A sum of many, in lanes.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    let (parts, other_parts) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f32 = parts.remainder().iter().zip(other_parts.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in parts.zip(other_parts) {
        for l in 0..LANES {
            lanes[l] += a[l] * b[l];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

/// As [`forward`] for one row and any number of outputs.
fn forward_one(x: &[f32], w: &[f32], y: &mut [f32]) {
    let n = y.len();
    for (i, x) in x.iter().enumerate().filter(|(_, x)| **x != 0.0) {
        for (y, w) in y.iter_mut().zip(&w[i * n..(i + 1) * n]) {
            *y += x * w;
        }
    }
}

/// The gradients of x and W in [`forward_one`].
fn backward_one(x: &[f32], w: &[f32], dy: &[f32], dx: &mut [f32], dw: &mut [f32]) {
    let n = dy.len();
    for (i, x) in x.iter().enumerate().filter(|(_, x)| **x != 0.0) {
        dx[i] += dot(&w[i * n..(i + 1) * n], dy);
        for (w, d) in dw[i * n..(i + 1) * n].iter_mut().zip(dy) {
            *w += x * d;
        }
    }
}

/// The matrices as the way back needs them.
struct Turned {
    convolutions: Vec<Vec<f32>>,
    slots: Vec<Vec<f32>>,
}

impl Turned {
    fn new(w: &[f32], shape: &Shape) -> Self {
        let convolutions =
            (0..LAYERS).map(|l| turned(&w[shape.convolutions + l * 3 * WIDTH * WIDTH..], 3 * WIDTH, WIDTH)).collect();
        let slots = (0..SLOTS).map(|s| turned(&w[shape.slots + s * WIDTH * HIDDEN..], WIDTH, HIDDEN)).collect();
        Self { convolutions, slots }
    }
}

/// Trains on `trees` and gives the bytes of the model whose weights are a running average.
pub fn train(trees: &[Tree], seed: u64) -> Vec<u8> {
    let [left, right] = labels(trees);
    let shape = Shape::new(1 + left.len() + right.len());
    let mut random = Random(seed);
    let mut w = vec![0.0_f32; shape.size];
    let mut fill = |from: usize, to: usize, width: f32| {
        for v in &mut w[from..to] {
            *v = (random.unit() * 2.0 - 1.0) * width;
        }
    };
    fill(0, shape.convolutions, 0.25);
    fill(shape.convolutions, shape.biases, (3.0 / (3.0 * WIDTH as f32)).sqrt());
    fill(shape.slots, shape.extras, (3.0 / (SLOTS as f32 * WIDTH as f32)).sqrt());
    fill(shape.extras, shape.hidden_bias, 0.05);
    fill(shape.output, shape.output_bias, (3.0 / HIDDEN as f32).sqrt());
    let (mut m, mut v) = (vec![0.0_f32; shape.size], vec![0.0_f32; shape.size]);
    let mut average = w.clone();
    let mut gradients = vec![vec![0.0_f32; shape.size]; THREADS];
    let batches = trees.len().div_ceil(BATCH) * EPOCHS;
    let mut step = 0;
    let start = std::time::Instant::now();
    for epoch in 0..EPOCHS {
        let (mut loss, mut decisions) = (0.0, 0);
        let order = random.shuffled(trees.len());
        for batch in order.chunks(BATCH) {
            let turned = Turned::new(&w, &shape);
            let seeds: Vec<u64> = batch.iter().map(|_| random.next()).collect();
            // Each thread has its own gradient; shares and order of summing are fixed, so the result is too.
            let results: Vec<(f64, i32)> = std::thread::scope(|scope| {
                let share = batch.len().div_ceil(THREADS);
                let running: Vec<_> = gradients
                    .iter_mut()
                    .zip(batch.chunks(share).zip(seeds.chunks(share)))
                    .map(|(gradient, (part, seeds))| {
                        let (shape, w, turned, left, right) = (&shape, &w, &turned, &left, &right);
                        scope.spawn(move || {
                            let mut sum = (0.0, 0);
                            for (s, seed) in part.iter().zip(seeds) {
                                let mut random = Random(*seed);
                                let (l, d) =
                                    one(&trees[*s], shape, w, turned, gradient, left, right, epoch > 0, &mut random);
                                sum = (sum.0 + l, sum.1 + d);
                            }
                            sum
                        })
                    })
                    .collect();
                running.into_iter().map(|r| r.join().expect("a worker")).collect()
            });
            let steps: i32 = results.iter().map(|r| r.1).sum();
            loss += results.iter().map(|r| r.0).sum::<f64>();
            decisions += steps;
            step += 1;
            let rate = RATE * (1.0 - step as f32 / (batches + 1) as f32);
            let (b1, b2) = (1.0 - 0.9_f32.powi(step), 1.0 - 0.98_f32.powi(step.min(5000)));
            let scale = 1.0 / (steps.max(1) as f32).sqrt();
            let share = shape.size.div_ceil(THREADS);
            std::thread::scope(|scope| {
                let mut parts: Vec<_> = gradients.iter_mut().map(|g| g.chunks_mut(share)).collect();
                // The average of the last thousand steps or so.
                let keep = AVERAGE.min(1.0 - 1.0 / step as f32);
                let averages = average.chunks_mut(share);
                for (((w, m), v), a) in
                    w.chunks_mut(share).zip(m.chunks_mut(share)).zip(v.chunks_mut(share)).zip(averages)
                {
                    let mut own: Vec<&mut [f32]> = parts.iter_mut().filter_map(Iterator::next).collect();
                    scope.spawn(move || {
                        for i in 0..w.len() {
                            let mut g = 0.0;
                            for part in &mut own {
                                g += part[i];
                                part[i] = 0.0;
                            }
                            g *= scale;
                            m[i] = 0.9 * m[i] + 0.1 * g;
                            v[i] = 0.98 * v[i] + 0.02 * g * g;
                            w[i] -= rate * (m[i] / b1) / ((v[i] / b2).sqrt() + 1e-6);
                            a[i] = keep * a[i] + (1.0 - keep) * w[i];
                        }
                    });
                }
            });
        }
        println!("epoch {epoch}: loss {:.4}, {:.0} s", loss / f64::from(decisions), start.elapsed().as_secs_f64());
    }
    write(&average, &shape, &left, &right)
}

/// One sentence: adds to the gradient, gives loss and number of decisions.
#[allow(clippy::too_many_arguments)]
fn one(
    tree: &Tree,
    shape: &Shape,
    w: &[f32],
    turned: &Turned,
    gradient: &mut [f32],
    left: &[u8],
    right: &[u8],
    explore: bool,
    random: &mut Random,
) -> (f64, i32) {
    let n = tree.tagged.len();
    let rows: Vec<[usize; INPUTS]> = tree.tagged.iter().map(inputs).collect();
    let hidden_form: Vec<bool> = (0..n).map(|_| random.unit() < FORM_DROPOUT).collect();
    // Layers of vectors, an empty token before and after; masks of dropout on the inputs of each.
    let wide = (n + 2) * WIDTH;
    let mut layers = vec![vec![0.0_f32; wide]; LAYERS + 1];
    for i in 0..n {
        let vector = &mut layers[0][(i + 1) * WIDTH..(i + 2) * WIDTH];
        for row in rows[i].iter().skip(if hidden_form[i] { LETTERS } else { 0 }) {
            for (v, e) in vector.iter_mut().zip(&w[row * WIDTH..]) {
                *v += e;
            }
        }
    }
    let mut mask = |size: usize| -> Vec<f32> {
        (0..size).map(|_| if random.unit() < DROPOUT { 0.0 } else { 1.0 / (1.0 - DROPOUT) }).collect()
    };
    let masks: Vec<Vec<f32>> = (0..=LAYERS).map(|_| mask(wide)).collect();
    let hidden_mask = mask(HIDDEN);
    let mut dropped: Vec<Vec<f32>> = Vec::new();
    let mut activations: Vec<Vec<f32>> = Vec::new();
    for l in 0..LAYERS {
        let x: Vec<f32> = layers[l].iter().zip(&masks[l]).map(|(a, b)| a * b).collect();
        let matrix = &w[shape.convolutions + l * 3 * WIDTH * WIDTH..][..3 * WIDTH * WIDTH];
        let bias = &w[shape.biases + l * WIDTH..][..WIDTH];
        let mut out = vec![0.0; wide];
        let inner = &mut out[WIDTH..(n + 1) * WIDTH];
        inner.chunks_mut(WIDTH).for_each(|y| y.copy_from_slice(bias));
        forward::<WIDTH>((&x, WIDTH), matrix, (inner, WIDTH), n);
        inner.iter_mut().for_each(|y| *y = y.max(0.0));
        layers[l + 1] = layers[l].iter().zip(&out).map(|(a, b)| a + b).collect();
        dropped.push(x);
        activations.push(out);
    }
    let top: Vec<f32> = layers[LAYERS].iter().zip(&masks[LAYERS]).map(|(a, b)| a * b).collect();
    // Shape (SLOTS, n, HIDDEN).
    let mut products = vec![0.0_f32; SLOTS * n * HIDDEN];
    for (s, products) in products.chunks_mut(n * HIDDEN).enumerate() {
        let matrix = &w[shape.slots + s * WIDTH * HIDDEN..][..WIDTH * HIDDEN];
        forward::<HIDDEN>((&top[WIDTH..], WIDTH), matrix, (products, HIDDEN), n);
    }
    let mut d_products = vec![0.0_f32; SLOTS * n * HIDDEN];
    let mut state = State::default();
    state.start(n);
    let (mut loss, mut decisions) = (0.0, 0);
    let make = |action: usize| match action {
        0 => Action::Shift,
        a if a <= left.len() => Action::Left(Deprel::from_code(left[a - 1])),
        a => Action::Right(Deprel::from_code(right[a - 1 - left.len()])),
    };
    let output = &w[shape.output..shape.output_bias];
    while !state.is_final() {
        if let Some(only) = state.forced() {
            state.apply(only);
            continue;
        }
        let at = slots(&state);
        let more: [usize; EXTRAS] = extras(&state);
        let mut hidden = w[shape.hidden_bias..][..HIDDEN].to_vec();
        let mut add = |part: &[f32]| {
            for (h, p) in hidden.iter_mut().zip(part) {
                *h += p;
            }
        };
        for (s, token) in at.iter().enumerate() {
            if (*token as usize) < n {
                add(&products[(s * n + *token as usize) * HIDDEN..][..HIDDEN]);
            } else {
                add(&w[shape.extras + missing(s, *token) * HIDDEN..][..HIDDEN]);
            }
        }
        for row in more {
            add(&w[shape.extras + row * HIDDEN..][..HIDDEN]);
        }
        for (h, m) in hidden.iter_mut().zip(&hidden_mask) {
            *h = h.max(0.0) * m;
        }
        let mut scores = w[shape.output_bias..][..shape.actions].to_vec();
        forward_one(&hidden, output, &mut scores);
        let costs = state.costs(&tree.heads, &tree.children);
        let least = [costs.shift, costs.left, costs.right].into_iter().flatten().min().unwrap_or(0);
        let token = state.top() as usize;
        let (mut gold, mut allowed) = (vec![false; shape.actions], vec![false; shape.actions]);
        for a in 0..shape.actions {
            let (cost, head) = match make(a) {
                Action::Shift => (costs.shift, None),
                Action::Left(label) => (costs.left, Some((state.left_head(), label))),
                Action::Right(label) => (costs.right, Some((state.right_head(), label))),
            };
            allowed[a] = cost.is_some();
            gold[a] = cost == Some(least)
                && head.is_none_or(|(head, label)| tree.heads[token] != head || tree.deprels[token] == label);
        }
        if !gold.iter().any(|g| *g) {
            break;
        }
        let of =
            |list: &[bool]| (0..shape.actions).filter(|a| list[*a]).max_by(|a, b| scores[*a].total_cmp(&scores[*b]));
        let (best, good) = (of(&allowed).unwrap_or(0), of(&gold).unwrap_or(0));
        let max = scores[best];
        let sizes: Vec<f32> =
            (0..shape.actions).map(|a| if allowed[a] { (scores[a] - max).exp() } else { 0.0 }).collect();
        let all: f32 = sizes.iter().sum();
        let right_ones: f32 = (0..shape.actions).filter(|a| gold[*a]).map(|a| sizes[a]).sum();
        loss -= f64::from((right_ones / all).max(1e-9).ln());
        decisions += 1;
        let d_scores: Vec<f32> = (0..shape.actions)
            .map(|a| sizes[a] / all - if gold[a] { sizes[a] / right_ones.max(1e-9) } else { 0.0 })
            .collect();
        let mut d_hidden = vec![0.0; HIDDEN];
        backward_one(&hidden, output, &d_scores, &mut d_hidden, &mut gradient[shape.output..shape.output_bias]);
        for (g, d) in gradient[shape.output_bias..].iter_mut().zip(&d_scores) {
            *g += d;
        }
        for ((d, h), m) in d_hidden.iter_mut().zip(&hidden).zip(&hidden_mask) {
            *d = if *h > 0.0 { *d * m } else { 0.0 };
        }
        let give = |part: &mut [f32]| {
            for (g, d) in part.iter_mut().zip(&d_hidden) {
                *g += d;
            }
        };
        give(&mut gradient[shape.hidden_bias..][..HIDDEN]);
        for (s, token) in at.iter().enumerate() {
            if (*token as usize) < n {
                give(&mut d_products[(s * n + *token as usize) * HIDDEN..][..HIDDEN]);
            } else {
                give(&mut gradient[shape.extras + missing(s, *token) * HIDDEN..][..HIDDEN]);
            }
        }
        for row in more {
            give(&mut gradient[shape.extras + row * HIDDEN..][..HIDDEN]);
        }
        let follow = explore && random.unit() < 0.7;
        state.apply(make(if follow { best } else { good }));
    }
    let mut d_top = vec![0.0_f32; wide];
    for (s, d) in d_products.chunks(n * HIDDEN).enumerate() {
        forward::<WIDTH>((d, HIDDEN), &turned.slots[s], (&mut d_top[WIDTH..], WIDTH), n);
        let matrix = shape.slots + s * WIDTH * HIDDEN..shape.slots + (s + 1) * WIDTH * HIDDEN;
        gradient_of::<HIDDEN>((&top[WIDTH..], WIDTH), d, &mut gradient[matrix]);
    }
    let mut d: Vec<f32> = d_top.iter().zip(&masks[LAYERS]).map(|(a, b)| a * b).collect();
    for l in (0..LAYERS).rev() {
        let at = shape.convolutions + l * 3 * WIDTH * WIDTH;
        let mut d_x = vec![0.0_f32; wide];
        let inner = WIDTH..(n + 1) * WIDTH;
        let d_y: Vec<f32> =
            activations[l][inner.clone()].iter().zip(&d[inner]).map(|(a, d)| if *a > 0.0 { *d } else { 0.0 }).collect();
        forward::<{ 3 * WIDTH }>((&d_y, WIDTH), &turned.convolutions[l], (&mut d_x, WIDTH), n);
        gradient_of::<WIDTH>((&dropped[l], WIDTH), &d_y, &mut gradient[at..at + 3 * WIDTH * WIDTH]);
        for d_y in d_y.chunks(WIDTH) {
            for (g, d) in gradient[shape.biases + l * WIDTH..].iter_mut().zip(d_y) {
                *g += d;
            }
        }
        for (k, d) in d.iter_mut().enumerate() {
            *d += d_x[k] * masks[l][k];
        }
    }
    for i in 0..n {
        let d = &d[(i + 1) * WIDTH..(i + 2) * WIDTH];
        for row in rows[i].iter().skip(if hidden_form[i] { LETTERS } else { 0 }) {
            for (g, d) in gradient[row * WIDTH..].iter_mut().zip(d) {
                *g += d;
            }
        }
    }
    (loss, decisions)
}

/// The model's bytes: i8 with one scale an output.
fn write(w: &[f32], shape: &Shape, left: &[u8], right: &[u8]) -> Vec<u8> {
    let mut sections = vec![left.to_vec(), right.to_vec()];
    // Rows of `inputs` values: as they stand, or columns of matrices of shape (inputs, outputs).
    let mut put = |values: Vec<f32>, inputs: usize| {
        let (mut cells, mut scales) = (Vec::new(), Vec::new());
        for row in values.chunks(inputs) {
            let max = row.iter().fold(1e-9_f32, |m, v| m.max(v.abs()));
            cells.extend(row.iter().map(|v| (v / max * 127.0).round() as i8 as u8));
            scales.extend((max / 127.0).to_le_bytes());
        }
        sections.push(cells);
        sections.push(scales);
    };
    let several = |at: usize, n: usize, inputs: usize, outputs: usize| -> Vec<f32> {
        (0..n).flat_map(|k| turned(&w[at + k * inputs * outputs..], inputs, outputs)).collect()
    };
    put(w[..shape.convolutions].to_vec(), WIDTH);
    put(several(shape.convolutions, LAYERS, 3 * WIDTH, WIDTH), 3 * WIDTH);
    put(several(shape.slots, SLOTS, WIDTH, HIDDEN), WIDTH);
    put(w[shape.extras..shape.hidden_bias].to_vec(), HIDDEN);
    put(several(shape.output, 1, HIDDEN, shape.actions), HIDDEN);
    let floats = |part: &[f32]| -> Vec<u8> { part.iter().flat_map(|v| v.to_le_bytes()).collect() };
    sections.push(floats(&w[shape.biases..][..LAYERS * WIDTH]));
    sections.push(floats(&w[shape.hidden_bias..][..HIDDEN]));
    sections.push(floats(&w[shape.output_bias..][..shape.actions]));
    File::write(*b"accu", LICENCE, &sections)
}

/// The model of the networks of several models, whose scores are summed.
pub fn together(models: &[Vec<u8>]) -> Vec<u8> {
    let mut sections: Vec<Vec<u8>> = Vec::new();
    for model in models {
        let file = File::open(model.clone().leak(), *b"accu").expect("just written");
        // The relations, which are the same in all, are written once.
        let from = if sections.is_empty() { 0 } else { 2 };
        sections.extend((from..file.n_sections()).map(|k| file.section(k).to_vec()));
    }
    File::write(*b"accu", LICENCE, &sections)
}

/// Prints UAS and LAS, with the scores of a fast parser too if one is given.
pub fn measure(name: &str, bytes: Vec<u8>, linear: Option<Vec<u8>>, sentences: &[Sentence], trees: &[Tree]) {
    let model = Neural::open(bytes.leak()).expect("just written");
    let linear = linear.map(|bytes| Model::open(bytes.leak()).expect("just written"));
    let mut workspace = Workspace::default();
    let mut score = Score::default();
    let (mut heads, mut deprels) = (Vec::new(), Vec::new());
    let start = std::time::Instant::now();
    for (sentence, tree) in sentences.iter().zip(trees) {
        heads.clear();
        deprels.clear();
        parse_neural(&model, linear.as_ref(), &tree.tagged, 0, &mut workspace, &mut heads, &mut deprels);
        score.add(sentence, tree, &heads, &deprels);
    }
    let tokens: usize = sentences.iter().map(|s| s.tokens.len()).sum();
    score.print(name);
    println!("{:.0} tokens/s", tokens as f64 / start.elapsed().as_secs_f64());
}
