//! The steps, in the one order in which they run, with their values; and the presets.
//!
//! To add a step: one line in [`STEPS`] and a function `fn(&str, &str, &mut Patch)` in the file of its family.

use super::patch::Patch;
use super::{abbreviations, entities, folding, french, mojibake, number, spacing, typography, unicode};
use crate::error::{Error, Result};

/// What a step does to a text, given the value its switch has.
pub(crate) type Run = fn(&str, &str, &mut Patch<'_>);

/// A step: its name, the values of its switch, and what it runs.
pub(crate) struct StepInfo {
    pub(crate) name: &'static str,
    /// The values besides `off`; `on` alone is a plain switch. The first one is what `on` (or `True`) means.
    pub(crate) values: &'static [&'static str],
    /// The functions, in order, each with how often it may run again on what it made.
    pub(crate) runs: &'static [(Run, u8)],
}

const ON: &[&str] = &["on"];

const fn step(name: &'static str, values: &'static [&'static str], runs: &'static [(Run, u8)]) -> StepInfo {
    StepInfo { name, values, runs }
}

/// Every step, in the order in which they run.
pub(crate) const STEPS: [StepInfo; COUNT] = [
    step("entities", ON, &[(entities::decode, 1)]),
    step("mojibake", ON, &[(mojibake::repair, 3), (mojibake::windows_controls, 1)]),
    step("line_ends", ON, &[(unicode::line_ends, 1)]),
    step("controls", ON, &[(unicode::controls, 1)]),
    step("zero_width", ON, &[(unicode::zero_width, 1)]),
    step("hyphenation", ON, &[(french::hyphenation, 1)]),
    step("soft_hyphens", ON, &[(unicode::soft_hyphens, 1)]),
    step("unicode", &["NFC", "NFKC", "NFD", "NFKD"], &[(unicode::compose, 1)]),
    step("spaces", &["runs", "all"], &[(typography::spaces, 1)]),
    step("ellipsis", &["character", "dots"], &[(typography::ellipsis, 1)]),
    step("quotes", &["french", "english", "straight"], &[(typography::quotes, 1)]),
    step("apostrophes", &["typographic", "straight"], &[(typography::apostrophes, 1)]),
    step("dashes", &["typographic", "hyphen"], &[(typography::dashes, 1)]),
    step("spacing", &["french", "nbsp", "plain", "none"], &[(spacing::spacing, 1)]),
    step("capitals", ON, &[(french::capitals, 1)]),
    step("spelling", &["1990", "traditional"], &[(french::spelling, 1)]),
    step("abbreviations", ON, &[(abbreviations::expand, 1)]),
    step("thousands", &["plain"], &[(number::thousands, 1)]),
    step("roman", &["arabic"], &[(number::roman_ordinals, 1)]),
    step("numbers", &["digits", "words"], &[(number::numbers, 1)]),
    step("ligatures", &["forms", "restore", "fold"], &[(folding::ligatures, 1), (french::restore_ligatures, 1)]),
    step("repeats", &["1", "2", "3"], &[(folding::repeats, 1)]),
    step("case", &["fold"], &[(folding::case, 1)]),
    step("diacritics", &["fold"], &[(folding::diacritics, 1)]),
    step("ascii", ON, &[(folding::ascii, 1)]),
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
        ("spacing", "french" | "nbsp") => "plain",
        _ => value,
    }
}
