# Helix and pyenv from Debian 13, which this Debian may not have, without root: `install.sh DEST`. apt-get
# verifies Debian's signature. Helix needs the C library of its own Debian, which is in DEST, too.
set -eu
dest=$1
keys=/usr/share/keyrings/debian-archive-keyring.gpg
if ! command -v apt-get dpkg-deb > /dev/null || ! [ -e "$keys" ]; then
  echo "Helix and pyenv are left out: they need apt-get and the package debian-archive-keyring" >&2
  exit 0
fi
mkdir -p "$dest/apt/lists/partial" "$dest/apt/archives/partial" "$dest/debs"
# From where this Debian gets its own packages.
from=$(apt-get indextargets --format '$(SITE)' 'Component: main' 'Origin: Debian' | grep -v security | head -n 1)
echo "deb [signed-by=$keys] $from trixie main" > "$dest/apt/sources.list"
apt() {
  apt-get -q -o Dir::Etc::sourcelist="$dest/apt/sources.list" -o Dir::Etc::sourceparts=/nonexistent \
    -o Dir::State="$dest/apt" -o Dir::State::status=/dev/null -o Dir::Cache="$dest/apt" \
    -o APT::Sandbox::User="$(id -un)" "$@"
}
apt update
(cd "$dest/debs" && apt download hx libc6 libgcc-s1 pyenv)
for deb in "$dest"/debs/*.deb; do dpkg-deb -x "$deb" "$dest"; done
rm -r "$dest/apt" "$dest/debs"
