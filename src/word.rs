//! Syntactic words: contractions (au = à + le) are two words of one token, every other token is one.
//!
//! Takes tokens, gives a view of words over them. `du` and `des` are contractions or articles: [`is_contraction`]
//! decides from the words around.
//!
//! ```
//! assert_eq!(propos::contraction("auxquels"), Some(["à", "lesquels"]));
//! assert_eq!(propos::contraction("avec"), None);
//! ```

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::chars::norm;
use crate::token::{Token, entries};

static CONTRACTIONS: LazyLock<HashMap<&'static str, [&'static str; 2]>> = LazyLock::new(|| {
    entries(include_str!("data/contractions.txt"))
        .filter_map(|line| {
            let mut fields = line.split(' ');
            Some((fields.next()?, [fields.next()?, fields.next()?]))
        })
        .collect()
});

/// The longest contraction, in bytes.
const LONGEST: usize = 12;

/// The two words of a contraction, in lower case, whatever the case of `form`; `du` and `des` always give two.
#[must_use]
pub fn contraction(form: &str) -> Option<[&'static str; 2]> {
    if !(2..=LONGEST).contains(&form.len()) || !matches!(form.as_bytes().first(), Some(b'a' | b'A' | b'd' | b'D')) {
        return None;
    }
    CONTRACTIONS.get(&*norm(form)).copied()
}

/// True if the token `i` is a contraction: always for au, aux, auquel and their like, by the context for `du` and `des`.
///
/// `des` is an article at the start of a text or after punctuation, after a preposition that takes no second one
/// (*avec des amis*), and after a verb that its subject pronoun shows (*je rencontre des étudiants*).
#[must_use]
pub fn is_contraction(text: &str, tokens: &[Token], i: usize) -> bool {
    let form = |back: usize| i.checked_sub(back).and_then(|at| tokens.get(at)).map(|token| norm(token.text(text)));
    let Some(form_here) = form(0) else { return false };
    if contraction(&form_here).is_none() {
        return false;
    }
    if form_here != "des" {
        return true;
    }
    let (Some(before), second) = (form(1), form(2)) else { return false };
    let takes_no_de = matches!(
        &*before,
        "avec" | "par" | "dans" | "pour" | "sur" | "comme" | "et" | "ou" | "mais" | "à" | "sont" | "ont" | "a" | "y"
    );
    let verb = second.is_some_and(|word| {
        matches!(
            &*word,
            "je" | "j'" | "tu" | "il" | "elle" | "on" | "nous" | "vous" | "ils" | "elles" | "qui" | "ne" | "n'"
        )
    });
    let punctuation = before.chars().all(|c| !c.is_alphanumeric());
    !(takes_no_de || verb || punctuation)
}
