"""OmegaConf and Hydra: `${oc.env:NAME}` and `${oc.env:NAME,default}` in strings of a configuration.

They are read when the value is used, so no variable is certainly required.
"""

from __future__ import annotations

from configvars.model import Example
from configvars.names.interest import Inside
from configvars.readers.base import Reader
from configvars.syntax.omegaconf import ENV

OMEGACONF = Reader(
    name="omegaconf",
    triggers=(b"oc.env:", b"${env:"),
    inside=(
        Inside(
            "env:", ENV, "${oc.env:}", frozenset({"omegaconf", "hydra", "hydra_zen", "pytorch_lightning"})
        ),
    ),
    silent=(
        Example("HELP = '${oc.env:A}'\n", note="a string in an unrelated file"),
        Example("import omegaconf\n# '${oc.env:A}'\nx = '${oc.select:A}'\n"),
    ),
    examples=(
        Example(
            "import omegaconf\nx = '${oc.env:A,${oc.env:B}}' + \"${oc.env:'C', null}\" + '\\\\${oc.env:D}'\n",
            ("2:15 A read defaulted", "2:26 B read optional", "2:44 C read optional"),
            "nested, quoted, escaped",
        ),
        Example(
            "from omegaconf import OmegaConf\n"
            "OmegaConf.create({'user': '${oc.env:A}', 'url': 'x://${oc.env:B,null}:${oc.env:C, 1}'})\n",
            ("2:37 A read optional", "2:63 B read optional", "2:80 C read defaulted"),
        ),
        Example(
            "from dataclasses import dataclass\nimport hydra\n@dataclass\nclass Db:\n    host: str = '${oc.env:HOST,localhost}'\n",
            ("5:27 HOST read defaulted",),
        ),
    ),
)
