//! Averaged linear models over hashed rows, and their companded i8 form.

use propos::model::row;

/// Weights of a table while it is trained.
pub struct Weights {
    bits: u32,
    now: Vec<f32>,
    /// Sum of step * change, for the average.
    changes: Vec<f32>,
    step: f32,
}

impl Weights {
    /// A table of `2^bits` cells, rows of `width`.
    pub fn new(bits: u32, width: usize) -> Self {
        let size = (1 << bits) + width;
        Self { bits, now: vec![0.0; size], changes: vec![0.0; size], step: 1.0 }
    }

    pub fn score<const N: usize>(&self, features: &[u32], scores: &mut [f32; N]) {
        for feature in features {
            let at = row(*feature, self.bits);
            for (score, weight) in scores.iter_mut().zip(&self.now[at..at + N]) {
                *score += weight;
            }
        }
    }

    pub fn score_one(&self, features: &[u32], label: usize) -> f32 {
        features.iter().map(|f| self.now[row(*f, self.bits) + label]).sum()
    }

    /// A perceptron's step.
    pub fn update(&mut self, features: &[u32], good: usize, bad: usize) {
        self.change(features, good, 1.0);
        self.change(features, bad, -1.0);
    }

    /// Adds to the weights of a label.
    pub fn change(&mut self, features: &[u32], label: usize, by: f32) {
        for feature in features {
            let at = row(*feature, self.bits) + label;
            self.now[at] += by;
            self.changes[at] += self.step * by;
        }
    }

    /// To be called once per decision.
    pub fn tick(&mut self) {
        self.step += 1.0;
    }

    /// The averaged weights.
    fn average(self) -> Vec<f32> {
        self.now.iter().zip(&self.changes).map(|(w, c)| w - c / self.step).collect()
    }

    /// The mean of several models, companded: code = 127 sqrt(|w| / max).
    ///
    /// The models saw the same data in other orders. Their mean votes as they would together, and costs no more to ask
    /// than one of them.
    pub fn companded(models: impl IntoIterator<Item = Self>) -> Vec<u8> {
        let mut average: Vec<f32> = Vec::new();
        for model in models {
            let one = model.average();
            average.resize(one.len(), 0.0);
            average.iter_mut().zip(&one).for_each(|(sum, w)| *sum += w);
        }
        // Nothing is clipped: the few largest weights carry much (docs/analysis.md).
        let max = average.iter().fold(f32::MIN_POSITIVE, |max, w| max.max(w.abs()));
        let code = |w: &f32| ((w.abs() / max).sqrt().min(1.0) * 127.0).round() as i8 * w.signum() as i8;
        average.iter().map(|w| code(w) as u8).collect()
    }
}

/// Trains a model for each seed, on as many threads, and gives them in the order of the seeds.
pub fn with_seeds(seeds: &[u64], train: impl Fn(u64) -> Weights + Sync) -> Vec<Weights> {
    let train = &train;
    std::thread::scope(|scope| {
        let running: Vec<_> = seeds.iter().map(|seed| scope.spawn(move || train(*seed))).collect();
        running.into_iter().map(|thread| thread.join().expect("a model")).collect()
    })
}

/// A small deterministic generator (`SplitMix64`).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1 << 24) as f32
    }

    pub fn shuffled(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            order.swap(i, self.below(i + 1));
        }
        order
    }
}
