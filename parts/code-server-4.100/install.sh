#!/bin/sh
# As ../code-server/install.sh, for the code-server of package-lock.json beside this file. Usage: install.sh DEST
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dest=${1:?usage: install.sh DEST}
quiet="--ignore-scripts --no-audit --no-fund --loglevel=error"

mkdir -p "$dest"
cp "$here/package.json" "$here/package-lock.json" "$dest/"
cd "$dest"
npm ci $quiet
# Without this one, which would have to be compiled, Node finds the argon2 of our own package.json.
rm -rf node_modules/code-server/node_modules/argon2
cd node_modules/code-server/lib/vscode
npm install --omit=dev $quiet
(cd extensions && npm install --omit=dev $quiet)
ln -sf code-linux.sh bin/remote-cli/code-server
ln -sf browser-linux.sh bin/helpers/browser.sh
