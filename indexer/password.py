"""Password: may the one who says this word into /admin? Only a scrypt digest of it is kept."""

import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path

from corpus.errors import HvaVirkerError

PASSWORD = "password.json"  # noqa: S105 (a file's name)
SHORTEST = 12
LONGEST = 1000
COST, BLOCK, LANES = 2**15, 8, 1  # 32 MiB and about 0.1 s a try
MEMORY = 2 * 128 * COST * BLOCK


def set_password(folder: Path, password: str) -> None:
    """Keep the digest of a password, readable by its owner alone. Raises HvaVirkerError when it is too short."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise HvaVirkerError(
            f"The password has {len(password)} characters.", f"Use at least {SHORTEST}; a sentence is good."
        )
    salt = secrets.token_bytes(16)
    kept = {"scheme": "scrypt", "n": COST, "r": BLOCK, "p": LANES, "salt": salt.hex()}
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = folder / f".{PASSWORD}.{os.getpid()}.part"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            json.dump({**kept, "digest": _digest(password, salt, COST, BLOCK, LANES).hex()}, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / PASSWORD)
    finally:
        part.unlink(missing_ok=True)


def remove_password(folder: Path) -> bool:
    """Close the log-in by password; whether there was one."""
    there = has_password(folder)
    (folder / PASSWORD).unlink(missing_ok=True)
    return there


def has_password(folder: Path) -> bool:
    """Whether a password is set."""
    return (folder / PASSWORD).is_file()


def is_password(folder: Path, given: str) -> bool:
    """Whether this is the password; every wrong one takes the same time. Raises HvaVirkerError for a damaged file."""
    try:
        kept = json.loads((folder / PASSWORD).read_text(encoding="ascii"))
        salt, digest = bytes.fromhex(kept["salt"]), bytes.fromhex(kept["digest"])
        found = _digest(given[:LONGEST], salt, kept["n"], kept["r"], kept["p"])
    except FileNotFoundError:
        return False
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HvaVirkerError(
            f"{folder / PASSWORD} cannot be used: {error}.", "Set it anew: hvavirker admin-password."
        ) from error
    return hmac.compare_digest(found, digest) and len(given) <= LONGEST


def _digest(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=block, p=lanes, maxmem=MEMORY, dklen=32)
