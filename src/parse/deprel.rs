//! Relations of Universal Dependencies, with the subtypes of UD French.

use std::fmt;

/// A relation, one byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Deprel(u8);

/// The order is that of the model files: append only.
const NAMES: [&str; 61] = [
    "dep",
    "root",
    "acl",
    "acl:relcl",
    "advcl",
    "advcl:cleft",
    "advmod",
    "amod",
    "appos",
    "aux",
    "aux:caus",
    "aux:pass",
    "aux:tense",
    "case",
    "cc",
    "ccomp",
    "compound",
    "conj",
    "cop",
    "csubj",
    "csubj:pass",
    "dep:comp",
    "det",
    "discourse",
    "dislocated",
    "expl",
    "expl:comp",
    "expl:pass",
    "expl:pv",
    "expl:subj",
    "fixed",
    "flat",
    "flat:foreign",
    "flat:name",
    "goeswith",
    "iobj",
    "iobj:agent",
    "list",
    "mark",
    "nmod",
    "nsubj",
    "nsubj:caus",
    "nsubj:outer",
    "nsubj:pass",
    "nummod",
    "obj",
    "obj:agent",
    "obj:lvc",
    "obl",
    "obl:agent",
    "obl:arg",
    "obl:mod",
    "orphan",
    "parataxis",
    "parataxis:insert",
    "punct",
    "reparandum",
    "vocative",
    "xcomp",
    "clf",
    "nmod:appos",
];

impl Deprel {
    /// Number of relations.
    pub const COUNT: usize = NAMES.len();
    /// The relation of the root to nothing.
    pub const ROOT: Self = Self(1);

    /// The name with its subtype: "nsubj:pass".
    #[must_use]
    pub fn as_str(self) -> &'static str {
        NAMES.get(self.0 as usize).copied().unwrap_or("dep")
    }

    /// The universal part of the name: "nsubj" of "nsubj:pass".
    #[must_use]
    pub fn universal(self) -> &'static str {
        self.as_str().split(':').next().unwrap_or("dep")
    }

    /// True if the universal part of the relation is `name`.
    #[must_use]
    pub fn is(self, name: &str) -> bool {
        self.universal() == name
    }

    /// The relation of that name; of an unknown subtype, its universal part.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let find = |name: &str| NAMES.iter().position(|n| *n == name).and_then(|i| u8::try_from(i).ok()).map(Self);
        find(name).or_else(|| find(name.split(':').next().unwrap_or(name)))
    }

    /// The relation as a number below [`Deprel::COUNT`].
    #[must_use]
    pub fn code(self) -> u8 {
        self.0
    }

    /// The relation of that number, "dep" if there is none.
    #[must_use]
    pub fn from_code(code: u8) -> Self {
        Self(if (code as usize) < NAMES.len() { code } else { 0 })
    }
}

impl fmt::Display for Deprel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_printed_alike() {
        for name in NAMES {
            assert_eq!(Deprel::parse(name).map(Deprel::as_str), Some(name));
        }
        assert_eq!(Deprel::parse("nsubj:odd").map(Deprel::as_str), Some("nsubj"));
        assert_eq!(Deprel::parse("odd"), None);
        assert!(Deprel::parse("obl:arg").is_some_and(|d| d.is("obl")));
        assert_eq!(Deprel::ROOT.as_str(), "root");
    }
}
