//! Learns the net of sentence boundaries (`src/learned/net.rs`): adaptive gradient steps on the log loss.

use propos::training::{FAR, HIDDEN, Inputs, NEAR, Net, Part, Seen, VALUES, WIDTH, rows};

use super::Random;

/// One place with its answer.
#[derive(Clone, Copy)]
pub(crate) struct Lesson {
    pub(crate) inputs: Inputs,
    pub(crate) answer: bool,
    pub(crate) weight: f32,
}

/// How often a word is seen by its ending, class and shape alone, in a hundred.
const HIDE: usize = 30;
/// How often it is not seen at all, in a hundred.
const BLANK: usize = 12;
const RATE: f32 = 0.04;
const DECAY: f32 = 2e-5;
/// Lessons between two steps of the dense parts.
const BATCH: usize = 16;
/// Lessons between two looks at the numbers for their mean.
const PACE: usize = 1000;
const DENSE: [Part; 4] = [Part::Near, Part::Far, Part::Bias, Part::Output];

/// The numbers of a net with the squares of the steps they made.
pub(crate) struct Trainer {
    parts: Vec<Vec<f32>>,
    squares: Vec<Vec<f32>>,
    /// Sums of the slopes of the dense parts, which are adapted once in [`BATCH`] lessons.
    slopes: Vec<Vec<f32>>,
    waiting: usize,
    random: Random,
    /// Sums of the numbers, taken every [`PACE`] lessons of the passes that count, and how many were taken.
    sums: Vec<Vec<f32>>,
    taken: usize,
}

/// Where a part stands in `Part::ALL`.
fn at(part: Part) -> usize {
    Part::ALL.iter().position(|other| *other == part).unwrap_or(0)
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
impl Trainer {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random(seed);
        let mut parts = Vec::new();
        for part in Part::ALL {
            let spread = match part {
                Part::Words | Part::Suffixes | Part::Classes | Part::Shapes => 0.1,
                Part::Near | Part::Far => 0.15,
                Part::Output => 0.3,
                Part::Counts | Part::Bias => 0.0,
            };
            let numbers = (0..part.length()).map(|_| (random.below(20_001) as f32 / 10_000.0 - 1.0) * spread);
            parts.push(numbers.collect::<Vec<f32>>());
        }
        if let Some(output) = parts.last_mut().and_then(|output| output.last_mut()) {
            *output = 0.0;
        }
        let squares = parts.iter().map(|part| vec![1e-2; part.len()]).collect();
        let slopes =
            Part::ALL.iter().map(|part| vec![0.0; if DENSE.contains(part) { part.length() } else { 0 }]).collect();
        let sums = parts.iter().map(|part| vec![0.0; part.len()]).collect();
        Self { parts, squares, slopes, waiting: 0, random, sums, taken: 0 }
    }

    /// The bytes of the net: of the mean of what it was in the passes that count.
    pub(crate) fn write(&self) -> Vec<u8> {
        let share = 1.0 / self.taken.max(1) as f32;
        let mean = |sum: &Vec<f32>| sum.iter().map(|number| number * share).collect();
        Net::write(&self.sums.iter().map(mean).collect::<Vec<Vec<f32>>>())
    }

    /// One pass over the lessons, which counts for the mean or does not; gives the mean loss.
    pub(crate) fn pass(&mut self, lessons: &mut [Lesson], rate: f32, counts: bool) -> f32 {
        self.random.shuffle(lessons);
        let mut loss = 0.0;
        for (n, lesson) in lessons.iter().enumerate() {
            loss += self.step(lesson, rate * RATE);
            if counts && n % PACE == PACE - 1 {
                for (sums, part) in self.sums.iter_mut().zip(&self.parts) {
                    sums.iter_mut().zip(part).for_each(|(sum, number)| *sum += number);
                }
                self.taken += 1;
            }
        }
        loss / lessons.len().max(1) as f32
    }

    fn embed(&self, rows: &[Option<usize>; 4], sum: &mut [f32; WIDTH]) {
        for (table, row) in self.parts.iter().zip(rows) {
            let Some(row) = row else { continue };
            for (sum, number) in sum.iter_mut().zip(&table[row * WIDTH..(row + 1) * WIDTH]) {
                *sum += number;
            }
        }
    }

    fn step(&mut self, lesson: &Lesson, rate: f32) -> f32 {
        let inputs = &lesson.inputs;
        let mut see = |seen: &Seen| {
            let [word, suffix, class, shape] = rows(*seen);
            let blank = self.random.below(100) < BLANK;
            let hidden = self.random.below(100) < HIDE;
            if blank {
                return [None; 4];
            }
            [(!hidden).then_some(word), Some(suffix), Some(class), Some(shape)]
        };
        let near: Vec<_> = inputs.near.iter().map(&mut see).collect();
        let far: Vec<_> = inputs.far[..(inputs.behind + inputs.ahead).min(FAR)].iter().map(&mut see).collect();
        let (behind, ahead) = far.split_at(inputs.behind);

        // Forward.
        let mut words = vec![[0.0_f32; WIDTH]; 2 * NEAR + 2];
        for (rows, word) in near.iter().zip(&mut words) {
            self.embed(rows, word);
        }
        for (group, word) in [behind, ahead].into_iter().zip(&mut words[2 * NEAR..]) {
            for rows in group {
                self.embed(rows, word);
            }
            let share = 1.0 / group.len().max(1) as f32;
            for number in word.iter_mut() {
                *number *= share;
            }
        }
        let mut hidden = [0.0_f32; HIDDEN];
        hidden.copy_from_slice(&self.parts[at(Part::Bias)]);
        let matrix_of = |n: usize| {
            let part = if n < 2 * NEAR { at(Part::Near) } else { at(Part::Far) };
            (part, if n < 2 * NEAR { n } else { n - 2 * NEAR } * WIDTH * HIDDEN)
        };
        for (n, word) in words.iter().enumerate() {
            let (part, first) = matrix_of(n);
            let matrix = &self.parts[part][first..first + WIDTH * HIDDEN];
            for (number, row) in word.iter().zip(matrix.chunks_exact(HIDDEN)) {
                for (unit, weight) in hidden.iter_mut().zip(row) {
                    *unit += number * weight;
                }
            }
        }
        let counts: Vec<usize> = inputs
            .counts
            .iter()
            .enumerate()
            .map(|(n, value)| (n * VALUES + usize::from(*value) % VALUES) * HIDDEN)
            .collect();
        for row in &counts {
            let table = &self.parts[at(Part::Counts)];
            for (unit, number) in hidden.iter_mut().zip(&table[*row..row + HIDDEN]) {
                *unit += number;
            }
        }
        let output = &self.parts[at(Part::Output)];
        let score = hidden.iter().zip(output).fold(output[HIDDEN], |sum, (unit, weight)| sum + unit.max(0.0) * weight);
        let probability = 1.0 / (1.0 + (-score).exp());
        let answer = f32::from(u8::from(lesson.answer));
        let error = (probability - answer) * lesson.weight;
        let loss = -(if lesson.answer { probability } else { 1.0 - probability }).max(1e-6).ln() * lesson.weight;

        // Backward, if there is something to learn.
        if error.abs() < 1e-3 {
            return loss;
        }
        let mut errors = [0.0_f32; HIDDEN];
        for ((unit, weight), place) in hidden.iter().zip(output).zip(&mut errors) {
            *place = if *unit > 0.0 { error * weight } else { 0.0 };
        }
        let mut gradient = [0.0_f32; HIDDEN + 1];
        for (unit, place) in hidden.iter().zip(&mut gradient) {
            *place = error * unit.max(0.0);
        }
        gradient[HIDDEN] = error;
        self.note(at(Part::Output), 0, &gradient);
        self.note(at(Part::Bias), 0, &errors);
        for row in &counts {
            self.adapt(at(Part::Counts), *row, &errors, rate);
        }
        let mut backs = vec![[0.0_f32; WIDTH]; words.len()];
        for (n, (word, back)) in words.iter().zip(&mut backs).enumerate() {
            let (part, first) = matrix_of(n);
            for (d, number) in word.iter().enumerate() {
                let row = first + d * HIDDEN;
                let weights = &self.parts[part][row..row + HIDDEN];
                back[d] = weights.iter().zip(&errors).map(|(weight, error)| weight * error).sum();
                for (sum, error) in self.slopes[part][row..row + HIDDEN].iter_mut().zip(&errors) {
                    *sum += error * number;
                }
            }
        }
        self.waiting += 1;
        if self.waiting == BATCH {
            self.settle(rate);
        }
        for (rows, back) in near.iter().zip(&backs) {
            self.adapt_rows(rows, back, rate);
        }
        for (group, back) in [behind, ahead].into_iter().zip(&backs[2 * NEAR..]) {
            let share = 1.0 / group.len().max(1) as f32;
            let back = back.map(|error| error * share);
            for rows in group {
                self.adapt_rows(rows, &back, rate);
            }
        }
        loss
    }

    fn adapt_rows(&mut self, rows: &[Option<usize>; 4], gradient: &[f32; WIDTH], rate: f32) {
        for (part, row) in rows.iter().enumerate() {
            if let Some(row) = row {
                self.adapt(part, row * WIDTH, gradient, rate);
            }
        }
    }

    /// Adapts the dense parts by what the lessons since the last time said.
    fn settle(&mut self, rate: f32) {
        for part in DENSE.map(at) {
            let slopes = std::mem::take(&mut self.slopes[part]);
            self.adapt(part, 0, &slopes, rate);
            self.slopes[part] = slopes;
            self.slopes[part].fill(0.0);
        }
        self.waiting = 0;
    }

    fn note(&mut self, part: usize, first: usize, gradient: &[f32]) {
        for (sum, slope) in self.slopes[part][first..].iter_mut().zip(gradient) {
            *sum += slope;
        }
    }

    fn adapt(&mut self, part: usize, first: usize, gradient: &[f32], rate: f32) {
        let numbers = &mut self.parts[part][first..first + gradient.len()];
        let squares = &mut self.squares[part][first..first + gradient.len()];
        for ((number, square), slope) in numbers.iter_mut().zip(squares).zip(gradient) {
            let slope = slope + DECAY * *number;
            *square += slope * slope;
            *number -= rate * slope / square.sqrt();
        }
    }
}
