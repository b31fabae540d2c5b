#!/bin/sh
# Installs the code-server that stands in package-lock.json beside this file into DEST (Linux, x64), without
# running a script of any package and without compiling. Usage: install.sh DEST
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dest=${1:?usage: install.sh DEST}
quiet="--ignore-scripts --no-audit --no-fund --loglevel=error"

mkdir -p "$dest"
cp "$here/package.json" "$here/package-lock.json" "$dest/"
cd "$dest"
npm ci $quiet
cd node_modules/code-server/lib/vscode
# Their npm-shrinkwrap.json pins these two; `npm ci` refuses it as out of step with package.json.
npm install --omit=dev $quiet
(cd extensions && npm install --omit=dev $quiet)
ln -sf code-linux.sh bin/remote-cli/code-server
ln -sf browser-linux.sh bin/helpers/browser.sh
