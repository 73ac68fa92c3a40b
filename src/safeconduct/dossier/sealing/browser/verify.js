// Verifies a sealed dossier in a browser, without a network. It reads what `safeconduct verify` reads,
// by the same bytes, and checks less: it says so. Part of the page that verifies.
const MOST_BYTES = 128 * 1024 * 1024;
const LONGEST_HEAD = 1024;
const MARKS = {
  manifest: "/Subtype /application#2Fvnd.safeconduct.manifest+json\n",
  disclosure: "/Subtype /application#2Fvnd.safeconduct.disclosure+json\n",
};
const DOCUMENT = "document";

const said = (id, values = {}) => ({ id, values });
const point = (wrong, otherwise = []) =>
  wrong.length ? { answer: "no", because: wrong }
    : otherwise.length ? { answer: "unknown", because: otherwise } : { answer: "yes", because: [] };

function located(data, text) {
  const ranges = /\/ByteRange \[0 (\d{1,10}) (\d{1,10}) (\d{1,10})\]/g;
  let best = null;
  for (const match of text.matchAll(ranges)) {
    const [first, second, length] = match.slice(1).map(Number);
    const fitting = 0 < first && first < second && second + length <= data.length;
    if (fitting && second - first <= 1024 * 1024 && (!best || second + length > best.ends))
      best = { first, second, ends: second + length };
  }
  const digits = best && /^<((?:[0-9A-F]{2})+)>$/.exec(text.slice(best.first, best.second));
  if (!best && !text.slice(-1024).includes("%%EOF")) throw new Unreadable("verify-page-cut");
  if (!digits) throw new Unreadable("verify-page-not-sealed");
  const covered = new Uint8Array(best.first + best.ends - best.second);
  covered.set(data.subarray(0, best.first));
  covered.set(data.subarray(best.second, best.ends), best.first);
  return { ...best, covered, signature: unhex(digits[1]), behind: data.length - best.ends };
}

function attached(data, text, mark, before) {
  const at = text.lastIndexOf(mark, before - mark.length), opening = " 0 obj\n";
  const begins = at < 0 ? -1 : text.lastIndexOf(opening, at - opening.length);
  const head = at < 0 ? -1 : text.indexOf("\n>>\nstream\n", at);
  const length = head < 0 ? null : /\n\/Length (\d{1,9})\n/.exec(text.slice(at, head + 1));
  if (!length || begins < at - LONGEST_HEAD || begins < 0 || head - at > LONGEST_HEAD)
    throw new Unreadable("verify-no-manifest");
  const start = head + "\n>>\nstream\n".length;
  if (start + Number(length[1]) > before) throw new Unreadable("verify-no-manifest");
  return { begins, data: data.subarray(start, start + Number(length[1])) };
}

async function examined(data) {
  const text = latin(data);
  if (!text.startsWith("%PDF-")) return partOf(data, text);
  const seal = located(data, text);
  const changed = [], wrong = [], open = [];
  const cms = await signed(seal.signature).catch(() => {
    throw damaged();
  });
  if (!same(await sha256(seal.covered), cms.digest)) changed.push(said("verify-content-changed"));
  const manifest = attached(data, text, MARKS.manifest, seal.first);
  const holder = attached(data, text, MARKS.disclosure, seal.first);
  const disclosed = strictly(holder.data, "disclosure");
  if (!same(utf8(canonical(disclosed.manifest)), manifest.data)) changed.push(said("verify-two-manifests"));
  const document = documentOf(disclosed);
  if (!(await holdsDocument(data.subarray(0, manifest.begins), document)))
    changed.push(said("verify-another-document"));
  else if (!(await framed(text, document, seal))) changed.push(said("verify-another-frame"));
  changed.push(...(await altered(disclosed, true)));
  if (disclosed.manifest.time_stamped !== cms.stamped) changed.push(said("verify-stamp-not-as-sealed"));
  if (!(await holds(cms))) wrong.push(said("verify-signature-wrong"));
  const { sha256: own, beside } = disclosed.manifest.certificate;
  if (cms.named !== own || cms.beside.join() !== beside.join())
    wrong.push(said("verify-certificate-not-named"));
  const behind = seal.behind ? [said("verify-page-behind", { bytes: seal.behind })] : [];
  await addSignature(disclosed, wrong, open);
  return { kind: "dossier", disclosed, cms, intact: point(changed, behind), valid: point(wrong, open) };
}

// The document that the items name; null where they name none as sealing does.
function documentOf(disclosed) {
  const value = disclosed.items.find((one) => one.id === DOCUMENT)?.value;
  const known = value && typeof value === "object" ? Object.keys(value).sort().join() : "";
  return known === "bytes,frame_sha256,sha256" && Number.isInteger(value.bytes) ? value : null;
}

// Does what stands before the manifest begin with the document?
async function holdsDocument(before, document) {
  if (!document || document.bytes <= 0 || document.bytes > before.length) return false;
  return hex(await sha256(before.subarray(0, document.bytes))) === document.sha256;
}

async function partOf(data, text) {
  if (!text.startsWith("{")) throw new Unreadable("verify-page-not-sealed");
  const disclosed = strictly(data, "disclosure");
  const wrong = [], open = [];
  await addSignature(disclosed, wrong, open);
  return {
    kind: "part", disclosed,
    intact: point([...(await altered(disclosed, false)), ...torn(disclosed)]), valid: point(wrong, open),
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
    const digest = hex(await sha256(utf8(canonical(item))));
    const known = listed.get(item.id);
    const right = known && known.kind === item.kind && known.sha256 === digest && !shown.has(item.id);
    if (!right) found.push(said("verify-item-altered", { item: item.id }));
    shown.add(item.id);
  }
  for (const id of whole ? listed.keys() : [])
    if (!shown.has(id)) found.push(said("verify-item-missing", { item: id }));
  return found;
}

// Does a part show nothing, or some findings of a check without the others?
function torn({ items, manifest }) {
  const shown = new Set(items.map((one) => one.id));
  const found = shown.size ? [] : [said("verify-part-empty")];
  for (const run of manifest.checks) {
    const all = new Set(run.findings), here = countIn(shown, all);
    if (here && here < all.size)
      found.push(said("verify-check-torn", { check: checkName(run.check), shown: here, listed: all.size }));
  }
  return found;
}
const countIn = (shown, all) => [...all].filter((one) => shown.has(one)).length;
const checkName = (id) => (Object.hasOwn(words.checks, id) ? words.checks[id] : id);

// What a claim or a finding says in words; null for other items.
function sentenceOf({ kind, value }) {
  const key = { claim: "text", finding: "statement" }[kind];
  const found = key && value && typeof value === "object" && Object.hasOwn(value, key) ? value[key] : null;
  return typeof found === "string" ? found : null;
}

async function trusted(found, trust) {
  if (!trust) return point([], [said("verify-page-no-trust")]);
  const { manifest } = found.disclosed, name = manifest.organisation.name;
  const known = trust.organisations.find((one) => one.key === manifest.organisation.key);
  if (!known) {
    const twin = trust.organisations.some((one) => one.name === name);
    return point([said(twin ? "verify-other-key" : "verify-not-known", { name })]);
  }
  if (known.name !== name) return point([said("verify-other-name", { name, known: known.name })]);
  if (!found.cms) return point([]);
  // One of another issuer is bound by the manifest alone.
  const { certificate } = found.cms, root = certificateOf(der(base64(known.root)));
  const wrong = [];
  if (certificate.issuer === root.subject && !(await issued(certificate, root)))
    wrong.push(said("verify-certificate-not-issued"));
  if (manifest.issued < certificate.begins || manifest.issued > certificate.ends)
    wrong.push(said("verify-certificate-not-valid-then", { day: manifest.issued }));
  return point(wrong);
}
const base64 = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

function inTime({ disclosed: { manifest }, cms }, on) {
  const wrong = [], open = [];
  if (on < manifest.issued)
    wrong.push(said("verify-not-yet", { day: manifest.issued, on }));
  if (on > manifest.expires) wrong.push(said("verify-expired", { day: manifest.expires }));
  if (cms && on > cms.certificate.ends) {
    // A time stamp that is trusted would say that it was sealed before; it is not read here.
    if (cms.stamped) open.push(said("verify-page-certificate-ended", { day: cms.certificate.ends }));
    else wrong.push(said("verify-certificate-expired", { day: cms.certificate.ends }));
  }
  return point(wrong, open);
}

// As nearly as a browser folds cases: ß and ss, and both forms of the Greek sigma, are one.
const folded = (text) => text.normalize("NFKC").toUpperCase().toLowerCase().replace(/ς/g, "σ")
  .split(/\s+/).filter(Boolean).join(" ");

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
    trusted: holdsAll ? await trusted(found, trust) : unproven,
    in_time: holdsAll ? inTime(found, on) : unproven,
    not_revoked: holdsAll ? point([], [said("verify-page-no-status")]) : unproven,
    for_recipient: holdsAll ? forRecipient(manifest, who) : unproven,
  };
  const known = trust?.organisations.find((one) => one.key === manifest.organisation.key);
  return {
    kind: found.kind, points, manifest, on, stamped: Boolean(found.cms?.stamped),
    hash: grouped(await sha256(utf8(canonical(manifest)))),
    fingerprint: known && grouped(await sha256(utf8(canonical(known)))),
    shown: found.disclosed.items.map((one) => ({ id: one.id, sentence: sentenceOf(one) })),
  };
}
const grouped = (bytes) => hex(bytes).match(/.{4}/g).join(" ");
