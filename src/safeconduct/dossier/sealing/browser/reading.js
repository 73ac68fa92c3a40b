// What is read strictly: bytes, canonical JSON of a known form, DER. Part of the page that verifies.
"use strict";

const words = JSON.parse(document.getElementById("words").textContent);

class Unreadable extends Error {}

const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (one) => parseInt(one, 16));
const latin = (bytes) => new TextDecoder("latin1").decode(bytes);
const utf8 = (text) => new TextEncoder().encode(text);
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

function strictly(bytes, form) {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  const value = JSON.parse(text);
  // A key that stands twice, or any other form, does not come out as it went in.
  if (canonical(value) !== text || !fits(value, words.forms[form]))
    throw new Unreadable("verify-manifest-unreadable");
  return value;
}

// As much of JSON Schema as the schemas of sealed dossiers use. A key that is not known is refused:
// what no signature covers must not stand beside what one does.
function fits(value, form, top = form) {
  if (form.$ref) return fits(value, top.$defs[form.$ref.replace("#/$defs/", "")], top);
  if (form.anyOf) return form.anyOf.some((one) => fits(value, one, top));
  if (form.enum) return form.enum.includes(value);
  if (form.type === "null") return value === null;
  if (form.type === "boolean") return typeof value === "boolean";
  if (form.type === "integer") return Number.isInteger(value);
  if (form.type === "array")
    return Array.isArray(value) && value.every((one) => fits(one, form.items ?? {}, top));
  if (form.type === "object") return fitsObject(value, form, top);
  if (form.type === "string") return fitsText(value, form);
  return form.type === undefined;
}
function fitsObject(value, form, top) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return form.required.every((key) => keys.includes(key))
    && keys.every((key) => Object.hasOwn(form.properties, key) && fits(value[key], form.properties[key], top));
}
function fitsText(value, form) {
  if (typeof value !== "string") return false;
  if (form.format === "date")
    return /^\d{4}-\d\d-\d\d$/.test(value) && new Date(value + "T00:00Z").toJSON()?.slice(0, 10) === value;
  return !form.pattern || new RegExp(form.pattern).test(value);
}

// DER (X.690) in its one form: the shortest lengths, nothing behind the end.
const INTEGER = 0x02, BITS = 0x03, OCTETS = 0x04, SEQUENCE = 0x30, SET = 0x31, CONTEXT_0 = 0xa0,
  CONTEXT_1 = 0xa1, CONTEXT_3 = 0xa3;
const damaged = () => new Unreadable("verify-signature-damaged");

function der(bytes, at = 0) {
  const tag = bytes[at];
  let size = bytes[at + 1], start = at + 2;
  if (bytes.length < start || (tag & 0x1f) === 0x1f) throw damaged();
  if (size & 0x80) {
    const count = size & 0x7f;
    if (count < 1 || count > 4 || start + count > bytes.length || !bytes[start]) throw damaged();
    size = 0;
    for (let i = 0; i < count; i++) size = size * 256 + bytes[start + i];
    if (size < 128) throw damaged();
    start += count;
  }
  if (start + size > bytes.length) throw damaged();
  return { tag, content: bytes.subarray(start, start + size), whole: bytes.subarray(at, start + size) };
}
function of(value, tag) {
  if (value?.tag !== tag) throw damaged();
  return value.content;
}
function inside(value, tag = SEQUENCE) {
  const content = of(value, tag), found = [];
  for (let at = 0; at < content.length; at += found.at(-1).whole.length) found.push(der(content, at));
  return found;
}
function only(values) {
  if (values.length !== 1) throw damaged();
  return values[0];
}
function written(tag, ...parts) {
  const size = parts.reduce((sum, one) => sum + one.length, 0);
  const digits = size.toString(16);
  const long = unhex(digits.padStart(digits.length + (digits.length % 2), "0"));
  const head = size < 128 ? [tag, size] : [tag, 0x80 | long.length, ...long];
  const out = new Uint8Array(head.length + size);
  out.set(head);
  let at = head.length;
  for (const one of parts) {
    out.set(one, at);
    at += one.length;
  }
  return out;
}
