// Numbers and distances as the reader wants them.

const UNITS = {
  km: { km: 1, name: "km", words: "kilometres" },
  mi: { km: 1.609344, name: "mi", words: "miles" },
  nmi: { km: 1.852, name: "nmi", words: "nautical miles" },
};
const NUMBERS = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

const numeral = (value) => NUMBERS.format(value);
const inWords = (count) => SMALL[count] || String(count);
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A measured distance, to the nearest unit, without the unit's name. */
const measured = (km) => numeral(km / UNITS[scene.unit].km);

/** A claimed distance: as stated in kilometres, converted no finer than it was said. */
function claimed(km) {
  if (scene.unit === "km") return numeral(km);
  const value = km / UNITS[scene.unit].km;
  return numeral(value >= 100 ? Math.round(value / 10) * 10 : value);
}

const unitName = () => UNITS[scene.unit].name;

/** A measured distance in the reader's unit, and in miles or kilometres: "1,000 km (621 mi)". */
function inTwoUnits(km) {
  const other = scene.unit === "km" ? UNITS.mi : UNITS.km;
  return `${measured(km)} ${unitName()} (${numeral(km / other.km)} ${other.name})`;
}

const lineLabel = (line) => {
  if (line.role === "set-aside") return line.label;
  return `${claimed(line.km)} ${unitName()}`;
};

function listing(words, last = "and") {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
}

/** "85 to 135", or "85" where both are the same when written. */
function span(low, high, write) {
  const [a, b] = [write(low), write(high)];
  return a === b ? a : `${a} to ${b}`;
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
