//! Who is who in short texts of our own: names, titles, functions, pronouns, acronyms. Figures on gold speaker phrases
//! are printed by `examples/evaluate_entities.rs`.

#![expect(clippy::expect_used, reason = "a case that cannot be read fails its test")]

use propos::entity::{Entity, Resolution, SpeakerRef, names, resolve};
use propos::{Doc, Gender, MentionKind, TokenRange, tag};

/// Resolves the phrases between `{` and `}`; what stands between « and » is spoken.
fn ask(marked: &str) -> (Vec<Entity>, Vec<Resolution>) {
    let mut text = String::new();
    let mut places = Vec::new();
    for c in marked.chars() {
        match c {
            '{' | '}' => places.push(u32::try_from(text.chars().count()).expect("short")),
            _ => text.push(c),
        }
    }
    let doc = Doc::new(text);
    let (mut workspace, mut tags) = (tag::Workspace::default(), Vec::new());
    for sentence in doc.sentences() {
        tag::tag(doc.text(), doc.tokens(), *sentence, &mut workspace, &mut tags);
    }
    let index = |place: usize| u32::try_from(place).expect("short");
    let mut refs = Vec::new();
    for pair in places.chunks(2) {
        let start = index(doc.tokens().partition_point(|token| token.chars.end <= pair[0]));
        let end = index(doc.tokens().partition_point(|token| token.chars.start < pair[1]));
        refs.push(SpeakerRef { range: Some(TokenRange::new(start, end)), at: start, inside: None });
    }
    let spoken: Vec<TokenRange> = doc.marked_spans().iter().map(|span| span.range).collect();
    let names = names::find(doc.text(), doc.tokens(), doc.sentences(), &tags);
    resolve::resolve(doc.text(), doc.tokens(), doc.sentences(), &tags, &names, &refs, &spoken)
}

/// The names of the entities that the marked phrases refer to, "-" for none.
fn who(marked: &str) -> Vec<String> {
    let (entities, found) = ask(marked);
    let name =
        |r: &Resolution| r.entity.and_then(|e| entities.get(e as usize)).map_or("-".to_owned(), |e| e.name.to_string());
    found.iter().map(name).collect()
}

#[test]
fn a_person_is_one_under_name_title_function_and_pronoun() {
    assert_eq!(
        who(
            "La ministre Claire Fontanel est arrivée. {Mme Fontanel} a promis une aide. « Nous tiendrons », a-t-{elle} dit. \
             {La ministre} a ajouté que rien n'était joué."
        ),
        ["Claire Fontanel"; 4].map(str::to_owned)[..].iter().skip(1).cloned().collect::<Vec<_>>()
    );
}

#[test]
fn pronouns_agree_in_gender() {
    let text = "Julie Perrin a reçu Karim Haddad à Lyon. {Il} a demandé une réponse. {Elle} a promis d'y penser.";
    assert_eq!(who(text), ["Karim Haddad", "Julie Perrin"]);
}

#[test]
fn people_with_one_surname_are_kept_apart() {
    let text = "Paul Vidal et Marie Vidal gèrent l'hôtel. {M. Vidal} a dit oui, {Mme Vidal} a dit non.";
    assert_eq!(who(text), ["Paul Vidal", "Marie Vidal"]);
    let (_, found) = ask("Selon {M. et Mme Vidal}, tout va bien.");
    assert_eq!(found[0].kind, MentionKind::Group);
}

#[test]
fn a_witness_without_a_name_stays_without() {
    let text = "Anne Berger préside la séance. Un témoin est entré. {Il} a dit avoir tout vu.";
    assert_eq!(who(text), ["-"]);
    let (_, found) = ask("{Un témoin} a tout vu. {Une source} dément. {Des policiers} cherchent.");
    let kinds: Vec<_> = found.iter().map(|r| (r.kind, r.gender)).collect();
    assert_eq!(
        kinds,
        [(MentionKind::Unnamed, Some(Gender::Masculine)), (MentionKind::Unnamed, None), (MentionKind::Group, None)]
    );
}

#[test]
fn acronyms_stand_for_the_name_beside_them() {
    let text = "{La CDM} proteste. La Confédération des marins (CDM) attend. {Le SDP} se tait. Le syndicat des pêcheurs (SDP) part.";
    assert_eq!(
        who(text),
        ["Confédération des marins", "-"].map(|n| if n == "-" {
            "syndicat des pêcheurs".to_owned()
        } else {
            n.to_owned()
        })
    );
}

#[test]
fn an_organization_is_taken_up_by_its_noun() {
    let text = "Le ministère de la Santé a publié les chiffres lundi. {Le ministère} prévoit une baisse.";
    assert_eq!(who(text), ["ministère de la Santé"]);
    assert_eq!(who("{La police} cherche deux hommes."), ["police"]);
    assert_eq!(who("Selon {un rapport de l'ONU}, la faim recule."), ["ONU"]);
}

#[test]
fn seats_speak_as_organizations() {
    let (_, found) = ask("{Moscou} dément. {L'Élysée} confirme. Selon {la Norvège}, c'est faux.");
    assert!(found.iter().all(|r| r.kind == MentionKind::Organization), "{found:?}");
}

#[test]
fn a_function_shows_the_gender() {
    let (_, found) = ask("Selon {la députée Dominique Morin}, le texte passera. {Le juge Dominique Lamy} en doute.");
    assert_eq!([found[0].gender, found[1].gender], [Some(Gender::Feminine), Some(Gender::Masculine)]);
}

#[test]
fn any_text_gives_an_answer() {
    for text in ["", "{}", "{il}", "{« }»", "{M.}", "{«««««««}", "{Le}", "A. B. C. {D. E.}", "{ONU (ONU (ONU}"]
    {
        let (entities, found) = ask(text);
        assert!(found.iter().all(|r| r.entity.is_none_or(|e| (e as usize) < entities.len())), "{text}");
    }
    let many = "Anne Berger, Paul Vidal et l'ONU. ".repeat(2000);
    let (entities, _) = ask(&many);
    assert!(entities.len() < 10, "{}", entities.len());
}
