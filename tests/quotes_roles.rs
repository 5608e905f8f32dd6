//! What each span between marks is, if it is no quotation: `doc.marked_spans()`.

use propos::{Doc, MarkRole};

/// The role of each marked span of a text.
fn roles(text: &str) -> Vec<MarkRole> {
    Doc::new(text).marked_spans().iter().map(|span| span.role).collect()
}

#[test]
fn each_role_is_told_from_the_others() {
    for (text, role) in [
        ("« Je pars », a dit Paul.", MarkRole::Utterance),
        ("Le film « La Nuit des ponts » sort mercredi.", MarkRole::Title),
        ("Anne Roux est l'autrice de « Sept hivers ».", MarkRole::Title),
        ("Le mot « ruisseau » vient du latin.", MarkRole::Term),
        ("Ce « cadeau » a coûté dix mille euros.", MarkRole::Scare),
        ("Robert « Bob » Lachaume a gagné le tournoi.", MarkRole::Nickname),
        ("Le boxeur, surnommé « la Foudre », a perdu.", MarkRole::Nickname),
        ("Un navire baptisé « Rose des sables » a coulé.", MarkRole::Name),
        ("Le hameau porte le nom de « Vieux-Puits ».", MarkRole::Name),
        ("Il pratique le « slow travel writing ».", MarkRole::Foreign),
        ("L'affiche est collée sur le mur. « La mer nous a tout pris cet hiver. »", MarkRole::Unattributed),
    ] {
        assert_eq!(roles(text), [role], "{text}");
    }
}

#[test]
fn marks_inside_marks_have_a_role_of_their_own() {
    assert_eq!(roles("« Il a dit “non” », raconte Lise."), [MarkRole::Utterance, MarkRole::Utterance]);
    assert_eq!(roles("« J'ai lu le roman “Sept hivers” », raconte Lise."), [MarkRole::Utterance, MarkRole::Title]);
}
