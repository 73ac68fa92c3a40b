// The frame of what sealing added, held to what the organisation signed. Part of the page that verifies.
// `text` is the file, one character a byte. Written after the module `frame` of the command.
const EMBEDDED = new RegExp("<<\\n/Type /EmbeddedFile\\n(/Subtype /[!-~]{1,100}\\n)/Params <<\\n/Size (\\d{1,9})\\n"
  + "/CheckSum <[0-9a-f]{32}>\\n((?:/(?:Creation|Mod)Date \\([^()\\n]{1,64}\\)\\n)*)>>\\n"
  + "/Length (\\d{1,9})\\n>>\\nstream\\n", "y");
const OBJECT = /(\d{1,9}) 0 obj\n/y;
const RANGE = /\n\/ByteRange \[0 (\d{1,10}) (\d{1,10}) (\d{1,10})\] *\n/y;
const TRAILER = new RegExp("trailer\\n<<\\n(/Size \\d{1,9}\\n/Root \\d{1,9} 0 R\\n(?:/Info \\d{1,9} 0 R\\n)?)"
  + "/ID \\[ <[0-9a-f]{1,64}> <[0-9a-f]{1,64}> \\]\\n(/Prev \\d{1,10}\\n)>>\\n"
  + "startxref\\n(\\d{1,10})\\n%%EOF\\n", "y");
const ENDS = "\nendobj\n", STREAM_ENDS = "\nendstream" + ENDS;

function matched(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

// The parts of the frame; null for an addition of another form.
function frameOf(text, begins, seal) {
  const parts = [], places = new Map();
  let at = begins, found;
  while ((found = matched(OBJECT, text, at))) {
    const number = Number(found[1]);
    const body = places.has(number) ? null : bodyOf(text, at + found[0].length, seal);
    if (!body) return null;
    places.set(number, at);
    parts.push(found[1], ...body.parts);
    at = body.next;
  }
  const table = tableOf(places);
  const trailer = matched(TRAILER, text, at + table.length);
  if (!places.size || !text.startsWith(table, at) || !trailer) return null;
  if (at + table.length + trailer[0].length !== seal.ends || Number(trailer[3]) !== at) return null;
  return [...parts, trailer[1], trailer[2]];
}

function bodyOf(text, at, seal) {
  const embedded = matched(EMBEDDED, text, at);
  if (embedded) {
    const [head, subtype, size, dates, length] = embedded;
    const ends = at + head.length + Number(length);
    if (size !== length || !text.startsWith(STREAM_ENDS, ends)) return null;
    return { parts: ["attachment", subtype, dates], next: ends + STREAM_ENDS.length };
  }
  const ends = text.indexOf(ENDS, at), next = ends + ENDS.length;
  if (ends < 0 || next > seal.ends) return null;
  if (!(at < seal.first && seal.first < ends)) return { parts: ["object", text.slice(at, ends)], next };
  const range = matched(RANGE, text, seal.second), before = text.slice(at, seal.first);
  if (!range || !before.endsWith("/Contents ")) return null;
  const [first, second, length] = range.slice(1).map(Number);
  if (first !== seal.first || second !== seal.second || second + length !== seal.ends) return null;
  return { parts: ["signature", before, text.slice(seal.second + range[0].length, ends)], next };
}

function tableOf(places) {
  const sections = [], numbers = [0, ...places.keys()].sort((one, other) => one - other);
  for (const number of numbers) {
    if (sections.at(-1)?.at(-1) === number - 1) sections.at(-1).push(number);
    else sections.push([number]);
  }
  const row = (number) =>
    number ? `${String(places.get(number)).padStart(10, "0")} 00000 n \n` : "0000000000 65535 f \n";
  return "xref\n" + sections.map((one) => `${one[0]} ${one.length}\n${one.map(row).join("")}`).join("");
}

async function framed(text, document, seal) {
  const parts = frameOf(text, document.bytes, seal);
  if (!parts) return false;
  const whole = parts.map((one) => `${one.length}:${one}`).join("");
  const bytes = Uint8Array.from(whole, (one) => one.charCodeAt(0));
  return hex(await sha256(bytes)) === document.frame_sha256;
}
