//! Dependency heads and relations of the surface tokens of a sentence.
//!
//! Takes the tags of a sentence, gives a projective tree with one root: for each token the index of its head in the
//! document (the root's head is itself) and a relation of Universal Dependencies with its subtype. A contraction is
//! one token with the head and relation of its preposition; [`expand`] gives the tree over syntactic words.
//!
//! The parser is greedy and arc-hybrid (Kuhlmann, Gómez-Rodríguez and Satta 2011): two actions a token, so its time is
//! linear in the sentence whatever it holds. The `fast` model scores actions by a linear model over hashed features
//! (Zhang and Nivre 2011) trained with a dynamic oracle (Goldberg and Nivre 2013). Figures: `docs/accuracy.md`.
//!
//! ```
//! use propos::{TokenRange, parse, tag, tokenize};
//! let text = "« Nous partirons demain », a déclaré le ministre.";
//! let tokens = tokenize(text);
//! let range = TokenRange::new(0, tokens.len() as u32);
//! let mut tagged = Vec::new();
//! tag::tag(text, &tokens, range, &mut tag::Workspace::default(), &mut tagged);
//! let (mut heads, mut deprels) = (Vec::new(), Vec::new());
//! parse::parse(&tagged, 0, &mut parse::Workspace::default(), &mut heads, &mut deprels);
//! let minister = 9;
//! assert_eq!(tokens[minister].text(text), "ministre");
//! assert_eq!((heads[minister], deprels[minister].as_str()), (7, "nsubj"));
//! ```

mod deprel;
mod expand;
mod features;
mod model;
#[doc(hidden)]
pub mod neural;
mod state;
mod trees;

pub use deprel::Deprel;
pub use expand::{Word, expand};
pub use features::{FEATURES, features};
pub use model::{ACTIONS, Model};
pub use state::{Action, Costs, State};
pub use trees::Trees;

use crate::tag::Tagged;

/// Which model makes the trees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Parser {
    /// The linear model: [`parse`].
    #[default]
    Fast,
    /// The network: [`parse_accurate`].
    Accurate,
}

impl Parser {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Fast, Self::Accurate];

    /// The name in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::Accurate => "accurate",
        }
    }

    /// The parser of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|parser| parser.name() == name)
    }
}

/// Buffers that are used again from sentence to sentence.
#[derive(Debug, Default)]
pub struct Workspace {
    state: State,
    buffers: neural::Buffers,
}

/// Parses a sentence given by its tags and appends one head and one relation a token.
///
/// `first` is the index in the document of the sentence's first token: heads are given as such indices.
pub fn parse(
    tagged: &[Tagged],
    first: u32,
    workspace: &mut Workspace,
    heads: &mut Vec<u32>,
    deprels: &mut Vec<Deprel>,
) {
    parse_with(model::shipped(), tagged, first, workspace, heads, deprels);
}

/// As [`parse`], with another model.
pub fn parse_with(
    model: &Model,
    tagged: &[Tagged],
    first: u32,
    workspace: &mut Workspace,
    heads: &mut Vec<u32>,
    deprels: &mut Vec<Deprel>,
) {
    let state = &mut workspace.state;
    state.start(tagged.len());
    let mut buffer = [0; FEATURES];
    while !state.is_final() {
        let action = if let Some(only) = state.forced() {
            only
        } else {
            features(state, tagged, &mut buffer);
            model.best(&buffer, state)
        };
        state.apply(action);
    }
    write_arcs(state, tagged.len(), first, heads, deprels);
}

/// Tokens of a sentence above which the fast parser takes the place of the accurate one, whose networks hold twelve
/// kilobytes a token: no sentence of prose is that long.
const ACCURATE_MOST: usize = 2000;

/// As [`parse`], by the accurate model: better by 1.2 to 1.6 points of LAS, seven times slower. A sentence of more than
/// 2,000 tokens is left to the fast one.
pub fn parse_accurate(
    tagged: &[Tagged],
    first: u32,
    workspace: &mut Workspace,
    heads: &mut Vec<u32>,
    deprels: &mut Vec<Deprel>,
) {
    if tagged.len() > ACCURATE_MOST {
        parse(tagged, first, workspace, heads, deprels);
    } else {
        parse_neural(neural::shipped(), Some(model::shipped()), tagged, first, workspace, heads, deprels);
    }
}

/// As [`parse_accurate`], with other networks, and with or without the scores of a fast parser.
pub fn parse_neural(
    model: &neural::Neural,
    linear: Option<&Model>,
    tagged: &[Tagged],
    first: u32,
    workspace: &mut Workspace,
    heads: &mut Vec<u32>,
    deprels: &mut Vec<Deprel>,
) {
    model.run(linear, tagged, workspace);
    write_arcs(&workspace.state, tagged.len(), first, heads, deprels);
}

fn write_arcs(state: &State, n: usize, first: u32, heads: &mut Vec<u32>, deprels: &mut Vec<Deprel>) {
    for (i, (head, deprel)) in (0..).zip(state.arcs()) {
        let root = *head as usize >= n;
        heads.push(first + if root { i } else { *head });
        deprels.push(*deprel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tag;

    fn trees(n: usize) -> [Vec<u32>; 2] {
        // Words in no order that either parser has seen.
        let words = ["elle", "vu", "le", "toit", "de", "que", "croit", "et", "Paul", ",", "grand", "dans", "a"];
        let forms = (0..n).map(|i| words[i * i / 7 % words.len()]);
        let mut tagged = Vec::new();
        tag::tag_forms(tag::shipped(), forms, &mut tag::Workspace::default(), &mut tagged);
        [parse, parse_accurate].map(|run| {
            let (mut heads, mut deprels) = (Vec::new(), Vec::new());
            run(&tagged, 0, &mut Workspace::default(), &mut heads, &mut deprels);
            heads
        })
    }

    #[test]
    fn a_sentence_longer_than_any_is_left_to_the_fast_parser() {
        let [fast, accurate] = trees(ACCURATE_MOST + 1);
        assert!(fast == accurate);
        let [fast, accurate] = trees(ACCURATE_MOST);
        assert!(fast != accurate);
    }
}
