#!/usr/bin/env bash
# Run once by Gradescope, as root, when it builds the image; may be run again. It installs the sandbox's programs and,
# apart from the system's own, which Gradescope needs as it is, a Python with the autograder in it.
#
# GRADESCOPE_ROOT         where Gradescope keeps its files; /autograder by default
# AUTOGRADER_PRIVATE      where our Python goes; a folder that everybody may enter
# AUTOGRADER_INTERPRETER  a Python that has this autograder already: nothing is then installed
set -Eeuo pipefail
umask 022

root="${GRADESCOPE_ROOT:-/autograder}"
source_folder="${root}/source"
private="${AUTOGRADER_PRIVATE:-/opt/deepnet-autograder}"
versions="3.14 3.13 3.12 3.11"
step="it looked around"
trap 'echo "setup.sh: failed when ${step} (line ${LINENO}); what went wrong stands above. Nothing can be graded." >&2' ERR

# A Python that can make virtual environments, if there is one.
find_python() {
    local version
    for version in ${versions}; do
        if "python${version}" -c 'import ensurepip, venv' 2>/dev/null; then
            command -v "python${version}"
            return
        fi
    done
}

install_python() {
    local version
    for version in ${versions}; do
        if apt-cache show "python${version}-venv" >/dev/null 2>&1; then
            apt-get install -y --no-install-recommends "python${version}" "python${version}-venv"
            return
        fi
    done
    echo "setup.sh: apt has none of Python ${versions}; choose a newer base image, such as Ubuntu 22.04 or 24.04" >&2
    return 1
}

if [ "$(id -u)" -ne 0 ]; then
    echo "setup.sh: run this as root, as Gradescope does" >&2
    exit 1
fi

# Hidden checks, solutions and the secret are for root alone, whatever else fails.
step="it closed ${source_folder} to others"
chown -R root:root "${source_folder}"
chmod -R go= "${source_folder}"

if [ -n "${AUTOGRADER_INTERPRETER:-}" ]; then
    step="it took over ${AUTOGRADER_INTERPRETER}"
    mkdir -p "${private}/bin"
    printf '#!/bin/sh\nexec "%s" "$@"\n' "${AUTOGRADER_INTERPRETER}" >"${private}/bin/python"
    chmod 755 "${private}/bin/python"
else
    export DEBIAN_FRONTEND=noninteractive
    step="apt installed the sandbox"
    apt-get update
    apt-get install -y --no-install-recommends bubblewrap ca-certificates libseccomp2
    step="apt installed Python"
    python="$(find_python)"
    if [ -z "${python}" ]; then
        install_python
        python="$(find_python)"
    fi
    step="it made a virtual environment with ${python}"
    rm -rf "${private}"
    "${python}" -m venv "${private}"
    step="pip installed the autograder"
    pip=("${private}/bin/python" -m pip install --no-input --disable-pip-version-check --no-cache-dir)
    if ! "${pip[@]}" --requirement "${source_folder}/requirements.txt" "${source_folder}"/wheel/*.whl; then
        echo "setup.sh: not with the versions in requirements.txt; once more with any that will do" >&2
        "${pip[@]}" "${source_folder}"/wheel/*.whl
    fi
fi

step="it tried the autograder out"
"${private}/bin/python" -I -m autograder gradescope-run --look "${root}"
echo "setup.sh: done"
