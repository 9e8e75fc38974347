// Words, numbers and distances in the language of the page and the unit that the reader wants.

const UNITS = {
  km: { km: 1 },
  mi: { km: 1.609344 },
  nmi: { km: 1.852 },
};

const lang = () => scene.facts.lang;
const isRtl = () => document.documentElement.dir === "rtl";

/** Attributes of an element whose text stays English on a page in another language. */
const english = () => (lang().code === "en" ? {} : { lang: "en", dir: "ltr" });

/** Fill in the message `key`; `n` picks the plural form and stands for {n} in digits and {n_word} in words. */
function t(key, values = {}, n = null) {
  const message = lang().messages[key];
  lang().plurals = lang().plurals || new Intl.PluralRules(lang().locale);
  const pattern = typeof message === "string" ? message : message[n] || message[lang().plurals.select(n)] || message.other;
  const all = n === null ? values : { n: numeral(n), n_word: inWords(n), ...values };
  return pattern.replace(/\{(\w+)\}/g, (blank, name) => all[name]);
}

const digits = (text) => String(text).replace(/\d/g, (digit) => lang().digits[digit]);
const numeral = (value) => digits(String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, lang().group));
const inWords = (count) => lang().numbers[count] || numeral(count);
const byName = (a, b) => (lang().order = lang().order || new Intl.Collator(lang().locale)).compare(a, b);
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A measured distance, to the nearest unit, without the unit's name. */
const measured = (km) => numeral(km / UNITS[scene.unit].km);

/** A claimed distance: as stated in kilometres, converted no finer than it was said. */
function claimed(km) {
  if (scene.unit === "km") return numeral(km);
  const value = km / UNITS[scene.unit].km;
  return numeral(value >= 100 ? Math.round(value / 10) * 10 : value);
}

const unitName = () => t(`unit.${scene.unit}`);
const unitWords = () => t(`unit.${scene.unit}_words`);

/** A figure, or a span of them, with the unit: "1,300 km". */
const withUnit = (figure, unit = scene.unit) => t("number.measure", { n: figure, unit: t(`unit.${unit}`) });

/** A measured distance in the reader's unit, and in miles or kilometres: "1,000 km (621 mi)". */
function inTwoUnits(km) {
  const other = scene.unit === "km" ? "mi" : "km";
  return t("list.brackets", { a: withUnit(measured(km)), b: withUnit(numeral(km / UNITS[other].km), other) });
}

const lineLabel = (line) => {
  if (line.role === "set-aside") return line.label;
  return withUnit(claimed(line.km));
};

function listing(words) {
  if (words.length < 2) return words.join("");
  return t("list.and", { a: words.slice(0, -1).join(t("list.comma")), b: words[words.length - 1] });
}

/** "85 to 135", or "85" where both are the same when written. */
function span(low, high, write) {
  const [a, b] = [write(low), write(high)];
  return a === b ? a : t("number.span", { a, b });
}

/** Make an element: `el("p.note", {title: "…"}, "text", child, …)`. Text is always text, never markup. */
function el(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== false) node.setAttribute(key, value === true ? "" : value);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** The same for SVG. */
function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** Text with **bold** marks as nodes. */
function bolded(text) {
  return text.split("**").map((part, place) => (place % 2 ? el("b", {}, part) : part));
}

const byId = (id) => document.getElementById(id);
const media = (query) => window.matchMedia(query).matches;
const PHONE = window.matchMedia("(max-width: 699.98px)");
const isPhone = () => PHONE.matches && !scene.printing;
