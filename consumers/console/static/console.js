// What the page does beyond links and forms: charts, the slider of dates, copying. Everything it shows is in the tables too.
"use strict";

// What a colour of the style sheet is now, by day or at night: a canvas knows no variables.
const probe = document.createElement("span");
const paint = (name) => { if (!probe.isConnected) { probe.hidden = true; document.body.append(probe); } probe.style.color = `var(--${name})`; return getComputedStyle(probe).color; };
const colour = (country) => getComputedStyle(document.documentElement).getPropertyValue(`--${(country || "").toLowerCase()}`).trim() || "#5c6773";
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const font = getComputedStyle(document.documentElement).fontFamily;
const pages = { event: "/events/", thing: "/things/" };
const charts = [];

function open(sort, id) {
  const asOf = new URLSearchParams(location.search).get("as_of");
  location.href = pages[sort] + id + (asOf ? `?as_of=${encodeURIComponent(asOf)}` : "");
}

function started(element) {
  const chart = echarts.init(element, null, { renderer: "canvas" });
  charts.push(chart);
  return chart;
}

function timeline(element, model) {
  const narrow = element.clientWidth < 500;
  const chart = started(element);
  const rows = model.lanes.length;
  element.style.height = `${60 + rows * 44}px`;
  chart.resize();
  const times = model.points.map((point) => point.at);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const margin = Math.max((last - first) * 0.06, 5 * 86400000);
  chart.setOption({
    animation: !still,
    useUTC: true,
    textStyle: { fontFamily: font },
    grid: { left: narrow ? 40 : 90, right: 20, top: 14, bottom: 26 },
    // The tooltip is drawn on the canvas: the page's policy lets no style attribute in.
    tooltip: { renderMode: "richText", formatter: ({ data }) => `${data.point.when}  ${data.point.where}\n${data.point.what}\n${data.point.role}` },
    xAxis: { type: "time", min: first - margin, max: last + margin, splitLine: { show: true, lineStyle: { color: paint("line") } }, axisLabel: { hideOverlap: true, color: paint("soft"), formatter: { year: "{yyyy}", month: "{yyyy}-{MM}", day: "{MM}-{dd}", hour: "{MM}-{dd} {HH}:{mm}" } }, axisLine: { lineStyle: { color: paint("edge") } } },
    yAxis: { type: "category", inverse: true, data: model.lanes.map((lane) => (narrow ? lane.code : lane.name)), axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: paint("ink") }, splitLine: { show: true, lineStyle: { color: paint("line") } } },
    series: [{
      type: "scatter", symbolSize: 15, cursor: "pointer",
      data: model.points.map((point) => {
        const ink = colour(model.lanes[point.lane].code);
        const late = point.at > first + (last - first) * 0.8 && last > first;
        return { value: [point.at, point.lane], point, label: { position: late ? "left" : "right" }, itemStyle: point.certain ? { opacity: 1, color: ink, borderColor: paint("paper"), borderWidth: 2 } : { opacity: 1, color: paint("paper"), borderColor: ink, borderWidth: 2.5 } };
      }),
      label: { show: !narrow && model.points.length <= 12, position: "right", distance: 7, color: paint("ink"), fontSize: 12, formatter: ({ data }) => data.point.role || data.point.when },
      labelLayout: { hideOverlap: true },
    }],
  });
  chart.on("click", ({ data }) => data && open("event", data.point.event));
}

async function map(element, model, address) {
  const answer = await fetch(address);
  if (!answer.ok) return;
  const shapes = await answer.json();
  echarts.registerMap("andes", shapes);
  const centre = Object.fromEntries(shapes.features.map(({ properties }) => [properties.name, properties.cp]));
  const marks = model.marks.filter((mark) => centre[mark.code]);
  const way = model.way.filter(([here, there]) => centre[here] && centre[there]);
  const middle = marks.reduce((sum, mark) => sum + centre[mark.code][0], 0) / marks.length + 1e-9;
  const seen = new Set(marks.map((mark) => mark.code));
  const dark = Number(paint("paper").match(/\d+/)[0]) < 128;
  const chart = started(element);
  const narrow = element.clientWidth < 500;
  chart.setOption({
    animation: !still,
    textStyle: { fontFamily: font },
    tooltip: { renderMode: "richText", formatter: ({ data }) => (data && data.mark ? `${data.mark.name}\n${data.mark.events.slice(0, 6).join("\n")}` : "") },
    geo: {
      map: "andes", roam: true, scaleLimit: { min: 0.6, max: 12 }, silent: true, aspectScale: 1, top: 6, bottom: 6, boundingCoords: bounds(marks.map((mark) => centre[mark.code])),
      itemStyle: { borderColor: paint("paper"), borderWidth: 0.8 }, label: { show: false },
      regions: shapes.features.map(({ properties: { name } }) => ({ name, itemStyle: { areaColor: tint(colour(name.slice(0, 2)), seen.has(name) ? 0.62 : dark ? 0.34 : 0.16) } })),
    },
    series: [
      { type: "lines", coordinateSystem: "geo", silent: true, symbol: ["none", "arrow"], symbolSize: 9, lineStyle: { color: paint("ink"), width: 1.4, curveness: 0.18, opacity: 0.75 }, data: way.map(([here, there]) => ({ coords: [centre[here], centre[there]] })) },
      {
        type: "scatter", coordinateSystem: "geo", symbolSize: (value) => 9 + 3 * Math.min(value[2], 6),
        data: marks.map((mark) => ({ value: [...centre[mark.code], mark.events.length], mark, label: { position: centre[mark.code][0] > middle ? "left" : "right" }, itemStyle: { color: colour(mark.country), borderColor: paint("paper"), borderWidth: 1.5 } })),
        label: { show: true, position: "right", color: paint("ink"), fontSize: narrow ? 11 : 12, textBorderColor: paint("halo"), textBorderWidth: 3, formatter: ({ data }) => `${data.mark.stops.join(", ")}${data.mark.stops.length ? "  " : ""}${data.mark.name.replace(/ \(.*/, "")}` },
        labelLayout: { moveOverlap: "shiftY" },
      },
    ],
  });
}

function tint(hex, share) {
  const land = paint("land").match(/\d+/g).map(Number);
  const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return `rgb(${parts.map((part, at) => Math.round(part * share + land[at] * (1 - share))).join(",")})`;
}

function bounds(points) {
  // What happened, with land enough around it to know where one is.
  const window = (values) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const half = Math.max((high - low) / 2 + 3, 7.5);
    return [(low + high) / 2 - half, (low + high) / 2 + half];
  };
  const [west, east] = window(points.map((point) => point[0]));
  const [south, north] = window(points.map((point) => point[1]));
  return [[west, north], [east, south]];
}

function draw(root) {
  const source = document.getElementById("chart-data");
  if (!source || !window.echarts || !window.cytoscape) return;
  const model = JSON.parse(source.textContent);
  for (const element of root.querySelectorAll("[data-chart]:not([data-drawn])")) {
    element.dataset.drawn = "yes";
    if (element.dataset.chart === "timeline") timeline(element, model.timeline);
    if (element.dataset.chart === "map") map(element, model.map, model.subdivisions);
    if (element.dataset.chart === "links" && window.network) network(element, model.links, model.words, { paint, colour, font });
  }
}

function slider(input) {
  const steps = input.dataset.steps.trim().split(/\s+/);
  const output = input.parentElement.querySelector("output");
  const stepText = () => (steps[input.value] ? `${steps[input.value].slice(0, 19).replace("T", " ")} UTC` : input.dataset.now);
  input.parentElement.hidden = false;
  output.textContent = stepText();
  input.setAttribute("aria-valuetext", stepText());
  input.addEventListener("input", () => { output.textContent = stepText(); input.setAttribute("aria-valuetext", stepText()); });
  input.addEventListener("change", () => {
    const asOf = steps[input.value];
    location.href = location.pathname + (asOf ? `?as_of=${encodeURIComponent(asOf)}` : "");
  });
}

function copying(button) {
  if (!navigator.clipboard) return;
  const before = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = before; }, 1500);
  });
}

// A sheet of paper is light, whatever the screen is; so charts are drawn anew for it.
function redraw() {
  while (charts.length) charts.pop().dispose();
  document.querySelectorAll("[data-chart][data-drawn]").forEach((one) => { if (one.graph) { one.graph.destroy(); delete one.graph; } delete one.dataset.drawn; });
  draw(document);
}
const atNight = matchMedia("(prefers-color-scheme: dark)");
let screenTheme = "";
function toPaper() { screenTheme = document.documentElement.dataset.theme || ""; if (screenTheme === "dark" || (!screenTheme && atNight.matches)) { document.documentElement.dataset.theme = "light"; redraw(); } }
function toScreen() { if (screenTheme === (document.documentElement.dataset.theme || "")) return; if (screenTheme) document.documentElement.dataset.theme = screenTheme; else delete document.documentElement.dataset.theme; redraw(); }
atNight.addEventListener("change", redraw);
addEventListener("beforeprint", toPaper);
addEventListener("afterprint", toScreen);

function begin() {
  draw(document);
  document.querySelectorAll("input[data-steps]").forEach(slider);
  document.querySelectorAll("button[data-copy]").forEach(copying);
}

// Fields left empty stay out of the address.
document.addEventListener("htmx:config:request", (event) => {
  const asked = event.detail.ctx && event.detail.ctx.request && event.detail.ctx.request.body;
  if (!(asked instanceof FormData) && !(asked instanceof URLSearchParams)) return;
  for (const [name, value] of [...asked.entries()]) if (value === "") asked.delete(name);
});
// Live figures that stop coming must not look alive.
for (const lost of ["htmx:error", "htmx:response:error"]) {
  document.addEventListener(lost, () => document.querySelectorAll("[data-live]").forEach((one) => one.classList.add("stale")));
}
document.addEventListener("htmx:after:swap", () => document.querySelectorAll(".stale").forEach((one) => one.classList.remove("stale")));
addEventListener("resize", () => charts.forEach((chart) => chart.resize()));
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin); else begin();
