// Signatures and certificates, in the one form that sealing writes. Part of the page that verifies.
const NULL = unhex("0500"), ONE = unhex("020101");
const OIDS = {
  data: "06092a864886f70d010701",
  signedData: "06092a864886f70d010702",
  contentType: "06092a864886f70d010903",
  digest: "06092a864886f70d010904",
  timeStamp: "060b2a864886f70d010910020e",
  certificate: "060b2a864886f70d010910022f",
  sha256: "0609608648016503040201",
  ec: "06072a8648ce3d0201",
  p256: "06082a8648ce3d030107",
  ecdsa: "06082a8648ce3d040302",
  rsa: "06092a864886f70d010101",
  rsaSha256: "06092a864886f70d01010b",
  basicConstraints: "0603551d13",
  keyUsage: "0603551d0f",
};
const sequence = (...parts) => written(SEQUENCE, ...parts);
const SHA256 = sequence(unhex(OIDS.sha256), NULL);
const CONTENT_TYPE = sequence(unhex(OIDS.contentType), written(SET, unhex(OIDS.data)));
const ECDSA = hex(sequence(unhex(OIDS.ecdsa)));
const RSA = [OIDS.rsa, OIDS.rsaSha256].map((one) => hex(sequence(unhex(one), NULL)));

// A CMS signature (RFC 5652). What the signature itself does not cover (versions, algorithms, order)
// is written again and must be the same bytes, so that none of it can be changed unseen.
async function signed(bytes) {
  const whole = der(bytes);
  if (bytes.subarray(whole.whole.length).some((one) => one !== 0)) throw damaged();
  const [type, content] = inside(whole);
  const parts = inside(only(inside(content, CONTEXT_0)));
  if (hex(type.whole) !== OIDS.signedData || parts.length !== 5) throw damaged();
  const certificates = inside(parts[3], CONTEXT_0);
  const signer = inside(only(inside(parts[4], SET)));
  if (signer.length !== 6 && signer.length !== 7) throw damaged();
  const { digest, named } = attributesOf(signer[3]);
  const hashes = await Promise.all(certificates.map(async (one) => hex(await sha256(one.whole))));
  const own = certificates[hashes.indexOf(named)];
  if (!own) throw damaged();
  const unsigned = signer[6] ? stampOnly(signer[6]) : new Uint8Array();
  if (!same(rebuilt(certificates, own, signer, unsigned), whole.whole)) throw damaged();
  return {
    certificate: certificateOf(own), named, digest,
    beside: [...new Set(hashes)].filter((one) => one !== named).sort(),
    over: written(SET, signer[3].content), algorithm: hex(signer[4].whole),
    signature: of(signer[5], OCTETS), stamped: signer.length === 7,
  };
}

function attributesOf(value) {
  const found = {}, all = inside(value, CONTEXT_0);
  for (const one of all) {
    const [name, values] = inside(one);
    const key = hex(name.whole);
    if (Object.hasOwn(found, key)) throw damaged();
    found[key] = only(inside(values, SET));
  }
  if (!all.some((one) => same(one.whole, CONTENT_TYPE))) throw damaged();
  const digest = of(found[OIDS.digest], OCTETS);
  const named = of(inside(inside(inside(found[OIDS.certificate])[0])[0])[0], OCTETS);
  if (digest.length !== 32 || named.length !== 32) throw damaged();
  return { digest, named: hex(named) };
}

function stampOnly(unsigned) {
  const [name, values] = inside(only(inside(unsigned, CONTEXT_1)));
  if (hex(name.whole) !== OIDS.timeStamp) throw damaged();
  only(inside(values, SET));
  return unsigned.whole;
}

function rebuilt(certificates, own, signer, unsigned) {
  const fields = inside(inside(own)[0]);
  const identifier = sequence(fields[3].whole, fields[1].whole);
  const [, , , attributes, algorithm, signature] = signer.map((one) => one.whole);
  const body = sequence(
    ONE, written(SET, SHA256), sequence(unhex(OIDS.data)),
    written(CONTEXT_0, ...certificates.map((one) => one.whole)),
    written(SET, sequence(ONE, identifier, SHA256, attributes, algorithm, signature, unsigned)));
  return sequence(unhex(OIDS.signedData), written(CONTEXT_0, body));
}

// A certificate (RFC 5280), as much as is asked of it.
function certificateOf(value) {
  const [tbs, algorithm, signature] = inside(value);
  const fields = inside(tbs);
  if (fields[0]?.tag !== CONTEXT_0) throw damaged();
  const [, , , issuer, validity, subject, key] = fields;
  const listed = fields.find((one) => one.tag === CONTEXT_3);
  const extensions = {};
  for (const one of listed ? inside(only(inside(listed, CONTEXT_3))) : []) {
    const parts = inside(one);
    extensions[hex(parts[0].whole)] = of(parts.at(-1), OCTETS);
  }
  const [begins, ends] = inside(validity).map(dayOf);
  return {
    tbs: tbs.whole, algorithm: hex(algorithm.whole), signature: of(signature, BITS).subarray(1),
    issuer: hex(issuer.whole), subject: hex(subject.whole), key, begins, ends, extensions,
  };
}

// UTCTime (years 1950 to 2049) or GeneralizedTime: its day, in UTC as both are.
function dayOf(time) {
  const text = latin(time.content);
  const year = time.tag === 0x17 ? (text < "50" ? "20" : "19") : "";
  const found = /^(\d{4})(\d\d)(\d\d)\d{6}Z$/.exec(year + text);
  if (!found) throw damaged();
  return found.slice(1).join("-");
}

// A signature by a key of P-256, or RSA of 2,048 bits and more, with SHA-256; another kind holds not.
async function verifies(key, algorithm, signature, over) {
  const [kind, curve] = inside(inside(key)[0]).map((one) => hex(one.whole));
  if (kind === OIDS.rsa && RSA.includes(algorithm)) {
    const how = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    const made = await crypto.subtle.importKey("spki", key.whole, how, false, ["verify"]);
    return made.algorithm.modulusLength >= 2048 && crypto.subtle.verify(how, made, signature, over);
  }
  if (kind !== OIDS.ec || curve !== OIDS.p256 || algorithm !== ECDSA) return false;
  const made = await crypto.subtle.importKey(
    "spki", key.whole, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  const numbers = inside(der(signature)), raw = new Uint8Array(64);
  if (numbers.length !== 2) return false;
  for (const [i, one] of numbers.entries()) {
    const content = of(one, INTEGER), number = content[0] === 0 ? content.subarray(1) : content;
    if (number.length > 32) return false;
    raw.set(number, 32 * i + 32 - number.length);
  }
  if (!same(sequence(...numbers.map((one) => one.whole)), signature)) return false;
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, made, raw, over);
}

const holds = (found) =>
  verifies(found.certificate.key, found.algorithm, found.signature, found.over).catch(() => false);

// Did the root issue the certificate for signing, with both used as they may be?
async function issued(certificate, root) {
  const { key } = root;
  const good = await verifies(key, certificate.algorithm, certificate.signature, certificate.tbs)
    .catch(() => false);
  const authority = root.extensions[OIDS.basicConstraints];
  const usage = certificate.extensions[OIDS.keyUsage];
  if (!good || !authority || !usage) return false;
  const [may] = inside(der(authority)), bits = of(der(usage), BITS)[1] ?? 0;
  return may?.tag === 0x01 && may.content[0] === 0xff && (bits & 0x40) !== 0 && (bits & 0x04) === 0;
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
