// What people see of a verification. Nothing of the file is ever made into markup: texts are set as texts.
// As the command writes days.
const LOCALE = { en: "en-GB" }[words.lang] ?? words.lang;
const day = (text) =>
  /^\d{4}-\d\d-\d\d$/.test(text)
    ? new Intl.DateTimeFormat(LOCALE, { dateStyle: "long", timeZone: "UTC" }).format(new Date(text))
    : text;
const DAYS = ["day", "on", "issued", "expires", "vetted"];
const STEERS = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g;

function sentence(id, values = {}) {
  return words.text[id].replace(/\{(\w+)\}/g, (_, name) => {
    const value = String(values[name] ?? "");
    return DAYS.includes(name) ? day(value) : cleaned(value);
  });
}
const cleaned = (text) => text.split(/\s+/).filter(Boolean).join(" ").replace(STEERS, "\ufffd");

function element(name, text, kind) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (kind) made.className = kind;
  return made;
}
const paragraph = (id, values, kind) => element("p", sentence(id, values), kind);
function points(lines) {
  const list = element("ul");
  list.append(...lines.map((line) => element("li", line)));
  return list;
}

function answers(result) {
  const table = element("dl");
  for (const [name, one] of Object.entries(result.points)) {
    table.append(element("dt", sentence(`verify-point-${name}`)));
    const line = element("dd", undefined, `answer ${one.answer}`);
    line.dataset.point = name;
    line.append(element("strong", sentence(`verify-answer-${one.answer}`)));
    const because = one.because.length ? one.because : [said(`verify-yes-${name}`)];
    because.forEach((why) => line.append(paragraph(why.id, why.values)));
    table.append(line);
  }
  return table;
}

// `here`: the items of a part; null of a dossier, which shows all of them.
function check(run, here) {
  const known = checkName(run.check);
  const name = known.slice(0, 1).toUpperCase() + known.slice(1);
  const counts = { check: name, number: run.findings.length, open: run.not_checked };
  if (!run.withheld)
    return here ? sentence("verify-check-part", { ...counts, shown: countIn(here, new Set(run.findings)) })
      : sentence("verify-check", counts);
  const { reason, answers_for: by } = run.withheld;
  return sentence("verify-check-withheld", { check: name, reason, name: by });
}

function items(shown) {
  const line = ({ id, sentence: value }) =>
    value === null ? cleaned(id) : sentence("label-with-value", { label: id, value });
  return [element("h2", sentence("verify-heading-items")), points(shown.map(line))];
}

function contents({ kind, manifest, shown }) {
  const here = kind === "part" ? new Set(shown.map((one) => one.id)) : null;
  const checks = manifest.checks.map((run) => check(run, here));
  const out = here ? items(shown) : [];
  out.push(element("h2", sentence("verify-heading-checks")), points(checks));
  if (!manifest.omissions.length) return out;
  const omitted = manifest.omissions.map((one) =>
    sentence("verify-omitted", { what: one.what, reason: one.reason, name: one.answers_for }));
  return [...out, element("h2", sentence("verify-heading-omitted")), points(omitted)];
}

function open(result) {
  const { manifest } = result;
  const ids = ["verify-page-less", "verify-not-proven-true", "verify-not-proven-bearer",
    "verify-not-proven-second-way", "verify-not-proven-time", "verify-not-proven-revocation"];
  if (result.stamped) ids.splice(1, 0, "verify-page-stamp");
  if (result.kind === "part") ids.push("verify-not-proven-part");
  if (manifest.omissions.length || manifest.checks.some((one) => one.withheld))
    ids.push("verify-not-proven-withheld");
  return points(ids.map((id) => sentence(id)));
}

function shown(result) {
  const { manifest, points: { intact, valid } } = result;
  const good = intact.answer === "yes" && valid.answer === "yes";
  const out = [element("h2", sentence(`verify-heading-${result.kind}`))];
  out.push(paragraph("verify-page-day", { day: result.on }, "quiet"), answers(result));
  if (!good) out.push(paragraph("verify-says-unproven", {}, "warning"));
  out.push(paragraph("verify-says", {
    organisation: manifest.organisation.name, recipient: manifest.recipient, purpose: manifest.purpose,
  }));
  out.push(paragraph("verify-in-force", {
    issued: manifest.issued, expires: manifest.expires, vetted: manifest.vetted_on,
    profile: manifest.profile,
  }));
  out.push(paragraph("verify-shown", { shown: result.shown.length, listed: manifest.items.length }));
  out.push(paragraph("verify-manifest-hash"), element("code", result.hash));
  if (result.fingerprint) out.push(paragraph("verify-fingerprint"), element("code", result.fingerprint));
  out.push(...contents(result));
  out.push(element("h2", sentence("verify-heading-not-proven")), open(result));
  return out;
}

function readTrust(text) {
  if (!text) return null;
  const trust = JSON.parse(text);
  if (!fits(trust, words.forms.trust)) throw new Unreadable("verify-page-no-trust-file");
  trust.organisations.forEach((one) => certificateOf(der(base64(one.root))));
  return trust;
}

async function run(data, trustText, on, who) {
  const place = document.getElementById("result");
  let trust, nodes;
  try {
    trust = readTrust(trustText);
  } catch (error) {
    place.replaceChildren(paragraph("verify-page-no-trust-file", {}, "warning"));
    return;
  }
  try {
    nodes = shown(await verified(data, trust, on, who));
  } catch (error) {
    const id = error instanceof Unreadable && words.text[error.message]
      ? error.message : "verify-page-not-sealed";
    nodes = [paragraph(id, {}, "warning")];
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
