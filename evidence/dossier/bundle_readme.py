"""The page at the top of a bundle, for the expert who opens it without knowing this system."""

from casework.ledger.checkpoint import Key

TEXT = """\
WHAT THIS IS
============
The dossier in case {case}, with the files of its exhibits and the record of who held each
exhibit. Everything in it can be checked without the system that made it and without trusting the
people who run that system.

  data/dossier/    the dossier as it was issued: one PDF, or several volumes whose page numbers run
                   on; volumes.json says which pages are in which volume
  data/exhibits/   photographs and documents of the exhibits, byte for byte as they were received
  data/ledger/     the chain of custody: events, proofs and signed heads
  manifest-sha256.txt   the SHA-256 digest of every file below data/
  manifest.note         the digests of all files, and the length of each chain, signed
  signer.vkey           the public key of the signer

HOW TO CHECK IT
===============
1. Ask the agency for the fingerprint of its key by telephone or letter, or read it on the cover of
   the dossier. Compare. A key from inside a parcel says nothing about who packed the parcel.

   {fingerprint}

   The signer calls itself: {name}

2. Run    casework-verify BUNDLE.zip --key signer.vkey
   with the key that you compared. It names the first thing that is wrong, or says what it checked.
   The program is small on purpose: read it.

3. If you have a checkpoint (a signed head of the ledger) from an earlier dossier or from another
   agency, add    --checkpoint FILE    and the program tells whether this bundle continues it.

4. Others keep the heads of this ledger and confirm them: witnesses. If you have the public key of
   one, add    --witness FILE    and the program tells when that witness saw the head.

5. If there is a file data/ledger/checkpoint.tsr, an authority has stamped the head with the time.
   Get the authority's certificate from the authority, and run
       head -n 5 data/ledger/checkpoint.note > head.note
       openssl ts -verify -data head.note -in data/ledger/checkpoint.tsr -CAfile CERTIFICATE.pem

6. Open a volume in a PDF reader that shows signatures, or run
       pdfsig data/dossier/VOLUME.pdf
   It lists who signed, as what, and whether the bytes are those that were signed. The first
   signature closes the document: after it nothing but further signatures can be added without
   breaking it. Each later one covers the ones before it, so "not total document signed" is as it
   should be for all but the last. Whether a certificate is that person's is for the authority
   that gave it to say: get the root certificate from that authority and give it to your reader.
   A volume without signatures was issued without: the manifest covers it all the same.

7. volumes.json also states, for each volume, how long it was before anybody signed it, and the
   digest of those bytes. The signed file begins with them; this prints the same digest:
       head -c UNSIGNED_BYTES data/dossier/VOLUME.pdf | sha256sum

Without that program:
   sha256sum -c manifest-sha256.txt    in this folder checks the files;
   the format of events, commitments, proofs and heads, with a program of thirty lines and with
   test vectors, is in docs/custody-chain.md of the software; docs/bundle.md describes this folder.

WHAT IT PROVES
==============
- No byte of any file was changed since the manifest was signed, and no page of a volume since its
  first signer signed it.
- Each exhibit's events stand in the order in which they were recorded; none was edited, and none
  was taken out of the middle.
- Each event was in the agency's ledger when the head in data/ledger/checkpoint.note was signed, and
  the ledger of the dossier before, if there was one, is a beginning of it.
- Each name and text that is disclosed is the one that was recorded. A text that is withheld leaves
  its commitment in the event, and the proofs hold all the same.

It does not prove that what people recorded is true. It proves what they recorded, and when the
system took it in.
"""


def readme(case_reference: str, key: Key) -> str:
    groups = key.fingerprint
    fingerprint = f"{groups[:39]}\n   {groups[40:]}"
    return TEXT.format(case=case_reference, name=key.name, fingerprint=fingerprint)
