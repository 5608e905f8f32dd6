//! The arc-hybrid transition system, and its dynamic oracle for training.
//!
//! A stack and the rest of the sentence, behind which stands the root. *Shift* moves the next token to the stack, *left*
//! makes the next token (or the root) the head of the stack's top, *right* makes the second of the stack the head of
//! its top; the last two remove the top. Each token is shifted once and removed once. The root takes a dependent only
//! when it is the last on the stack, so that a sentence has one root; only that dependent has the relation `root`,
//! whatever relation an action names.

use super::Deprel;

/// Stands for "no token".
pub(super) const NONE: u32 = u32::MAX;

/// One step of the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The next token goes to the stack.
    Shift,
    /// The next token is the head of the stack's top.
    Left(Deprel),
    /// The second of the stack is the head of its top.
    Right(Deprel),
}

/// What features ask of a token's dependents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) first_left: u32,
    pub(super) last_right: u32,
    pub(super) n_left: u8,
    pub(super) n_right: u8,
    /// One bit for each relation among the dependents.
    pub(super) left_labels: u64,
    pub(super) right_labels: u64,
}

const FRESH: Node = Node { first_left: NONE, last_right: NONE, n_left: 0, n_right: 0, left_labels: 0, right_labels: 0 };

/// A sentence while it is parsed.
#[derive(Debug, Clone, Default)]
pub struct State {
    stack: Vec<u32>,
    next: u32,
    n: u32,
    arcs: Vec<(u32, Deprel)>,
    nodes: Vec<Node>,
}

/// How many gold arcs an action makes impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Costs {
    /// Of shifting; `None` if it is not allowed.
    pub shift: Option<u32>,
    /// Of a left arc.
    pub left: Option<u32>,
    /// Of a right arc.
    pub right: Option<u32>,
}

impl State {
    /// Starts a sentence of `n` tokens.
    #[allow(clippy::cast_possible_truncation, reason = "token indices are u32")]
    pub fn start(&mut self, n: usize) {
        self.stack.clear();
        self.next = 0;
        self.n = n as u32;
        self.arcs.clear();
        self.arcs.resize(n, (self.n, Deprel::default()));
        self.nodes.clear();
        self.nodes.resize(n + 1, FRESH);
    }

    /// True if nothing is left to do.
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.stack.is_empty() && self.next >= self.n
    }

    /// True if a token can be shifted.
    #[must_use]
    pub fn can_shift(&self) -> bool {
        self.next < self.n
    }

    /// True if the next token, or the root for the last one of the stack, can take the top.
    #[must_use]
    pub fn can_left(&self) -> bool {
        self.stack.len() == 1 || (self.next < self.n && !self.stack.is_empty())
    }

    /// True if the second of the stack can take the top.
    #[must_use]
    pub fn can_right(&self) -> bool {
        self.stack.len() > 1
    }

    /// The one kind of action that is allowed, if there is but one that needs no relation to be chosen.
    #[must_use]
    pub fn forced(&self) -> Option<Action> {
        if self.stack.is_empty() {
            Some(Action::Shift)
        } else if self.next >= self.n && self.stack.len() == 1 {
            Some(Action::Left(Deprel::ROOT))
        } else {
            None
        }
    }

    /// Does the action; one that is not allowed is replaced by one that is.
    pub fn apply(&mut self, action: Action) {
        let action = match action {
            Action::Shift if !self.can_shift() => {
                if self.can_right() {
                    Action::Right(Deprel::default())
                } else {
                    Action::Left(Deprel::ROOT)
                }
            }
            Action::Left(label) if !self.can_left() => {
                if self.can_right() {
                    Action::Right(label)
                } else {
                    Action::Shift
                }
            }
            Action::Right(_) if !self.can_right() => {
                if self.can_shift() {
                    Action::Shift
                } else {
                    Action::Left(Deprel::ROOT)
                }
            }
            allowed => allowed,
        };
        match action {
            Action::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Action::Left(label) => {
                let Some(top) = self.stack.pop() else { return };
                let head = self.next.min(self.n);
                let label = self.set_head(top, head, label);
                if let Some(node) = self.nodes.get_mut(head as usize) {
                    if node.first_left == NONE || top < node.first_left {
                        node.first_left = top;
                    }
                    node.n_left = node.n_left.saturating_add(1);
                    node.left_labels |= 1 << label.code();
                }
            }
            Action::Right(label) => {
                let Some(top) = self.stack.pop() else { return };
                let Some(head) = self.stack.last().copied() else { return };
                let label = self.set_head(top, head, label);
                if let Some(node) = self.nodes.get_mut(head as usize) {
                    if node.last_right == NONE || top > node.last_right {
                        node.last_right = top;
                    }
                    node.n_right = node.n_right.saturating_add(1);
                    node.right_labels |= 1 << label.code();
                }
            }
        }
    }

    /// Gives the token its head, and the relation that is kept: a model may name `root` for another arc than the root's.
    fn set_head(&mut self, token: u32, head: u32, label: Deprel) -> Deprel {
        let label = match (head == self.n, label == Deprel::ROOT) {
            (true, _) => Deprel::ROOT,
            (false, true) => Deprel::default(),
            (false, false) => label,
        };
        if let Some(arc) = self.arcs.get_mut(token as usize) {
            *arc = (head, label);
        }
        label
    }

    /// Head and relation of each token; the root's head is the number of tokens.
    #[must_use]
    pub fn arcs(&self) -> &[(u32, Deprel)] {
        &self.arcs
    }

    /// The `k`th token from the top of the stack, or [`NONE`].
    pub(super) fn stack(&self, k: usize) -> u32 {
        self.stack.len().checked_sub(k + 1).and_then(|i| self.stack.get(i)).copied().unwrap_or(NONE)
    }

    /// The `k`th of the tokens to come, the number of tokens for the root, or [`NONE`].
    pub(super) fn buffer(&self, k: u32) -> u32 {
        let at = self.next.saturating_add(k);
        if at <= self.n { at } else { NONE }
    }

    /// The dependents of a token; none for [`NONE`].
    pub(super) fn node(&self, token: u32) -> &Node {
        self.nodes.get(token as usize).unwrap_or(&FRESH)
    }

    /// The relation of a token to its head so far.
    pub(super) fn label(&self, token: u32) -> u32 {
        self.arcs.get(token as usize).map_or(99, |arc| u32::from(arc.1.code()))
    }

    /// What each action costs against gold `heads` (the number of tokens for the root) and their `children`.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "token indices are u32")]
    pub fn costs(&self, heads: &[u32], children: &[Vec<u32>]) -> Costs {
        let head = |token: u32| heads.get(token as usize).copied().unwrap_or(self.n);
        let of = |token: u32| children.get(token as usize).map_or(&[][..], Vec::as_slice);
        let in_stack = |token: u32| self.stack.binary_search(&token).is_ok();
        let (top, second, next) = (self.stack(0), self.stack(1), self.next);
        let to_come = |token: u32| of(token).iter().filter(|c| **c >= next).count() as u32;
        let shift = self.can_shift().then(|| {
            let lost = u32::from(head(next) != top && in_stack(head(next)));
            lost + of(next).iter().filter(|c| in_stack(**c)).count() as u32
        });
        let left = self.can_left().then(|| {
            let gold = head(top);
            u32::from(gold != next && (gold > next || gold == second)) + to_come(top)
        });
        let right = self.can_right().then(|| {
            let gold = head(top);
            u32::from(gold != second && gold >= next) + to_come(top)
        });
        Costs { shift, left, right }
    }

    /// The head that a left or right arc would give to the top.
    #[must_use]
    pub fn left_head(&self) -> u32 {
        self.next.min(self.n)
    }

    /// The second of the stack.
    #[must_use]
    pub fn right_head(&self) -> u32 {
        self.stack(1)
    }

    /// The top of the stack.
    #[must_use]
    pub fn top(&self) -> u32 {
        self.stack(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every tree that any sequence of actions gives has one root and no cycle.
    #[test]
    fn any_actions_give_a_tree() {
        let mut seed = 7_u64;
        for n in 0..60 {
            let mut state = State::default();
            state.start(n);
            let mut steps = 0;
            while !state.is_final() {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let label = if seed >> 58 & 1 == 0 { Deprel::ROOT } else { Deprel::default() };
                let action = match seed >> 60 & 3 {
                    0 => Action::Shift,
                    1 => Action::Left(label),
                    _ => Action::Right(label),
                };
                state.apply(action);
                steps += 1;
                assert!(steps <= 2 * n);
            }
            let roots = state.arcs().iter().filter(|a| a.0 as usize == n).count();
            assert_eq!(roots, usize::from(n > 0));
            assert!(state.arcs().iter().all(|(head, label)| (*head as usize == n) == (*label == Deprel::ROOT)));
            for i in 0..n {
                let (mut at, mut up) = (i, 0);
                while at < n {
                    at = state.arcs()[at].0 as usize;
                    up += 1;
                    assert!(up <= n, "a cycle");
                }
            }
        }
    }

    #[test]
    fn following_the_oracle_gives_the_gold_tree() {
        // "Le chat de Paul dort ." with heads chat, dort, Paul, chat, ROOT, dort.
        let heads = [1, 4, 3, 1, 6, 4];
        let mut children = vec![Vec::new(); 7];
        for (i, h) in (0..).zip(&heads) {
            children[*h as usize].push(i);
        }
        let mut state = State::default();
        state.start(6);
        while !state.is_final() {
            let costs = state.costs(&heads, &children);
            let action = match costs {
                Costs { left: Some(0), .. } => Action::Left(Deprel::default()),
                Costs { right: Some(0), .. } => Action::Right(Deprel::default()),
                Costs { shift: Some(0), .. } => Action::Shift,
                other => panic!("no free action: {other:?}"),
            };
            state.apply(action);
        }
        assert_eq!(state.arcs().iter().map(|a| a.0).collect::<Vec<_>>(), heads);
    }
}
