//! Trains and measures the fast parser.

use std::collections::BTreeMap;

use propos::Upos;
use propos::model::File;
use propos::parse::{ACTIONS, Action, Deprel, FEATURES, Model, State, Workspace, features, parse_with};
use propos::tag::Tagged;

use super::linear::{Random, Weights, with_seeds};
use super::tagger::LICENCE;
use super::treebank::Sentence;

const BITS: u32 = 22;
const ROUNDS: usize = 5;
/// Models whose mean is shipped.
const MODELS: u64 = 3;
/// How far a step goes along the gradient of the log-likelihood: + 0.2 LAS over the perceptron's steps.
const RATE: f32 = 0.1;
/// A label whose gradient is smaller is left as it is.
const NEGLIGIBLE: f32 = 0.003;

/// Tree of a sentence, gold or of the teachers, with its predicted tags.
pub struct Tree {
    pub tagged: Vec<Tagged>,
    pub heads: Vec<u32>,
    pub children: Vec<Vec<u32>>,
    pub deprels: Vec<Deprel>,
}

impl Tree {
    pub fn new(sentence: &Sentence, tagged: Vec<Tagged>) -> Self {
        let n = sentence.tokens.len();
        let heads: Vec<u32> = sentence.tokens.iter().map(|t| t.head.unwrap_or(n) as u32).collect();
        let deprels = sentence
            .tokens
            .iter()
            .map(|t| if t.head.is_none() { Deprel::ROOT } else { Deprel::parse(&t.deprel).unwrap_or_default() })
            .collect();
        Self::of(tagged, heads, deprels)
    }

    /// The tree with these heads; the root's is the number of tokens.
    pub fn of(tagged: Vec<Tagged>, heads: Vec<u32>, deprels: Vec<Deprel>) -> Self {
        let mut children = vec![Vec::new(); heads.len() + 1];
        for (i, head) in heads.iter().enumerate() {
            children[*head as usize].push(i as u32);
        }
        Self { tagged, heads, children, deprels }
    }
}

/// Relations that left and right arcs have, but for the rarest: those of fewer than four in 122,000 tokens.
pub fn labels(trees: &[Tree]) -> [Vec<u8>; 2] {
    let least = (trees.iter().map(|tree| tree.heads.len()).sum::<usize>() / 30_000).max(4);
    let mut counts = [BTreeMap::new(), BTreeMap::new()];
    for tree in trees {
        for (i, (head, deprel)) in tree.heads.iter().zip(&tree.deprels).enumerate() {
            *counts[usize::from((*head as usize) < i)].entry(deprel.code()).or_insert(0) += 1;
        }
    }
    counts.map(|c| c.into_iter().filter(|(_, n)| *n >= least).map(|(code, _)| code).collect())
}

/// The bytes of a fast parser's model.
pub fn train(trees: &[Tree], verbose: bool) -> Vec<u8> {
    let [left, right] = labels(trees);
    let n_actions = 1 + left.len() + right.len();
    assert!(n_actions <= ACTIONS, "{n_actions} actions");
    let seeds: Vec<u64> = (0..MODELS).map(|i| 3 + 1000 * i).collect();
    let models = with_seeds(&seeds, |seed| one(trees, [&left, &right], verbose && seed == 3, seed));
    File::write(*b"fast", LICENCE, &[Weights::companded(models), left, right])
}

/// One model.
fn one(trees: &[Tree], [left, right]: [&[u8]; 2], verbose: bool, seed: u64) -> Weights {
    let n_actions = 1 + left.len() + right.len();
    let make = |action: usize| match action {
        0 => Action::Shift,
        a if a <= left.len() => Action::Left(Deprel::from_code(left[a - 1])),
        a => Action::Right(Deprel::from_code(right[a - 1 - left.len()])),
    };
    let mut weights = Weights::new(BITS, ACTIONS);
    let mut random = Random(seed);
    let mut state = State::default();
    let mut buffer = [0; FEATURES];
    for round in 0..ROUNDS {
        let (mut right_ones, mut all) = (0, 0);
        for s in random.shuffled(trees.len()) {
            let tree = &trees[s];
            state.start(tree.heads.len());
            while !state.is_final() {
                let forced = state.forced();
                if let Some(action) = forced {
                    state.apply(action);
                    continue;
                }
                features(&state, &tree.tagged, &mut buffer);
                let mut scores = [0.0; ACTIONS];
                weights.score(&buffer, &mut scores);
                let costs = state.costs(&tree.heads, &tree.children);
                let least = [costs.shift, costs.left, costs.right].into_iter().flatten().min().unwrap_or(0);
                let top = state.top() as usize;
                let gold = |action: usize| match make(action) {
                    Action::Shift => costs.shift == Some(least),
                    Action::Left(label) => {
                        costs.left == Some(least)
                            && (tree.heads[top] != state.left_head() || tree.deprels[top] == label)
                    }
                    Action::Right(label) => {
                        costs.right == Some(least)
                            && (tree.heads[top] != state.right_head() || tree.deprels[top] == label)
                    }
                };
                let allowed = |action: usize| match make(action) {
                    Action::Shift => costs.shift.is_some(),
                    Action::Left(_) => costs.left.is_some(),
                    Action::Right(_) => costs.right.is_some(),
                };
                let best_of = |right: bool| {
                    (0..n_actions)
                        .filter(|a| allowed(*a) && (!right || gold(*a)))
                        .max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a)))
                };
                // A relation too rare to be an action leaves no right one.
                let Some(best) = best_of(false) else { break };
                let good = best_of(true).unwrap_or(best);
                // The right actions share one, each by what it is worth already.
                let (mut all_of, mut right_of) = (0.0, 0.0);
                for action in (0..n_actions).filter(|a| allowed(*a)) {
                    let share = (scores[action] - scores[best]).exp();
                    all_of += share;
                    right_of += if gold(action) { share } else { 0.0 };
                }
                for action in (0..n_actions).filter(|a| allowed(*a)) {
                    let share = (scores[action] - scores[best]).exp();
                    let wanted = if gold(action) { share / right_of.max(1e-20) } else { 0.0 };
                    let gradient = wanted - share / all_of;
                    if gradient.abs() > NEGLIGIBLE {
                        weights.change(&buffer, action, RATE * gradient);
                    }
                }
                weights.tick();
                right_ones += i32::from(best == good);
                all += 1;
                // From the second round on, the parser mostly follows its own mistakes.
                let follow = round > 0 && random.unit() < 0.9;
                state.apply(make(if follow { best } else { good }));
            }
        }
        if verbose {
            println!("actions, round {round}: {:.2}", 100.0 * f64::from(right_ones) / f64::from(all));
        }
    }
    weights
}

/// Counts of heads and relations over tokens that are neither punctuation nor contractions.
#[derive(Default, Clone, Copy)]
pub struct Score {
    pub all: usize,
    pub heads: usize,
    pub relations: usize,
}

impl Score {
    pub fn add(&mut self, sentence: &Sentence, tree: &Tree, heads: &[u32], deprels: &[Deprel]) {
        for (i, gold) in sentence.tokens.iter().enumerate() {
            if gold.tag.is_contraction() || gold.tag.upos() == Upos::Punct {
                continue;
            }
            let own = if heads[i] as usize == i { tree.heads.len() as u32 } else { heads[i] };
            let right = own == tree.heads[i];
            self.all += 1;
            self.heads += usize::from(right);
            self.relations +=
                usize::from(right && deprels[i].universal() == gold.deprel.split(':').next().unwrap_or(""));
        }
    }

    pub fn print(&self, name: &str) {
        let percent = |n: usize| 100.0 * n as f64 / self.all as f64;
        println!("{name}: UAS {:.2} LAS {:.2} ({} tokens)", percent(self.heads), percent(self.relations), self.all);
    }
}

/// Prints UAS and LAS.
pub fn measure(name: &str, bytes: Vec<u8>, sentences: &[Sentence], trees: &[Tree]) {
    let model = Model::open(bytes.leak()).expect("just written");
    let mut workspace = Workspace::default();
    let mut score = Score::default();
    let (mut heads, mut deprels) = (Vec::new(), Vec::new());
    let start = std::time::Instant::now();
    for (sentence, tree) in sentences.iter().zip(trees) {
        heads.clear();
        deprels.clear();
        parse_with(&model, &tree.tagged, 0, &mut workspace, &mut heads, &mut deprels);
        score.add(sentence, tree, &heads, &deprels);
    }
    let seconds = start.elapsed().as_secs_f64();
    let tokens: usize = sentences.iter().map(|s| s.tokens.len()).sum();
    score.print(name);
    println!("{:.0} tokens/s", tokens as f64 / seconds);
}
