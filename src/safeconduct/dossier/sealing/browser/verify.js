// Verifies a sealed dossier in a browser, without a network. It reads what `safeconduct verify` reads,
// by the same bytes, and checks less: it says so. Nothing of the file is ever made into markup.
"use strict";

const words = JSON.parse(document.getElementById("words").textContent);
const MOST_BYTES = 128 * 1024 * 1024;
const MARKS = {
  manifest: "/Subtype /application#2Fvnd.safeconduct.manifest+json\n",
  disclosure: "/Subtype /application#2Fvnd.safeconduct.disclosure+json\n",
};
const OID = {
  digest: "2a864886f70d010904",
  certificate: "2a864886f70d010910022f",
  ec: "2a8648ce3d0201",
  p256: "2a8648ce3d030107",
  rsa: "2a864886f70d010101",
};

class Unreadable extends Error {}

const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (one) => parseInt(one, 16));
const latin = (bytes) => new TextDecoder("latin1").decode(bytes);
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const same = (one, other) => hex(one) === hex(other);

// RFC 8785: keys by UTF-16, numbers and texts as ECMAScript writes them.
function canonical(value) {
  if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
  if (value !== null && typeof value === "object") {
    const keys = Object.keys(value).sort();
    return "{" + keys.map((key) => JSON.stringify(key) + ":" + canonical(value[key])).join(",") + "}";
  }
  return JSON.stringify(value);
}
const utf8 = (text) => new TextEncoder().encode(text);

function strictly(bytes) {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  const value = JSON.parse(text);
  // A key that stands twice, or any other form, does not come out as it went in.
  if (canonical(value) !== text) throw new Unreadable("verify-manifest-unreadable");
  return value;
}

// DER, as much as a signature needs: [tag, content, whole].
function der(bytes, at = 0) {
  const tag = bytes[at];
  let size = bytes[at + 1], start = at + 2;
  if (size & 0x80) {
    const count = size & 0x7f;
    if (count < 1 || count > 4) throw new Unreadable("verify-signature-damaged");
    size = 0;
    for (let i = 0; i < count; i++) size = size * 256 + bytes[start + i];
    start += count;
  }
  if (!(start + size <= bytes.length)) throw new Unreadable("verify-signature-damaged");
  return { tag, content: bytes.subarray(start, start + size), whole: bytes.subarray(at, start + size) };
}
function inside(value) {
  const found = [];
  for (let at = 0; at < value.content.length; at += found.at(-1).whole.length)
    found.push(der(value.content, at));
  return found;
}

function located(data, text) {
  const ranges = /\/ByteRange \[0 (\d{1,10}) (\d{1,10}) (\d{1,10})\]/g;
  let best = null;
  for (const match of text.matchAll(ranges)) {
    const [first, second, length] = match.slice(1).map(Number);
    const fits = 0 < first && first < second && second + length <= data.length;
    if (fits && second - first <= 1024 * 1024 && (!best || second + length > best.ends))
      best = { first, second, ends: second + length };
  }
  const digits = best && /^<([0-9A-F]+)>$/.exec(text.slice(best.first, best.second));
  if (!digits) throw new Unreadable("verify-page-not-sealed");
  const covered = new Uint8Array(best.first + best.ends - best.second);
  covered.set(data.subarray(0, best.first));
  covered.set(data.subarray(best.second, best.ends), best.first);
  return { ...best, covered, signature: unhex(digits[1]), behind: data.length - best.ends };
}

function attached(data, text, mark, before) {
  const at = text.lastIndexOf(mark, before - mark.length);
  const head = at < 0 ? -1 : text.indexOf("\n>>\nstream\n", at);
  const length = head < 0 ? null : /\n\/Length (\d{1,9})\n/.exec(text.slice(at, head + 1));
  if (!length || head - at > 1024) throw new Unreadable("verify-no-manifest");
  const start = head + "\n>>\nstream\n".length;
  if (start + Number(length[1]) > before) throw new Unreadable("verify-no-manifest");
  return data.subarray(start, start + Number(length[1]));
}

async function signed(bytes) {
  const [, content] = inside(der(bytes));
  const parts = inside(inside(content)[0]);
  const certificates = inside(parts[3]);
  const signer = inside(inside(parts.at(-1))[0]);
  const attributes = {};
  for (const one of inside(signer[3])) {
    const [name, values] = inside(one);
    attributes[hex(name.content)] = inside(values)[0];
  }
  const named = inside(inside(inside(attributes[OID.certificate])[0])[0])[0].content;
  for (const one of certificates) {
    if (same(await sha256(one.whole), named)) {
      const over = Uint8Array.from(signer[3].whole);
      over[0] = 0x31;
      return {
        certificate: one, named: hex(named), digest: attributes[OID.digest].content,
        over, signature: signer[5].content,
      };
    }
  }
  throw new Unreadable("verify-signature-damaged");
}

async function holds(found) {
  const fields = inside(inside(found.certificate)[0]);
  const key = fields[fields[0].tag === 0xa0 ? 6 : 5];
  const [kind, curve] = inside(inside(key)[0]).map((one) => hex(one.content));
  if (kind === OID.rsa) {
    const how = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    const made = await crypto.subtle.importKey("spki", key.whole, how, false, ["verify"]);
    return crypto.subtle.verify(how, made, found.signature, found.over);
  }
  if (kind !== OID.ec || curve !== OID.p256) return false;
  const made = await crypto.subtle.importKey(
    "spki", key.whole, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  const raw = new Uint8Array(64);
  inside(der(found.signature)).forEach((one, i) => {
    const number = one.content[0] === 0 ? one.content.subarray(1) : one.content;
    if (number.length <= 32) raw.set(number, 32 * i + 32 - number.length);
  });
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, made, raw, found.over);
}

// True, false, or null where the browser has no Ed25519.
async function organisationSigned(key, signature, bytes) {
  let made;
  try {
    made = await crypto.subtle.importKey("raw", unhex(key), { name: "Ed25519" }, false, ["verify"]);
  } catch (error) {
    if (error.name === "NotSupportedError") return null;
    return false;
  }
  return crypto.subtle.verify({ name: "Ed25519" }, made, unhex(signature), bytes);
}

const said = (id, values = {}) => ({ id, values });
const point = (wrong, otherwise = []) =>
  wrong.length ? { answer: "no", because: wrong }
    : otherwise.length ? { answer: "unknown", because: otherwise } : { answer: "yes", because: [] };

async function examined(data) {
  const text = latin(data);
  if (!text.startsWith("%PDF-")) return partOf(data, text);
  const seal = located(data, text);
  const changed = [], wrong = [], open = [];
  const cms = await signed(seal.signature).catch(() => {
    throw new Unreadable("verify-signature-damaged");
  });
  if (!same(await sha256(seal.covered), cms.digest)) changed.push(said("verify-content-changed"));
  const manifest = attached(data, text, MARKS.manifest, seal.first);
  const disclosed = strictly(attached(data, text, MARKS.disclosure, seal.first));
  if (canonical(disclosed.manifest) !== latin8(manifest)) changed.push(said("verify-two-manifests"));
  const document = disclosed.manifest.document;
  const base = data.subarray(0, document.bytes);
  if (hex(await sha256(base)) !== document.sha256) changed.push(said("verify-another-document"));
  changed.push(...(await altered(disclosed, true)));
  if (!(await holds(cms).catch(() => false))) wrong.push(said("verify-signature-wrong"));
  if (cms.named !== disclosed.manifest.certificate.sha256)
    wrong.push(said("verify-certificate-not-named"));
  const behind = seal.behind ? [said("verify-page-behind", { bytes: seal.behind })] : [];
  await addSignature(disclosed, wrong, open);
  return { kind: "dossier", disclosed, intact: point(changed, behind), valid: point(wrong, open) };
}
const latin8 = (bytes) => new TextDecoder("utf-8").decode(bytes);

async function partOf(data, text) {
  if (!text.startsWith("{")) throw new Unreadable("verify-page-not-sealed");
  const disclosed = strictly(data);
  const wrong = [], open = [];
  await addSignature(disclosed, wrong, open);
  return {
    kind: "part", disclosed,
    intact: point(await altered(disclosed, false)), valid: point(wrong, open),
  };
}

async function addSignature(disclosed, wrong, open) {
  const bytes = utf8(canonical(disclosed.manifest));
  const key = disclosed.manifest.organisation.key;
  const answer = await organisationSigned(key, disclosed.signature, bytes);
  if (answer === null) open.push(said("verify-page-no-ed25519"));
  else if (!answer) wrong.push(said("verify-organisation-signature-wrong"));
}

async function altered(disclosed, whole) {
  const listed = new Map(disclosed.manifest.items.map((one) => [one.id, one]));
  const found = [], shown = new Set();
  for (const item of disclosed.items) {
    const { id, kind, salt, value } = item;
    const digest = hex(await sha256(utf8(canonical({ id, kind, salt, value }))));
    const known = listed.get(id);
    const right = known && known.kind === kind && known.sha256 === digest && !shown.has(id);
    if (!right) found.push(said("verify-item-altered", { item: id }));
    shown.add(id);
  }
  for (const id of whole ? listed.keys() : [])
    if (!shown.has(id)) found.push(said("verify-item-missing", { item: id }));
  return found;
}

function trusted(manifest, trust) {
  if (!trust) return point([], [said("verify-page-no-trust")]);
  const name = manifest.organisation.name;
  const known = trust.organisations.find((one) => one.key === manifest.organisation.key);
  if (known && known.name === name) return point([]);
  if (known) return point([said("verify-other-name", { name, known: known.name })]);
  const same = trust.organisations.some((one) => one.name === name);
  return point([said(same ? "verify-other-key" : "verify-not-known", { name })]);
}

function inTime(manifest, on) {
  const wrong = [];
  if (on < manifest.issued)
    wrong.push(said("verify-not-yet", { day: manifest.issued, on }));
  if (on > manifest.expires) wrong.push(said("verify-expired", { day: manifest.expires }));
  return point(wrong);
}

const folded = (text) => text.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean).join(" ");

function forRecipient(manifest, who) {
  const recipient = manifest.recipient;
  if (!folded(who)) return point([], [said("verify-page-recipient-open", { recipient })]);
  if (folded(who) === folded(recipient)) return point([]);
  return point([said("verify-other-recipient", { recipient })]);
}

async function verified(data, trust, on, who) {
  if (data.length > MOST_BYTES) throw new Unreadable("verify-page-not-sealed");
  const found = await examined(data);
  const manifest = found.disclosed.manifest;
  const unproven = point([], [said("verify-signatures-do-not-hold")]);
  const holdsAll = found.valid.answer === "yes";
  const points = {
    intact: found.intact,
    valid: found.valid,
    trusted: holdsAll ? trusted(manifest, trust) : unproven,
    in_time: holdsAll ? inTime(manifest, on) : unproven,
    not_revoked: holdsAll ? point([], [said("verify-page-no-status")]) : unproven,
    for_recipient: holdsAll ? forRecipient(manifest, who) : unproven,
  };
  const known = trust?.organisations.find((one) => one.key === manifest.organisation.key);
  const fingerprint = known && hex(await sha256(utf8(canonical(known)))).match(/.{4}/g).join(" ");
  return { kind: found.kind, points, manifest, fingerprint, shown: found.disclosed.items.length };
}

// From here on: what people see. Texts are set as texts.
const day = (text) =>
  /^\d{4}-\d\d-\d\d$/.test(text)
    ? new Intl.DateTimeFormat(words.lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(text))
    : text;
const DAYS = ["day", "on", "issued", "expires", "vetted"];

function sentence(id, values = {}) {
  return words.text[id].replace(/\{(\w+)\}/g, (_, name) => {
    const value = String(values[name] ?? "");
    return DAYS.includes(name) ? day(value) : value.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
  });
}

function element(name, text, kind) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function shown(result) {
  const out = [element("h2", sentence(`verify-heading-${result.kind}`))];
  const table = element("dl");
  for (const [name, one] of Object.entries(result.points)) {
    table.append(element("dt", sentence(`verify-point-${name}`)));
    const line = element("dd", undefined, `answer ${one.answer}`);
    line.dataset.point = name;
    line.append(element("strong", sentence(`verify-answer-${one.answer}`)));
    const because = one.because.length ? one.because : [said(`verify-yes-${name}`)];
    because.forEach((why) => line.append(element("p", sentence(why.id, why.values))));
    table.append(line);
  }
  out.push(table);
  const manifest = result.manifest;
  const good = result.points.intact.answer === "yes" && result.points.valid.answer === "yes";
  if (!good) out.push(element("p", sentence("verify-says-unproven"), "warning"));
  out.push(element("p", sentence("verify-says", {
    organisation: manifest.organisation.name, recipient: manifest.recipient, purpose: manifest.purpose,
  })));
  out.push(element("p", sentence("verify-in-force", {
    issued: manifest.issued, expires: manifest.expires, vetted: manifest.vetted_on,
    profile: manifest.profile,
  })));
  out.push(element("p", sentence("verify-shown", { shown: result.shown, listed: manifest.items.length })));
  if (result.fingerprint) {
    out.push(element("p", sentence("verify-fingerprint")));
    out.push(element("code", result.fingerprint));
  }
  out.push(element("h2", sentence("verify-heading-not-proven")));
  const list = element("ul");
  const open = ["verify-page-less", "verify-not-proven-true", "verify-not-proven-bearer",
    "verify-not-proven-second-way", "verify-not-proven-time", "verify-not-proven-revocation"];
  if (result.kind === "part") open.push("verify-not-proven-part");
  open.forEach((id) => list.append(element("li", sentence(id))));
  out.push(list);
  return out;
}

async function run(data, trustText, on, who) {
  const place = document.getElementById("result");
  let trust = null, nodes;
  try {
    trust = trustText ? JSON.parse(trustText) : null;
    if (trust && !Array.isArray(trust.organisations)) throw new Unreadable("verify-page-no-trust-file");
  } catch (error) {
    place.replaceChildren(element("p", sentence("verify-page-no-trust-file"), "warning"));
    return;
  }
  try {
    nodes = shown(await verified(data, trust, on, who));
  } catch (error) {
    const id = error instanceof Unreadable && words.text[error.message]
      ? error.message : "verify-page-not-sealed";
    nodes = [element("p", sentence(id), "warning")];
  }
  place.replaceChildren(...nodes);
}

async function chosen() {
  const [file] = document.getElementById("file").files;
  const [trust] = document.getElementById("trust").files;
  if (!file) return;
  const now = new Date();
  const on = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((one) => String(one).padStart(2, "0")).join("-");
  const data = new Uint8Array(await file.arrayBuffer());
  const who = document.getElementById("recipient").value;
  await run(data, trust ? await trust.text() : null, on, who);
}

for (const id of ["file", "trust", "recipient"])
  document.getElementById(id).addEventListener("change", chosen);
document.documentElement.dataset.ready = "yes";
