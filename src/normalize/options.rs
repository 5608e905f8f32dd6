//! The steps, in the one order in which they run, with their values; and the presets.
//!
//! To add a step: one line in [`STEPS`] and a function `fn(&str, &str, &mut Patch)` in the file of its family.

use super::patch::Patch;
use super::{abbreviations, entities, folding, french, mojibake, number, spacing, spelling, typography, unicode};
use crate::error::{Error, Result};

/// What a step does to a text, given the value its switch has.
pub(crate) type Run = fn(&str, &str, &mut Patch<'_>);

/// A step: its name, the values of its switch, and what it runs.
pub(crate) struct StepInfo {
    pub(crate) name: &'static str,
    /// The values besides `off`; `on` alone is a plain switch. The first one is what `on` (or `True`) means.
    pub(crate) values: &'static [&'static str],
    /// The functions, in order.
    pub(crate) runs: &'static [Doing],
}

/// One function of a step.
pub(crate) struct Doing {
    pub(crate) run: Run,
    /// How often it may run again on what it made.
    pub(crate) times: u8,
    /// True if it looks only for what [`unicode::has_rare`] finds.
    pub(crate) rare: bool,
}

const fn once(run: Run) -> Doing {
    Doing { run, times: 1, rare: false }
}

const fn rare(run: Run) -> Doing {
    Doing { run, times: 1, rare: true }
}

/// What runs after every step.
pub(crate) const LAST: &[Doing] = &[once(unicode::decompose)];

const ON: &[&str] = &["on"];

const fn step(name: &'static str, values: &'static [&'static str], runs: &'static [Doing]) -> StepInfo {
    StepInfo { name, values, runs }
}

/// True if the step reads French, and so leaves alone what is no prose (`shield.rs`).
pub(crate) fn reads_prose(step: &str) -> bool {
    const PROSE: [&str; 13] = [
        "ellipsis",
        "quotes",
        "apostrophes",
        "dashes",
        "spacing",
        "capitals",
        "spelling",
        "abbreviations",
        "thousands",
        "roman",
        "numbers",
        "ligatures",
        "repeats",
    ];
    PROSE.contains(&step)
}

/// Every step, in the order in which they run.
pub(crate) const STEPS: [StepInfo; COUNT] = [
    step("entities", ON, &[once(entities::decode)]),
    step("mojibake", ON, &[Doing { run: mojibake::repair, times: 3, rare: false }, rare(mojibake::windows_controls)]),
    step("line_ends", ON, &[rare(unicode::line_ends)]),
    step("controls", ON, &[rare(unicode::controls)]),
    step("zero_width", ON, &[rare(unicode::zero_width)]),
    step("hyphenation", ON, &[once(french::hyphenation)]),
    step("soft_hyphens", ON, &[rare(unicode::soft_hyphens)]),
    step("unicode", &["NFC", "NFKC", "NFD", "NFKD"], &[once(unicode::compose)]),
    step("spaces", &["runs", "all"], &[once(typography::spaces)]),
    step("ellipsis", &["character", "dots"], &[once(typography::ellipsis)]),
    step("quotes", &["french", "english", "straight"], &[once(typography::quotes)]),
    step("apostrophes", &["typographic", "straight"], &[once(typography::apostrophes)]),
    step("dashes", &["typographic", "hyphen"], &[once(typography::dashes)]),
    step("spacing", &["french", "nbsp", "plain", "none", "swiss"], &[once(spacing::spacing)]),
    step("capitals", ON, &[once(french::capitals)]),
    step("spelling", &["1990", "traditional"], &[once(spelling::spelling)]),
    step("abbreviations", ON, &[once(abbreviations::expand)]),
    step("thousands", &["plain"], &[once(number::thousands)]),
    step("roman", &["arabic"], &[once(number::roman_ordinals)]),
    step("numbers", &["digits", "words"], &[once(number::numbers)]),
    step(
        "ligatures",
        &["forms", "restore", "fold"],
        &[once(folding::fold_ligatures), rare(folding::presentation_forms), once(french::restore_ligatures)],
    ),
    step("repeats", &["1", "2", "3"], &[once(folding::repeats)]),
    step("case", &["fold"], &[once(folding::case)]),
    step("diacritics", &["fold"], &[once(folding::diacritics)]),
    step("ascii", ON, &[once(folding::ascii)]),
];

/// Number of steps.
pub(crate) const COUNT: usize = 25;

/// The presets: a name and the steps it turns on.
pub(crate) const PRESETS: [(&str, &[(&str, &str)]); 5] = [
    (
        "typography",
        &[
            ("entities", "on"),
            ("mojibake", "on"),
            ("line_ends", "on"),
            ("controls", "on"),
            ("zero_width", "on"),
            ("soft_hyphens", "on"),
            ("unicode", "NFC"),
            ("spaces", "runs"),
            ("ellipsis", "character"),
            ("quotes", "french"),
            ("apostrophes", "typographic"),
            ("dashes", "typographic"),
            ("spacing", "french"),
            ("ligatures", "restore"),
        ],
    ),
    (
        "search",
        &[
            ("entities", "on"),
            ("mojibake", "on"),
            ("line_ends", "on"),
            ("controls", "on"),
            ("zero_width", "on"),
            ("soft_hyphens", "on"),
            ("unicode", "NFKC"),
            ("hyphenation", "on"),
            ("spaces", "all"),
            ("ellipsis", "dots"),
            ("quotes", "straight"),
            ("apostrophes", "straight"),
            ("dashes", "hyphen"),
            ("spacing", "none"),
            ("thousands", "plain"),
            ("ligatures", "fold"),
            ("case", "fold"),
            ("diacritics", "fold"),
        ],
    ),
    (
        "compare",
        &[
            ("entities", "on"),
            ("mojibake", "on"),
            ("line_ends", "on"),
            ("controls", "on"),
            ("zero_width", "on"),
            ("soft_hyphens", "on"),
            ("unicode", "NFC"),
            ("spaces", "all"),
            ("ellipsis", "dots"),
            ("quotes", "straight"),
            ("apostrophes", "straight"),
            ("dashes", "hyphen"),
            ("spacing", "none"),
            ("thousands", "plain"),
            ("ligatures", "forms"),
        ],
    ),
    (
        "tts",
        &[
            ("entities", "on"),
            ("mojibake", "on"),
            ("line_ends", "on"),
            ("controls", "on"),
            ("zero_width", "on"),
            ("soft_hyphens", "on"),
            ("unicode", "NFC"),
            ("spaces", "runs"),
            ("ellipsis", "character"),
            ("apostrophes", "typographic"),
            ("abbreviations", "on"),
            ("numbers", "words"),
            ("ligatures", "forms"),
            ("repeats", "3"),
        ],
    ),
    (
        "ascii",
        &[
            ("entities", "on"),
            ("mojibake", "on"),
            ("line_ends", "on"),
            ("controls", "on"),
            ("zero_width", "on"),
            ("soft_hyphens", "on"),
            ("unicode", "NFC"),
            ("spaces", "runs"),
            ("quotes", "straight"),
            ("apostrophes", "straight"),
            ("ascii", "on"),
        ],
    ),
];

/// Which steps run, and how: for each step 0 (off) or one more than the index of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Choices([u8; COUNT]);

impl Choices {
    /// The steps of a preset.
    pub(crate) fn preset(name: &str) -> Result<Self> {
        let Some((_, pairs)) = PRESETS.iter().find(|(preset, _)| *preset == name) else {
            let names: Vec<&str> = PRESETS.iter().map(|(preset, _)| *preset).collect();
            return Err(Error::argument(format!("unknown preset {name:?}: use one of {}", names.join(", "))));
        };
        let mut choices = Self::default();
        for (step, value) in *pairs {
            choices.set(step, value)?;
        }
        Ok(choices)
    }

    /// Turns the step `name` to `value`: `off`, `on` (its first value), or one of its values.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Result<()> {
        let Some(index) = STEPS.iter().position(|step| step.name == name) else {
            let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
            return Err(Error::argument(format!("unknown step {name:?}: use one of {}", names.join(", "))));
        };
        let values = STEPS.get(index).map_or(ON, |step| step.values);
        let known = match value {
            "off" => Some(0),
            "on" => Some(1),
            _ => values.iter().position(|known| *known == value).map(|position| position + 1),
        };
        let Some(choice) = known else {
            let values = values.join(", ");
            let message = format!("step {name} has no value {value:?}: use off, on or one of {values}");
            return Err(Error::argument(message));
        };
        if let Some(slot) = self.0.get_mut(index) {
            *slot = u8::try_from(choice).unwrap_or(0);
        }
        Ok(())
    }

    /// The steps that are on, in order, with their values.
    pub(crate) fn active(&self) -> impl Iterator<Item = (&'static StepInfo, &'static str)> + '_ {
        const TABLE: &[StepInfo; COUNT] = &STEPS;
        let ascii = TABLE.iter().zip(self.0).any(|(step, choice)| step.name == "ascii" && choice != 0);
        TABLE.iter().zip(self.0).filter_map(move |(step, choice)| {
            let value = usize::from(choice).checked_sub(1).and_then(|index| step.values.get(index))?;
            Some((step, if ascii { in_ascii(step.name, value) } else { *value }))
        })
    }
}

/// What a step can write where everything becomes ASCII: the marks it would make are not.
fn in_ascii(step: &str, value: &'static str) -> &'static str {
    match (step, value) {
        ("quotes", "french" | "english") | ("apostrophes", "typographic") => "straight",
        ("dashes", "typographic") => "hyphen",
        ("ellipsis", "character") => "dots",
        ("spacing", "french" | "nbsp" | "swiss") => "plain",
        _ => value,
    }
}
