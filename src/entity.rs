//! Who is talked about: mentions of people and organizations, and the entities they make over a text.
//!
//! Names come from `entity/names`, the resolution of titles, roles and pronouns from `entity/resolve`.

use crate::text::TokenRange;

pub mod names;
mod people;
mod phrase;
pub mod resolve;
mod words;

pub(crate) use words::View as Columns;

pub use names::{Name, NameKind};
pub(crate) use names::{is_civil, is_titled};
pub(crate) use words::{
    DEMONYM_ENDINGS, has_both_genders, is_compound_person, is_human, is_impersonal, is_trade, noun_lemma, usual_gender,
};

/// The letters of a word in lower case, without accents: how endings of first names are looked up.
pub fn plain_letters(word: &str) -> impl Iterator<Item = char> {
    words::plain_letters(word)
}

/// Grammatical or natural gender, where the text shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gender {
    /// Feminine, a woman.
    Feminine,
    /// Masculine, a man.
    Masculine,
}

impl Gender {
    /// "f" or "m", as in the JSON form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Feminine => "f",
            Self::Masculine => "m",
        }
    }
}

/// What the words that name a source denote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MentionKind {
    /// One individual, named or definitely described.
    Person,
    /// Several people.
    Group,
    /// A company, party, institution, government, medium.
    Organization,
    /// A personal pronoun.
    Pronoun,
    /// An individual without a name ("un témoin").
    Unnamed,
    /// An inanimate source: a report, a law, a poll.
    Other,
}

impl MentionKind {
    /// The name in the JSON form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Group => "group",
            Self::Organization => "organization",
            Self::Pronoun => "pronoun",
            Self::Unnamed => "unnamed",
            Self::Other => "other",
        }
    }
}

/// A noun phrase or pronoun that refers to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The phrase as it stands, title and adjoining apposition included, no relative clause.
    pub range: TokenRange,
    /// What it denotes.
    pub kind: MentionKind,
    /// Gender of a person, where the text shows it.
    pub gender: Option<Gender>,
    /// Index of the entity it refers to, if that is known.
    pub entity: Option<u32>,
}

/// A person or an organization, over the whole text.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Person, organization or group.
    pub kind: MentionKind,
    /// The fullest name the text gives ("Vladimir Poutine").
    pub name: Box<str>,
    /// Gender of a person, where the text shows it.
    pub gender: Option<Gender>,
    /// The function the text gives it ("président russe"), if any.
    pub role: Option<TokenRange>,
    /// Where it is named or referred to, by position.
    pub mentions: Vec<Mention>,
}

/// The source of one quotation, as the text has it: what [`resolve::resolve`] is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SpeakerRef {
    /// The phrase that names the source; `None` where no words do.
    pub range: Option<TokenRange>,
    /// Where the quotation stands: its first token (of content or cue, whichever comes first).
    pub at: u32,
    /// Index, among the references, of the quotation whose content holds this one.
    pub inside: Option<u32>,
}

/// The answer to a [`SpeakerRef`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resolution {
    /// Index of the entity that speaks, if it is known.
    pub entity: Option<u32>,
    /// What the phrase denotes; of a quotation without phrase, what its speaker is.
    pub kind: MentionKind,
    /// Gender of the person, where phrase or entity shows it.
    pub gender: Option<Gender>,
    /// Estimated probability that the entity (or its absence) is right, 0 to 1.
    pub confidence: f32,
    /// What decided: `name`, `role`, `pronoun`, `running-speaker` and so on.
    pub why: &'static str,
}
