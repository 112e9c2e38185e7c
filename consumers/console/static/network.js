// Draws the link chart, and grows it by clicks: what hangs on a thing is read from the thing's own page, so nobody is shown more than there.
"use strict";
(() => {
  const MOST = 500; // Nodes that can still be told apart on a screen.
  const pages = { event: "/events/", thing: "/things/" };
  const moment = () => { const asOf = new URLSearchParams(location.search).get("as_of"); return asOf ? `?as_of=${encodeURIComponent(asOf)}` : ""; };
  const address = (node) => pages[node.data("sort")] + node.id() + moment();
  const edgeId = (edge) => `${edge.source}>${edge.target}`;
  const line = (text) => text.replace(/\n/g, " · ");

  function columns(element, model, narrow) {
    // Events down the left in the order of time, things down the right: nothing overlaps, and it reads like the table.
    const { clientWidth: width, clientHeight: height } = element;
    const [left, right] = narrow ? [165, width - 100] : [Math.max(250, width * 0.52), width - 150];
    const column = (nodes, x) => nodes.map((node, at) => [node.id, { x, y: ((at + 0.5) * height) / nodes.length }]);
    const of = (sort) => model.nodes.filter((node) => node.sort === sort);
    return Object.fromEntries([...column(of("event"), left), ...column(of("thing"), right)]);
  }

  const looks = ({ paint, font }, narrow) => [
    { selector: "node", style: { label: "data(label)", "text-wrap": "wrap", "text-max-width": narrow ? 150 : 230, "font-size": narrow ? 11 : 12, "font-family": font, color: paint("ink"), "text-valign": "center", "text-halign": "left", "text-margin-x": -8, "text-justification": "right", "line-height": 1.2, "background-color": "data(paint)", width: 18, height: 18, "min-zoomed-font-size": 7 } },
    { selector: 'node[sort="thing"]', style: { shape: "diamond", width: 26, height: 26, "text-halign": "right", "text-margin-x": 8, "text-justification": "left", "text-max-width": narrow ? 80 : 118 } },
    { selector: "node[?focus]", style: { width: 36, height: 36, "font-weight": 600 } },
    { selector: "edge", style: { width: 1.6, "line-color": paint("edge"), "line-style": "data(line)", "curve-style": "straight" } },
    { selector: ".grown", style: { "text-halign": "center", "text-valign": "bottom", "text-margin-x": 0, "text-margin-y": 4, "text-justification": "center", "text-max-width": 130 } },
    { selector: ".on-path", style: { "line-color": paint("high"), width: 4, "border-width": 3, "border-color": paint("high") } },
    { selector: ".off-path", style: { opacity: 0.25 } },
  ];

  async function hangingOn(thing) {
    const answer = await fetch(pages.thing + thing + moment());
    if (!answer.ok) return null;
    const source = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("chart-data");
    return source ? JSON.parse(source.textContent).links : null;
  }

  window.network = (element, model, words, tools) => {
    const narrow = element.clientWidth < 430;
    const figure = element.closest("figure");
    const [state, list] = [figure.querySelector(".network-state"), figure.querySelector(".network-list")];
    const [from, to] = ["from", "to"].map((name) => list.querySelector(`[name=${name}]`));
    const known = element.known || (element.known = { nodes: new Map(), edges: new Map(), hidden: model.left_out, read: new Set(model.nodes.filter((node) => node.focus).map((node) => node.id)) });
    const rows = Math.max(...["event", "thing"].map((sort) => model.nodes.filter((node) => node.sort === sort).length));
    element.style.height = `${Math.max(narrow ? 150 : 420, rows * 62 + 30)}px`;

    const take = (more) => {
      let taken = 0;
      for (const node of more.nodes) {
        if (known.nodes.has(node.id)) continue;
        if (known.nodes.size >= MOST) { known.hidden += 1; continue; }
        known.nodes.set(node.id, { ...node, focus: node.focus && known.nodes.size === 0 ? true : node.focus && more === model });
        taken += 1;
      }
      for (const edge of more.edges) if (known.nodes.has(edge.source) && known.nodes.has(edge.target)) known.edges.set(edgeId(edge), edge);
      return taken;
    };
    take(model);
    const paintOf = (node) => (node.sort === "thing" ? tools.paint("deep") : tools.colour(node.country));
    const asElements = () => [
      ...[...known.nodes.values()].map((node) => ({ data: { ...node, paint: paintOf(node) } })),
      ...[...known.edges].map(([id, edge]) => ({ data: { id, ...edge, line: edge.certain ? "solid" : "dashed" } })),
    ];
    const graph = cytoscape({
      container: element,
      elements: asElements(),
      style: looks(tools, narrow),
      layout: { name: "preset", fit: false, positions: columns(element, model, narrow) },
      userZoomingEnabled: false, boxSelectionEnabled: false, autounselectify: true, minZoom: 0.15, maxZoom: 4,
    });
    const told = (text) => { state.textContent = text; };
    const count = () => words.state.replace("{shown}", graph.nodes().length).replace("{hidden}", known.hidden);

    const relist = () => {
      const options = graph.nodes().map((node) => [node.id(), line(node.data("label"))]);
      for (const select of [from, to]) { const { value } = select; select.replaceChildren(...options.map(([id, label]) => new Option(label, id))); if (value) select.value = value; }
      list.querySelector("ul").replaceChildren(...graph.nodes().map((node) => {
        const [item, link] = [document.createElement("li"), document.createElement("a")];
        link.href = address(node); link.textContent = line(node.data("label")); item.append(link);
        if (node.data("sort") === "thing" && !known.read.has(node.id())) {
          const button = document.createElement("button");
          button.type = "button"; button.textContent = words.expand; button.setAttribute("aria-label", `${words.expand}: ${link.textContent}`);
          button.addEventListener("click", () => grow([node.id()]));
          item.append(" ", button);
        }
        return item;
      }));
    };
    const arrange = () => {
      figure.classList.add("grown-network");
      graph.elements().remove();
      graph.add(asElements());
      graph.nodes().addClass("grown");
      element.style.height = `${Math.min(900, 420 + graph.nodes().length * 6)}px`;
      graph.resize();
      graph.layout({ name: "cose", animate: false, randomize: true, nodeRepulsion: () => 90000, idealEdgeLength: () => 90, nodeOverlap: 24, padding: 30, numIter: graph.nodes().length > 150 ? 300 : 900 }).run();
      graph.fit(undefined, 30);
      relist();
    };
    const grow = async (things) => {
      let taken = 0;
      try {
        for (const thing of things) {
          known.read.add(thing);
          const more = await hangingOn(thing);
          if (more) { taken += take({ ...more, nodes: more.nodes.map((node) => ({ ...node, focus: false })) }); known.hidden += more.left_out; }
        }
      } catch { told(words.failed); return; }
      if (taken) arrange(); else relist();
      told(taken ? count() : `${words.nothing} ${count()}`);
    };
    const showPath = () => {
      graph.elements().removeClass("on-path off-path");
      const found = graph.elements().dijkstra(graph.getElementById(from.value)).pathTo(graph.getElementById(to.value));
      if (found.length < 2) { told(words.no_path); return; }
      graph.elements().addClass("off-path"); found.removeClass("off-path").addClass("on-path");
      told(`${words.path.replace("{steps}", found.edges().length)} ${found.nodes().map((node) => line(node.data("label"))).join(" → ")}`);
    };
    const acts = {
      in: () => graph.zoom({ level: graph.zoom() * 1.3, renderedPosition: { x: element.clientWidth / 2, y: element.clientHeight / 2 } }),
      out: () => graph.zoom({ level: graph.zoom() / 1.3, renderedPosition: { x: element.clientWidth / 2, y: element.clientHeight / 2 } }),
      fit: () => { graph.elements().removeClass("on-path off-path"); graph.fit(undefined, 30); told(count()); },
      more: () => grow(graph.nodes('[sort="thing"]').map((node) => node.id()).filter((id) => !known.read.has(id)).slice(0, 20)),
      path: showPath,
    };
    if (!element.dataset.wired) {
      element.dataset.wired = "yes";
      figure.addEventListener("click", ({ target }) => { const act = target.dataset && target.dataset.do; if (act) element.acts[act](); });
    }
    element.acts = acts;
    figure.querySelector(".network-tools").hidden = false;
    list.hidden = false;
    graph.on("tap", "node", ({ target }) => { if (target.data("sort") === "thing" && !known.read.has(target.id())) grow([target.id()]); else location.href = address(target); });
    graph.on("mouseover", "node", () => { element.style.cursor = "pointer"; });
    graph.on("mouseout", "node", () => { element.style.cursor = ""; });
    element.graph = graph;
    if (graph.nodes().length > model.nodes.length) arrange(); else relist();
    told(count());
  };
})();
