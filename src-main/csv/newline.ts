/** What ends a line. */
export type Newline = '\n' | '\r\n' | '\r';

/** The line break that ends the first line outside quotes; LF where there is none. */
export function detectNewline(start: string): Newline {
  let quoted = false;
  for (let at = 0; at < start.length; at++) {
    const char = start[at];
    if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '\n') return '\n';
    else if (char === '\r') return start[at + 1] === '\n' ? '\r\n' : '\r';
  }
  return '\n';
}
