"""The importer of kind `network`: tables of main roads or railways → a network to measure on.

What builds it is imported only when one is built.
"""

from safeconduct.reference.importing import Built, ImportRejected, RowMistake

_MOST_NAMED = 100_000


class NetworkImporter:
    """Builds road and rail networks (see docs/reference/networks.md)."""

    name = "network"
    version = 1
    most_bytes = 512 * 1024 * 1024

    def build(self, original: bytes) -> Built:
        """A ZIP archive of two tables → the built form; rows are its edges.

        Lines that cannot be used are left out and named. Raises ImportRejected.
        """
        from safeconduct.geo.network_building import NetworkMistaken, build_network

        try:
            built = build_network(original)
        except NetworkMistaken as error:
            raise ImportRejected((RowMistake(1, str(error)),)) from error
        wrong = tuple(RowMistake(one.line, one.reason) for one in built.wrong[:_MOST_NAMED])
        return Built(data=built.data, rows=built.edges, rejected=wrong)
