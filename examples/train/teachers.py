# /// script
# requires-python = ">=3.10"
# dependencies = ["torch==2.15.0", "numpy==2.4.6"]
# ///
"""Teachers of the shipped parsers and tagger: recurrent networks that read a whole sentence, too slow to ship.

`make models` runs this between two steps of `examples/train.rs`. It reads `gold.txt` and `raw.txt` of a folder, trains
four networks on the gold trees, lets them vote on the raw sentences, and writes `silver.txt`: a tree and tags for each
raw sentence, from which the small models that ship learn. A library does this better than our own code: hence Python.

A teacher is the parser of Dozat and Manning (2017): two bidirectional LSTMs, an attention for heads and one for
relations, with a second task, the tag, told from the first LSTM (Søgaard and Goldberg 2016). It sees forms, hashed
beginnings and ends of words, what the lexicon says, and the tags of a tagger that had not seen the sentence.

    python examples/train/teachers.py target/teachers            # about half an hour of two free cores

Everything is seeded and each network has one thread, so that the same files give the same result on the same
processor. With sentences of kind `dev` in `gold.txt` (`train -- teach ../shared/data target/fold 0`) it prints how
right it is.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

SEEDS = (1, 2, 3, 4)
EPOCHS = 14
RATE = 2e-3
#: Tokens of one step.
BATCH = 700
#: How much of the running average of the weights a step keeps; it is made every fifth step.
AVERAGE, EVERY = 0.998, 5
#: Length of the state of an LSTM in one direction, and of what attention compares.
STATE, HEAD_SIZE, RELATION_SIZE = 160, 200, 100
#: Rows for beginnings and ends of words.
PARTS = 20_011
#: Codes of tags and relations are below these.
TAGS, RELATIONS = 64, 64
UNKNOWN, NO_TAG = 1, 63
#: What the columns of a token are, in `inputs`: form, class, shape, tag, rival, agreement, then seven parts.
N_INPUTS, N_PARTS = 13, 7


class Sentence(NamedTuple):
    """A sentence: shapes `(n, 13)` and `(n, 3)` (tag, head with 0 for the root, relation)."""

    kind: str
    inputs: torch.Tensor
    gold: torch.Tensor


class Row(NamedTuple):
    """A token as `train -- teach` writes it."""

    form: str
    lexicon_class: int
    tag: int
    rival: int
    agreement: int
    gold_tag: int
    head: int
    relation: int


def read(path: Path) -> list[tuple[str, list[Row]]]:
    """The sentences of a file: `# kind`, then a line a token; a blank line ends them."""
    out: list[tuple[str, list[Row]]] = []
    kind, rows = "", []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# ") and "\t" not in line:
            kind, rows = line[2:], []
        elif line:
            form, *numbers = line.split("\t")
            rows.append(Row(form, *map(int, numbers)))
        elif rows:
            out.append((kind, rows))
            rows = []
    return out


def hashed(text: str) -> int:
    """FNV-1a of code points, as a row of the parts."""
    value = 2_166_136_261
    for c in text:
        value = ((value ^ ord(c)) * 16_777_619) & 0xFFFF_FFFF
    return value % PARTS


def plain(form: str) -> str:
    """The form in lower case, digits as 0."""
    return "".join("0" if c.isdigit() else c for c in form.lower())


def parts(form: str) -> list[int]:
    """Rows of the ends and beginnings of a form, and of the whole."""
    low = plain(form)
    ends = [f"{k}{low[-k:]}" for k in (2, 3, 4, 5)]
    return [hashed(part) for part in (*ends, f"p3{low[:3]}", f"p5{low[:5]}", f"w{low}")]


def shape(form: str) -> int:
    """Six bits of what a form looks like."""
    looks = (
        form[:1].isupper(),
        form.isupper() and len(form) > 1,
        any(c.isdigit() for c in form),
        "-" in form,
        "'" in form or "’" in form,
        "." in form,
    )
    return sum(1 << i for i, look in enumerate(looks) if look)


class Vocabulary:
    """Numbers of forms and of lexicon classes; a rare one has none of its own."""

    def __init__(self, sentences: list[tuple[str, list[Row]]]) -> None:
        forms = Counter(plain(row.form) for _, rows in sentences for row in rows)
        classes = Counter(row.lexicon_class for _, rows in sentences for row in rows)
        self.forms = {form: i for i, form in enumerate((f for f, n in forms.items() if n >= 2), start=UNKNOWN + 1)}
        self.classes = {c: i for i, c in enumerate((c for c, n in classes.items() if n >= 3), start=1)}

    def sentence(self, kind: str, rows: list[Row]) -> Sentence:
        """The tensors of a sentence."""
        inputs = [
            [
                self.forms.get(plain(row.form), UNKNOWN),
                self.classes.get(row.lexicon_class, 0),
                shape(row.form),
                row.tag,
                row.rival,
                row.agreement,
                *parts(row.form),
            ]
            for row in rows
        ]
        gold = [[row.gold_tag, 0 if row.head == len(rows) else row.head + 1, row.relation] for row in rows]
        return Sentence(kind, torch.tensor(inputs), torch.tensor(gold))


class Teacher(nn.Module):
    """One network. Batches are padded; the longest sentence comes first."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.form = nn.Embedding(len(vocabulary.forms) + 2, 100)
        self.part = nn.Embedding(PARTS, 100)
        self.lexicon = nn.Embedding(len(vocabulary.classes) + 1, 60)
        self.shape = nn.Embedding(64, 20)
        self.tag = nn.Embedding(TAGS, 40)
        self.rival = nn.Embedding(TAGS, 20)
        self.agreement = nn.Embedding(256, 20)
        tables = (self.form, self.part, self.lexicon, self.shape, self.tag, self.rival, self.agreement)
        for table in tables:
            nn.init.normal_(table.weight, 0, 0.1)
        width = sum(table.embedding_dim for table in tables)
        self.root = nn.Parameter(torch.randn(width) * 0.1)
        self.layers = nn.ModuleList(
            nn.LSTM(size, STATE, batch_first=True, bidirectional=True) for size in (width, 2 * STATE)
        )
        self.tags = nn.Sequential(nn.Linear(2 * STATE, 100), nn.ReLU(), nn.Dropout(0.3), nn.Linear(100, TAGS))
        self.as_head = nn.Linear(2 * STATE, HEAD_SIZE)
        self.as_dependent = nn.Linear(2 * STATE, HEAD_SIZE)
        self.arc = nn.Parameter(nn.init.orthogonal_(torch.empty(HEAD_SIZE, HEAD_SIZE)))
        self.arc_bias = nn.Parameter(torch.zeros(HEAD_SIZE))
        self.relation_head = nn.Linear(2 * STATE, RELATION_SIZE)
        self.relation_dependent = nn.Linear(2 * STATE, RELATION_SIZE)
        self.relation = nn.Parameter(torch.randn(RELATIONS, RELATION_SIZE + 1, RELATION_SIZE + 1) * 0.02)

    def _drop(self, x: torch.Tensor, share: float) -> torch.Tensor:
        """Drops the same places of a vector at all tokens of a sentence."""
        if not self.training:
            return x
        return x * x.new_empty(x.shape[0], 1, x.shape[2]).bernoulli_(1 - share) / (1 - share)

    def embed(self, x: torch.Tensor) -> torch.Tensor:
        """The vectors of the tokens, the root's first. Forms, parts and tags are hidden now and then in training."""
        form, tag, rival, vectors = x[..., 0], x[..., 3], x[..., 4], self.part(x[..., 6:])
        if self.training:
            form = form.masked_fill(torch.rand(form.shape) < 0.15, UNKNOWN)
            hidden = torch.rand(form.shape) < 0.15
            tag, rival = tag.masked_fill(hidden, NO_TAG), rival.masked_fill(hidden, NO_TAG)
            vectors = vectors * (torch.rand(*form.shape, N_PARTS, 1) > 0.15)
        known = (self.lexicon(x[..., 1]), self.shape(x[..., 2]))
        tagged = (self.tag(tag), self.rival(rival), self.agreement(x[..., 5]))
        tokens = torch.cat([self.form(form), vectors.sum(2), *known, *tagged], -1)
        return self._drop(torch.cat([self.root.expand(len(x), 1, -1), tokens], 1), 0.3)

    def forward(self, x: torch.Tensor, lengths: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Scores of tags `(b, n, TAGS)` and heads `(b, n, n + 1)`; what [`relations`] needs of heads and dependents."""
        n = x.shape[1]
        states = self.embed(x)
        tags = states
        for i, layer in enumerate(self.layers):
            packed = nn.utils.rnn.pack_padded_sequence(states, lengths + 1, batch_first=True)
            states, _ = nn.utils.rnn.pad_packed_sequence(layer(packed)[0], batch_first=True)
            states = self._drop(states, 0.33)
            if i == 0:
                tags = self.tags(states[:, 1:])
        heads = self._drop(F.leaky_relu(self.as_head(states), 0.1), 0.33)
        dependents = self._drop(F.leaky_relu(self.as_dependent(states[:, 1:]), 0.1), 0.33)
        arcs = torch.einsum("bda,ac,bhc->bdh", dependents, self.arc, heads) + (heads @ self.arc_bias)[:, None, :]
        beyond = torch.arange(n + 1)[None, :] > lengths[:, None]
        itself = torch.eye(n + 1, dtype=torch.bool)[1:]
        arcs = arcs.masked_fill(beyond[:, None, :] | itself, -1e9)
        relation_head = self._drop(F.leaky_relu(self.relation_head(states), 0.1), 0.33)
        relation_dependent = self._drop(F.leaky_relu(self.relation_dependent(states[:, 1:]), 0.1), 0.33)
        return tags, arcs, relation_head, relation_dependent

    def relations(self, heads: torch.Tensor, dependents: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
        """Scores of the relations to the chosen heads, shape `(b, n, RELATIONS)`."""
        own = heads.gather(1, chosen[..., None].expand(-1, -1, heads.shape[2]))
        own = torch.cat([own, torch.ones_like(own[..., :1])], -1)
        dependents = torch.cat([dependents, torch.ones_like(dependents[..., :1])], -1)
        return (torch.einsum("bni,kij->bnkj", dependents, self.relation) * own[:, :, None, :]).sum(-1)


Batch = tuple[list[int], torch.Tensor, torch.Tensor, torch.Tensor]


def batches(sentences: list[Sentence], size: int, order: random.Random | None = None) -> Iterator[Batch]:
    """Numbers, inputs, gold (-1 where padded) and lengths of sentences of like lengths, `size` tokens or more."""
    jitter = order.random if order else lambda: 0.0
    by_length = sorted(range(len(sentences)), key=lambda i: len(sentences[i].gold) + 3 * jitter())
    groups, group, n = [], [], 0
    for i in by_length:
        group.append(i)
        n += len(sentences[i].gold)
        if n >= size:
            groups.append(group)
            group, n = [], 0
    groups += [group] if group else []
    if order:
        order.shuffle(groups)
    for numbers in groups:
        numbers.sort(key=lambda i: -len(sentences[i].gold))
        longest = len(sentences[numbers[0]].gold)
        inputs = torch.zeros(len(numbers), longest, N_INPUTS, dtype=torch.long)
        gold = torch.full((len(numbers), longest, 3), -1)
        for k, i in enumerate(numbers):
            inputs[k, : len(sentences[i].inputs)] = sentences[i].inputs
            gold[k, : len(sentences[i].gold)] = sentences[i].gold
        yield numbers, inputs, gold, torch.tensor([len(sentences[i].gold) for i in numbers])


def train(folder: Path, seed: int) -> Path:
    """Trains one teacher; its weights are a running average."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    order = random.Random(seed)
    read_sentences = [s for s in read(folder / "gold.txt") if s[0] != "dev"]
    vocabulary = Vocabulary(read_sentences)
    sentences = [vocabulary.sentence(*s) for s in read_sentences]
    teacher = Teacher(vocabulary)
    weights = list(teacher.parameters())
    average = [w.detach().clone() for w in weights]
    optimizer = torch.optim.Adam(weights, lr=RATE, betas=(0.9, 0.95), fused=True)
    steps = EPOCHS * (sum(len(s.gold) for s in sentences) // BATCH + 1)
    step = 0
    for epoch in range(EPOCHS):
        total, n_tokens = 0.0, 0
        for _, inputs, gold, lengths in batches(sentences, BATCH, order):
            optimizer.param_groups[0]["lr"] = RATE * min(1, (step + 1) / 100) * max(0.02, 1 - step / steps)
            tags, arcs, heads, dependents = teacher(inputs, lengths)
            real = gold[..., 0] >= 0
            relations = teacher.relations(heads, dependents, gold[..., 1].clamp(min=0))
            losses = (
                F.cross_entropy(arcs[real], gold[..., 1][real]),
                F.cross_entropy(relations[real], gold[..., 2][real]),
                0.5 * F.cross_entropy(tags[real], gold[..., 0][real]),
            )
            loss = torch.stack(losses).sum()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(weights, 5.0)
            optimizer.step()
            step += 1
            if step % EVERY == 0:
                keep = min(AVERAGE**EVERY, 1 - 1 / (step / EVERY + 1))
                torch._foreach_lerp_(average, [w.detach() for w in weights], 1 - keep)
            total += loss.item() * int(real.sum())
            n_tokens += int(real.sum())
        print(f"teacher {seed}, epoch {epoch}: loss {total / n_tokens:.3f}", flush=True)
    with torch.no_grad():
        for weight, mean in zip(weights, average, strict=True):
            weight.copy_(mean)
    path = folder / f"teacher{seed}.pt"
    torch.save(teacher.state_dict(), path)
    return path


class Vote(NamedTuple):
    """What the teachers say of a sentence: head (0 for the root), relation and tag of each token."""

    heads: list[int]
    relations: list[int]
    tags: list[int]


def vote(teachers: list[Teacher], sentences: list[Sentence]) -> list[Vote]:
    """The mean of the teachers' probabilities, and what is most probable by it."""
    out: list[Vote | None] = [None] * len(sentences)
    with torch.no_grad():
        for numbers, inputs, _, lengths in batches(sentences, 3000):
            said = [teacher(inputs, lengths) for teacher in teachers]
            mean_of = [torch.stack([scores[k].softmax(-1) for scores in said]).mean(0) for k in (0, 1)]
            tags, arcs = mean_of[0].argmax(-1), mean_of[1].clamp(min=1e-6).log()
            heads = torch.zeros_like(tags)
            for k, n in enumerate(lengths.tolist()):
                heads[k, :n] = torch.tensor(best_tree(arcs[k, :n, : n + 1]))
            by_each = [t.relations(s[2], s[3], heads).softmax(-1) for t, s in zip(teachers, said, strict=True)]
            relations = torch.stack(by_each).mean(0).argmax(-1)
            for k, i in enumerate(numbers):
                n = int(lengths[k])
                out[i] = Vote(*(x[k, :n].tolist() for x in (heads, relations, tags)))
    return [v for v in out if v is not None]


def best_tree(arcs: torch.Tensor) -> list[int]:
    """The most probable projective tree with one root (Eisner 1996), from the logarithms of shape `(n, n + 1)`.

    Cubic in the length of the sentence, with its inner loop in numpy.
    """
    n = len(arcs)
    # score[h, d]: tokens from 0, the root apart.
    to_root, score = arcs[:, 0].numpy(), arcs[:, 1:].T.numpy()
    # open_[side, i, j]: an arc between i and j, `side` 0 from j to i, 1 from i to j; closed_: all that it spans.
    open_, closed_ = np.full((2, n, n), -np.inf), np.full((2, n, n), -np.inf)
    split_open, split_closed = np.zeros((2, n, n), dtype=int), np.zeros((2, n, n), dtype=int)
    closed_[:, range(n), range(n)] = 0
    for width in range(1, n):
        for i in range(n - width):
            j = i + width
            inner = closed_[1, i, i:j] + closed_[0, i + 1 : j + 1, j]
            k = int(inner.argmax())
            open_[:, i, j] = inner[k] + score[j, i], inner[k] + score[i, j]
            split_open[:, i, j] = i + k
            left = closed_[0, i, i:j] + open_[0, i:j, j]
            right_ = open_[1, i, i + 1 : j + 1] + closed_[1, i + 1 : j + 1, j]
            for side, sums, offset in ((0, left, i), (1, right_, i + 1)):
                k = int(sums.argmax())
                closed_[side, i, j], split_closed[side, i, j] = sums[k], offset + k
    root = int((closed_[0, 0, :] + closed_[1, :, n - 1] + to_root).argmax())
    heads = [0] * n
    todo = [(0, 0, root, True), (1, root, n - 1, True)]
    while todo:
        side, i, j, closed = todo.pop()
        if i == j:
            continue
        k = int((split_closed if closed else split_open)[side, i, j])
        if not closed:
            heads[i if side == 0 else j] = (j if side == 0 else i) + 1
            todo += [(1, i, k, True), (0, k + 1, j, True)]
        elif side == 0:
            todo += [(0, i, k, True), (0, k, j, False)]
        else:
            todo += [(1, i, k, False), (1, k, j, True)]
    return heads


def right(votes: list[Vote], sentences: list[Sentence]) -> str:
    """How many tags, heads, and heads with relations are those of the gold trees, over all tokens."""
    counts = [0, 0, 0, 0]
    for said, sentence in zip(votes, sentences, strict=True):
        for head, relation, tag, gold in zip(*said, sentence.gold.tolist(), strict=True):
            counts[0] += 1
            counts[1] += tag == gold[0]
            counts[2] += head == gold[1]
            counts[3] += [head, relation] == gold[1:]
    tags, heads, relations = (100 * c / max(counts[0], 1) for c in counts[1:])
    return f"tags {tags:.2f}, heads {heads:.2f}, heads and relations with subtypes {relations:.2f} ({counts[0]} tokens)"


def main() -> None:
    """Trains the teachers, two at a time, and writes what they say of the raw sentences."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where `train -- teach` wrote gold.txt and raw.txt")
    folder = parser.parse_args().folder
    torch.set_num_threads(1)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        paths = list(pool.map(train, [folder] * len(SEEDS), SEEDS))
    gold = read(folder / "gold.txt")
    vocabulary = Vocabulary([s for s in gold if s[0] != "dev"])
    teachers = [Teacher(vocabulary) for _ in paths]
    for teacher, path in zip(teachers, paths, strict=True):
        teacher.load_state_dict(torch.load(path))
        teacher.eval()
    dev = [vocabulary.sentence(*s) for s in gold if s[0] == "dev"]
    if dev:
        for seed, teacher in zip(SEEDS, teachers, strict=True):
            print(f"teacher {seed}: {right(vote([teacher], dev), dev)}")
        print(f"vote: {right(vote(teachers, dev), dev)}")
    raw = [vocabulary.sentence(*s) for s in read(folder / "raw.txt")]
    votes = vote(teachers, raw)
    with (folder / "silver.txt").open("w", encoding="utf-8") as out:
        for lists in votes:
            print("\t".join(" ".join(map(str, numbers)) for numbers in lists), file=out)
    print(f"{len(votes)} sentences")


if __name__ == "__main__":
    main()
