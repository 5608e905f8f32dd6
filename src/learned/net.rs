//! A small neural net that reads the words around a place where a sentence may end.
//!
//! Each word is the sum of four rows: of its hash, its ending, its class and its shape, so that a word never seen has a
//! meaning too. The words nearest to the place have a matrix each, by distance; the rest of the sentence before and what
//! follows up to the next full stop are averages with one matrix each; counts are rows of their own. One hidden layer of
//! rectified sums, one output: the log-odds of a sentence beginning here.
//!
//! Numbers are stored as i8 with one scale a table, in the order of [`Part::ALL`], and computed as f32 in a fixed order:
//! the same answer on every machine.

/// Numbers that stand for a word.
pub const WIDTH: usize = 16;
/// Units of the hidden layer.
pub const HIDDEN: usize = 32;
/// Words on either side that have a matrix of their own.
pub const NEAR: usize = 7;
/// Counts, each with at most [`VALUES`] values.
pub(crate) const COUNTS: usize = 12;
/// How many values a count can have.
pub const VALUES: usize = 32;
/// Words of the averages, behind and ahead, at most.
pub const FAR: usize = 40;

/// A word as the net sees it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// The hash of its form.
    pub word: u32,
    /// A hash of its ending.
    pub suffix: u16,
    /// The bits of its class.
    pub class: u8,
    /// The number of its shape.
    pub shape: u8,
}

/// What the net sees of one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inputs {
    /// The nearest words: [`NEAR`] before the place, then as many after.
    pub near: [Seen; 2 * NEAR],
    /// The words whose averages are taken: `behind` of them before the place, then `ahead` after.
    pub far: [Seen; FAR],
    /// How many of `far` stand before the place.
    pub behind: usize,
    /// How many of `far` stand after it.
    pub ahead: usize,
    /// The value of each count, below [`VALUES`].
    pub counts: [u8; COUNTS],
}

/// The tables of the net, in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Rows of words, by hash.
    Words,
    /// Rows of endings, by hash.
    Suffixes,
    /// Rows of classes.
    Classes,
    /// Rows of shapes.
    Shapes,
    /// A matrix for each of the nearest words, shape (2 * NEAR, WIDTH, HIDDEN).
    Near,
    /// The matrices of the averages behind and ahead, shape (2, WIDTH, HIDDEN).
    Far,
    /// Rows of the counts, shape (COUNTS, VALUES, HIDDEN).
    Counts,
    /// What the hidden units begin with.
    Bias,
    /// The weights of the output, then what it begins with.
    Output,
}

impl Part {
    /// All, in the order of the file.
    pub const ALL: [Self; 9] = [
        Self::Words,
        Self::Suffixes,
        Self::Classes,
        Self::Shapes,
        Self::Near,
        Self::Far,
        Self::Counts,
        Self::Bias,
        Self::Output,
    ];

    /// How many numbers it holds.
    #[must_use]
    pub const fn length(self) -> usize {
        match self {
            Self::Words => WIDTH << 14,
            Self::Suffixes => WIDTH << 11,
            Self::Classes => WIDTH * 256,
            Self::Shapes => WIDTH * VALUES,
            Self::Near => 2 * NEAR * WIDTH * HIDDEN,
            Self::Far => 2 * WIDTH * HIDDEN,
            Self::Counts => COUNTS * VALUES * HIDDEN,
            Self::Bias => HIDDEN,
            Self::Output => HIDDEN + 1,
        }
    }
}

/// The four rows of a word: numbers of rows in words, suffixes, classes and shapes.
#[must_use]
pub fn rows(seen: Seen) -> [usize; 4] {
    let row = |hash: usize, part: Part| hash % (part.length() / WIDTH);
    [
        row(seen.word as usize, Part::Words),
        row(usize::from(seen.suffix), Part::Suffixes),
        usize::from(seen.class),
        row(usize::from(seen.shape), Part::Shapes),
    ]
}

/// The net, read from a file. Rows of words and endings are read in place, the small tables are unpacked.
#[derive(Debug, Clone)]
pub struct Net<'a> {
    words: (&'a [u8], f32),
    suffixes: (&'a [u8], f32),
    classes: Vec<f32>,
    shapes: Vec<f32>,
    near: Vec<f32>,
    far: Vec<f32>,
    counts: Vec<f32>,
    bias: Vec<f32>,
    output: Vec<f32>,
}

type Row = [f32; WIDTH];
type Units = [f32; HIDDEN];

impl<'a> Net<'a> {
    /// The length of a net in a file, in bytes: the numbers of its parts, and a scale each.
    pub const BYTES: usize = {
        let mut bytes = 0;
        let mut at = 0;
        while at < Part::ALL.len() {
            bytes += 4 + Part::ALL[at].length();
            at += 1;
        }
        bytes
    };

    /// The bytes of a net whose parts are these, in the order of [`Part::ALL`].
    #[must_use]
    pub fn write(parts: &[Vec<f32>]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for part in parts {
            let largest = part.iter().fold(1e-6_f32, |most, number| most.max(number.abs()));
            let scale = largest / 127.0;
            bytes.extend(scale.to_le_bytes());
            #[expect(clippy::cast_possible_truncation, reason = "at most 127")]
            bytes.extend(part.iter().flat_map(|number| ((number / scale).round() as i8).to_le_bytes()));
        }
        bytes
    }

    /// Reads what [`Net::write`] wrote; None if the length does not fit.
    #[must_use]
    pub fn read(mut bytes: &'a [u8]) -> Option<Self> {
        let mut parts: [(&[u8], f32); Part::ALL.len()] = [(&[], 0.0); Part::ALL.len()];
        for (part, place) in Part::ALL.iter().zip(&mut parts) {
            let (scale, rest) = bytes.split_first_chunk()?;
            let (table, rest) = rest.split_at_checked(part.length())?;
            *place = (table, f32::from_le_bytes(*scale));
            bytes = rest;
        }
        let [words, suffixes, classes, shapes, near, far, counts, bias, output] = parts;
        let unpack = |(table, scale): (&[u8], f32)| {
            table.iter().map(|byte| f32::from(i8::from_le_bytes([*byte])) * scale).collect::<Vec<f32>>()
        };
        bytes.is_empty().then(|| Self {
            words,
            suffixes,
            classes: unpack(classes),
            shapes: unpack(shapes),
            near: unpack(near),
            far: unpack(far),
            counts: unpack(counts),
            bias: unpack(bias),
            output: unpack(output),
        })
    }

    /// The log-odds of a sentence beginning at the place.
    #[must_use]
    pub fn score(&self, inputs: &Inputs) -> f32 {
        let mut hidden: Units = [0.0; HIDDEN];
        add(&mut hidden, &self.bias);
        for (seen, matrix) in inputs.near.iter().zip(self.near.chunks_exact(WIDTH * HIDDEN)) {
            let mut word = [0.0; WIDTH];
            self.embed(*seen, &mut word);
            multiply(&mut hidden, &word, matrix);
        }
        let (behind, rest) = inputs.far.split_at_checked(inputs.behind).unwrap_or((&[], &[]));
        let ahead = rest.get(..inputs.ahead).unwrap_or(&[]);
        for (words, matrix) in [behind, ahead].into_iter().zip(self.far.chunks_exact(WIDTH * HIDDEN)) {
            let mut sum = [0.0; WIDTH];
            for seen in words {
                self.embed(*seen, &mut sum);
            }
            let share = share(words.len());
            for number in &mut sum {
                *number *= share;
            }
            multiply(&mut hidden, &sum, matrix);
        }
        for (value, table) in inputs.counts.iter().zip(self.counts.chunks_exact(VALUES * HIDDEN)) {
            let at = usize::from(*value) % VALUES * HIDDEN;
            add(&mut hidden, table.get(at..at + HIDDEN).unwrap_or(&[]));
        }
        let bias = self.output.last().copied().unwrap_or(0.0);
        hidden.iter().zip(&self.output).fold(bias, |sum, (unit, weight)| sum + unit.max(0.0) * weight)
    }

    /// Adds the four rows of a word to `sum`. Rows have a length that the compiler knows, so that it adds four numbers at
    /// once.
    #[inline]
    fn embed(&self, seen: Seen, sum: &mut Row) {
        let [word, suffix, class, shape] = rows(seen);
        for ((table, scale), row) in [(self.words, word), (self.suffixes, suffix)] {
            let Some(row) = table.get(row * WIDTH..).and_then(|rows| rows.first_chunk::<WIDTH>()) else { continue };
            add_scaled(sum, row, scale);
        }
        for (table, row) in [(&self.classes, class), (&self.shapes, shape)] {
            let Some(row) = table.get(row * WIDTH..).and_then(|rows| rows.first_chunk::<WIDTH>()) else { continue };
            for (sum, number) in sum.iter_mut().zip(row) {
                *sum += number;
            }
        }
    }
}

/// What each of `count` words counts for in an average.
#[expect(clippy::cast_precision_loss, reason = "at most FAR")]
fn share(count: usize) -> f32 {
    1.0 / count.max(1) as f32
}

/// Adds a packed row to a word. A function of its own: where it is part of another, numbers are unpacked one by one.
#[inline(never)]
fn add_scaled(sum: &mut Row, row: &[u8; WIDTH], scale: f32) {
    let mut numbers = [0; WIDTH];
    for (number, byte) in numbers.iter_mut().zip(row) {
        *number = i16::from(i8::from_le_bytes([*byte]));
    }
    for (sum, number) in sum.iter_mut().zip(&numbers) {
        *sum += f32::from(*number) * scale;
    }
}

/// Adds a row to the hidden units.
#[inline]
fn add(hidden: &mut Units, row: &[f32]) {
    for (unit, number) in hidden.iter_mut().zip(row) {
        *unit += number;
    }
}

/// Adds a word times a matrix to the hidden units, which stay in registers meanwhile.
#[inline(never)]
fn multiply(hidden: &mut Units, word: &Row, matrix: &[f32]) {
    let mut units = *hidden;
    for (number, row) in word.iter().zip(matrix.chunks_exact(HIDDEN)) {
        let Some(row) = row.first_chunk::<HIDDEN>() else { break };
        for (unit, weight) in units.iter_mut().zip(row) {
            *unit += weight * number;
        }
    }
    *hidden = units;
}
