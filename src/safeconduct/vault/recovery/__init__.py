"""Ways back to a person's keys when the passphrase is lost: their own paper, or two custodians.

Neither needs the passphrase, so whoever holds the paper or two custodians' keys holds the person's.
"""
