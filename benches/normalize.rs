//! Normalization, in MB/s: `cargo bench --bench normalize`. The text is the project's own, repeated.
//!
//! `clean` needs nothing (the no-op), `raw` has straight apostrophes, straight quotes and plain spaces everywhere.

use divan::counter::BytesCount;
use propos::Normalizer;

const RAW: &str = "\"L'accord n'est pas signé\", a dit Anne Berger : les élus de l'opposition attendent 30 000 euros. \
Qu'en pensent-ils ? Ils n'ont rien voulu dire ; la réunion d'aujourd'hui s'est tenue à huis clos...\n";

fn main() {
    divan::main();
}

fn text(preset: &str, clean: bool) -> String {
    let raw = RAW.repeat(1_000_000 / RAW.len());
    if clean { Normalizer::preset(preset).map(|n| n.normalize(&raw).into_owned()).unwrap_or_default() } else { raw }
}

#[divan::bench(args = ["typography", "search", "compare", "tts", "ascii"])]
fn clean(bencher: divan::Bencher, preset: &str) {
    let text = text(preset, true);
    let normalizer = Normalizer::preset(preset).unwrap_or_default();
    bencher.counter(BytesCount::of_str(&text)).bench(|| normalizer.normalize(&text).len());
}

#[divan::bench(args = ["typography", "search", "compare", "tts", "ascii"])]
fn raw(bencher: divan::Bencher, preset: &str) {
    let text = text(preset, false);
    let normalizer = Normalizer::preset(preset).unwrap_or_default();
    bencher.counter(BytesCount::of_str(&text)).bench(|| normalizer.normalize(&text).len());
}

#[divan::bench(args = ["typography", "search", "compare", "tts", "ascii"])]
fn raw_aligned(bencher: divan::Bencher, preset: &str) {
    let text = text(preset, false);
    let normalizer = Normalizer::preset(preset).unwrap_or_default();
    bencher.counter(BytesCount::of_str(&text)).bench(|| normalizer.align(&text).in_code_points().edits().len());
}
