// Finds the values in an env file without the server, so that none is visible before the server has started.

/** A range of the text, in UTF-16 code units, and its line, from 0. */
export interface ValueRange {
  line: number;
  start: number;
  end: number;
  /** Whether it can also be a name without its sign: to be shown only to a user who is typing it. */
  orName: boolean;
}

/** Folders of env files that can have any name, as in Cookiecutter Django. */
const ENV_FOLDER = /(^|\/)\.envs\//i;
const TEMPLATE = /(^|[._-])(example|sample|template|dist|default|defaults|schema)(\.|$)/i;
const ENV_FILE = /(^\.(flask)?env(rc)?($|[._-])|\.env$|^(dot)?env([._-](local|dev|development|prod|production|stage|staging|test))*$)/i;
const CODE = /\.([cm]?[jt]sx?|go|md|php|pyi?|rb|rs)$/i;
// A name and its sign, in a line of its own or commented out; there, the name may just have been deleted.
const ASSIGNED = /^[ \t]*(?:#[#\t ]*)?(?:export[ \t]+)?['"]?[A-Za-z_][\w.-]*['"]?[ \t]*[=:][ \t]*|^[ \t]*#[#\t ]*(?:export[ \t]+)?=(?!=)[ \t]*/;
// A word that ends with "=" and mixes upper and lower case is probably the last line of base64, not a name.
const ENCODED = /^(?=[^=]*[a-z])(?=[^=]*[A-Z])[A-Za-z0-9]{12,}[ \t]*=/;
// A command of direnv's standard library or of a shell's control flow, without anything that may be a value.
const COMMAND =
  /^[ \t]*(?:(?:dotenv|source_env|source_up|use|layout|watch_(?:file|dir)|(?:PATH|path|MANPATH)_add|load_prefix|env_vars_required|strict_env|direnv_version|unset)(?:_if_exists)?(?:[ \t]+[\w.~/-]{1,24})*|then|else|fi|do|done|esac)[ \t]*(?:#[^=:]*)?$/;
// A name whose sign is not typed yet.
const NAME = /^(?:export[ \t]+)?[A-Za-z_]\w{0,39}[ \t]*$/;
const QUOTED = /^(['"`])/;
const EMPTY = /^(['"`])\1$/;

// What editors, file managers and people add to the name of a file for a copy: ".env~", "#.env#", ".env.bak", ".env copy 2", ".env (1)".
const COPY = /^#(?=.+#$)|(~|#|\.~\d+~|[._-](bak|backup|copy|old|orig|save|swo|swp|tmp)\d*| copy( \d+)?| \((copy|\d+)\))+$/gi;

/** Whether a file contains values: its path is that of an env file or of a copy of one, not of a template or code. */
export function holdsValues(path: string): boolean {
  const name = (path.split("/").pop() ?? "").replace(COPY, "");
  return (ENV_FILE.test(name) || ENV_FOLDER.test(path)) && !TEMPLATE.test(name) && !CODE.test(name);
}

/** Whether an env file is written for direnv: besides variables, it has commands. */
export function isForDirenv(path: string): boolean {
  return /(^|\/)\.envrc[^/]*$/i.test(path);
}

/**
 * The ranges of an env file that are values, line by line; what is neither a name nor a comment (nor, in files for direnv, a
 * command) counts as a value, and so does a comment that is in `held`.
 */
export function cloaked(text: string, forDirenv = false, held: ReadonlySet<string> = new Set()): ValueRange[] {
  const found: ValueRange[] = [];
  let quote = ""; // the quote that opened a value on a line above
  let continued = false; // the line above ends with a backslash
  let block = false; // inside a private key, which can span several lines without quotes
  let loose = false; // the line above is part of a value, or of nothing
  let number = -1;
  for (const [start, line] of lines(text)) {
    number++;
    const comment = /^[ \t]*#/.test(line);
    const assigned = quote || block || continued ? null : nameBefore(line);
    const isComment = comment && !quote && !block && !continued;
    const first = line.search(isComment ? /[^#\t ]|$/ : /[^\s]|$/);
    const from = assigned ?? (isComment && !held.has(line) ? line.length : first);
    const to = line.trimEnd().length;
    const isCommand = forDirenv && !quote && !block && !continued && COMMAND.test(line);
    const isEmpty = assigned !== null && EMPTY.test(line.slice(from, to));
    const canBeName = !quote && !block && !continued && !loose && NAME.test(line);
    continued = forDirenv && /\\$/.test(line);
    if (to > from && !isCommand && !isEmpty) {
      found.push({ line: number, start: start + from, end: start + to, orName: canBeName });
    }
    loose = to > 0 && assigned === null && !comment && !isCommand;
    quote = openAfter(line, assigned ?? 0, quote, assigned !== null && !comment);
    block = !quote && ((block && !/-----END /.test(line)) || (/-----BEGIN /.test(line) && !/-----END /.test(line)));
  }
  return found;
}

/** The start of the value on a line with a name; null for any other line, and for possible parts of a value. */
function nameBefore(line: string): number | null {
  const found = ASSIGNED.exec(line);
  const isPiece = found !== null && /^=*[ \t]*$/.test(line.slice(found[0].length)) && ENCODED.test(found[0]);
  return found && !isPiece ? found[0].length : null;
}

/** The quote that is open at the end of a line. */
function openAfter(line: string, from: number, open: string, assigned: boolean): string {
  const begins = open ? open : assigned ? (QUOTED.exec(line.slice(from))?.[1] ?? "") : "";
  if (!begins) {
    return "";
  }
  for (let at = open ? 0 : from + 1; at < line.length; at++) {
    if (line[at] === "\\") {
      at++;
    } else if (line[at] === begins) {
      return "";
    }
  }
  return begins;
}

function* lines(text: string): Generator<[number, string]> {
  const line = /[^\r\n]*(\r\n|\r|\n|$)/y;
  while (line.lastIndex < text.length) {
    const start = line.lastIndex;
    const found = line.exec(text);
    if (!found || found[0] === "") {
      return;
    }
    yield [start, found[0].slice(0, found[0].length - (found[1]?.length ?? 0))];
  }
}
