//! Training sentences of our own making: incises with inverted subjects, dialogue, reporting verbs.
//!
//! The treebanks hold two dozen inversions after a quotation ("… », a déclaré X"); the news are full of them. Here short
//! declarative sentences of the treebanks become quotations, to which our own reporting verbs, subjects and adjuncts
//! are added with their gold analysis, by UD French's conventions: the incise is `parataxis:insert` of the quotation's
//! root, its subject `nsubj`.

use propos::tag::Tag;
use propos::{Feats, Upos};

use super::linear::Random;
use super::treebank::{Gold, Sentence};

/// Lemma-like stem forms: past participle, present and past in the third person singular, present plural.
const VERBS: [[&str; 4]; 34] = [
    ["déclaré", "déclare", "déclara", "déclarent"],
    ["expliqué", "explique", "expliqua", "expliquent"],
    ["affirmé", "affirme", "affirma", "affirment"],
    ["indiqué", "indique", "indiqua", "indiquent"],
    ["précisé", "précise", "précisa", "précisent"],
    ["ajouté", "ajoute", "ajouta", "ajoutent"],
    ["souligné", "souligne", "souligna", "soulignent"],
    ["estimé", "estime", "estima", "estiment"],
    ["assuré", "assure", "assura", "assurent"],
    ["lancé", "lance", "lança", "lancent"],
    ["répondu", "répond", "répondit", "répondent"],
    ["regretté", "regrette", "regretta", "regrettent"],
    ["dénoncé", "dénonce", "dénonça", "dénoncent"],
    ["rappelé", "rappelle", "rappela", "rappellent"],
    ["insisté", "insiste", "insista", "insistent"],
    ["conclu", "conclut", "conclut", "concluent"],
    ["reconnu", "reconnaît", "reconnut", "reconnaissent"],
    ["confirmé", "confirme", "confirma", "confirment"],
    ["annoncé", "annonce", "annonça", "annoncent"],
    ["prévenu", "prévient", "prévint", "préviennent"],
    ["martelé", "martèle", "martela", "martèlent"],
    ["raconté", "raconte", "raconta", "racontent"],
    ["confié", "confie", "confia", "confient"],
    ["jugé", "juge", "jugea", "jugent"],
    ["admis", "admet", "admit", "admettent"],
    ["dit", "dit", "dit", "disent"],
    ["dit", "dit", "dit", "disent"],
    ["demandé", "demande", "demanda", "demandent"],
    ["murmuré", "murmure", "murmura", "murmurent"],
    ["crié", "crie", "cria", "crient"],
    ["repris", "reprend", "reprit", "reprennent"],
    ["répliqué", "réplique", "répliqua", "répliquent"],
    ["soupiré", "soupire", "soupira", "soupirent"],
    ["observé", "observe", "observa", "observent"],
];

/// Subjects: `form/kind/head/relation`, heads 1-based in the phrase, 0 for the phrase's own head; the last letter of
/// the first field is the number.
const SUBJECTS: [(&str, bool); 44] = [
    ("le/d/2/det ministre/n/0/-", false),
    ("la/D/2/det ministre/N/0/-", false),
    ("le/d/2/det président/n/0/-", false),
    ("la/D/2/det présidente/N/0/-", false),
    ("le/d/2/det chef/n/0/- de/a/5/case l'/e/5/det État/n/2/nmod", false),
    ("le/d/2/det porte-parole/n/0/- du/c/4/case gouvernement/n/2/nmod", false),
    ("la/D/2/det porte-parole/N/0/- du/c/4/case ministère/n/2/nmod", false),
    ("le/d/2/det procureur/n/0/- de/a/5/case la/D/5/det République/N/2/nmod", false),
    ("le/d/2/det maire/n/0/- de/a/4/case Lyon/p/2/nmod", false),
    ("la/D/2/det maire/N/0/- de/a/5/case la/D/5/det ville/N/2/nmod", false),
    ("Marie/p/0/- Lambert/p/1/flat:name", false),
    ("Karim/p/0/- Benali/p/1/flat:name", false),
    ("Paul/p/0/- Morel/p/1/flat:name", false),
    ("Emmanuel/p/0/- Larcher/p/1/flat:name", false),
    ("Ursula/p/0/- Weber/p/1/flat:name", false),
    ("John/p/0/- Parker/p/1/flat:name", false),
    ("Sergueï/p/0/- Orlov/p/1/flat:name", false),
    ("M./n/0/- Duval/p/1/nmod", false),
    ("Mme/N/0/- Perrin/p/1/nmod", false),
    ("Me/n/0/- Roussel/p/1/nmod", false),
    ("Lucie/p/0/-", false),
    ("Antoine/p/0/-", false),
    ("Washington/p/0/-", false),
    ("la/D/2/det police/N/0/-", false),
    ("la/D/2/det direction/N/0/-", false),
    ("le/d/2/det syndicat/n/0/-", false),
    ("l'/e/2/det association/N/0/-", false),
    ("l'/e/2/det entreprise/N/0/- dans/a/5/case un/i/5/det communiqué/n/9/obl:mod", false),
    ("un/i/2/det responsable/n/0/- américain/j/2/amod", false),
    ("une/I/2/det source/N/0/- proche/J/2/amod du/c/5/case dossier/n/3/obl:arg", false),
    ("un/i/2/det habitant/n/0/- du/c/4/case quartier/n/2/nmod", false),
    ("le/d/2/det ministre/n/0/- russe/J/2/amod des/x/5/case Affaires/M/2/nmod étrangères/y/5/amod", false),
    ("la/D/2/det Commission/N/0/- européenne/k/2/amod", false),
    ("son/s/2/det avocat/n/0/- ,/,/5/punct Me/n/2/appos Pierre/p/4/nmod Blanchet/p/5/flat:name", false),
    (
        "Sophie/p/0/- Garnier/p/1/flat:name ,/,/4/punct directrice/N/1/appos de/a/7/case l'/e/7/det institut/n/4/nmod",
        false,
    ),
    ("Hassan/p/0/- Idrissi/p/1/flat:name ,/,/4/punct chercheur/n/1/appos au/c/6/case CNRS/p/4/nmod", false),
    (
        "le/d/2/det ministre/n/0/- de/a/5/case l'/e/5/det Intérieur/n/2/nmod Julien/p/2/nmod Vasseur/p/6/flat:name",
        false,
    ),
    ("le/d/2/det président/n/0/- ukrainien/j/2/amod Oleg/p/2/nmod Kovalenko/p/4/flat:name", false),
    ("les/l/2/det avocats/m/0/- de/a/5/case la/D/5/det famille/N/2/nmod", true),
    ("les/l/2/det autorités/M/0/-", true),
    ("les/l/2/det habitants/m/0/-", true),
    ("les/l/2/det syndicats/m/0/-", true),
    ("des/L/2/det témoins/m/0/-", true),
    ("plusieurs/P/2/det élus/m/0/-", true),
];

/// What may end an incise: attached to the verb.
const TAILS: [&str; 12] = [
    "",
    "",
    "",
    "",
    "",
    "lundi/n/0/obl:mod",
    "mardi/n/0/obl:mod",
    "hier/w/0/advmod",
    "à/a/3/case la/D/3/det presse/N/0/obl:arg",
    "dans/a/3/case un/i/3/det communiqué/n/0/obl:mod",
    "devant/a/3/case les/l/3/det journalistes/m/0/obl:mod",
    "en/b/2/mark souriant/v/0/advcl",
];

/// Part of speech and features of a kind.
fn analysis(kind: &str) -> (Tag, Feats) {
    let art = "PronType=Art";
    let (upos, feats) = match kind {
        "d" => (Upos::Det, format!("Definite=Def|Gender=Masc|Number=Sing|{art}")),
        "D" => (Upos::Det, format!("Definite=Def|Gender=Fem|Number=Sing|{art}")),
        "e" => (Upos::Det, format!("Definite=Def|Number=Sing|{art}")),
        "l" => (Upos::Det, format!("Definite=Def|Number=Plur|{art}")),
        "L" => (Upos::Det, format!("Definite=Ind|Number=Plur|{art}")),
        "i" => (Upos::Det, format!("Definite=Ind|Gender=Masc|Number=Sing|{art}")),
        "I" => (Upos::Det, format!("Definite=Ind|Gender=Fem|Number=Sing|{art}")),
        "P" => (Upos::Det, "Number=Plur|PronType=Ind".into()),
        "s" => (Upos::Det, "Gender=Masc|Number=Sing|Poss=Yes".into()),
        "n" => (Upos::Noun, "Gender=Masc|Number=Sing".into()),
        "N" => (Upos::Noun, "Gender=Fem|Number=Sing".into()),
        "m" => (Upos::Noun, "Gender=Masc|Number=Plur".into()),
        "M" => (Upos::Noun, "Gender=Fem|Number=Plur".into()),
        "j" => (Upos::Adj, "Gender=Masc|Number=Sing".into()),
        "J" => (Upos::Adj, "Number=Sing".into()),
        "k" => (Upos::Adj, "Gender=Fem|Number=Sing".into()),
        "y" => (Upos::Adj, "Gender=Fem|Number=Plur".into()),
        "p" => (Upos::Propn, String::new()),
        "a" | "b" => (Upos::Adp, String::new()),
        "w" => (Upos::Adv, String::new()),
        "v" => (Upos::Verb, "Tense=Pres|VerbForm=Part".into()),
        "c" => {
            let feats = Feats::parse("Definite=Def|Gender=Masc|Number=Sing|PronType=Art");
            return (Tag::contracted(Upos::Det), feats);
        }
        "x" => return (Tag::contracted(Upos::Det), Feats::parse("Definite=Def|Number=Plur|PronType=Art")),
        "3s" => (Upos::Verb, "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin".into()),
        "3p" => (Upos::Verb, "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin".into()),
        "ps" => (Upos::Verb, "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin".into()),
        "pp" => (Upos::Verb, "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part".into()),
        "As" => (Upos::Aux, "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin".into()),
        "Ap" => (Upos::Aux, "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin".into()),
        "Ai" => (Upos::Aux, "Mood=Ind|Number=Sing|Person=3|Tense=Imp|VerbForm=Fin".into()),
        "il" => (Upos::Pron, "Emph=No|Gender=Masc|Number=Sing|Person=3|PronType=Prs".into()),
        "elle" => (Upos::Pron, "Emph=No|Gender=Fem|Number=Sing|Person=3|PronType=Prs".into()),
        "ils" => (Upos::Pron, "Emph=No|Gender=Masc|Number=Plur|Person=3|PronType=Prs".into()),
        "que" => (Upos::Sconj, String::new()),
        _ => (Upos::Punct, String::new()),
    };
    let feats = Feats::parse(&feats);
    (Tag::of(upos, feats), feats)
}

/// A sentence under construction.
#[derive(Default)]
struct Made {
    tokens: Vec<Gold>,
}

impl Made {
    fn push(&mut self, form: &str, kind: &str, head: Option<usize>, deprel: &str) -> usize {
        let (tag, feats) = analysis(kind);
        self.tokens.push(Gold { form: form.into(), lemma: "_".into(), feats, tag, head, deprel: deprel.into() });
        self.tokens.len() - 1
    }

    /// Adds a phrase; tokens whose head is 0 hang on `head` by `relation` (or by their own if that is "-").
    fn phrase(&mut self, notation: &str, head: usize, relation: &str) -> usize {
        let start = self.tokens.len();
        let mut main = start;
        for item in notation.split(' ').filter(|i| !i.is_empty()) {
            let mut fields = item.rsplitn(4, '/');
            let (Some(deprel), Some(at), Some(kind), Some(form)) =
                (fields.next(), fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let at: usize = at.parse().unwrap_or(0);
            let count = notation.split(' ').count();
            if at == 0 {
                main = self.tokens.len();
                self.push(form, kind, Some(head), if deprel == "-" { relation } else { deprel });
            } else if at > count {
                // An adjunct of the verb inside the subject's notation.
                self.push(form, kind, Some(head), deprel);
            } else {
                self.push(form, kind, Some(start + at - 1), deprel);
            }
        }
        main
    }
}

/// Sentences made of every `step`th fitting sentence.
pub fn make(sentences: &[Sentence], step: usize) -> Vec<Sentence> {
    let mut random = Random(11);
    let mut out = Vec::new();
    for sentence in sentences.iter().filter(|s| s.has_tree && s.standard && fits(s)).step_by(step) {
        out.push(quote(sentence, &mut random));
    }
    out
}

/// A declarative sentence of moderate length without quotation marks, its root a verb or predicate.
fn fits(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    (4..=28).contains(&tokens.len())
        && tokens.last().is_some_and(|t| matches!(t.form.as_str(), "." | "!" | "?"))
        && tokens.iter().all(|t| !matches!(t.form.as_str(), "\"" | "«" | "»" | ":" | ";" | "“" | "”"))
        && tokens.iter().all(|t| !t.deprel.starts_with("parataxis"))
        && tokens.iter().any(|t| t.head.is_none() && matches!(t.tag.upos(), Upos::Verb | Upos::Adj | Upos::Noun))
        && tokens.iter().any(|t| t.tag.upos() == Upos::Verb || t.tag.upos() == Upos::Aux)
}

fn quote(sentence: &Sentence, random: &mut Random) -> Sentence {
    let n = sentence.tokens.len();
    let (body, end) = (&sentence.tokens[..n - 1], &sentence.tokens[n - 1]);
    let root = body.iter().position(|t| t.head.is_none()).unwrap_or(0);
    let marks = [("«", "»"), ("\"", "\""), ("“", "”"), ("«", "»"), ("", ""), ("–", "")][random.below(6)];
    let mut made = Made::default();
    let shape = random.below(10);
    if shape < 2 {
        // X a déclaré que P. / X a déclaré : « P. »
        let cue = usize::MAX;
        let (subject, plural) = SUBJECTS[random.below(SUBJECTS.len())];
        let that = shape == 0;
        let main = made.phrase(subject, cue, "nsubj");
        capitalize(&mut made.tokens[0].form);
        if made.tokens.iter().any(|t| t.form == ",") {
            made.push(",", ",", Some(main), "punct");
            let last = made.tokens.len() - 1;
            let apposed = made.tokens.iter().position(|t| t.deprel == "appos");
            made.tokens[last].head = apposed;
        }
        let verb = verb(&mut made, plural, random, None);
        for token in made.tokens.iter_mut().filter(|t| t.head == Some(cue)) {
            token.head = Some(verb);
        }
        made.tokens[verb].head = None;
        made.tokens[verb].deprel = "root".into();
        let colon = if that { None } else { Some(made.push(":", ":", None, "punct")) };
        let that = if that { Some(made.push("que", "que", None, "mark")) } else { None };
        let marked = that.is_none() || random.below(3) == 0;
        let (open, close) = if marked { (marks.0, marks.1) } else { ("", "") };
        let opening = (!open.is_empty()).then(|| made.push(open, ",", None, "punct"));
        let start = made.tokens.len();
        copy(&mut made, body, start, |i| Some(start + i));
        if that.is_some() {
            lower(&mut made.tokens[start].form, &sentence.tokens[0]);
        }
        let inner = start + root;
        made.tokens[inner].head = Some(verb);
        made.tokens[inner].deprel = "ccomp".into();
        for token in [colon, that, opening].into_iter().flatten() {
            made.tokens[token].head = Some(inner);
        }
        if !close.is_empty() {
            made.push(close, ",", Some(inner), "punct");
        }
        made.push(".", ",", Some(verb), "punct");
    } else {
        // « P », a déclaré X. and « P1, a déclaré X, P2. »
        let hole = if shape > 7 { hole(body, root, random) } else { None };
        if !marks.0.is_empty() {
            made.push(marks.0, ",", None, "punct");
        }
        let opening = made.tokens.len();
        let split = hole.unwrap_or(body.len());
        // Where each token of the sentence comes to stand is known when the incise has been written.
        let mut places: Vec<usize> = (0..split).map(|i| opening + i).collect();
        let inner = opening + root;
        let first_part: Vec<Gold> = body[..split].to_vec();
        made.tokens.extend(first_part);
        if hole.is_none() && matches!(end.form.as_str(), "!" | "?") {
            made.push(&end.form, ",", Some(usize::MAX - 1), "punct");
        }
        if !marks.1.is_empty() {
            made.push(marks.1, ",", Some(usize::MAX - 1), "punct");
        }
        let comma = (random.below(8) > 0).then(|| made.push(",", ",", None, "punct"));
        let verb = incise(&mut made, random, usize::MAX - 1);
        if let Some(comma) = comma {
            made.tokens[comma].head = Some(verb);
        }
        if hole.is_some() {
            made.push(",", ",", Some(verb), "punct");
            if !marks.1.is_empty() {
                made.push(marks.0, ",", Some(usize::MAX - 1), "punct");
            }
            let again = made.tokens.len();
            // The comma at the hole is the one that stands before the incise now.
            places.push(usize::MAX);
            places.extend((split + 1..body.len()).map(|i| again + i - split - 1));
            made.tokens.extend(body[split + 1..].to_vec());
            if !marks.1.is_empty() {
                made.push(marks.1, ",", Some(usize::MAX - 1), "punct");
            }
        }
        let place = |i: usize| places.get(i).copied().unwrap_or(usize::MAX);
        let inner = if root < split { inner } else { place(root) };
        for (i, token) in body.iter().enumerate() {
            let at = place(i);
            if at < made.tokens.len() {
                made.tokens[at].head = token.head.map(place);
            }
        }
        made.push(".", ",", Some(usize::MAX - 1), "punct");
        for (i, token) in made.tokens.iter_mut().enumerate() {
            if token.head == Some(usize::MAX - 1) || (token.head.is_none() && i != inner) {
                token.head = Some(inner);
            }
        }
    }
    let whole = made.tokens.iter().all(|t| t.head.is_none_or(|h| h < made.tokens.len()));
    Sentence { tokens: made.tokens, has_tree: whole, origin: sentence.origin, standard: true }
}

/// A comma of the sentence that no arc spans but those of the root.
fn hole(body: &[Gold], root: usize, random: &mut Random) -> Option<usize> {
    let free = |at: usize| {
        body.iter().enumerate().all(|(i, t)| {
            let head = t.head.unwrap_or(i);
            let (low, high) = (i.min(head), i.max(head));
            head == root || i == root || at <= low || at >= high
        }) && body.iter().all(|t| t.head != Some(at))
    };
    let commas: Vec<usize> = (2..body.len().saturating_sub(1)).filter(|i| body[*i].form == "," && free(*i)).collect();
    (!commas.is_empty()).then(|| commas[random.below(commas.len())])
}

fn copy(made: &mut Made, body: &[Gold], _start: usize, place: impl Fn(usize) -> Option<usize>) {
    for token in body {
        let mut token = token.clone();
        token.head = token.head.and_then(&place);
        made.tokens.push(token);
    }
}

/// Writes the verb group before or after its subject; gives the verb's place.
fn verb(made: &mut Made, plural: bool, random: &mut Random, clitic: Option<(&str, &str)>) -> usize {
    let forms = VERBS[random.below(VERBS.len())];
    let at = made.tokens.len();
    let compound = random.below(2) == 0;
    if compound {
        let verb = at + 1 + usize::from(clitic.is_some());
        let (aux, kind) = match (plural, random.below(5)) {
            (true, _) => ("ont", "Ap"),
            (_, 0) => ("avait", "Ai"),
            _ => ("a", "As"),
        };
        made.push(aux, kind, Some(verb), "aux:tense");
        if let Some((form, kind)) = clitic {
            let form = if aux == "a" { format!("-t{form}") } else { form.to_string() };
            made.push(&form, kind, Some(verb), "nsubj");
        }
        made.push(forms[0], "pp", None, "parataxis:insert")
    } else {
        let (form, kind) = match (plural, random.below(3)) {
            (true, _) => (forms[3], "3p"),
            (_, 0) => (forms[2], "ps"),
            _ => (forms[1], "3s"),
        };
        let verb = made.push(form, kind, None, "parataxis:insert");
        if let Some((clitic, kind)) = clitic {
            let clitic = if form.ends_with(['t', 'd']) { clitic.to_string() } else { format!("-t{clitic}") };
            made.push(&clitic, kind, Some(verb), "nsubj");
        }
        verb
    }
}

/// Writes "a déclaré X lundi", "explique-t-il" or "ont répondu X"; gives the verb's place.
fn incise(made: &mut Made, random: &mut Random, head: usize) -> usize {
    let at = if random.below(4) == 0 {
        let (form, kind, plural) =
            [("-il", "il", false), ("-elle", "elle", false), ("-ils", "ils", true)][random.below(3)];
        verb(made, plural, random, Some((form, kind)))
    } else {
        let (subject, plural) = SUBJECTS[random.below(SUBJECTS.len())];
        let at = verb(made, plural, random, None);
        made.phrase(subject, at, "nsubj");
        at
    };
    made.tokens[at].head = Some(head);
    made.phrase(TAILS[random.below(TAILS.len())], at, "-");
    at
}

fn capitalize(form: &mut String) {
    let mut chars = form.chars();
    if let Some(first) = chars.next() {
        *form = first.to_uppercase().chain(chars).collect();
    }
}

/// After "que", a sentence starts with a small letter unless with a name.
fn lower(form: &mut String, first: &Gold) {
    if first.tag.upos() != Upos::Propn {
        *form = form.to_lowercase();
    }
}
