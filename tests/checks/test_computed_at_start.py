"""`check --deploy`: programs that fail on what they compute from a default, or pass to functions.

Each program is also really started, without its variables.
"""

from __future__ import annotations

from support.started import failing, starting

_OWN = '-- app.py --\nimport os\nA = os.getenv("A")\n'
_READ = "-- app.py --\nimport os\n"
_TEXT = '-- app.py --\nimport os\nA = os.getenv("A", "")\n'
_HELPER = (
    "-- helpers.py --\ndef numbers(text):\n    return [int(each) for each in text.split(',')]\n"
    "-- app.py --\nimport os\nfrom helpers import numbers\n"
)

# Programs that start without the variable.
SILENT = {
    "a path with a default": (
        f'{_OWN}from pathlib import Path\nB = Path(__file__).parent / (A or "x") / "y"\n'
    ),
    "nothing to unpack": f"{_OWN}print(*(A or ()), **(A or {{}}))\nB = [*(A or []), {{**(A or {{}})}}]\n",
    "a URL without a port": (
        '-- config.py --\nimport os\nA = os.getenv("A")\n-- app.py --\nfrom config import A\n'
        "import sqlalchemy\n"
        'sqlalchemy.engine.make_url(f"postgresql://{A}:{A}@{A}/{A}")\n'
    ),
    "numbers behind a test": f'{_TEXT}B = [int(x) for x in A.split(",") if x]\n',
    "numbers behind a test of digits": f'{_TEXT}B = [int(x) for x in A.split(",") if x.strip().isdigit()]\n',
    "numbers with a default": f'{_READ}B = list(map(int, os.getenv("A", "1,2").split(",")))\n',
    "numbers that nothing uses": f'{_TEXT}B = map(int, A.split(","))\n',
    "numbers that a generator may compute": f'{_TEXT}B = (int(x) for x in A.split(","))\n',
    "numbers of a function": f'{_HELPER}B = numbers(os.getenv("A", "3"))\n',
    "a filter": f'{_TEXT}B = list(map(int, filter(None, A.split(","))))\n',
    "any of a generator": f'{_TEXT}B = any(int(x) for x in A.split(",") if x)\n',
    "JSON of a default": f'{_READ}import json\nB = json.loads(os.getenv("A", "{{}}"))\n',
    "JSON, get": f'{_READ}import json\nB = json.loads(os.getenv("A", "{{}}")).get("x", {{}}).get("y")\n',
    "JSON that is tested": f"{_TEXT}import json\nif A:\n    json.loads(A)\n",
    "JSON that gets a key": (
        f'{_READ}import json\nB = json.loads(os.getenv("A", "{{}}"))\nB["x"] = 1\nprint(B["x"])\n'
    ),
    "JSON that a function changes": (
        f'{_READ}import json\nB = json.loads(os.getenv("A", "{{}}"))\n'
        'def f(b):\n    b["x"] = 1\nfor g in [f]:\n    g(B)\nprint(B["x"])\n'
    ),
    "JSON in a try": f"{_TEXT}import json\ntry:\n    json.loads(A)\nexcept ValueError:\n    pass\n",
    "a dict with the default": f'{_READ}B = {{"a": 1}}[os.getenv("A", "a")]\n',
    "a dict with None": f"{_OWN}B = {{None: 1}}[A]\n",
    "a dict, get": f'{_OWN}B = {{"a": 1}}.get(A)\n',
    "a dict that gets the key elsewhere": (
        '-- table.py --\nT = {"a": 1}\n-- more.py --\nfrom table import T\nT[None] = 2\n'
        "-- app.py --\nimport os\nimport more\nfrom table import T\nB = T[os.getenv('A')]\n"
    ),
    "a dict that a decorator fills": (
        f'{_READ}T = {{"a": 1}}\ndef to(f):\n    T[os.getenv("A")] = f\n    return f\n'
        '@to\ndef f():\n    pass\nT[os.getenv("A")]\n'
    ),
    "a list that grows by several": f'{_TEXT}B = A.split(",")\nB += ["1"]\nint(B[1])\n',
    "a list that is extended": f'{_TEXT}B = A.split(",")\nB.extend(["1"])\nint(B[1])\n',
    "a list of an object": (
        f'{_TEXT}class C:\n    pass\nc = C()\nc.b = A.split(",")\nc.b.insert(0, "1")\nint(c.b[0])\n'
    ),
    "a list that grows": f'{_TEXT}B = A.split(",")\nB.append("1")\nint(B[1])\n',
    "as many parts": f'{_READ}a, b = os.getenv("A", "x:y").split(":")\n',
    "a star": f'{_TEXT}a, *b = A.split(":")\n',
    "a partition": f'{_TEXT}a, b, c = A.partition(":")\n',
    "the last part": f'{_TEXT}B = A.split("@")[-1]\n',
    "a slice": f"{_TEXT}B = A[1:3]\n",
    "formatted as a string": f'{_OWN}B = f"{{A!s:>10}}"\nC = "%s" % A\nD = "{{}}".format(A)\n',
    "a number with a default": f'{_READ}PORT = int(os.getenv("A", "8000"))\nB = 1 / PORT\n',
    "a number that is tested": f'{_READ}B = int(os.getenv("A") or 3)\nif B < 2:\n    raise ValueError\n',
    "a number behind another one": f'{_READ}B = int(os.getenv("A") or os.getenv("B") or 1)\n',
    "a flag": f'{_READ}A = os.getenv("A", "no").lower() in ("yes", "1")\nif A:\n    raise ValueError\n',
    "a URL": f"{_OWN}from urllib.parse import urlparse\nB = urlparse(A).hostname\n",
    "a URL of an empty text": f"{_TEXT}from urllib.parse import urlparse\nB = urlparse(A).path.lower()\n",
    "a hash of an empty text": f"{_TEXT}import hashlib\nB = hashlib.sha256(A.encode()).hexdigest()\n",
    "a level": (
        f'{_READ}import logging\nlogging.getLogger().setLevel(os.getenv("A", "INFO"))\n'
        'logging.basicConfig(level=os.getenv("A"))\n'
    ),
    "files here": f"{_OWN}B = os.listdir(A)\n",
    "a writer of its own": (
        f"{_OWN}class open:\n    def __init__(self, *given):\n        pass\n"
        '    def write(self, text):\n        pass\nopen("x", "w").write(A)\n'
    ),
    "a name of its own": f"{_OWN}def eval(x):\n    return x\neval(A)\n",
    "suppressed": (
        f"{_TEXT}import contextlib, json\nwith contextlib.suppress(ValueError):\n    json.loads(A)\n"
    ),
    "another value": f'{_TEXT}A = A or "1"\nint(A)\n',
    "another value if it is empty": f'{_TEXT}if A == "":\n    A = "1"\nint(A)\n',
    "another value if it is None": f'{_OWN}if A is None:\n    A = "1"\nint(A)\n',
    "a class attribute that is set": f'{_READ}class C:\n    A = os.getenv("A", "")\nC.A = "1"\nint(C.A)\n',
    "a count": f'{_TEXT}if len(A.split(",")) != 1:\n    raise ValueError\n',
    "a longer calculation": f'{_READ}B = [0] * int(os.getenv("A", "3"))\nB[2]\n',
    "a join": f'{_OWN}B = ",".join(x for x in [A, "b"] if x)\n',
    "a command": f'{_READ}import subprocess\nsubprocess.run(["true", os.getenv("A", "")])\n',
    "the length of a default": f'{_READ}B = os.getenv("A", "x" * 3)[2]\n',
}

# Programs that fail without it.
FOUND = {
    "a path in a folder": f"{_OWN}from pathlib import Path\nB = Path(__file__).resolve().parent / 'x' / A\n",
    "a path of two parts": f'{_OWN}from pathlib import Path\nB = Path("x", A)\n',
    "unpacked arguments": f"{_OWN}print(*A)\n",
    "unpacked options": f"{_OWN}dict(**A)\n",
    "unpacked items": f"{_OWN}B = [*A]\n",
    "unpacked keys": f"{_OWN}B = {{**A}}\n",
    "keys of a comprehension": f"{_OWN}B = {{x: 1 for x in A}}\n",
    "a right side": f"{_OWN}B = 'x'\nC = B + A\n",
    "a URL without a scheme": f'{_OWN}import urllib.request\nurllib.request.Request(f"{{A}}/x")\n',
    "a port": (
        f'{_OWN}import sqlalchemy\nsqlalchemy.make_url(f"postgresql://{{A}}:{{A}}@{{A}}:{{A}}/{{A}}")\n'
    ),
    "numbers": f'{_READ}B = [int(x) for x in os.getenv("A", "").split(",")]\n',
    "numbers of a variable": f'{_TEXT}ids = A.split(",")\nB = [int(x) for x in ids]\n',
    "numbers in a set": f'{_TEXT}B = {{int(x) for x in A.split(",")}}\n',
    "numbers by map": f'{_TEXT}B = list(map(int, A.split(",")))\n',
    "numbers by a generator": f'{_TEXT}B = tuple(int(x) for x in A.split(","))\n',
    "numbers in a loop": f'{_TEXT}for x in A.split(","):\n    int(x)\n',
    "numbers of a function": f'{_HELPER}B = numbers(os.getenv("A", ""))\n',
    "numbers of another module": (
        '-- config.py --\nimport os\nA = os.getenv("A", "")\n-- app.py --\nimport config\n'
        'B = [int(x) for x in config.A.split(",")]\n'
    ),
    "numbers of a class": (
        '-- config.py --\nimport os\nclass C:\n    A = os.environ.get("A", "")\n-- app.py --\n'
        'from config import C\nB = [int(x) for x in C.A.split(" ")] + [int(C.A)]\n'
    ),
    "a default that is no number": f'{_READ}B = int(os.getenv("A", "none"))\n',
    "a default that is no number, later": f'{_READ}A = os.getenv("A", "none")\nB = int(A)\n',
    "an empty number": f"{_TEXT}B = float(A.strip())\n",
    "JSON": f"{_TEXT}import json\nB = json.loads(A)\n",
    "JSON without a key": f'{_READ}import json\nB = json.loads(os.getenv("A", "{{}}"))["x"]\n',
    "JSON without a key, later": f'{_READ}import json\nB = json.loads(os.getenv("A", "{{}}"))\nB["x"]\n',
    "JSON of None in a class": (
        f'{_READ}import json\nclass C:\n    A = os.getenv("A")\n    B = json.loads(A)\n'
    ),
    "a file": f'{_READ}open("x.json", "w").write(os.getenv("A"))\n',
    "a file in with": f'{_OWN}with open("x.json", "w") as file:\n    file.write(A)\n',
    "a dict": f'{_READ}B = {{"true": True, "false": False}}[os.getenv("A")]\n',
    "a dict of classes": (
        f'{_READ}class Prod:\n    X = 1\nconfig = {{"prod": Prod}}\nB = config[os.getenv("A")].X\n'
    ),
    "a dict with another default": f'{_READ}B = {{"a": 1}}[os.getenv("A", "b")]\n',
    "getattr": f'{_READ}import math\nB = getattr(math, os.getenv("A"))\n',
    "a URL": f"{_READ}from urllib.parse import urlparse\nB = urlparse(os.getenv('A')).hostname.lower()\n",
    "a URL, later": (
        f"{_READ}import urllib.parse as p\nurl = p.urlparse(os.environ.get('A'))\nB = url.path[1:] + 'x'\n"
    ),
    "a level": f'{_READ}import logging\nlogging.getLogger().setLevel(os.getenv("A"))\n',
    "a level that is empty": f'{_READ}import logging\nlogging.basicConfig(level=os.getenv("A", ""))\n',
    "a level of an app": (
        f'{_READ}from flask import Flask\napp = Flask("x")\napp.logger.setLevel(os.getenv("A"))\n'
    ),
    "a hashed password": (
        f"{_READ}from werkzeug.security import generate_password_hash\n"
        'B = generate_password_hash(os.getenv("A"))\n'
    ),
    "a pattern": f'{_READ}import re\nB = re.compile(os.getenv("A"))\n',
    "a text for a pattern": f'{_READ}import re\nB = re.match("a", os.getenv("A"))\n',
    "a time zone": f'{_READ}from zoneinfo import ZoneInfo\nB = ZoneInfo(os.getenv("A"))\n',
    "a hash": f'{_READ}import hashlib\nB = hashlib.sha256(os.getenv("A"))\n',
    "a command": f'{_READ}import subprocess\nsubprocess.run(["echo", os.getenv("A")])\n',
    "a date": f'{_READ}from datetime import datetime\nB = datetime.strptime(os.getenv("A"), "%Y")\n',
    "a pause": f'{_READ}import time\ntime.sleep(os.getenv("A"))\n',
    "a join": f'{_READ}B = "".join([os.getenv("A"), "b"])\n',
    "too few parts": f'{_READ}a, b = os.getenv("A", "").split(":")\n',
    "None to unpack": f"{_OWN}def f():\n    a, b = A\nf()\n",
    "no second part": f'{_TEXT}B = A.split("@")[1]\n',
    "a number in a text": f'{_READ}B = "%d" % os.getenv("A")\n',
    "eval": f'{_READ}B = eval(os.getenv("A"))\n',
    "a width": _READ + "B = f\"{os.getenv('A'):>10}\"\n",
    "a width in format": f'{_OWN}B = "{{:>10}}".format(A)\n',
    "a division": f'{_READ}B = 1 / int(os.getenv("A", "0"))\n',
    "a refused default": f'{_READ}if os.getenv("A", "dev") == "dev":\n    raise RuntimeError("A")\n',
    "a refused number": f'{_READ}B = int(os.getenv("A", "0"))\nif B < 1:\n    raise ValueError\n',
    "an assertion about a number": f'{_READ}assert int(os.getenv("A", "0")) > 0\n',
    "or an exit": f'{_OWN}import sys\ndef f():\n    A or sys.exit("A")\nf()\n',
    "a first character": f"{_TEXT}B = A[0]\n",
    "a default of another variable": f'{_READ}B = int(os.getenv("A", os.getenv("B")))\n',
    "a character": f"{_TEXT}B = ord(A)\n",
    "a largest one": f'{_TEXT}B = max(x for x in A.split(",") if x)\n',
    "a UUID": f'{_READ}import uuid\nB = uuid.UUID(os.getenv("A", ""))\n',
    "an address": f'{_READ}import ipaddress\nB = ipaddress.ip_address(os.getenv("A", ""))\n',
    "in None": f'{_OWN}def f(a):\n    return "x" in a\nf(A)\n',
    "None in a text": f'{_OWN}B = A in "abc"\n',
    "decoded": f'{_READ}import base64, json\nB = json.loads(base64.b64decode(os.getenv("A", "")))\n',
}

test_program_that_starts = starting(SILENT)
test_program_that_fails = failing(FOUND)
