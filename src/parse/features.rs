//! The features of the fast parser, shared by training and parsing.
//!
//! Lemmas, tags, lexicon classes, agreement, distances, numbers and labels of dependents around the stack's top and the
//! next token, after Zhang and Nivre (2011); what stands right before the next token shows incises and quotations.

use super::state::{NONE, Node, State};
use crate::model::feature;
use crate::tag::Tagged;

/// Number of features of a state.
pub const FEATURES: usize = 62;

/// A token as features see it.
#[derive(Clone, Copy)]
struct Seen {
    /// Hash of the lemma.
    w: u32,
    /// Tag.
    t: u32,
    /// Lexicon class.
    c: u32,
    /// Gender, number, person.
    a: u32,
}

fn seen(tagged: &[Tagged], token: u32) -> Seen {
    match tagged.get(token as usize) {
        Some(t) => {
            Seen { w: t.lemma, t: u32::from(t.tag.code()), c: u32::from(t.class), a: u32::from(t.feats.agreement()) }
        }
        // The root, and no token at all.
        None => Seen { w: if token == NONE { 2 } else { 3 }, t: if token == NONE { 62 } else { 61 }, c: 0, a: 65 },
    }
}

/// Distance in a few steps.
pub(super) fn distance(from: u32, to: u32) -> u32 {
    if from == NONE || to == NONE {
        return 15;
    }
    match to.saturating_sub(from) {
        near @ 0..=5 => near,
        6..=8 => 6,
        9..=14 => 7,
        _ => 8,
    }
}

/// Folds a set of labels into a hashed word.
#[allow(clippy::cast_possible_truncation, reason = "a hash")]
fn labels(set: u64) -> u32 {
    (set ^ (set >> 31)) as u32
}

/// Fills `out` with the features of `state`.
pub fn features(state: &State, tagged: &[Tagged], out: &mut [u32; FEATURES]) {
    let (i0, i1, i2) = (state.stack(0), state.stack(1), state.stack(2));
    let (j0, j1, j2) = (state.buffer(0), state.buffer(1), state.buffer(2));
    let (s0, s1, s2) = (seen(tagged, i0), seen(tagged, i1), seen(tagged, i2));
    let (b0, b1, b2) = (seen(tagged, j0), seen(tagged, j1), seen(tagged, j2));
    let (n0, n1, m0): (&Node, &Node, &Node) = (state.node(i0), state.node(i1), state.node(j0));
    let (l0, r0) = (seen(tagged, n0.first_left), seen(tagged, n0.last_right));
    let (r1, lb) = (seen(tagged, n1.last_right), seen(tagged, m0.first_left));
    let before = seen(tagged, j0.wrapping_sub(1));
    let after = seen(tagged, i0.wrapping_add(1));
    let (d, e) = (distance(i0, j0), distance(i1, i0));
    let valence = |n: u8, d: u32| u32::from(n.min(7)) | d << 8;
    let pair = |x: u32, y: u32| x | y << 8;
    let triple = |x: u32, y: u32, z: u32| x | y << 8 | z << 16;
    let ts = pair(s0.t, b0.t);
    let tss = pair(s1.t, s0.t);
    *out = [
        feature(1, s0.w, s0.t, 0),
        feature(2, s0.t, b1.t, b2.t),
        feature(3, s1.w, s1.t, 0),
        feature(4, b0.w, b0.t, 0),
        feature(5, b1.w, b1.t, 0),
        feature(6, b2.w, b2.t, 0),
        feature(7, s2.w, s2.t, 0),
        feature(8, s0.w, b0.w, ts),
        feature(9, s0.w, b0.t, s0.t),
        feature(10, s0.t, b0.w, b0.t),
        feature(11, ts, 0, 0),
        feature(12, s1.w, s0.w, tss),
        feature(13, s1.w, s0.t, s1.t),
        feature(14, s1.t, s0.w, s0.t),
        feature(15, tss, 0, 0),
        feature(16, s1.t, b0.t, 0),
        feature(17, s1.w, b0.w, 0),
        feature(18, b0.t, b1.t, s0.t),
        feature(19, triple(b0.t, b1.t, b2.t), s0.t, 0),
        feature(20, triple(s1.t, s0.t, b0.t), 0, 0),
        feature(21, triple(s1.t, s0.t, b0.t), b1.t, 0),
        feature(22, triple(s2.t, s1.t, s0.t), b0.t, 0),
        feature(23, triple(s0.t, l0.t, b0.t), 0, 0),
        feature(24, triple(s0.t, r0.t, b0.t), state.label(n0.last_right), 0),
        feature(25, triple(s0.t, b0.t, lb.t), 0, 0),
        feature(26, triple(s1.t, r1.t, s0.t), state.label(n1.last_right), 0),
        feature(27, triple(s1.t, s0.t, r0.t), 0, 0),
        feature(28, triple(s1.t, s0.t, l0.t), l0.w, 0),
        feature(29, s0.w, d, 0),
        feature(30, s0.t, b0.t, d),
        feature(31, b0.w, d, 0),
        feature(32, s1.t, s0.t, e),
        feature(33, s0.w, valence(n0.n_right, 0), s0.t),
        feature(34, s0.t, valence(n0.n_left, u32::from(n0.n_right.min(7))), b0.t),
        feature(35, b0.w, valence(m0.n_left, 0), b0.t),
        feature(36, b0.t, valence(m0.n_left, 0), s0.t),
        feature(37, s1.t, valence(n1.n_right, 0), s0.t),
        feature(38, ts, labels(n0.left_labels), 0),
        feature(39, ts, labels(n0.right_labels), 0),
        feature(40, ts, labels(m0.left_labels), 0),
        feature(41, tss, labels(n1.right_labels), 0),
        feature(42, tss, labels(n1.left_labels), labels(n0.left_labels)),
        feature(43, s0.w, labels(n0.right_labels), b0.t),
        feature(44, s0.t, r0.w, 0),
        feature(45, b0.t, lb.w, s0.t),
        feature(46, s1.t, r1.w, 0),
        feature(47, s0.c, b0.t, 0),
        feature(48, s0.t, b0.c, 0),
        feature(49, s0.c, b0.c, 0),
        feature(50, s1.c, s0.c, 0),
        feature(51, pair(s0.a, b0.a), ts, 0),
        feature(52, pair(s1.a, s0.a), tss, 0),
        feature(53, before.w, ts, 0),
        feature(54, before.w, before.t, b0.w),
        feature(55, after.w, ts, pair(s1.t, d)),
        feature(56, s0.w, b1.w, b0.t),
        feature(57, b0.w, b1.w, s0.t),
        feature(58, s0.w, b0.t, b1.t),
        feature(59, s1.w, b0.t, s0.t),
        feature(60, l0.w, s0.t, b0.t),
        feature(61, l0.w, s0.w, s1.t),
        feature(62, s0.w, r0.w, b0.t),
    ];
}
