"""`safeconduct dossier …`: see what would leave the house, seal it, and show a part of it alone."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from safeconduct.cli.day import Day, day_or_today
from safeconduct.cli.dossier_leaving import sheet, wrap
from safeconduct.cli.errors import FileRefused, guarded, named
from safeconduct.cli.extras import needs
from safeconduct.cli.opening import opening_options

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

    from safeconduct.cli.dossier_making import Keep
    from safeconduct.cli.seal_keys import KeyFolder

_FILE = click.Path(path_type=Path)


def _choosing(command: Any) -> Any:
    """The options by which a profile is chosen and a person answers for what is left out."""
    for option in (
        click.option("--language", help="en, fr or ru; that of the profile where not given."),
        click.option("--on", type=Day(), help="The day of vetting and sealing; today if none."),
        click.option("--references", type=_FILE, help="The folder of the reference data."),
        click.option("--answers", type=_FILE, help="YAML: what the recipient asks → statement."),
        click.option("--pseudonym", metavar="NAME", help="Where the profile shows no true name."),
        click.option(
            "--leave-out",
            "left_out",
            multiple=True,
            metavar="CLAIM=REASON",
            help="A claim that does not go, and why; repeat it for each.",
        ),
        click.option(
            "--other-word",
            "other_words",
            multiple=True,
            metavar="WORD",
            help="No name, though it reads like one that may not go; repeat it for each.",
        ),
        click.option("--by", metavar="NAME", help="Who answers for what is left out."),
        click.option("--profile", required=True, help="A shipped profile, or your own *.yaml."),
    ):
        command = option(command)
    return command


def _stamping(command: Any) -> Any:
    """The options of time stamps and of what checking long after needs."""
    for option in (
        click.option(
            "--revocation",
            multiple=True,
            type=_FILE,
            help="An issuer's certificate, or its list of revoked ones; repeat it for each.",
        ),
        click.option("--time-stamp-server", metavar="URL", help="Stamps the time (RFC 3161)."),
    ):
        command = option(command)
    return command


@click.group()
def dossier() -> None:
    """See what would leave the house for a recipient, seal it, and show a part of it alone.

    Shipped profiles: consulate, host-organisation, lawyer, court, applicant, applicant-account.
    """


@dossier.command()
@click.argument("case", type=_FILE)
@_choosing
@opening_options
@guarded
def preview(case: Path, **options: Any) -> None:
    """Show item by item what of CASE would go, what would stay, and why. Nothing is written."""
    with needs("verify"):
        from safeconduct.cli.dossier_making import chosen
        from safeconduct.dossier.profiles.preview import preview as previewed

    made = chosen(case, day_or_today(options.pop("on")), options).chosen
    click.echo(previewed(made), nl=False)


@dossier.command()
@click.argument("case", type=_FILE)
@click.argument("output", type=_FILE)
@_choosing
@click.option("--for", "recipient", required=True, metavar="NAME", help="The recipient, by name.")
@click.option("--purpose", help="What for; that of the profile where it is not given.")
@click.option("--until", type=Day(), help="The last day; by the profile where it is not given.")
@click.option("--consent", required=True, metavar="ID", help="The consent in the case: k1.")
@click.option("--keys", required=True, type=_FILE, help="The folder of `seal init`.")
@click.option("--key-passphrase-file", type=_FILE, help="Its first line opens those keys.")
@click.option("--token", type=_FILE, help="The PKCS#11 library, where the key is on a token.")
@click.option("--token-label", help="The name of the token.")
@click.option("--key-label", help="The name of the key on it.")
@click.option("--pin-file", type=_FILE, help="Its first line is the PIN; asked for if not given.")
@_stamping
@click.option(
    "--level",
    type=click.Choice(("B-B", "B-T", "B-LT", "B-LTA")),
    help="Of PAdES; B-T with a server, else B-B, where it is not given.",
)
@click.option("--warned", is_flag=True, help="The profile's warning was read and explained.")
@opening_options
@guarded
def seal(
    case: Path,
    output: Path,
    recipient: str,
    purpose: str | None,
    until: date | None,
    consent: str,
    keys: Path,
    key_passphrase_file: Path | None,
    token: Path | None,
    token_label: str | None,
    key_label: str | None,
    pin_file: Path | None,
    time_stamp_server: str | None,
    revocation: tuple[Path, ...],
    level: str | None,
    warned: bool,
    **options: Any,
) -> None:
    """Vet CASE, set what the profile lets out as PDF, seal it, and write it to OUTPUT.

    OUTPUT is not encrypted: choose a channel that its recipient can open.
    """
    with needs("seal"):
        from safeconduct.cli.dossier_making import sealed_pdf

    from safeconduct.casefile.files import write_atomically
    from safeconduct.cli.seal import passphrase_of
    from safeconduct.cli.seal_keys import KeyFolder, TokenChoice, sealer_of

    if output.exists():
        raise FileRefused(output, "there already; nothing is overwritten")
    if level is not None and (level == "B-B") != (time_stamp_server is None):
        raise click.UsageError("B-T and above need --time-stamp-server; B-B takes none")
    day = day_or_today(options.pop("on"))
    passphrase = passphrase_of("the keys that seal", key_passphrase_file)
    choice = None
    if token is not None:
        pin = passphrase_of("the token (PIN)", pin_file, root=True)
        choice = TokenChoice(token, token_label or "", key_label or "", pin)
    terms = {"recipient": recipient, "purpose": purpose, "until": until}
    with needs("seal"), sealer_of(KeyFolder(keys), passphrase, choice) as sealer:
        data = sealed_pdf(
            *(case, day, options, terms, sealer),
            consent=consent,
            warned=warned,
            time_stamps=time_stamp_server,
            keep=_keep(level, KeyFolder(keys), revocation),
        )
    write_atomically(output, data)
    click.echo(f"{named(output)}: sealed, and not encrypted", err=True)


@dossier.command()
@click.argument("cases", nargs=-1, required=True, type=_FILE)
@click.option("--to", "folder", required=True, type=_FILE, help="Where the dossiers go.")
@click.option("--choices", type=_FILE, help="YAML: case file → what is decided for it alone.")
@_choosing
@click.option("--for", "recipient", required=True, metavar="NAME", help="The recipient, by name.")
@click.option("--purpose", help="What for; that of the profile where it is not given.")
@click.option("--until", type=Day(), help="The last day; by the profile where it is not given.")
@click.option("--consent", required=True, metavar="ID", help="The consent in each case: k1.")
@click.option("--keys", required=True, type=_FILE, help="The folder of `seal init`.")
@click.option("--key-passphrase-file", type=_FILE, help="Its first line opens those keys.")
@click.option("--time-stamp-server", metavar="URL", help="Stamps the time (RFC 3161).")
@click.option("--warned", is_flag=True, help="The profile's warning was read and explained.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes; one for each core if none.")
@opening_options
@guarded
def batch(
    cases: tuple[Path, ...],
    folder: Path,
    choices: Path | None,
    recipient: str,
    purpose: str | None,
    until: date | None,
    consent: str,
    keys: Path,
    key_passphrase_file: Path | None,
    time_stamp_server: str | None,
    warned: bool,
    jobs: int | None,
    **options: Any,
) -> None:
    """Seal many CASES for one recipient into a folder, each as `dossier seal` does.

    Stopped, it goes on where it was when it is called the same way again. A case that cannot be
    sealed is named and stops no other; the exit code is 5 then. What is decided for one case alone
    (--leave-out, --answers, --pseudonym) stands in --choices where there are more. Under a
    pseudonym a dossier's name says nothing of its case; sealed.jsonl does, and stays in the house.
    """
    with needs("seal"):
        from safeconduct.cli.dossier_batch import Order, run_batch
    from safeconduct.cli.seal import passphrase_of

    order = Order(
        on=day_or_today(options.pop("on")),
        options=options,
        terms={"recipient": recipient, "purpose": purpose, "until": until},
        consent=consent,
        warned=warned,
        keys=keys,
        passphrase=passphrase_of("the keys that seal", key_passphrase_file),
        time_stamps=time_stamp_server,
        choices=choices,
    )
    refused = run_batch(cases, folder, order, jobs)
    done = len(cases) - refused
    click.echo(f"{named(folder)}: {done:,} of {len(cases):,} sealed, and not encrypted", err=True)
    if refused:
        raise click.exceptions.Exit(5)


def _keep(level: str | None, keys: "KeyFolder", revocation: tuple[Path, ...]) -> "Keep | None":
    if level not in ("B-LT", "B-LTA"):
        return None
    from safeconduct.cli.dossier_prolonging import kept_long

    def keep(sealed: bytes, server: "TimeStamper | None") -> bytes:
        return kept_long(sealed, keys, revocation, server if level == "B-LTA" else None)

    return keep


@dossier.command()
@click.argument("file", type=_FILE)
@click.argument("output", type=_FILE)
@click.option("--keys", type=_FILE, help="The folder of `seal init` that sealed it.")
@_stamping
@guarded
def prolong(
    file: Path,
    output: Path,
    keys: Path | None,
    time_stamp_server: str | None,
    revocation: tuple[Path, ...],
) -> None:
    """Write FILE, sealed with a time stamp, to OUTPUT so that it can be checked long after.

    Certificates and lists of revoked ones are added (PAdES B-LT), and with a time-stamp server a
    stamp over all of it (B-LTA). Do that again before the certificate of the last stamp ends. What
    was sealed stays as it is.
    """
    with needs("seal"):
        from safeconduct.cli.dossier_channels import sealed_file
        from safeconduct.cli.dossier_making import stamping_server
        from safeconduct.cli.dossier_prolonging import kept_long
    from safeconduct.casefile.files import write_atomically
    from safeconduct.cli.seal_keys import KeyFolder

    data, _ = sealed_file(file, output)
    folder = KeyFolder(keys) if keys else None
    with needs("seal"):
        longer = kept_long(data, folder, revocation, stamping_server(time_stamp_server))
    write_atomically(output, longer)


@dossier.command()
@click.argument("file", type=_FILE)
@click.argument("output", type=_FILE)
@click.argument("items", nargs=-1, required=True)
@guarded
def disclose(file: Path, output: Path, items: tuple[str, ...]) -> None:
    """Write ITEMS of a sealed FILE to OUTPUT, so that they can be verified without the rest.

    `preview` and `verify --json` name the items. A finding brings along all of its check. The
    manifest goes with them: recipient, purpose, checks, and how many items there are.
    """
    with needs("verify"):
        from safeconduct.cli.dossier_channels import sealed_file
        from safeconduct.dossier.sealing.disclosing import disclosed_bytes, part_of
    from safeconduct.casefile.files import write_atomically

    _, found = sealed_file(file, output)
    if found.disclosed is None:
        raise FileRefused(file, "its items cannot be read")
    part = part_of(found.disclosed, items)
    write_atomically(output, disclosed_bytes(part))
    click.echo(f"{named(output)}: {', '.join(one.id for one in part.items)}", err=True)


dossier.add_command(wrap)
dossier.add_command(sheet)
