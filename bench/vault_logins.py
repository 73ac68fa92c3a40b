"""So many people signing in at once before one door, in a process of its own; JSON.

python -m bench.vault_logins LET_IN PEOPLE PATIENCE_SECONDS
"""

import json
import statistics
import sys
import threading
import time

from bench.vault_evidence import peak_mib
from safeconduct.vault.keys.hashing import HashingDoor, TooManyHashes
from safeconduct.vault.keys.passphrase import (
    Pepper,
    StoredPassphrase,
    WrongPassphrase,
    decoy,
    unlock,
)


def main() -> None:
    """Every try runs one whole hash: a record that nothing opens costs as much as a right one."""
    limit, people, patience = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    pepper, door = Pepper(bytes(32)), HashingDoor(limit, patience=patience)
    stored = decoy(pepper)
    before = peak_mib()
    times: list[float] = []
    refused: list[float] = []
    gate = threading.Barrier(people)

    def sign_in() -> None:
        gate.wait()
        start = time.perf_counter()
        took = refused if _is_refused(stored, pepper, door) else times
        took.append(time.perf_counter() - start)

    threads = [threading.Thread(target=sign_in) for _ in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = {
        "before": before,
        "peak": peak_mib(),
        "median": statistics.median(times),
        "longest": max(times),
        "refused": len(refused),
    }
    print(json.dumps(found))


def _is_refused(stored: StoredPassphrase, pepper: Pepper, door: HashingDoor) -> bool:
    try:
        unlock("koda-fiber", stored, pepper=pepper, door=door)
    except TooManyHashes:
        return True
    except WrongPassphrase:
        return False
    return False


if __name__ == "__main__":
    main()
