"""Builds the wheel of attest for pip (PEP 517): CMake builds and installs its component `wheel`, and this packs it.

    pip install .
    pip install . --config-settings build-dir=build/release       what is there is used, and built on
"""

import base64
import hashlib
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "attest"


def version():
    return re.search(r"project\(attest VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text())[1]


def metadata():
    told = (ROOT / "pyproject.toml").read_text()
    summary = re.search(r'^description = "(.*)"$', told, re.M)[1]
    needed = re.search(r'^requires-python = "(.*)"$', told, re.M)[1]
    readme = (ROOT / "src/python/README.md").read_text()
    return (f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {version()}\nSummary: {summary}\nRequires-Python: {needed}\n"
            f"Provides-Extra: arrays\nRequires-Dist: numpy; extra == 'arrays'\n"
            f"Description-Content-Type: text/markdown\n\n{readme}")


def tag():
    """The wheel is for this Python on this kind of machine alone."""
    python = f"cp{sys.version_info.major}{sys.version_info.minor}"
    return f"{python}-{python}-{re.sub(r'[-.]', '_', sysconfig.get_platform())}"


def build(settings, target):
    folder = settings.get("build-dir")
    with tempfile.TemporaryDirectory(prefix="attest-build-") as temporary:
        where = Path(folder).resolve() if folder else Path(temporary)
        configure = ["cmake", "-S", ROOT, "-B", where, "-DATTEST_PYTHON=ON"]
        if not (where / "CMakeCache.txt").exists():
            configure += ["-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DATTEST_TESTS=OFF", "-DATTEST_UNITY=ON",
                          f"-DATTEST_PYTHON_EXECUTABLE={sys.executable}"]
        subprocess.run(configure, check=True)
        subprocess.run(["cmake", "--build", where, "--parallel", str(os.cpu_count() or 1), "--target", "attest_package"], check=True)
        subprocess.run(["cmake", "--install", where, "--component", "wheel", "--prefix", target, "--strip"], check=True)
    module = "_core" + sysconfig.get_config_var("EXT_SUFFIX")
    if not (target / NAME / module).exists():
        sys.exit(f"attest: expected {module}, found what was built for another Python; ATTEST_PYTHON_EXECUTABLE says for which")


def digest(data):
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    info = f"{NAME}-{version()}.dist-info"
    wheel = f"{NAME}-{version()}-{tag()}.whl"
    with tempfile.TemporaryDirectory() as folder:
        build(config_settings or {}, Path(folder))
        files = {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mode)
                 for path in sorted(Path(folder).rglob("*")) if path.is_file()}
    plain = 0o100644
    files[f"{info}/METADATA"] = (metadata().encode(), plain)
    files[f"{info}/WHEEL"] = (f"Wheel-Version: 1.0\nGenerator: attest\nRoot-Is-Purelib: false\nTag: {tag()}\n".encode(), plain)
    files[f"{info}/LICENSE"] = ((ROOT / "LICENSE").read_bytes(), plain)
    files[f"{info}/entry_points.txt"] = (b"[console_scripts]\nattest = attest.__main__:main\n", plain)
    record = "".join(f"{name},{digest(data)},{len(data)}\n" for name, (data, _) in files.items()) + f"{info}/RECORD,,\n"
    files[f"{info}/RECORD"] = (record.encode(), plain)
    with zipfile.ZipFile(os.path.join(wheel_directory, wheel), "w", zipfile.ZIP_DEFLATED) as packed:
        for name, (data, mode) in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = mode << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, data)
    return wheel


def build_sdist(sdist_directory, config_settings=None):
    """What git has of this commit."""
    name = f"{NAME}-{version()}"
    made = os.path.join(sdist_directory, name + ".tar.gz")
    subprocess.run(["git", "-C", ROOT, "archive", "--format=tar.gz", f"--prefix={name}/", "-o", os.path.abspath(made), "HEAD"], check=True)
    return name + ".tar.gz"
