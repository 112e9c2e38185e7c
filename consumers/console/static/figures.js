// Draws the chart of a page with figures from the JSON in the page. Every figure is in the table under it, too.
// Series differ by pattern, symbol and dashes, so that a print without colour can be read.
"use strict";
(() => {
  const byDay = ["#1b4f82", "#d19a2a", "#3f7d58", "#a23b3b", "#6a4c93", "#5c6773"];
  const byNight = ["#7db4ea", "#e0b050", "#74c08f", "#e58a8a", "#b69ad6", "#a6b3c0"];
  const symbols = ["circle", "rect", "triangle", "diamond", "roundRect", "pin"];
  const dashes = ["solid", [8, 4], [2, 3], [10, 3, 2, 3], [4, 4], [1, 4]];
  // What a colour of the style sheet is now, by day or at night: a canvas knows no variables.
  const probe = document.createElement("span");
  const shade = (name) => { if (!probe.isConnected) { probe.hidden = true; document.body.append(probe); } probe.style.color = `var(--${name})`; return getComputedStyle(probe).color; };
  let [paints, ink, soft, edge, line, paper, land] = [];
  // A sheet of paper is light, whatever the screen is.
  const readShades = (onPaper) => {
    [ink, soft, edge, line, paper, land] = onPaper ? ["#17212b", "#55626f", "#8b97a3", "#e9ecef", "#fff", "#f5f5f5"] : ["ink", "soft", "edge", "line", "paper", "land"].map(shade);
    paints = onPaper || Number(ink.match(/\d+/)[0]) < 128 ? byDay : byNight;
  };
  const PAPER = 660; // Pixels that a sheet of A4 has between its margins.
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const font = getComputedStyle(document.documentElement).fontFamily;

  const base = (element, chart) => ({
    animation: !still,
    color: paints,
    textStyle: { fontFamily: font, color: ink },
    aria: { enabled: true, label: { description: element.getAttribute("aria-label") }, decal: { show: chart.kind !== "flows" && (chart.series || []).length > 1 } },
    // The tooltip is drawn on the canvas: the page's policy lets no style attribute in.
    tooltip: { renderMode: "richText", confine: true },
    legend: { show: (chart.series || []).length > 1, bottom: 0, icon: "rect", itemWidth: 22, itemHeight: 12, textStyle: { color: ink } },
  });
  // As `figure_text` writes numbers: 52 061,5 in Spanish, 52,061.5 in English.
  const written = (value, lang) => new Intl.NumberFormat(lang, { notation: value >= 1e6 ? "compact" : "standard", useGrouping: "always", maximumFractionDigits: 3 })
    .formatToParts(value).map((part) => (part.type === "group" && lang === "es" ? "\u00a0" : part.value)).join("");
  const numbers = (chart, lang) => ({
    type: "value", min: 0, max: chart.percent ? 100 : undefined, minInterval: chart.percent ? 0 : 1, splitLine: { lineStyle: { color: line } },
    axisLabel: { color: soft, hideOverlap: true, formatter: (value) => written(value, lang) + (chart.percent ? " %" : "") },
  });
  const names = (chart, narrow) => ({
    type: "category", data: chart.categories, inverse: true, axisTick: { show: false }, axisLine: { lineStyle: { color: edge } },
    axisLabel: { color: ink, width: narrow ? 105 : 230, overflow: "break", lineHeight: 14, interval: 0 },
  });
  const periods = (chart) => ({ type: "category", data: chart.categories, boundaryGap: chart.kind === "stack", axisLine: { lineStyle: { color: edge } }, axisTick: { alignWithLabel: true }, axisLabel: { color: soft, hideOverlap: true } });
  const tip = (chart) => ({ seriesName, dataIndex, seriesIndex }) => {
    const series = chart.series[seriesIndex];
    return [chart.categories[dataIndex], [seriesName, series && series.texts[dataIndex]].filter(Boolean).join(": ")].filter(Boolean).join("\n");
  };

  function bars(element, chart, lang) {
    const narrow = element.clientWidth < 500;
    const many = chart.series.length;
    element.style.height = `${chart.categories.length * (14 + many * 15) + (many > 1 ? 70 : 40)}px`;
    return {
      ...base(element, chart),
      tooltip: { renderMode: "richText", confine: true, formatter: tip(chart) },
      grid: { left: narrow ? 112 : 240, right: narrow ? 60 : 90, top: 8, bottom: many > 1 ? 56 : 26 },
      xAxis: numbers(chart, lang),
      yAxis: names(chart, narrow),
      series: chart.series.map((series, number) => ({
        type: "bar", name: series.name, cursor: "pointer", barMaxWidth: 18, barGap: "10%",
        itemStyle: number === 0 ? { color: paints[0] } : { color: paints[number], borderColor: ink, borderWidth: 0.5 },
        label: { show: true, position: "right", color: ink, fontSize: 11, formatter: ({ dataIndex }) => (series.texts[dataIndex] || "").replace(/ \(.*/, "") },
        data: series.values,
      })),
    };
  }

  function stack(element, chart, lang) {
    return {
      ...base(element, chart),
      tooltip: { renderMode: "richText", confine: true, formatter: tip(chart) },
      legend: { show: chart.series.length > 1 || Boolean(chart.series[0].name), bottom: 0, type: "scroll", icon: "rect", itemWidth: 22, itemHeight: 12, textStyle: { color: ink } },
      grid: { left: 60, right: 16, top: 12, bottom: 62 },
      xAxis: periods(chart),
      yAxis: numbers(chart, lang),
      series: chart.series.map((series) => ({ type: "bar", stack: "all", name: series.name, cursor: "pointer", barMaxWidth: 46, itemStyle: { borderColor: paper, borderWidth: 0.5 }, data: series.values })),
    };
  }

  function trend(element, chart, lang) {
    const series = chart.series.map((one, number) => ({
      type: "line", name: one.name || "—", cursor: "pointer", symbol: symbols[number], symbolSize: 8, lineStyle: { width: 2.2, type: dashes[number] }, z: 5,
      data: one.values.map((value, at) => (chart.incomplete[at] ? { value, itemStyle: { color: paper, borderColor: paints[number], borderWidth: 2 } } : value)),
    }));
    const beside = [];
    if (chart.low && chart.low.some((value) => value !== null)) {
      const band = { type: "line", stack: "expected", silent: true, symbol: "none", lineStyle: { opacity: 0 }, tooltip: { show: false }, z: 1 };
      beside.push({ ...band, name: "", data: chart.low });
      beside.push({ ...band, name: chart.words.expected, data: chart.high.map((high, at) => (high === null ? null : high - chart.low[at])), areaStyle: { color: "#9db4cc", opacity: 0.45 }, itemStyle: { color: "#9db4cc" } });
    }
    if (chart.before && chart.before.some((value) => value !== null)) beside.push({ type: "line", name: chart.words.before, silent: true, symbol: "emptyTriangle", symbolSize: 7, lineStyle: { type: [6, 4], width: 1.4, color: soft }, itemStyle: { color: soft }, data: chart.before, z: 3 });
    const shown = [...series, ...beside];
    return {
      ...base(element, chart),
      tooltip: { renderMode: "richText", confine: true, formatter: (at) => tip(chart)(at) + (chart.incomplete[at.dataIndex] ? ` (${chart.words.incomplete})` : "") },
      legend: { show: shown.length > 1, bottom: 0, type: "scroll", data: shown.map((one) => one.name).filter((name) => name && name !== "—"), itemWidth: 32, textStyle: { color: ink } },
      grid: { left: 60, right: 24, top: 14, bottom: shown.length > 1 ? 62 : 34 },
      xAxis: periods(chart),
      yAxis: numbers(chart, lang),
      series: shown,
    };
  }

  function spread(element, chart, lang) {
    const narrow = element.clientWidth < 500;
    element.style.height = `${chart.categories.length * 34 + 64}px`;
    return {
      ...base(element, chart),
      tooltip: { renderMode: "richText", confine: true, formatter: ({ dataIndex }) => `${chart.categories[dataIndex]}\n${chart.boxes[dataIndex].map((days, at) => `${chart.words.spread[at]}: ${written(days, lang)} ${chart.words.unit}`).join("\n")}` },
      grid: { left: narrow ? 112 : 240, right: 30, top: 8, bottom: 44 },
      xAxis: { ...numbers({}, lang), min: undefined, minInterval: 0, name: chart.words.unit, nameLocation: "middle", nameGap: 26, nameTextStyle: { color: soft } },
      yAxis: names(chart, narrow),
      series: [{ type: "boxplot", cursor: "pointer", boxWidth: [8, 18], itemStyle: { color: land, borderColor: paints[0], borderWidth: 1.6 }, data: chart.boxes }],
    };
  }

  async function flows(element, chart, address, lang) {
    const answer = await fetch(address);
    if (!answer.ok) return null;
    const shapes = await answer.json();
    echarts.registerMap("andes", shapes);
    const centres = {};
    const sums = {};
    for (const { properties: { name, cp } } of shapes.features) {
      centres[name] = cp;
      const sum = (sums[name.slice(0, 2)] ||= [0, 0, 0]);
      sum[0] += cp[0]; sum[1] += cp[1]; sum[2] += 1;
    }
    for (const [code, [x, y, many]] of Object.entries(sums)) centres[code] ||= [x / many, y / many];
    const arrows = chart.arrows.filter((arrow) => centres[arrow.from] && centres[arrow.to] && arrow.from !== arrow.to);
    const most = Math.max(...arrows.map((arrow) => arrow.value), 1);
    const seen = {};
    const used = [...new Set(arrows.flatMap((arrow) => [arrow.from, arrow.to]))];
    element.style.height = "520px";
    return {
      ...base(element, chart),
      tooltip: { renderMode: "richText", confine: true, formatter: ({ data }) => (data && data.arrow ? `${chart.names[data.arrow.from]} → ${chart.names[data.arrow.to]}: ${written(data.arrow.value, lang)}` : "") },
      geo: { map: "andes", roam: false, silent: true, aspectScale: 1, top: 6, bottom: 6, itemStyle: { areaColor: land, borderColor: edge, borderWidth: 0.6 }, label: { show: false } },
      series: [
        {
          type: "lines", coordinateSystem: "geo", cursor: "pointer", symbol: ["none", "arrow"], symbolSize: 9,
          label: { show: arrows.length <= 16, position: "middle", formatter: ({ data }) => written(data.arrow.value, lang), color: ink, fontSize: 11, backgroundColor: paper, padding: [1, 3] },
          data: arrows.map((arrow) => {
            const key = [arrow.from, arrow.to].sort().join();
            const turn = (seen[key] = (seen[key] || 0) + 1);
            return { coords: [centres[arrow.from], centres[arrow.to]], arrow, lineStyle: { width: 1 + (5 * arrow.value) / most, color: ink, opacity: 0.7, curveness: 0.12 * turn } };
          }),
        },
        { type: "scatter", coordinateSystem: "geo", silent: true, symbolSize: 8, itemStyle: { color: paper, borderColor: ink, borderWidth: 2 }, label: { show: true, position: "right", color: ink, textBorderColor: paper, textBorderWidth: 3, formatter: ({ data }) => chart.names[data.code] }, labelLayout: used.length > 8 ? { hideOverlap: true } : { moveOverlap: "shiftY" }, data: used.map((code) => ({ value: centres[code], code })) },
      ],
    };
  }

  const link = (chart, { seriesIndex, dataIndex, data }) => {
    if (chart.kind === "flows") return data && data.arrow && data.arrow.link;
    const links = chart.kind === "spread" ? chart.links : (chart.series[seriesIndex] || {}).links;
    return links && links[dataIndex];
  };
  const makers = { bars, stack, trend, spread };

  async function draw(element) {
    const source = document.getElementById(element.dataset.figure);
    if (!source || !window.echarts) return;
    const { chart, lang, subdivisions } = JSON.parse(source.textContent);
    const isMap = chart.kind === "flows";
    readShades(isMap);
    element.classList.toggle("on-white", isMap);
    const options = isMap ? await flows(element, chart, subdivisions, lang) : makers[chart.kind](element, chart, lang);
    if (!options) return;
    const drawn = echarts.init(element, null, { renderer: "canvas", devicePixelRatio: Math.max(2, devicePixelRatio) });
    drawn.setOption(options);
    element.dataset.drawn = "yes";
    drawn.on("click", (at) => { const address = link(chart, at); if (address) location.href = address; });
    addEventListener("resize", () => drawn.resize());
    if (isMap) return drawn.on("finished", () => onSheet(element, drawn));
    const repaint = (onPaper) => { readShades(onPaper); drawn.setOption(makers[chart.kind](element, chart, lang), true); };
    const fit = (width) => { repaint(width !== "auto"); drawn.resize({ width, animation: { duration: 0 } }); drawn.getZr().flush(); };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => repaint(false));
    addEventListener("beforeprint", () => fit(PAPER));
    addEventListener("afterprint", () => fit("auto"));
  }

  function onSheet(element, drawn) {
    // A map is drawn in several steps, too late for a print: so it is there as a picture.
    const picture = element.querySelector("img") || element.appendChild(new Image());
    picture.alt = "";
    picture.className = "on-sheet";
    picture.src = drawn.getDataURL({ pixelRatio: 2, backgroundColor: "#fff" });
  }

  const begin = () => document.querySelectorAll("[data-figure]:not([data-drawn])").forEach(draw);
  document.addEventListener("htmx:after:swap", begin);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin); else begin();
})();
