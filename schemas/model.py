"""What every table's model has in common."""

import pandera.pandas as pa

from schemas import checks as checks  # registers the checks that fields name


class TableModel(pa.DataFrameModel):
    """A table: ``Config.title`` is its French title, ``description`` its English one, ``unique`` its key."""

    class Config:
        """Other columns may be present; only the declared ones are stored."""

        strict = False
