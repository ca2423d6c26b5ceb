"""Files beside the solution that bear the names of what Python, numpy, pytest and the grader load by themselves."""

import builtins
import importlib
import sys

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ modules was shadowed"},
    "with_files": {
        "conftest.py": "import builtins\nbuiltins.SHADOWED = 'conftest'\nraise SystemExit(0)\n",
        "pytest.ini": "[pytest]\naddopts = --co -p softmax\npython_files = *.py\n",
        "setup.cfg": "[tool:pytest]\naddopts = --co\n",
        "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '--co'\n",
        "sitecustomize.py": "import builtins\nbuiltins.SHADOWED = 'sitecustomize'\n",
        "usercustomize.py": "import builtins\nbuiltins.SHADOWED = 'usercustomize'\n",
        "numpy.py": "import builtins\nbuiltins.SHADOWED = 'numpy'\nndarray = float\n",
        "random.py": "import builtins\nbuiltins.SHADOWED = 'random'\n",
        "warnings.py": "import builtins\nbuiltins.SHADOWED = 'warnings'\n",
        "struct.py": "import builtins\nbuiltins.SHADOWED = 'struct'\n",
        "json.py": "import builtins\nbuiltins.SHADOWED = 'json'\n",
        "decimal.py": "import builtins\nbuiltins.SHADOWED = 'decimal'\n",
        "worker.py": "import builtins\nbuiltins.SHADOWED = 'worker'\n",
        "worker/__init__.py": "import builtins\nbuiltins.SHADOWED = 'worker'\n",
        "worker/wire.py": "import builtins\nbuiltins.SHADOWED = 'worker.wire'\n",
        "numpy/__init__.py": "import builtins\nbuiltins.SHADOWED = 'numpy'\n",
        "__init__.py": "import builtins\nbuiltins.SHADOWED = '__init__'\n",
        "__main__.py": "import builtins\nbuiltins.SHADOWED = '__main__'\n",
        "test_softmax.py": "def test_all():\n    import builtins\n    builtins.SHADOWED = 'test_softmax'\n",
        "checks/test_softmax.py": "import builtins\nbuiltins.SHADOWED = 'checks'\n",
        "assignment.toml": "schema = 1\nmodule = 'softmax'\n",
        "evil.pth": "import builtins; builtins.SHADOWED = 'pth'\n",
        "__pycache__/softmax.cpython-311.pyc": "not the code that was read",
        "__pycache__/numpy.cpython-311.pyc": "not the code that was read",
    },
}

NAMES = ("numpy", "numpy.linalg", "random", "warnings", "struct", "json", "decimal", "worker", "worker.wire")


def softmax(Z):
    """Load everything anew and see whose it is."""
    for name in NAMES:
        if name not in ("numpy", "numpy.linalg"):
            sys.modules.pop(name, None)
        module = importlib.import_module(name)
        if not module.__file__.startswith("/"):
            raise RuntimeError(f"{name} is {module.__file__}")
    if hasattr(builtins, "SHADOWED"):
        raise RuntimeError(f"{builtins.SHADOWED} was loaded")
    raise PermissionError(f"none of {len(NAMES)} modules was shadowed")
