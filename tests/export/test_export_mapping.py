"""The mapping table: complete for what the program reads, true to the current codebook, wary of its known traps."""

from __future__ import annotations

import pytest
from invented import ARMY, HILLS, MINISTER, REBELS, RIVALS, VILLAGERS, mention, told

from marsad.export.facts import act_of
from marsad.export.mapping import Act, from_cameo, look_up, rows, version
from marsad.export.sides import inter, sides_of
from marsad.export.tables import country, sector, table_lines
from marsad.export.weapons import WEAPON_MODES, means_of
from marsad.language.pack import rows as pack
from marsad.ledger.model import Party

TYPES = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip
CONTEXTS = {
    "military", "intelligence", "executive", "legislative", "election", "political_institutions", "pro_democracy",
    "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms", "repression",
    "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic", "territory", "peacekeeping",
    "health", "asylum", "migration", "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn",
    "cyber", "misinformation", "crime", "corruption", "illegal_drugs", "trafficking",
}  # fmt: skip
GONE = {"return", "ease", "ban", "political", "assassinate", "cleansing", "massacre", "execute", "sideAB", "militarize"}
SCHEMES = ("plover", "cameo", "acled", "ged", "from-cameo")
MODES = {(r.type, r.mode) for r in rows("plover")}
FRAMES = [row for name in ("frames_force.tsv", "frames_speech.tsv") for row in pack(name)]


def test_table_has_a_version() -> None:
    assert version() == "1"


def test_ids_are_unique() -> None:
    ids = [r.id for scheme in SCHEMES for r in rows(scheme)]
    assert len(ids) == len(set(ids)) == len(table_lines("mapping.tsv")) - 1


# ---- the traps
@pytest.mark.parametrize("scheme", SCHEMES)
def test_types_are_the_sixteen_of_today(scheme: str) -> None:
    assert {r.type for r in rows(scheme)} <= TYPES  # INVESTIGATE, FIGHT, CRIME … were of the old list of eighteen


def test_every_type_is_scored() -> None:
    assert {r.type for r in rows("plover") if not r.mode} == TYPES


@pytest.mark.parametrize("scheme", SCHEMES)
def test_modes_are_of_their_type_and_none_is_gone(scheme: str) -> None:
    used = {(r.type, r.mode) for r in rows(scheme) if r.mode not in ("", "-")}
    assert used <= MODES
    assert not {mode for _, mode in used} & GONE


@pytest.mark.parametrize("scheme", SCHEMES)
def test_contexts_are_the_codebooks(scheme: str) -> None:
    assert {c for r in rows(scheme) for c in r.contexts} <= CONTEXTS


def test_accuse_is_scored_as_conflict() -> None:
    assert look_up("plover", Act("ACCUSE")).score == -3  # the manual prints 3


@pytest.mark.parametrize("mode", ["disapprove", "allege", "investigate"])
def test_modes_of_accuse_are_scored_as_conflict(mode: str) -> None:
    assert look_up("plover", Act("ACCUSE", mode)).score < 0


@pytest.mark.parametrize("row", rows("plover"), ids=lambda r: r.id)
def test_score_has_the_sign_of_its_quad(row: object) -> None:
    cooperation = row.group in "12"  # type: ignore[attr-defined]
    neutral = row.type == "REQUEST"  # type: ignore[attr-defined]
    assert neutral or (row.score > 0) == cooperation  # type: ignore[attr-defined]


def test_taking_territory_is_coerce_both_ways() -> None:
    back = from_cameo("192")
    assert (back.type, back.mode) == ("COERCE", "seize")
    assert look_up("cameo", Act("COERCE", "seize", rules=("frame.coerce.liberate",))).code == "192"


def test_confiscation_is_not_the_taking_of_territory() -> None:
    assert look_up("cameo", Act("COERCE", "seize", rules=("frame.coerce.confiscate",))).code == "1711"


def test_breaking_a_truce_is_assault_both_ways() -> None:
    assert from_cameo("196").type == "ASSAULT"
    assert look_up("cameo", Act("ASSAULT", rules=("frame.assault.truce-break",))).code == "196"


def test_sanction_is_material_conflict() -> None:
    assert look_up("plover", Act("SANCTION")).group == "4"


@pytest.mark.parametrize("code", ["011", "0211", "010", ""])
def test_statements_and_appeals_are_dropped(code: str) -> None:
    assert from_cameo(code) is None


def test_a_longer_code_is_taken_by_its_first_three_digits() -> None:
    assert from_cameo("1459").mode == "riot"


# ---- complete for what the program reads
@pytest.mark.parametrize("frame", FRAMES, ids=lambda f: f["id"])
def test_every_frame_has_a_score_and_a_cameo_code(frame: dict[str, str]) -> None:
    act = Act(frame["type"], frame["mode"] or None, tuple(frame["contexts"].split("|")), rules=(frame["id"],))
    assert (act.type, act.mode or "") in MODES
    assert look_up("plover", act) is not None
    assert len(look_up("cameo", act).code) in (3, 4)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_rules_are_rows_of_the_pack(scheme: str) -> None:
    assert {rule for r in rows(scheme) for rule in r.rules} <= {f["id"] for f in FRAMES}


def test_rules_are_of_the_type_of_their_row() -> None:
    types = {f["id"]: (f["type"], f["mode"]) for f in FRAMES}
    wrong = [(r.id, rule) for r in rows("cameo") for rule in r.rules if types[rule][0] != r.type]
    assert not wrong


def test_weapons_of_the_pack_are_means() -> None:
    assert {w["mode"] for w in pack("weapons.tsv")} - {"beat"} <= WEAPON_MODES


@pytest.mark.parametrize(
    ("words", "means"),
    [("بالمدفعية", "heavy-weapons"), ("مسيرات", "drone"), ("عبوة ناسفة", "explosives"), ("سلام", None), ("", None)],
)
def test_means_are_read_from_the_words_of_the_page(words: str, means: str | None) -> None:
    assert means_of("targeted", (words,)) == means


def test_every_country_of_the_pack_is_in_the_table() -> None:
    assert all(country(c["code"]).name_en for c in pack("countries.tsv"))


def test_media_and_medicine_are_not_mixed_up() -> None:
    assert (sector("JRN").cameo, sector("MED").cameo) == ("MED", "HLH")


# ---- ACLED-like and GED-like
CASES = [
    ("aerial", (ARMY,), (VILLAGERS,), "Explosions/Remote violence", "Air/drone strike"),
    ("drone", (ARMY,), (HILLS,), "Explosions/Remote violence", "Air/drone strike"),
    ("heavy-weapons", (ARMY,), (), "Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("suicide-attack", (REBELS,), (ARMY,), "Explosions/Remote violence", "Suicide bomb"),
    ("explosives", (REBELS,), (ARMY,), "Explosions/Remote violence", "Remote explosive/landmine/IED"),
    ("unconventional", (ARMY,), (), "Explosions/Remote violence", "Chemical weapon"),
    ("firearms", (REBELS,), (ARMY,), "Battles", "Armed clash"),
    ("heavy-weapons", (REBELS, ARMY), (), "Battles", "Armed clash"),
    (None, (REBELS, RIVALS), (), "Battles", "Armed clash"),
    (None, (REBELS,), (VILLAGERS,), "Violence against civilians", "Attack"),
    ("targeted", (REBELS,), (MINISTER,), "Violence against civilians", "Attack"),
    ("abduct", (REBELS,), (VILLAGERS,), "Violence against civilians", "Abduction/forced disappearance"),
    ("sexual", (REBELS,), (VILLAGERS,), "Violence against civilians", "Sexual violence"),
    ("primitive", (VILLAGERS,), (VILLAGERS,), "Riots", "Mob violence"),
    ("crowd-control", (ARMY,), (VILLAGERS,), "Protests", "Protest with intervention"),
    ("destroy", (ARMY,), (VILLAGERS,), "Strategic developments", "Looting/property destruction"),
    (None, (ARMY,), (), "", ""),
]


@pytest.mark.parametrize(("mode", "actors", "recipients", "event", "sub"), CASES)
def test_assault_is_told_by_weapon_and_side(
    mode: str | None, actors: tuple[Party, ...], recipients: tuple[Party, ...], event: str, sub: str
) -> None:
    sides = sides_of(actors, recipients, "AZE")
    found = look_up("acled", Act("ASSAULT", mode, means=means_of(mode, ()), sides=sides))
    assert (found.code, found.detail) == (event, sub)


def test_killing_by_drone_is_a_strike() -> None:
    act = act_of(*told(mention(mode="targeted", weapons=("بطائرة", "مسيرات"))))
    assert look_up("acled", act).detail == "Air/drone strike"


@pytest.mark.parametrize(
    ("type_", "mode", "actor", "sub"),
    [
        ("PROTEST", "demo", VILLAGERS, "Peaceful protest"), ("PROTEST", "riot", VILLAGERS, "Violent demonstration"),
        ("COERCE", "arrest", ARMY, "Arrests"), ("RETREAT", "ceasefire", ARMY, "Agreement"),
        ("MOBILIZE", "troops", ARMY, "Change to group/activity"),
    ],
)  # fmt: skip
def test_other_types_have_their_sub_type(type_: str, mode: str, actor: Party, sub: str) -> None:
    assert look_up("acled", Act(type_, mode, sides=sides_of((actor,), (), "AZE"))).detail == sub


@pytest.mark.parametrize(
    ("actor", "sub"),
    [(ARMY, "Government regains territory"), (REBELS, "Non-state actor overtakes territory"),
     (HILLS, "Non-state actor overtakes territory")],
)  # fmt: skip
def test_taking_a_town_depends_on_whose_ground_it_is(actor: Party, sub: str) -> None:
    act = Act("COERCE", "seize", sides=sides_of((actor,), (), "AZE"), rules=("frame.coerce.control",))
    assert look_up("acled", act).detail == sub


@pytest.mark.parametrize("type_", ["CONSULT", "ACCUSE", "REQUEST", "SANCTION", "THREATEN", "AID"])
def test_speech_and_relations_are_not_acleds(type_: str) -> None:
    assert look_up("acled", Act(type_)) is None


@pytest.mark.parametrize(
    ("actors", "recipients", "violence"),
    [
        ((ARMY,), (HILLS,), "1"), ((ARMY,), (REBELS,), "1"), ((REBELS,), (ARMY,), "1"), ((REBELS, ARMY), (), "1"),
        ((REBELS,), (RIVALS,), "2"), ((REBELS, RIVALS), (), "2"), ((ARMY,), (VILLAGERS,), "3"),
        ((REBELS,), (VILLAGERS,), "3"), ((ARMY,), (), None), ((), (VILLAGERS,), None), ((REBELS,), (MINISTER,), None),
    ],
)  # fmt: skip
def test_type_of_violence_is_told_by_the_sides(
    actors: tuple[Party, ...], recipients: tuple[Party, ...], violence: str | None
) -> None:
    found = look_up("ged", Act("ASSAULT", sides=sides_of(actors, recipients, "AZE")))
    assert (found.code if found else None) == violence


@pytest.mark.parametrize(
    ("party", "type_", "mode", "number"),
    [
        (ARMY, "ASSAULT", None, "1"), (HILLS, "ASSAULT", None, "8"), (REBELS, "ASSAULT", None, "2"),
        (VILLAGERS, "ASSAULT", None, "7"), (VILLAGERS, "PROTEST", "demo", "6"), (VILLAGERS, "PROTEST", "riot", "5"),
        (Party(name="مجهولون", kind="people"), "ASSAULT", None, ""),
    ],
)  # fmt: skip
def test_kind_of_actor_is_a_number(party: Party, type_: str, mode: str | None, number: str) -> None:
    assert inter(party, "AZE", type_, mode) == number
