#!/bin/sh
# Install Quipu from this bundle, without a network. `./install.sh --help` says how.
set -eu
umask 022
here=$(cd "$(dirname "$0")" && pwd)
prefix=/opt/quipu
python=
check_only=

# say SPANISH ENGLISH
say() { if [ "${QUIPU_LANG:-es}" = en ]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi; }
fail() { say "$1" "$2" >&2; exit "${3:-1}"; }
value() { sed -n "s/^$1=//p" "$here/platform.txt"; }

usage() {
  say "Uso: ./install.sh [--prefix CARPETA] [--python PROGRAMA] [--check]
Instala Quipu desde esta carpeta, sin red.
  --prefix CARPETA   dónde se instala; no debe existir (/opt/quipu)
  --python PROGRAMA  el Python que se usa (python$(value python) o python3)
  --check            solo comprueba los archivos y la máquina
Salida: 0 listo, 1 falló, 2 no se puede así." \
"Usage: ./install.sh [--prefix FOLDER] [--python PROGRAM] [--check]
Installs Quipu from this folder, without a network.
  --prefix FOLDER   where it is installed; it must not exist (/opt/quipu)
  --python PROGRAM  the Python to use (python$(value python) or python3)
  --check           only check the files and the machine
Exit code: 0 done, 1 failed, 2 not possible like this."
}

while [ $# -gt 0 ]; do
  case $1 in
    --prefix | --python)
      [ $# -gt 1 ] || fail "Falta el valor de $1." "The value of $1 is missing." 2
      if [ "$1" = --prefix ]; then prefix=$2; else python=$2; fi
      shift 2 ;;
    --check) check_only=1; shift ;;
    --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done

say "1. Comprobar los archivos (SHA256SUMS) …" "1. Checking the files (SHA256SUMS) …"
(cd "$here" && sha256sum --check --strict --quiet SHA256SUMS) ||
  fail "Hay archivos dañados o cambiados. Copie el paquete de nuevo." \
       "Files are damaged or changed. Copy the bundle again."
listed=$(sed 's/^[0-9a-f]* [ *]//' "$here/SHA256SUMS" | LC_ALL=C sort)
there=$(cd "$here" && find . ! -type d ! -path ./SHA256SUMS | sed 's|^\./||' | LC_ALL=C sort)
[ "$listed" = "$there" ] ||
  fail "Hay archivos que no son del paquete. Copie el paquete de nuevo." \
       "There are files that are not of the bundle. Copy the bundle again."

say "2. Comprobar Python y la máquina …" "2. Checking Python and the machine …"
wanted=$(value python)
if [ -z "$python" ]; then
  python=python3
  if command -v "python$wanted" >/dev/null; then python=python$wanted; fi
fi
here_is=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo -)
[ "$here_is" = "$wanted" ] ||
  fail "Este paquete es para Python $wanted; $python es $here_is. Use --python PROGRAMA." \
       "This bundle is for Python $wanted; $python is $here_is. Use --python PROGRAM." 2
[ "$(uname -m)" = "$(value machine)" ] ||
  fail "Este paquete es para $(value machine); esta máquina es $(uname -m)." \
       "This bundle is for $(value machine); this machine is $(uname -m)." 2
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
  fail "A $python le falta venv. En Debian: el paquete python$wanted-venv." \
       "$python lacks venv. On Debian: the package python$wanted-venv." 2
[ ! -e "$prefix" ] ||
  fail "$prefix ya existe. Muévala (así puede volver atrás) o use --prefix." \
       "$prefix exists already. Move it away (so that you can go back) or use --prefix." 2
if [ -n "$check_only" ]; then say "Todo está bien." "All is well."; exit 0; fi

trap 'rm -rf "$prefix"; say "No se instaló nada." "Nothing was installed." >&2' EXIT
say "3. Instalar los programas en $prefix …" "3. Installing the programs into $prefix …"
"$python" -m venv "$prefix"
PIP_CONFIG_FILE=/dev/null "$prefix/bin/python" -m pip install --quiet --disable-pip-version-check \
  --no-cache-dir --no-index --find-links "$here/wheels" --require-hashes -r "$here/requirements.txt"

say "4. Copiar los archivos de Kafka …" "4. Copying Kafka's files …"
mkdir -p "$prefix/share/quipu"
cp -R "$here/maven" "$prefix/share/quipu/maven"
cp -R "$here/deploy" "$here/docs" "$here/LICENSE" "$prefix/share/quipu/"

version=$("$prefix/bin/quipu" --version)
trap - EXIT
say "Listo: $version. Pruebe:
  $prefix/bin/quipu --home /tmp/quipu-prueba demo
Producción: $prefix/share/quipu/docs/es/produccion.md" \
"Done: $version. Try:
  $prefix/bin/quipu --home /tmp/quipu-trial demo
Production: $prefix/share/quipu/docs/production.md"
