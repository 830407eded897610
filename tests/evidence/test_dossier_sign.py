"""The pages of who signs: whose turn it is, what they sign, and that no key is ever kept."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from casework.models import AuditEntry, User
from evidence import waiting, waiting_number
from evidence.models import Dossier
from search.demo import certificates
from search.demo.certificates import Made
from tests.evidence import signing_scenes as scenes
from tests.evidence.signing_scenes import PASSPHRASE, built, root, small_case
from tests.evidence.stamp_authority import Authority, authority

__all__ = ["authority", "built", "root", "small_case"]

SignIn = Callable[[User], Client]


def page(dossier: Dossier, name: str = "sign") -> str:
    return reverse(f"evidence:dossier-{name}", args=[dossier.case.reference, dossier.number])


def typed(made: Made, passphrase: str = PASSPHRASE, **more: str) -> dict[str, object]:
    file = SimpleUploadedFile("mine.p12", made.packed(PASSPHRASE))
    return {"certificate": file, "passphrase": passphrase, **more}


def test_the_page_shows_what_is_signed_and_whose_turn_it_is(
    built: Dossier, investigator: User, prosecutor: User, sign_in: SignIn
) -> None:
    mine = sign_in(investigator).get(page(built)).text
    assert built.volumes.get().digest in mine
    assert "Sign every volume" in mine
    theirs = sign_in(prosecutor).get(page(built)).text
    assert "It is the turn of" in theirs
    assert "Sign every volume" not in theirs


def test_the_dossier_asks_the_signer_to_read_and_sign(
    built: Dossier, investigator: User, prosecutor: User, sign_in: SignIn
) -> None:
    place = reverse("evidence:dossier", args=[built.case.reference, built.number])
    assert "Read and sign" in sign_in(investigator).get(place).text
    assert "Read and sign" not in sign_in(prosecutor).get(place).text


def test_the_page_that_watches_the_build_is_read_again_when_it_is_over(
    built: Dossier, investigator: User, sign_in: SignIn
) -> None:
    place = reverse("evidence:dossier", args=[built.case.reference, built.number])
    asks = {
        "HX-Request": "true",
        "HX-Target": "build",
        "HX-Current-URL": f"http://testserver{place}",
    }
    client = sign_in(investigator)
    assert client.get(place, headers=asks).headers["HX-Refresh"] == "true"
    elsewhere = asks | {"HX-Current-URL": "http://testserver/where/somebody/types/"}
    assert "HX-Refresh" not in client.get(place, headers=elsewhere).headers
    Dossier.objects.filter(pk=built.pk).update(state="building")
    assert "HX-Refresh" not in client.get(place, headers=asks).headers


def test_after_a_fault_the_page_says_that_the_file_is_to_be_chosen_again(
    built: Dossier, root: Made, investigator: User, sign_in: SignIn
) -> None:
    client = sign_in(investigator)
    assert "Choose the file again" not in client.get(page(built)).text
    made = certificates.make(investigator.name, root)
    assert "Choose the file again" in client.post(page(built), typed(made, "wrong")).text


def test_a_volume_of_one_page_is_called_so(
    built: Dossier, investigator: User, sign_in: SignIn
) -> None:
    place = reverse("evidence:dossier", args=[built.case.reference, built.number])
    assert "Volume 1, pages 1 to" in sign_in(investigator).get(place).text
    built.volumes.update(first_label="60", last_label="60")
    assert "Volume 1, page 60<" in sign_in(investigator).get(place).text
    assert ">60<" in sign_in(investigator).get(page(built)).text


def test_signing_moves_the_turn_on(
    built: Dossier,
    root: Made,
    investigator: User,
    prosecutor: User,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for person in (investigator, prosecutor):
        with django_capture_on_commit_callbacks(execute=True):
            answer = sign_in(person).post(page(built), typed(certificates.make(person.name, root)))
        assert answer.status_code == 302, answer.text
    built.refresh_from_db()
    assert built.state == Dossier.State.ISSUED


def test_once_everybody_has_signed_nothing_is_said_to_be_signed_yet(
    built: Dossier, root: Made, investigator: User, sign_in: SignIn
) -> None:
    place = reverse("evidence:dossier", args=[built.case.reference, built.number])
    assert "Built, to be signed" in sign_in(investigator).get(place).text
    scenes.sign_all(built, root)  # the bundle waits for the worker
    text = sign_in(investigator).get(place).text
    assert "Built, to be signed" not in text
    assert "Signed, being bundled" in text


def test_it_waits_on_the_first_page_of_the_next_one(
    built: Dossier, root: Made, investigator: User, prosecutor: User
) -> None:
    def waits(user: User) -> list[str]:
        return [row.title for row in waiting.of(user) if "dossier" in row.title]

    before = waiting_number.number(prosecutor)
    assert waits(investigator) == [f"Sign dossier 1 as {scenes.INVESTIGATES}"]
    assert waits(prosecutor) == []
    scenes.sign_one(built, root)
    assert waits(investigator) == []
    assert waits(prosecutor) == [f"Sign dossier 1 as {scenes.PROSECUTES}"]
    assert waiting_number.number(prosecutor) == before + 1


def weak() -> Made:
    key = rsa.generate_private_key(65537, 1024)  # noqa: S505 - to see that it is refused
    return certificates.make("Amina Wekesa", key=key)


REFUSED = [
    (lambda: certificates.make("Amina Wekesa", days=(-9, -2)), "ended on"),
    (lambda: certificates.make("Amina Wekesa", days=(2, 9)), "is good from"),
    (lambda: certificates.make("Amina Wekesa", signs=False), "not made for signing"),
    (weak, "too short"),
]


@pytest.mark.parametrize(("make", "said"), REFUSED)
def test_certificates_that_cannot_sign(
    make: Callable[[], Made], said: str, built: Dossier, investigator: User, sign_in: SignIn
) -> None:
    answer = sign_in(investigator).post(page(built), typed(make()))
    assert said in answer.text
    assert not built.signatures.filter(signed_at__isnull=False).exists()


def test_a_long_rsa_key_signs(built: Dossier, investigator: User, sign_in: SignIn) -> None:
    made = certificates.make(
        investigator.name, certificates.root(), key=rsa.generate_private_key(65537, 2048)
    )
    assert sign_in(investigator).post(page(built), typed(made)).status_code == 302


@pytest.mark.parametrize("data", [b"no certificate", b"-----BEGIN X-----", b"\x30\x80" * 9])
def test_what_is_no_certificate_file(
    data: bytes, built: Dossier, investigator: User, sign_in: SignIn
) -> None:
    sent = {"certificate": SimpleUploadedFile("a.p12", data), "passphrase": "x"}
    answer = sign_in(investigator).post(page(built), sent)
    assert answer.status_code == 200
    assert ".p12 or .pfx file" in answer.text


def test_a_wrong_passphrase_is_told_and_not_shown_again(
    built: Dossier, root: Made, investigator: User, sign_in: SignIn
) -> None:
    wrong = "wrong-passphrase-of-mine"
    made = certificates.make(investigator.name, root)
    answer = sign_in(investigator).post(page(built), typed(made, wrong)).text
    assert "does not open this file" in answer
    assert wrong not in answer


def test_another_name_is_asked_about_before_it_signs(
    built: Dossier, root: Made, investigator: User, sign_in: SignIn
) -> None:
    made = certificates.make("Somebody Else", root)
    browser = sign_in(investigator)
    assert "is_sure" not in browser.get(page(built)).text
    answer = browser.post(page(built), typed(made)).text
    assert "The certificate is of Somebody Else" in answer
    assert "is_sure" in answer
    assert browser.post(page(built), typed(made, is_sure="on")).status_code == 302


def test_a_root_that_is_not_known_is_asked_about(
    built: Dossier,
    root: Made,
    investigator: User,
    sign_in: SignIn,
    tmp_path: Path,
    settings: Settings,
) -> None:
    settings.TRUST_ROOTS = str(tmp_path / "roots.pem")
    Path(settings.TRUST_ROOTS).write_bytes(root.pem)
    stranger = certificates.make(investigator.name, certificates.root("Another"))
    browser = sign_in(investigator)
    assert "does not lead to a root" in browser.post(page(built), typed(stranger)).text
    ours = certificates.make(investigator.name, root)
    assert browser.post(page(built), typed(ours)).status_code == 302


def test_a_silent_authority_leaves_the_choice(
    built: Dossier, root: Made, investigator: User, sign_in: SignIn, authority: Authority
) -> None:
    authority.is_silent = True
    made = certificates.make(investigator.name, root)
    browser = sign_in(investigator)
    assert "Sign without a time stamp" in browser.post(page(built), typed(made)).text
    assert browser.post(page(built), typed(made, without_stamp="on")).status_code == 302


def test_neither_key_nor_passphrase_is_kept(
    built: Dossier,
    root: Made,
    investigator: User,
    sign_in: SignIn,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    made = certificates.make(investigator.name, root)
    packed = made.packed(PASSPHRASE)
    sent = {"certificate": SimpleUploadedFile("a.p12", packed), "passphrase": PASSPHRASE}
    with caplog.at_level(logging.DEBUG):
        sign_in(investigator).post(page(built), sent)
    assert PASSPHRASE not in caplog.text
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert packed[40:80] not in path.read_bytes(), path
            assert PASSPHRASE.encode() not in path.read_bytes(), path
    assert PASSPHRASE not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_the_form_is_guarded_against_other_sites(
    built: Dossier, root: Made, investigator: User
) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(investigator, backend="django.contrib.auth.backends.ModelBackend")
    answer = browser.post(page(built), typed(certificates.make("Amina Wekesa", root)))
    assert answer.status_code == 403
    assert not built.signatures.filter(signed_at__isnull=False).exists()


def test_who_may_not_open_it_may_not_sign(
    built: Dossier, root: Made, custodian: User, outsider: User, sign_in: SignIn
) -> None:
    for person, status in ((custodian, 403), (outsider, 404)):
        for name in ("sign", "refuse", "retry"):
            sent = typed(certificates.make(person.name, root), reason="No")
            assert sign_in(person).post(page(built, name), sent).status_code == status


def test_sent_twice_it_is_signed_once(
    built: Dossier, root: Made, investigator: User, sign_in: SignIn
) -> None:
    made = certificates.make(investigator.name, root)
    browser = sign_in(investigator)
    browser.post(page(built), typed(made))
    assert "You have signed this dossier already" in browser.post(page(built), typed(made)).text
    assert AuditEntry.objects.filter(action="dossier.sign").count() == 1


def test_refusing_is_told_on_the_page(built: Dossier, investigator: User, sign_in: SignIn) -> None:
    browser = sign_in(investigator)
    assert "Refuse to sign" in browser.get(page(built, "refuse")).text
    assert "Say why" in browser.post(page(built, "refuse"), {"reason": " "}).text
    answer = browser.post(page(built, "refuse"), {"reason": "Tusk <2> is not mine"}, follow=True)
    assert "Tusk &lt;2&gt; is not mine" in answer.text


def test_the_signatures_are_checked_on_a_page(
    built: Dossier, root: Made, prosecutor: User, sign_in: SignIn
) -> None:
    scenes.sign_one(built, root)
    answer = sign_in(prosecutor).get(page(built, "signatures")).text
    assert "whole" in answer
    assert "root not known here" in answer
